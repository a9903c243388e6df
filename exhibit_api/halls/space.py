"""Space in a hall, as data: metres, right-handed, +Y up, quaternions x y z w, as in glTF and WebXR.

The same shapes stand in a curator's draft and in the published manifest. Floors, zones and doors are polygons of [x, z] corners.
"""

import math
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from exhibit_api.documents import Document
from exhibit_api.text import LanguageMap, Slug

UNIT_TOLERANCE = 1e-3
"""How far a quaternion's length may be from 1: what single precision and a few multiplications leave."""

Metres = Annotated[float, Field(ge=-10_000, le=10_000)]
Length = Annotated[float, Field(gt=0, le=1_000, description="Metres")]
Vec3 = Annotated[tuple[Metres, Metres, Metres], Field(examples=[[0, 0, -2]])]
Point = tuple[Metres, Metres]


def _unit(rotation: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    length = math.sqrt(sum(part * part for part in rotation))
    if abs(length - 1) > UNIT_TOLERANCE:
        raise ValueError(
            f"a rotation is a unit quaternion x y z w; this one has the length {length:.4g}"
            + ("" if length == 0 else f", divide each part by it: {[round(part / length, 6) for part in rotation]}")
        )
    return rotation


def _uniform(scale: object) -> object:
    return [scale] * 3 if isinstance(scale, int | float) and not isinstance(scale, bool) else scale


UnitPart = Annotated[float, Field(ge=-1.01, le=1.01)]
Quaternion = Annotated[
    tuple[UnitPart, UnitPart, UnitPart, UnitPart], AfterValidator(_unit), Field(examples=[[0, 0, 0, 1]])
]
Factor = Annotated[float, Field(gt=0, le=10_000)]
Scale = Annotated[
    tuple[Factor, Factor, Factor],
    BeforeValidator(_uniform),
    Field(description="A factor along each axis; a single number stands for three", examples=[[1, 1, 1]]),
]
Polygon = Annotated[
    tuple[Point, ...],
    Field(
        min_length=3,
        max_length=500,
        description="Corners [x, z] in metres, in order; the last joins the first",
        examples=[[[-5, -5], [5, -5], [5, 5], [-5, 5]]],
    ),
]


class Pose(Document):
    """Where something stands: glTF's translation, rotation and scale, applied scale first."""

    translation: Vec3 = (0.0, 0.0, 0.0)
    rotation: Quaternion = (0.0, 0.0, 0.0, 1.0)
    scale: Scale = (1.0, 1.0, 1.0)


class Viewpoint(Document):
    """Where a visitor stands and looks: along −Z of its own frame, as a glTF camera does. Feet on the floor, unless it says eyes."""

    translation: Vec3 = (0.0, 0.0, 0.0)
    rotation: Quaternion = (0.0, 0.0, 0.0, 1.0)


class Opening(Document):
    """A door or window in a wall: from so many metres along the wall to so many, and how high."""

    start: float = Field(ge=0, le=1000)
    end: float = Field(gt=0, le=1000)
    height: Length = 2.4

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise ValueError("an opening ends where it starts, or before")
        return self


class Wall(Document):
    """A straight wall over the line from `start` to `end` on the floor."""

    start: Point
    end: Point
    height: Length | None = Field(None, description="Without one, the height of the hall")
    thickness: Length = 0.2
    openings: tuple[Opening, ...] = Field((), max_length=50)


class Zone(Document):
    """A part of the floor that belongs together: what is loaded and budgeted as one."""

    id: Slug
    label: LanguageMap
    floor: Polygon


class Waypoint(Document):
    """A place to stand and look from. The floor's height is the translation's y."""

    id: Slug
    label: LanguageMap | None = None
    translation: Vec3
    rotation: Quaternion = (0.0, 0.0, 0.0, 1.0)


class Stop(Document):
    """One stop of a tour: where to stand, what to look at, what is told."""

    waypoint: Slug
    exhibit: Slug | None = None
    placard: Slug | None = None
    narration: LanguageMap | None = None


class Tour(Document):
    """A guided way through the hall."""

    id: Slug
    label: LanguageMap
    summary: LanguageMap | None = None
    stops: tuple[Stop, ...] = Field(min_length=1, max_length=200)


class Portal(Document):
    """A way to another hall of the exhibition: who steps on its floor goes there. Who comes from there arrives at `pose`."""

    to: Slug = Field(description="Slug of the hall that it leads to")
    label: LanguageMap | None = None
    floor: Polygon
    pose: Viewpoint = Field(Viewpoint(), description="In this hall, feet on the floor, looking in: where one arrives")


class Space(Document):
    """The room itself."""

    floor: Polygon
    height: Annotated[float, Field(gt=1.9, le=200)] = 4.0
    walls: tuple[Wall, ...] = Field((), max_length=1000)
    zones: tuple[Zone, ...] = Field((), max_length=100)
    spawn: Viewpoint = Viewpoint()
    waypoints: tuple[Waypoint, ...] = Field((), max_length=1000)
    tours: tuple[Tour, ...] = Field((), max_length=50)
    portals: tuple[Portal, ...] = Field((), max_length=50)


class Spot(Document):
    """The cone of a spot light, in radians (KHR_lights_punctual)."""

    inner_cone_angle: Annotated[float, Field(ge=0, lt=math.pi / 2)] = 0.0
    outer_cone_angle: Annotated[float, Field(gt=0, le=math.pi / 2)] = math.pi / 4

    @model_validator(mode="after")
    def _inner_within_outer(self) -> Self:
        if self.inner_cone_angle >= self.outer_cone_angle:
            raise ValueError("the inner cone must be narrower than the outer one")
        return self


class Light(Document):
    """A light as in KHR_lights_punctual, and where it hangs; it shines along −Z of its own frame."""

    type: Literal["directional", "point", "spot"]
    name: Annotated[str, Field(max_length=80)] | None = None
    color: tuple[
        Annotated[float, Field(ge=0, le=1)], Annotated[float, Field(ge=0, le=1)], Annotated[float, Field(ge=0, le=1)]
    ] = (1.0, 1.0, 1.0)
    intensity: Annotated[float, Field(ge=0, le=1e6, description="lux for directional lights, candela for others")] = 1.0
    range: Length | None = None
    spot: Spot | None = None
    translation: Vec3 = (0.0, 0.0, 0.0)
    rotation: Quaternion = (0.0, 0.0, 0.0, 1.0)

    @model_validator(mode="after")
    def _cone_of_spots_only(self) -> Self:
        if (self.type == "spot") != (self.spot is not None):
            raise ValueError("a spot light has a `spot`, and no other light has one")
        return self


class Lighting(Document):
    """How the hall is lit."""

    environment: Literal["gallery", "studio", "daylight", "evening", "none"] = "gallery"
    exposure: Annotated[float, Field(gt=0, le=16)] = 1.0
    lights: tuple[Light, ...] = Field((), max_length=64)
    use_estimation: bool = Field(True, description="In AR, prefer the light that the device estimates")


class FloorAnchor(Document):
    """The hall stands on a floor that the device has found, at least so wide and deep (metres)."""

    type: Literal["floor"] = "floor"
    minimum: tuple[Length, Length] | None = None
    scale: Annotated[float, Field(gt=0, le=1)] = Field(1.0, description="1 is life-size; 0.02 makes a table-top model")
    priority: int = Field(0, ge=0, le=100, description="Lower is tried first")


class WallAnchor(Document):
    """The hall's front stands at a wall that the device has found."""

    type: Literal["wall"] = "wall"
    minimum_width: Length | None = None
    priority: int = Field(0, ge=0, le=100)


class ImageAnchor(Document):
    """The hall stands at a printed marker, whose width must be known to find its distance."""

    type: Literal["image"] = "image"
    physical_width: Annotated[float, Field(gt=0, le=10, description="Metres")]
    marker: Annotated[str, Field(min_length=1, max_length=500)] = Field(
        description="What the printed QR code says, so that anyone can print it"
    )
    priority: int = Field(0, ge=0, le=100)


class GeoAnchor(Document):
    """The hall stands at a place on the earth (WGS 84), turned `heading` degrees clockwise from north."""

    type: Literal["geo"] = "geo"
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    altitude: Annotated[float, Field(ge=-500, le=9000)] | None = None
    heading: Annotated[float, Field(ge=0, lt=360)] = 0.0
    priority: int = Field(0, ge=0, le=100)


Anchor = Annotated[FloorAnchor | WallAnchor | ImageAnchor | GeoAnchor, Field(discriminator="type")]
