"""`/catalogue/{hall}`: all that a hall shows, as a page to be read, listened to, and printed. It needs no script."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from markupsafe import Markup

from exhibit_api.editions.manifest import ExhibitOut, HallManifest, PlacardOut
from exhibit_api.editions.models import Picture, Variant
from exhibit_api.editions.told import AchievementOut, AwardOut, OrganisationOut, PersonOut, SelectionOut, StudioOut
from exhibit_api.halls.space import ImageAnchor, Zone
from exhibit_api.viewer import wording
from exhibit_api.viewer.addresses import Addresses
from exhibit_api.viewer.codes import code
from exhibit_api.viewer.hall_page import about_hall
from exhibit_api.viewer.plan import plan_of
from exhibit_api.viewer.render import render
from exhibit_api.viewer.structured import structured
from exhibit_api.viewer.words import stage_named

WIDEST_MARKER = 0.19
"""Metres that a marker may measure to fit a sheet of A4 with its margin."""

MOST_CODES = 300
"""Exhibits up to which each has a QR code of its own in print: drawing one takes milliseconds."""

DOWNLOADS = ("master", "scene-viewer", "quick-look")


class Named(Protocol):
    """What has an id."""

    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=Named)


@dataclass(frozen=True)
class Section:
    """A zone and what stands in it; `zone` is None for what stands in none."""

    zone: Zone | None
    exhibits: tuple[ExhibitOut, ...]


class Catalogue:
    """A manifest with its parts by id: what the template asks for."""

    def __init__(self, manifest: HallManifest) -> None:
        self.manifest = manifest
        self.organisations: Mapping[str, OrganisationOut] = _by_id(manifest.organisations)
        self.achievements: Mapping[str, AchievementOut] = _by_id(manifest.achievements)
        self.people: Mapping[str, PersonOut] = _by_id(manifest.people)
        self.awards: Mapping[str, AwardOut] = _by_id(manifest.awards)
        self.studios: Mapping[str, StudioOut] = _by_id(manifest.studios)
        self.selections: Mapping[str, SelectionOut] = _by_id(manifest.selections)
        self.placards: Mapping[str, PlacardOut] = _by_id(manifest.placards)

    @cached_property
    def sections(self) -> list[Section]:
        """Zones in their order, each with its exhibits in theirs."""
        zones = {zone.id: zone for zone in self.manifest.space.zones}
        standing: dict[str | None, list[ExhibitOut]] = {zone: [] for zone in zones}
        for exhibit in self.manifest.exhibits:
            standing.setdefault(exhibit.zone if exhibit.zone in zones else None, []).append(exhibit)
        return [
            Section(zones.get(zone) if zone else None, tuple(exhibits))
            for zone, exhibits in standing.items()
            if exhibits
        ]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each exhibit, by its id: from 1, in the order of the page."""
        order = [exhibit.id for section in self.sections for exhibit in section.exhibits]
        return {exhibit: number for number, exhibit in enumerate(order, 1)}

    @cached_property
    def boards(self) -> list[PlacardOut]:
        """The placards that speak of no exhibit here, nor of one person, studio or selection alone."""
        shown = {exhibit.id for exhibit in self.manifest.exhibits}
        own = {id(placard) for placard in self._board_of.values()}
        return [one for one in self.manifest.placards if one.exhibit not in shown and id(one) not in own]

    def board_of(self, subject: str) -> PlacardOut | None:
        """The board of a person, a studio or a selection, which is called as they are."""
        return self._board_of.get(subject)

    @cached_property
    def _board_of(self) -> dict[str, PlacardOut]:
        found: dict[str, PlacardOut] = {}
        for placard in self.manifest.placards:
            for subject in (*placard.people, placard.studio or "", placard.selection or ""):
                labels = [
                    parts[subject].label for parts in (self.people, self.studios, self.selections) if subject in parts
                ]
                if placard.exhibit is None and placard.label in labels:
                    found.setdefault(subject, placard)
        return found

    @cached_property
    def achievements_elsewhere(self) -> list[AchievementOut]:
        """The achievements that no exhibit here speaks of."""
        shown = {one for exhibit in self.manifest.exhibits for one in exhibit.achievements}
        return [one for one in self.manifest.achievements if one.id not in shown]

    def exhibit_named(self, slug: str | None) -> ExhibitOut | None:
        """The exhibit, if it is shown here."""
        return self._by_slug.get(slug) if slug else None

    @cached_property
    def _by_slug(self) -> dict[str, ExhibitOut]:
        return {slug_of(exhibit.id): exhibit for exhibit in self.manifest.exhibits}

    def placards_of(self, exhibit: ExhibitOut) -> list[PlacardOut]:
        """The boards of an exhibit."""
        return [self.placards[one] for one in exhibit.placards if one in self.placards]

    def people_of(self, exhibit: ExhibitOut) -> list[PersonOut]:
        """Whom an exhibit's placards and achievements name, each once."""
        named = [person for placard in self.placards_of(exhibit) for person in placard.people]
        named += [person for one in self.known(exhibit.achievements, self.achievements) for person in one.people]
        return list(self.known(dict.fromkeys(named), self.people))

    def awards_of(self, exhibit: ExhibitOut) -> list[AwardOut]:
        """What an exhibit's placards and achievements were honoured with, each once."""
        named = [award for placard in self.placards_of(exhibit) for award in placard.awards]
        named += [award for one in self.known(exhibit.achievements, self.achievements) for award in one.awards]
        return list(self.known(dict.fromkeys(named), self.awards))

    def named(self, subject: str) -> PersonOut | StudioOut | AchievementOut | None:
        """Whom or what a selection's result names."""
        return self.people.get(subject) or self.studios.get(subject) or self.achievements.get(subject)

    def shown_by(self, person: PersonOut) -> list[ExhibitOut]:
        """The exhibits that speak of a person."""
        return [exhibit for exhibit in self.manifest.exhibits if person.id in self._people_by_exhibit[exhibit.id]]

    @cached_property
    def _people_by_exhibit(self) -> dict[str, frozenset[str]]:
        return {
            exhibit.id: frozenset(person.id for person in self.people_of(exhibit)) for exhibit in self.manifest.exhibits
        }

    @staticmethod
    def known(ids: Iterable[str], parts: Mapping[str, Part]) -> list[Part]:
        """Those of the ids that the manifest tells of."""
        return [parts[one] for one in ids if one in parts]


def catalogue_page(manifest: HallManifest, language: str, addresses: Addresses, policy: str | None = None) -> bytes:
    """The page, as UTF-8. `policy`: its Content-Security-Policy, where no header can say it."""
    catalogue = Catalogue(manifest)
    facts = about_hall(manifest, language, addresses, "catalogue")
    slug = manifest.hall.slug
    facts["links"]["switch"] = [(tag, addresses.page("catalogue", slug, tag)) for tag in manifest.languages]
    facts["links"]["plain_view"] = addresses.page("view", slug, whole=True)
    codes = _Codes(addresses, slug, len(manifest.exhibits) <= MOST_CODES)
    return render(
        "catalogue.html",
        language,
        manifest.languages,
        root=addresses.root,
        policy=policy,
        manifest=manifest,
        catalogue=catalogue,
        plan=plan_of(manifest, catalogue.numbers),
        addresses=addresses,
        codes=codes,
        markers=[anchor for anchor in manifest.anchors if isinstance(anchor, ImageAnchor)],
        marker_code=marker_code,
        widest_marker=WIDEST_MARKER,
        wording=wording,
        pictures_of=pictures_of,
        downloads_of=downloads_of,
        slug_of=slug_of,
        unsaid=unsaid,
        stage_named=stage_named,
        structured=structured(catalogue.manifest, language, addresses),
        **facts,
    ).encode()


class _Codes:
    """QR codes of the hall and of its exhibits; None where the whole address is not known."""

    def __init__(self, addresses: Addresses, hall: str, with_exhibits: bool) -> None:
        self._addresses = addresses
        self._hall = hall
        self._with_exhibits = with_exhibits

    @property
    def hall(self) -> Markup | None:
        return code(self._addresses.page("view", self._hall, whole=True)) if self._addresses.base else None

    def exhibit(self, slug: str) -> Markup | None:
        if not self._addresses.base or not self._with_exhibits:
            return None
        return code(self._addresses.exhibit(self._hall, slug, whole=True))


def marker_code(anchor: ImageAnchor) -> Markup:
    """The marker in the width in which it is looked for, or as wide as a sheet takes."""
    return code(anchor.marker, min(anchor.physical_width, WIDEST_MARKER) * 1000)


def pictures_of(exhibit: ExhibitOut) -> list[Picture]:
    """The sizes of the picture to show, small ones first: of one shape, and on a ground where there are such."""
    pictures: Sequence[Picture] = [one for one in exhibit.pictures if not one.transparent] or exhibit.pictures
    if not pictures:
        return []
    first = pictures[0]
    shape = first.width / first.height
    alike = {one.width: one for one in reversed(pictures) if abs(one.width / one.height - shape) < 0.02}
    return [alike[width] for width in sorted(alike)]


def downloads_of(exhibit: ExhibitOut) -> list[Variant]:
    """The forms that a visitor may want to have: the maker's own, one that every program reads, Apple's; each file once."""
    by_profile = {variant.profile: variant for variant in exhibit.model.variants}
    found = {by_profile[name].sha256: by_profile[name] for name in reversed(DOWNLOADS) if name in by_profile}
    return sorted(found.values(), key=lambda variant: DOWNLOADS.index(variant.profile))


def slug_of(identifier: str) -> str:
    """ "exhibits/welding-robot": "welding-robot"."""
    return identifier.rpartition("/")[2]


def unsaid(text: str, told: Sequence[str]) -> bool:
    """Whether none of the texts that are told already holds this one."""
    return bool(text) and not any(text in other for other in told)


def _by_id(parts: Iterable[Part]) -> dict[str, Part]:
    return {part.id: part for part in parts}
