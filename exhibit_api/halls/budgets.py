"""What a hall costs, as it is told to those who arrange it: numbers to draw bars from."""

from dataclasses import asdict

from pydantic import Field

from exhibit_api.documents import Document
from exhibit_api.halls.costs import Cost, within
from exhibit_api.profiles import Limits


class TotalsOut(Document):
    """What something costs a device. `textureBytes` is memory on the GPU, mipmaps included."""

    bytes: int
    triangles: int
    draw_calls: int
    texture_bytes: int


class PartOut(TotalsOut):
    """What a step of the load plan adds to those before it."""

    part: str = Field(description='"first-view", a zone\'s id, or "rest"')


class LimitsOut(Document):
    """The most that the hall may cost. What is visible is what stands in one part; `zoneBytes` holds for "rest" too."""

    exhibit_bytes: int | None = None
    first_view_bytes: int | None = None
    zone_bytes: int | None = None
    hall_bytes: int | None = None
    visible_triangles: int | None = None
    visible_draw_calls: int | None = None
    hall_texture_bytes: int | None = None


class BudgetOut(TotalsOut):
    """What the whole hall costs one profile, part by part; the parts add up to the whole."""

    parts: tuple[PartOut, ...]
    limits: LimitsOut | None = Field(None, description="Absent where the profile has none")
    within: bool | None = Field(None, description="Whether no limit is exceeded")

    @classmethod
    def from_cost(cls, cost: Cost, limits: Limits | None) -> "BudgetOut":
        """As a document."""
        return cls(
            **asdict(cost.totals),
            parts=tuple(PartOut(part=part.name, **asdict(part.totals)) for part in cost.parts),
            limits=LimitsOut.of(limits.plain()) if limits else None,
            within=within(cost, limits) if limits else None,
        )
