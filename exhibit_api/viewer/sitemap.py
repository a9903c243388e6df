"""`/sitemap.xml` and `/robots.txt`: the pages there are, in each language, and when they changed."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from exhibit_api.editions.manifest import HallManifest
from exhibit_api.viewer.addresses import Addresses, PageKind

_KINDS: tuple[PageKind, ...] = ("view", "catalogue")


def sitemap(halls: Iterable[HallManifest], addresses: Addresses) -> bytes:
    """The XML. `addresses` must know the base."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
        f"<url><loc>{escape(addresses.page('entrance', whole=True))}</loc></url>",
    ]
    for manifest in halls:
        changed = manifest.edition.published_at.isoformat(timespec="seconds")
        for kind in _KINDS:
            slug = manifest.hall.slug
            others = "".join(
                f'<xhtml:link rel="alternate" hreflang={quoteattr(tag)}'
                f" href={quoteattr(addresses.page(kind, slug, tag, whole=True))}/>"
                for tag in manifest.languages
            )
            lines += [
                f"<url><loc>{escape(addresses.page(kind, slug, tag, whole=True))}</loc>"
                f"<lastmod>{changed}</lastmod>{others}</url>"
                for tag in manifest.languages
            ]
    return "\n".join([*lines, "</urlset>", ""]).encode()


def robots(addresses: Addresses) -> bytes:
    """All may be read; what is of the API is of no use in an index."""
    lines = ["User-agent: *", "Disallow: /v1/", "Disallow: /oembed"]
    if addresses.base:
        lines.append(f"Sitemap: {addresses.base}sitemap.xml")
    return "\n".join([*lines, ""]).encode()
