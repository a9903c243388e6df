"""`/`: the exhibitions with their halls, and a search over what they show; it works without scripts, and faster with ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exhibit_api.editions.manifest import ExhibitionDocument, HallManifest
from exhibit_api.editions.models import Picture
from exhibit_api.viewer import wording
from exhibit_api.viewer.addresses import Addresses
from exhibit_api.viewer.catalogue import Catalogue, pictures_of, slug_of
from exhibit_api.viewer.hall_page import MOST_DESCRIPTION, shortened
from exhibit_api.viewer.languages import tell
from exhibit_api.viewer.plan import Plan, plan_of
from exhibit_api.viewer.render import render
from exhibit_api.viewer.search import Entry, search

PICTURES = 3
"""Shown on the card of a hall."""

OWN_LANGUAGES = ("zh-Hans", "en")


@dataclass(frozen=True, slots=True)
class Card:
    """A hall at the entrance."""

    manifest: HallManifest
    pictures: tuple[tuple[Picture, Mapping[str, str]], ...]
    plan: Plan


def languages_of(halls: Sequence[HallManifest]) -> tuple[str, ...]:
    """The languages of all halls, the first hall's first; the pages' own where there is no hall."""
    return tuple(dict.fromkeys(tag for manifest in halls for tag in manifest.languages)) or OWN_LANGUAGES


def entrance_page(
    exhibitions: Sequence[ExhibitionDocument],
    halls: Mapping[str, HallManifest],
    entries: Sequence[Entry],
    language: str,
    addresses: Addresses,
    *,
    question: str = "",
    policy: str | None = None,
) -> bytes:
    """The page, as UTF-8. `halls` by slug; `question` is what a visitor searches for."""
    languages = languages_of(list(halls.values()))
    first = exhibitions[0] if exhibitions else None
    label = tell(first.label if first else None, language, languages)
    summary = tell(first.summary if first else None, language, languages)
    links: dict[str, object] = {"self": None, "picture": None}
    if addresses.base:
        links["self"] = addresses.page("entrance", language=language, whole=True)
        links["plain"] = addresses.page("entrance", whole=True)
        links["languages"] = [(tag, addresses.page("entrance", language=tag, whole=True)) for tag in languages]
    return render(
        "entrance.html",
        language,
        languages,
        root=addresses.root,
        policy=policy,
        addresses=addresses,
        exhibitions=[
            (one, [_card(halls[hall.slug]) for hall in one.halls if hall.slug in halls]) for one in exhibitions
        ],
        title=label.text if label else "",
        description=shortened(summary.text if summary else "", MOST_DESCRIPTION),
        links=links,
        switch=[(tag, addresses.page("entrance", language=tag)) for tag in languages],
        question=question,
        found=search(entries, question),
        found_at=lambda entry: found_at(entry, halls[entry.hall], addresses, language),
        halls=halls,
        wording=wording,
    ).encode()


def found_at(entry: Entry, hall: HallManifest, addresses: Addresses, language: str) -> str:
    """Where a finding is read: in the catalogue. An achievement is read with its exhibit, where it has one."""
    page = addresses.page("catalogue", entry.hall, language)
    if entry.kind == "exhibit":
        return f"{page}#{slug_of(entry.id)}"
    if entry.kind == "achievement":
        shown = next((exhibit for exhibit in hall.exhibits if entry.id in exhibit.achievements), None)
        return f"{page}#{slug_of(shown.id)}/{entry.id}" if shown else f"{page}#{entry.id}"
    return f"{page}#{entry.id}"


def _card(manifest: HallManifest) -> Card:
    seen = sorted(manifest.exhibits, key=lambda exhibit: -exhibit.priority)
    pictures = [(found[0], exhibit.alt or exhibit.label) for exhibit in seen if (found := pictures_of(exhibit))]
    return Card(manifest, tuple(pictures[:PICTURES]), plan_of(manifest, Catalogue(manifest).numbers))
