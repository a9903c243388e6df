"""A hall with all that is in it, as plain values: what lint judges and what an edition is composed from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.assets.due import GATE, PROCESS, lacks_variants
from exhibit_api.assets.schemas import MeasuresOut, VariantOut
from exhibit_api.assets.sounds.schemas import SoundOut
from exhibit_api.assets.sounds.tables import sounds_of
from exhibit_api.assets.tables import Asset, Picture, State, Variant, pictures_of, portrayed, variants_of
from exhibit_api.catalogue.schemas import (
    BODIES,
    AchievementBody,
    AwardBody,
    Body,
    ExhibitBody,
    OrganisationBody,
    PersonBody,
    SelectionBody,
    StudioBody,
)
from exhibit_api.catalogue.tables import Record
from exhibit_api.db import in_parts
from exhibit_api.gltf.transforms import Bounds, pose_matrix, world_bounds
from exhibit_api.halls.schemas import ExhibitionBody, HallBody, PlacardBody, PlacementBody
from exhibit_api.halls.tables import Hall, exhibition_named, hall_named, placards_of, placements_of
from exhibit_api.jobs.tables import JobState, jobs_of

Kind = TypeVar("Kind", OrganisationBody, PersonBody, AwardBody, AchievementBody, ExhibitBody, StudioBody, SelectionBody)


@dataclass(frozen=True)
class Model:
    """The asset that portrays an exhibit."""

    sha256: str
    bytes: int
    media_type: str
    state: State
    measures: MeasuresOut
    variants: tuple[VariantOut, ...] = ()
    errors: tuple[str, ...] = ()
    """Codes of the findings that forbid to publish it and that nobody waived."""
    recipe: int = 0
    """Version of the recipes by which the variants were made; 0 before."""
    given_up: bool = False
    """Whether the work that is due on it, its check or today's variants, has failed and is not tried again by itself."""

    @property
    def is_light(self) -> bool:
        """Whether the variants that can be made were made."""
        return self.recipe > 0 or bool(self.variants)

    @property
    def is_awaited(self) -> bool:
        """Whether it will become lighter by itself."""
        return not (self.is_light or self.given_up or self.state is State.FAILED)

    def variant(self, name: str) -> VariantOut | None:
        """What was made from it under this name."""
        return next((one for one in self.variants if one.name == name), None)


@dataclass(frozen=True)
class Standing:
    """An exhibit where it stands."""

    id: str
    placement: PlacementBody
    exhibit: ExhibitBody
    model: Model | None
    pictures: tuple[VariantOut, ...] = ()
    """The curator's own, small ones first."""
    sounds: tuple[SoundOut, ...] = ()
    """By name."""

    @property
    def slug(self) -> str:
        """The exhibit's slug."""
        return self.placement.exhibit

    @property
    def bounds(self) -> Bounds | None:
        """The box in the hall, in metres; None without a model or where its size is not known."""
        box = self.model.measures.bounds if self.model else None
        if box is None:
            return None
        pose = self.placement.pose
        return world_bounds((box.min, box.max), pose_matrix(pose.translation, pose.rotation, pose.scale))


@dataclass(frozen=True)
class HallDraft:
    """A hall as it stands in the draft. `records` holds all that its exhibits and placards name, at any distance, by id."""

    slug: str
    body: HallBody
    exhibition: ExhibitionBody
    standing: tuple[Standing, ...]
    placards: tuple[tuple[str, PlacardBody], ...]
    records: Mapping[str, Body]
    halls: frozenset[str]
    """Slugs of all halls of the exhibition: where portals may lead."""

    def of_kind(self, kind: type[Kind]) -> dict[str, Kind]:
        """Slug → record of one kind, in order of slug."""
        return {
            record_id.partition("/")[2]: body
            for record_id, body in sorted(self.records.items())
            if isinstance(body, kind)
        }


def read_draft(session: Session, slug: str) -> HallDraft:
    """The hall's draft. Raises NotFound."""
    hall = hall_named(session, slug)
    body = HallBody.of(hall.document)
    placements = [(row.id, row.exhibit, PlacementBody.of(row.document)) for row in placements_of(session, slug)]
    placards = tuple((row.id, PlacardBody.of(row.document)) for row in placards_of(session, slug))
    exhibition = ExhibitionBody.of(exhibition_named(session, hall.exhibition).document)
    named = {f"organisations/{body.organisation}", f"organisations/{exhibition.organisation}"}
    named |= {exhibit for _, exhibit, _ in placements}
    named |= {target for _, placard in placards for _, target in placard.names()}
    records = _with_all_they_name(session, named)
    exhibits = [exhibit for _, exhibit, _ in placements]
    models, pictures = portrayed(session, exhibits), pictures_of(session, exhibits)
    sounds = sounds_of(session, exhibits)
    variants = variants_of(session, sorted({asset.sha256 for asset in models.values()}))
    hopeless = given_up(session, models.values())
    standing = []
    for placement_id, exhibit_id, placement in placements:
        exhibit = records[exhibit_id]
        assert isinstance(exhibit, ExhibitBody)
        asset = models.get(exhibit_id)
        model = _model(asset, variants.get(asset.sha256, ()), asset.sha256 in hopeless) if asset else None
        own = tuple(_picture(one) for one in pictures.get(exhibit_id, ()))
        heard = tuple(SoundOut.from_row(row) for row in sounds.get(exhibit_id, ()))
        standing.append(Standing(placement_id, placement, exhibit, model, own, heard))
    halls = session.scalars(select(Hall.slug).where(Hall.exhibition == hall.exhibition))
    return HallDraft(slug, body, exhibition, tuple(standing), placards, records, frozenset(halls))


def given_up(session: Session, assets: Collection[Asset]) -> set[str]:
    """Those of the assets (SHA-256) on which the work that is due has failed: the gate where none has judged yet, else the variants."""
    due = {asset.sha256: GATE for asset in assets if asset.state == State.RECEIVED}
    due |= {asset.sha256: PROCESS for asset in assets if lacks_variants(asset)}
    jobs = jobs_of(session, due.keys()) if due else {}
    return {sha256 for (kind, sha256), job in jobs.items() if kind == due[sha256] and job.state == JobState.FAILED}


def _model(asset: Asset, variants: Sequence[Variant], is_given_up: bool) -> Model:
    return Model(
        asset.sha256,
        asset.bytes,
        asset.media_type,
        State(asset.state),
        MeasuresOut.of(asset.measures),
        tuple(VariantOut.from_row(row) for row in variants),
        asset.errors,
        asset.recipe,
        is_given_up,
    )


def _picture(row: Picture) -> VariantOut:
    return VariantOut(
        name=f"picture-{row.width}",
        sha256=row.sha256,
        bytes=row.bytes,
        media_type=row.media_type,
        width=row.width,
        height=row.height,
    )


def _with_all_they_name(session: Session, ids: set[str]) -> dict[str, Body]:
    """The records, and those that they name, and so on. Exhibits name others, but none is drawn in by another record."""
    found: dict[str, Body] = {}
    wanted = ids
    while wanted:
        for part in in_parts(sorted(wanted)):
            for record in session.scalars(select(Record).where(Record.id.in_(part))):
                found[record.id] = BODIES[record.kind].of(record.document)
        wanted = {target for body in found.values() for _, target in body.names()} - found.keys()
    return found
