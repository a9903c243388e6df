"""`/oembed`: how other sites show a hall in a frame (oembed.com, version 1.0)."""

import re
from html import escape
from urllib.parse import parse_qsl, urlsplit

from exhibit_api.documents import canonical_bytes
from exhibit_api.editions.manifest import HallManifest
from exhibit_api.text import is_slug
from exhibit_api.viewer.addresses import Addresses
from exhibit_api.viewer.languages import tell

WIDTH, HEIGHT = 960, 540
"""Pixels, unless less is asked for."""

SECONDS = 86_400

_PAGE = re.compile(r"(?:view|catalogue)/([^/]+)/?")


def hall_in(address: str, base: str) -> str | None:
    """The slug of the hall whose page of ours stands at the address; None for any other address."""
    if not address.startswith(base):
        return None
    path = urlsplit(address).path.removeprefix(urlsplit(base).path)
    found = _PAGE.fullmatch(path)
    return found[1] if found is not None and is_slug(found[1]) else None


def exhibit_in(address: str, manifest: HallManifest) -> str | None:
    """The slug of the exhibit that an address of the hall leads to (`#exhibit=…`, in a catalogue `#…`), where it stands there."""
    slug = urlsplit(address).fragment.removeprefix("exhibit=")
    return slug if any(exhibit.id == f"exhibits/{slug}" for exhibit in manifest.exhibits) else None


def language_in(address: str) -> str | None:
    """The language that an address asks for (`?lang=en`)."""
    return dict(parse_qsl(urlsplit(address).query)).get("lang")


def embedded(
    manifest: HallManifest,
    language: str,
    addresses: Addresses,
    max_width: int | None,
    max_height: int | None,
    *,
    exhibit: str | None = None,
) -> bytes:
    """The JSON answer for a hall: a frame of 16 to 9 within the limits (pixels), that looks into `exhibit` (its slug) if one is given."""
    assert addresses.base is not None
    width = min(WIDTH, max_width or WIDTH)
    height = min(max(1, round(width * HEIGHT / WIDTH)), max_height or HEIGHT)
    title = tell(manifest.hall.label, language, manifest.languages)
    name = title.text if title else manifest.hall.slug
    source = f"{addresses.page('view', manifest.hall.slug, whole=True)}?embed=1&lang={language}"
    source += f"#exhibit={exhibit}" if exhibit else ""
    exhibition = tell(manifest.exhibition.label, language, manifest.languages)
    answer: dict[str, object] = {
        "version": "1.0",
        "type": "rich",
        "title": name,
        "provider_name": exhibition.text if exhibition else manifest.exhibition.slug,
        "provider_url": addresses.page("entrance", whole=True),
        "cache_age": SECONDS,
        "width": width,
        "height": height,
        "html": frame(source, name, width, height),
    }
    pictured = (exhibit for exhibit in manifest.exhibits if exhibit.poster is not None)
    if (first := next(pictured, None)) is not None and first.poster is not None:
        size = next((one for one in first.pictures if one.sha256 == first.poster.sha256), None)
        if size is not None and size.width <= (max_width or size.width) and size.height <= (max_height or size.height):
            answer |= {"thumbnail_url": addresses.blob(first.poster.url, whole=True)}
            answer |= {"thumbnail_width": size.width, "thumbnail_height": size.height}
    return canonical_bytes(answer)


def frame(source: str, title: str, width: int, height: int) -> str:
    """The HTML that another page puts in."""
    return (
        f'<iframe src="{escape(source)}" title="{escape(title)}" width="{width}" height="{height}" loading="lazy"'
        ' allow="xr-spatial-tracking; gyroscope; accelerometer; fullscreen; autoplay" allowfullscreen></iframe>'
    )
