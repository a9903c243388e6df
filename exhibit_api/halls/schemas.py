"""What curators write: exhibitions, halls, what is placed in them, and placards."""

import datetime
from typing import Any, ClassVar

from pydantic import Field, field_validator, model_validator

from exhibit_api.catalogue.schemas import Names, Naming, Rights
from exhibit_api.documents import Draft
from exhibit_api.halls.space import Anchor, Length, Lighting, Pose, Space, Viewpoint
from exhibit_api.text import LanguageMap, LanguageTag, Slug

TRS = ("translation", "rotation", "scale")


class ExhibitionBody(Draft):
    """Several halls that open and close together."""

    organisation: Slug = Field(description="Slug of the organisation that leads the exhibition")
    label: LanguageMap
    summary: LanguageMap | None = None
    opens: datetime.date | None = None
    closes: datetime.date | None = None

    @model_validator(mode="after")
    def _opens_first(self) -> "ExhibitionBody":
        if self.opens and self.closes and self.closes < self.opens:
            raise ValueError("the exhibition closes before it opens")
        return self


class HallBody(Draft):
    """One hall: its words, its room, its light, and where AR may stand it."""

    exhibition: Slug
    organisation: Slug = Field(description="Slug of the organisation that keeps the hall")
    label: LanguageMap
    summary: LanguageMap | None = None
    languages: tuple[LanguageTag, ...] = Field(("zh-Hans", "en"), min_length=1, max_length=40)
    rights: Rights | None = None
    required_statement: LanguageMap | None = None
    space: Space
    lighting: Lighting = Lighting()
    anchors: tuple[Anchor, ...] = Field((), max_length=20, description="In AR, tried in order of priority")

    @field_validator("space")
    @classmethod
    def _zones_are_no_other_steps(cls, space: Space) -> Space:
        if taken := [zone.id for zone in space.zones if zone.id in ("first-view", "rest")]:
            raise ValueError(f"no zone is called {taken[0]!r}: the load plan has a step of that name")
        return space


class PlacementBody(Draft):
    """An exhibit in the hall. `translation`, `rotation` and `scale` may also stand flat, as on a glTF node."""

    exhibit: Slug
    pose: Pose = Pose()
    zone: Slug | None = Field(None, description="Without one, the zone on whose floor it stands")
    priority: int = Field(0, ge=-100, le=100, description="Higher is loaded earlier within its step")
    plinth: Length | None = Field(None, description="Height in metres of the plinth under it, drawn by the client")

    @model_validator(mode="before")
    @classmethod
    def _gather_pose(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "pose" in value or not any(name in value for name in TRS):
            return value
        return {name: part for name, part in value.items() if name not in TRS} | {
            "pose": {name: value[name] for name in TRS if name in value}
        }


class PlacardBody(Naming):
    """A board with words. Its front faces +Z of its pose; the translation is the middle of the board."""

    named: ClassVar[dict[str, str]] = {
        "exhibit": "exhibits",
        "achievement": "achievements",
        "people": "people",
        "awards": "awards",
        "studio": "studios",
        "selection": "selections",
    }

    exhibit: Slug | None = Field(None, description="The exhibit that it speaks of, if one of the hall")
    pose: Viewpoint
    size: tuple[Length, Length] = Field((0.6, 0.4), description="Width and height in metres")
    label: LanguageMap
    body: LanguageMap | None = None
    achievement: Slug | None = None
    people: Names = ()
    awards: Names = ()
    studio: Slug | None = None
    selection: Slug | None = None
    view: Viewpoint | None = Field(None, description="Where to stand to read it: the pose of the reader's eyes")
