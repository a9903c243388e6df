"""`/view/{hall}`: the page in which the hall is walked through. It says what it is before any script runs."""

from typing import Any
from urllib.parse import quote

from exhibit_api.editions.manifest import ExhibitOut, HallManifest
from exhibit_api.editions.models import Picture
from exhibit_api.viewer.addresses import Addresses, PageKind
from exhibit_api.viewer.files import first_scripts
from exhibit_api.viewer.halls import ShownHall
from exhibit_api.viewer.languages import tell
from exhibit_api.viewer.render import render

MOST_DESCRIPTION = 300
OPENING_WIDTH = 400
"""Pixels of the picture that is seen while the hall opens: it must come before the scripts do."""


def hall_page(hall: ShownHall, language: str, addresses: Addresses, policy: str | None = None) -> bytes:
    """The page, as UTF-8. `policy`: its Content-Security-Policy, where no header can say it."""
    manifest = hall.manifest
    facts = about_hall(manifest, language, addresses, "view")
    links = facts["links"]
    if addresses.base and not addresses.folders:
        page = addresses.page("view", manifest.hall.slug, whole=True)
        links["oembed"] = f"{addresses.base}oembed?url={quote(page, safe='')}&format=json"
    exhibit, picture = _first_picture(manifest)
    return render(
        "view.html",
        language,
        manifest.languages,
        root=addresses.root,
        policy=policy,
        scripts=first_scripts(),
        document=addresses.manifest(hall.digest),
        first=exhibit,
        picture=picture and {"url": addresses.blob(picture.url), "width": picture.width, "height": picture.height},
        **facts,
    ).encode()


def _first_picture(manifest: HallManifest) -> tuple[ExhibitOut | None, Picture | None]:
    """The exhibit that a visitor meets first, and a picture of it, to look at while the hall opens."""
    plan = manifest.load_plan.get("webxr-mobile") or manifest.load_plan.get("master") or ()
    order = {item: place for place, item in enumerate(item for step in plan for item in step.items)}
    for exhibit in sorted(manifest.exhibits, key=lambda exhibit: order.get(exhibit.id, len(order))):
        pictures = [picture for picture in exhibit.pictures if picture.transparent] or exhibit.pictures
        if pictures:
            return exhibit, min(pictures, key=lambda picture: abs(picture.width - OPENING_WIDTH))
    return None, None


def about_hall(manifest: HallManifest, language: str, addresses: Addresses, kind: PageKind) -> dict[str, Any]:
    """What the head of a hall's page says: title, description, the addresses of the page in each language."""
    slug = manifest.hall.slug
    label = tell(manifest.hall.label, language, manifest.languages)
    summary = tell(manifest.hall.summary, language, manifest.languages)
    picture = next((exhibit.poster for exhibit in manifest.exhibits if exhibit.poster), None)
    links: dict[str, Any] = {
        "catalogue": addresses.page("catalogue", slug, language),
        "view": addresses.page("view", slug),
        "entrance": addresses.page("entrance"),
        "self": None,
        "oembed": None,
        "picture": None,
    }
    if addresses.base:
        links["self"] = addresses.page(kind, slug, language, whole=True)
        links["plain"] = addresses.page(kind, slug, whole=True)
        links["languages"] = [(tag, addresses.page(kind, slug, tag, whole=True)) for tag in manifest.languages]
        links["picture"] = addresses.blob(picture.url, whole=True) if picture else None
    return {
        "hall": manifest.hall,
        "exhibition": manifest.exhibition,
        "title": label.text if label else slug,
        "description": shortened(summary.text if summary else "", MOST_DESCRIPTION),
        "links": links,
    }


def shortened(text: str, most: int) -> str:
    """The beginning of a text, in one line, with an ellipsis where something is left out."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
