"""From a hall's draft to its manifest: pure, without database or clock. Equal drafts give equal bytes."""

import datetime
import hashlib
from dataclasses import dataclass
from typing import TypeVar

from exhibit_api.catalogue.schemas import (
    AchievementBody,
    AwardBody,
    OrganisationBody,
    PersonBody,
    SelectionBody,
    StudioBody,
)
from exhibit_api.documents import canonical_bytes
from exhibit_api.editions import loading, portrayed, told
from exhibit_api.editions import manifest as out
from exhibit_api.editions.parts import Published, Resource
from exhibit_api.editions.portrayed import Blob
from exhibit_api.halls.costs import costs
from exhibit_api.halls.draft import HallDraft, Standing
from exhibit_api.halls.loading import zone_of
from exhibit_api.halls.schemas import PlacardBody
from exhibit_api.profiles import DEFAULT_BUDGETS, Budgets

__all__ = ["Blob", "Composition", "compose", "may_be_shown"]

Part = TypeVar("Part", bound=Published)


@dataclass(frozen=True)
class Composition:
    """A manifest, and the files that it names."""

    manifest: out.HallManifest
    blobs: tuple[Blob, ...]

    def to_bytes(self) -> bytes:
        """The manifest's bytes, which are frozen."""
        return canonical_bytes(self.manifest.plain())

    def content(self) -> str:
        """SHA-256 (hex) of all but the edition's stamp: two equal ones are the same hall."""
        value = self.manifest.model_dump(mode="json", exclude_none=True, exclude={"edition"})
        return hashlib.sha256(canonical_bytes(value)).hexdigest()


def compose(
    draft: HallDraft,
    stamp: out.EditionStamp,
    schema: Resource,
    today: datetime.date,
    budgets: Budgets = DEFAULT_BUDGETS,
) -> Composition:
    """The manifest of the draft. Every exhibit must have a model. People without consent on `today` are left out."""
    shown = {slug: person for slug, person in draft.of_kind(PersonBody).items() if may_be_shown(person, today)}
    hidden = frozenset(draft.of_kind(PersonBody)) - frozenset(shown)
    standing = sorted(draft.standing, key=lambda one: one.slug)
    cost_by_profile = costs(standing, draft.body.space)
    manifest = out.HallManifest(
        id=f"halls/{draft.slug}",
        hall=out.HallRef(id=f"halls/{draft.slug}", slug=draft.slug, label=draft.body.label, summary=draft.body.summary),
        exhibition=_exhibition(draft),
        edition=stamp,
        languages=draft.body.languages,
        organisations=tuple(
            _part(told.OrganisationOut, one, id=f"organisations/{slug}")
            for slug, one in draft.of_kind(OrganisationBody).items()
        ),
        rights=draft.body.rights,
        required_statement=draft.body.required_statement,
        space=_space(draft),
        lighting=_part(out.LightingOut, draft.body.lighting),
        anchors=tuple(sorted(draft.body.anchors, key=lambda anchor: anchor.priority)),
        exhibits=tuple(_exhibit(draft, one) for one in standing),
        placards=tuple(_placard(draft.slug, slug, one, hidden) for slug, one in sorted(draft.placards)),
        achievements=tuple(_achievement(slug, one, hidden) for slug, one in draft.of_kind(AchievementBody).items()),
        people=tuple(_person(slug, one) for slug, one in shown.items()),
        awards=tuple(
            _part(told.AwardOut, one, id=f"awards/{slug}", organisation=f"organisations/{one.organisation}")
            for slug, one in draft.of_kind(AwardBody).items()
        ),
        studios=tuple(_studio(slug, one, hidden) for slug, one in draft.of_kind(StudioBody).items()),
        selections=tuple(_selection(slug, one, hidden) for slug, one in draft.of_kind(SelectionBody).items()),
        load_plan={profile: loading.plan(cost) for profile, cost in cost_by_profile.items()},
        budget={
            profile: loading.budget(cost, budgets.of_profile(profile)) for profile, cost in cost_by_profile.items()
        },
        links=out.Links(
            latest=f"../halls/{draft.slug}.json",
            exhibition=f"../exhibitions/{draft.body.exhibition}.json",
            schema_=schema,
        ),
    )
    # One exhibit's master may be what was made from another's: a file is needed once, wherever it is copied from.
    blobs = {blob.key: blob for one in standing for blob in sorted(portrayed.blobs(one))}
    return Composition(manifest, tuple(blobs[key] for key in sorted(blobs)))


def may_be_shown(person: PersonBody, day: datetime.date) -> bool:
    """Whether a person may stand in what is published on that day."""
    return person.invented or (person.consent is not None and person.consent.in_force(day))


def _part(kind: type[Part], source: object, **own: object) -> Part:
    """The published form of a part: what has the same name is taken over, `own` goes before."""
    taken = {name: getattr(source, name) for name in kind.model_fields if name not in own and hasattr(source, name)}
    return kind.model_validate(taken | own, from_attributes=True)


def _ids(kind: str, slugs: tuple[str, ...], hidden: frozenset[str] = frozenset()) -> tuple[str, ...]:
    return tuple(f"{kind}/{slug}" for slug in slugs if slug not in hidden)


def _id(kind: str, slug: str | None) -> str | None:
    return None if slug is None else f"{kind}/{slug}"


def _exhibition(draft: HallDraft) -> out.ExhibitionRef:
    slug = draft.body.exhibition
    return _part(out.ExhibitionRef, draft.exhibition, id=f"exhibitions/{slug}", slug=slug)


def _space(draft: HallDraft) -> out.SpaceOut:
    space = draft.body.space
    xs, zs = [x for x, _ in space.floor], [z for _, z in space.floor]
    bounds = out.BoundsOut(min=(min(xs), 0.0, min(zs)), max=(max(xs), space.height, max(zs)))
    return _part(out.SpaceOut, space, bounds=bounds)


def _exhibit(draft: HallDraft, one: Standing) -> out.ExhibitOut:
    box = one.bounds
    return _part(
        out.ExhibitOut,
        one.exhibit,
        id=f"exhibits/{one.slug}",
        organisation=f"organisations/{one.exhibit.organisation}",
        achievements=_ids("achievements", one.exhibit.achievements),
        zone=zone_of(one, draft.body.space),
        priority=one.placement.priority,
        pose=one.placement.pose,
        plinth=one.placement.plinth,
        bounds=out.BoundsOut(min=box[0], max=box[1]) if box else None,
        model=portrayed.model(one),
        poster=portrayed.poster(one),
        pictures=portrayed.pictures(one),
        placards=tuple(
            f"halls/{draft.slug}/placards/{slug}"
            for slug, placard in sorted(draft.placards)
            if placard.exhibit == one.slug
        ),
        audio=portrayed.sounds(one),
        rights=one.exhibit.rights or draft.body.rights,
    )


def _placard(hall: str, slug: str, one: PlacardBody, hidden: frozenset[str]) -> out.PlacardOut:
    return _part(
        out.PlacardOut,
        one,
        id=f"halls/{hall}/placards/{slug}",
        exhibit=_id("exhibits", one.exhibit),
        achievement=_id("achievements", one.achievement),
        people=_ids("people", one.people, hidden),
        awards=_ids("awards", one.awards),
        studio=_id("studios", one.studio),
        selection=_id("selections", one.selection),
        media=(),
    )


def _achievement(slug: str, one: AchievementBody, hidden: frozenset[str]) -> told.AchievementOut:
    return _part(
        told.AchievementOut,
        one,
        id=f"achievements/{slug}",
        organisation=f"organisations/{one.organisation}",
        people=_ids("people", one.people, hidden),
        awards=_ids("awards", one.awards),
        studio=_id("studios", one.studio),
    )


def _person(slug: str, one: PersonBody) -> told.PersonOut:
    return _part(
        told.PersonOut,
        one,
        id=f"people/{slug}",
        organisation=f"organisations/{one.organisation}",
        awards=_ids("awards", one.awards),
    )


def _studio(slug: str, one: StudioBody, hidden: frozenset[str]) -> told.StudioOut:
    return _part(
        told.StudioOut,
        one,
        id=f"studios/{slug}",
        organisation=f"organisations/{one.organisation}",
        leader=None if one.leader in hidden else f"people/{one.leader}",
        members=_ids("people", one.members, hidden),
    )


def _selection(slug: str, one: SelectionBody, hidden: frozenset[str]) -> told.SelectionOut:
    results = tuple(
        told.ResultOut(
            stage=result.stage,
            subject=_id("people", result.person)
            or _id("studios", result.studio)
            or f"achievements/{result.achievement}",
            award=_id("awards", result.award),
        )
        for result in one.results
        if result.person not in hidden
    )
    return _part(
        told.SelectionOut,
        one,
        id=f"selections/{slug}",
        organisation=f"organisations/{one.organisation}",
        results=results,
    )
