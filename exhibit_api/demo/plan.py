"""A hall's plan: what a designer decides by hand. `arrange` works out the rest.

Points are [x, z] on the floor in metres; directions are degrees, 0 towards +Z and 90 towards +X.
"""

import math
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from exhibit_api.catalogue.schemas import Rights
from exhibit_api.documents import Document
from exhibit_api.halls.space import Anchor, Length, Point, Polygon, Vec3, Wall
from exhibit_api.text import LanguageMap, Slug

Direction = Annotated[float, Field(ge=-360, le=360)]


class Row(Document):
    """Exhibits side by side between two points, with equal gaps; their fronts look in one direction."""

    start: Point
    end: Point
    facing: Direction
    exhibits: tuple[Slug, ...] = Field(min_length=1)
    turns: dict[Slug, Direction] = Field({}, description="How far a model is turned on its plinth, to show its side")
    plinths: dict[Slug, Length] = Field({}, description="Heights that differ from the rule")


class PlannedZone(Document):
    """A part of the floor, its exhibits, and the point from which they are first seen."""

    id: Slug
    label: LanguageMap
    floor: Polygon
    stand: Point
    rows: tuple[Row, ...] = Field(min_length=1)


class BoardRow(Document):
    """Boards side by side on a wall, between two points of its middle line, from left to right as the reader sees it.

    A board is named "hall", "honours/<name>" or "<kind>/<slug>".
    """

    start: Point
    end: Point
    boards: tuple[Annotated[str, Field(pattern=r"^(hall|(people|studios|selections|honours)/[a-z0-9-]+)$")], ...]

    @property
    def facing(self) -> float:
        """The direction of the boards' fronts, square to the wall."""
        return math.degrees(math.atan2(self.start[1] - self.end[1], self.end[0] - self.start[0]))


class Honours(Document):
    """A board of awards."""

    label: LanguageMap
    awards: tuple[Slug, ...] = Field(min_length=1)


class Door(Document):
    """A door in the wall over an edge of the floor (the edge from that corner to the next), and the hall behind it."""

    edge: int = Field(ge=0)
    at: float | None = Field(
        None, description="Metres along the edge to the door's middle; without it, the edge's middle"
    )
    width: Length = 1.8
    height: Length = 2.4
    to: Slug
    label: LanguageMap


class View(Document):
    """Where someone stands and towards which point they look."""

    at: Point
    toward: Point


class Lamp(Document):
    """A light that hangs at a point and shines at another. `cone` is the half angle of a spot in degrees."""

    name: str
    type: Literal["directional", "point", "spot"]
    hangs: Vec3
    shines: Vec3 = (0.0, 0.0, 0.0)
    color: tuple[float, float, float] = (1.0, 1.0, 1.0)
    intensity: float
    cone: float | None = None


class PlannedStop(Document):
    """A stop of the tour: at an exhibit or at a board, and what is told there."""

    exhibit: Slug | None = None
    board: str | None = None
    narration: LanguageMap

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.exhibit is None) == (self.board is None):
            raise ValueError("a stop is at an exhibit or at a board")
        return self


class PlannedTour(Document):
    """A guided way."""

    id: Slug
    label: LanguageMap
    summary: LanguageMap
    stops: tuple[PlannedStop, ...] = Field(min_length=1)


class Plan(Document):
    """The whole plan of a hall."""

    slug: Slug
    exhibition: Slug
    organisation: Slug
    label: LanguageMap
    summary: LanguageMap
    required_statement: LanguageMap
    rights: Rights
    height: Length
    floor: Polygon
    walls: tuple[Wall, ...] = Field((), description="Walls within the hall; its edges are walled anyway")
    doors: tuple[Door, ...]
    zones: tuple[PlannedZone, ...]
    boards: tuple[BoardRow, ...]
    honours: dict[Slug, Honours] = Field({})
    spawn: View
    environment: Literal["gallery", "studio", "daylight", "evening", "none"]
    exposure: float = 1.0
    lamps: tuple[Lamp, ...]
    anchors: tuple[Anchor, ...]
    tours: tuple[PlannedTour, ...]
