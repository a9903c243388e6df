"""The hall manifest, version 1.0: the public contract with every client. docs/manifest.md explains it field by field.

Text is language maps. Space is metres, right-handed, +Y up, quaternions x y z w. URLs are relative to the manifest's own address,
so that the same bytes work from the service, a bucket, a CDN and an unpacked folder. Clients pass over members that they do not
know: a later 1.x may add some, and takes none away.
"""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from exhibit_api.editions.models import Media, ModelOut, Picture, Sound
from exhibit_api.editions.parts import Count, Id, Published, Resource
from exhibit_api.editions.told import (
    AchievementOut,
    AwardOut,
    OrganisationOut,
    PersonOut,
    SelectionOut,
    StudioOut,
)
from exhibit_api.halls.space import Anchor, Light, Portal, Pose, Tour, Viewpoint, Wall, Waypoint, Zone
from exhibit_api.profiles import Profile
from exhibit_api.text import LanguageMap, LanguageTag, Slug

VERSION = "1.0"

Point3 = tuple[float, float, float]


class HallRef(Published):
    """The hall itself."""

    id: Id
    slug: Slug
    label: LanguageMap
    summary: LanguageMap | None = None


class ExhibitionRef(Published):
    """The exhibition that the hall is a part of."""

    id: Id
    slug: Slug
    label: LanguageMap
    summary: LanguageMap | None = None
    opens: date | None = None
    closes: date | None = None


class EditionStamp(Published):
    """Which edition of the hall this is."""

    number: int = Field(ge=1)
    published_at: datetime
    previous: int | None = Field(None, description="Number of the edition that was current before")
    note: str | None = None


class BoundsOut(Published):
    """An upright box: its lowest and its highest corner, in metres in the hall."""

    min: Point3
    max: Point3


class SpaceOut(Published):
    """The room."""

    bounds: BoundsOut
    floor: tuple[tuple[float, float], ...] = Field(description="Corners [x, z]; the last joins the first")
    height: float
    walls: tuple[Wall, ...]
    zones: tuple[Zone, ...]
    spawn: Viewpoint
    waypoints: tuple[Waypoint, ...]
    tours: tuple[Tour, ...]
    portals: tuple[Portal, ...]
    shell: Resource | None = Field(
        None, description="A model of the room; without one, clients build it from this data"
    )


class LightingOut(Published):
    """How the hall is lit."""

    environment: str
    exposure: float
    lights: tuple[Light, ...] = Field(description="As in KHR_lights_punctual, with a place")
    use_estimation: bool


class ExhibitOut(Published):
    """An exhibit where it stands."""

    id: Id
    label: LanguageMap
    summary: LanguageMap | None = None
    alt: LanguageMap | None = None
    organisation: Id
    year: int | None = None
    trade: str | None = None
    industry: str | None = None
    achievements: tuple[Id, ...]
    zone: Slug | None = None
    priority: int
    pose: Pose
    plinth: float | None = Field(None, description="Height of a plinth to draw under it, metres")
    bounds: BoundsOut | None = None
    model: ModelOut
    poster: Media | None = Field(None, description="A picture to show in the model's place")
    pictures: tuple[Picture, ...] = Field((), description="All sizes of its pictures; the curator's own first")
    placards: tuple[Id, ...]
    audio: tuple[Sound, ...]
    rights: str | None = None


class PlacardOut(Published):
    """A board with words; its front faces +Z of its pose."""

    id: Id
    exhibit: Id | None = None
    pose: Viewpoint
    size: tuple[float, float] = Field(description="Width and height, metres")
    label: LanguageMap
    body: LanguageMap | None = None
    achievement: Id | None = None
    people: tuple[Id, ...]
    awards: tuple[Id, ...]
    studio: Id | None = None
    selection: Id | None = None
    media: tuple[Media, ...]
    view: Viewpoint | None = Field(None, description="Where a reader's eyes are")


class LoadStep(Published):
    """What to load next. `bytes` is the sum of what is not in a step before, so that a progress bar can be true."""

    step: str = Field(description='"first-view", a zone\'s id, or "rest"')
    items: tuple[Id, ...]
    bytes: Count


class BudgetPart(Published):
    """What one step of the load plan costs: what it adds to those before it."""

    part: str = Field(description='"first-view", a zone\'s id, or "rest"')
    bytes: Count
    triangles: Count
    draw_calls: Count
    texture_bytes: Count


class BudgetLimits(Published):
    """The most that the hall may cost. What is visible is what stands in one part; `zoneBytes` holds for "rest" too."""

    exhibit_bytes: Count | None = None
    first_view_bytes: Count | None = None
    zone_bytes: Count | None = None
    hall_bytes: Count | None = None
    visible_triangles: Count | None = None
    visible_draw_calls: Count | None = None
    hall_texture_bytes: Count | None = None


class Budget(Published):
    """What the whole hall costs in one profile; the parts add up to it."""

    bytes: Count
    triangles: Count
    draw_calls: Count
    texture_bytes: Count
    parts: tuple[BudgetPart, ...] = ()
    limits: BudgetLimits | None = Field(None, description="Absent where the profile has none")
    within: bool | None = Field(None, description="Whether no limit is exceeded")


class Links(Published):
    """Where to go from here."""

    latest: str = Field(description="The pointer to the current edition of this hall")
    exhibition: str = Field(description="The exhibition's list of halls")
    schema_: Resource = Field(alias="schema")


class HallManifest(Published):
    """A hall, frozen: everything that a client needs to show it."""

    type: Literal["HallManifest"] = "HallManifest"
    version: Literal["1.0"] = "1.0"
    id: Id
    hall: HallRef
    exhibition: ExhibitionRef
    edition: EditionStamp
    languages: tuple[LanguageTag, ...]
    organisations: tuple[OrganisationOut, ...]
    rights: str | None = None
    required_statement: LanguageMap | None = None
    space: SpaceOut
    lighting: LightingOut
    anchors: tuple[Anchor, ...] = Field(description="In the order in which they are to be tried")
    exhibits: tuple[ExhibitOut, ...]
    placards: tuple[PlacardOut, ...]
    achievements: tuple[AchievementOut, ...]
    people: tuple[PersonOut, ...]
    awards: tuple[AwardOut, ...]
    studios: tuple[StudioOut, ...]
    selections: tuple[SelectionOut, ...]
    load_plan: dict[Profile, tuple[LoadStep, ...]]
    budget: dict[Profile, Budget]
    links: Links


class HallPointer(Published):
    """Which manifest is current: the one small document that changes."""

    type: Literal["HallPointer"] = "HallPointer"
    version: Literal["1.0"] = "1.0"
    id: Id
    slug: Slug
    label: LanguageMap
    edition: int
    published_at: datetime
    manifest: Resource


class HallEntry(Published):
    """A hall in the list of its exhibition."""

    id: Id
    slug: Slug
    label: LanguageMap
    summary: LanguageMap | None = None
    edition: int
    pointer: str = Field(description="The hall's pointer, relative to this document")
    manifest: Resource


class ExhibitionDocument(Published):
    """An exhibition with the halls that can be visited now."""

    type: Literal["Exhibition"] = "Exhibition"
    version: Literal["1.0"] = "1.0"
    id: Id
    slug: Slug
    label: LanguageMap
    summary: LanguageMap | None = None
    opens: date | None = None
    closes: date | None = None
    halls: tuple[HallEntry, ...]
