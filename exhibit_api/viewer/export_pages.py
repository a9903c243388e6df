"""The pages of an exported exhibition, by the path of their file: each in the first language, and in a folder for each language."""

from collections.abc import Mapping, Sequence

from exhibit_api.editions.manifest import ExhibitionDocument
from exhibit_api.viewer.addresses import Addresses
from exhibit_api.viewer.catalogue import catalogue_page
from exhibit_api.viewer.entrance import entrance_page, languages_of
from exhibit_api.viewer.hall_page import hall_page
from exhibit_api.viewer.halls import ShownHall
from exhibit_api.viewer.security import policy
from exhibit_api.viewer.sitemap import robots, sitemap


def pages_of(
    lists: Sequence[ExhibitionDocument], halls: Mapping[str, ShownHall], base_url: str | None = None
) -> dict[str, bytes]:
    """All pages. Their addresses are relative; `base_url` is where they will be found."""
    base = base_url.rstrip("/") + "/" if base_url else None
    said = policy(frames=None)
    manifests = {slug: hall.manifest for slug, hall in halls.items()}
    languages = languages_of(list(manifests.values()))

    def addresses(path: str) -> Addresses:
        return Addresses("../" * path.count("/") or "./", base, folders=True)

    pages = {}
    for folder, language in _folders(languages):
        path = f"{folder}index.html"
        pages[path] = entrance_page(lists, manifests, [], language, addresses(path), policy=said)
    for slug, manifest in manifests.items():
        path = f"view/{slug}/index.html"
        pages[path] = hall_page(halls[slug], manifest.languages[0], addresses(path), said)
        for folder, language in _folders(manifest.languages):
            path = f"catalogue/{slug}/{folder}index.html"
            pages[path] = catalogue_page(manifest, language, addresses(path), said)
    if base:
        pages["sitemap.xml"] = sitemap(manifests.values(), addresses("sitemap.xml"))
        pages["robots.txt"] = robots(addresses("robots.txt"))
    return pages


def _folders(languages: Sequence[str]) -> list[tuple[str, str]]:
    """The first language where no other is asked for, and each in a folder of its own."""
    return [("", languages[0]), *((f"{language}/", language) for language in languages)]
