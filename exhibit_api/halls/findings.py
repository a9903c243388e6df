"""What lint tells: one finding a fault, with its place and its numbers."""

from typing import Literal

from pydantic import Field

from exhibit_api.documents import Document
from exhibit_api.halls.space import Vec3


class Finding(Document):
    """Something that a visitor would trip over. An error forbids publication, a warning does not."""

    code: str = Field(examples=["EXHIBITS_OVERLAP"])
    severity: Literal["error", "warning"]
    message: str = Field(examples=["'ship-propeller' and 'turbofan' overlap by 0.31 m × 0.84 m on the floor"])
    subjects: tuple[str, ...] = Field(
        description="What it is about, as ids below the hall", examples=[["placements/ship-propeller", "placements/turbofan"]]
    )
    place: Vec3 | None = Field(None, description="Where in the hall, in metres")
    pointer: str | None = Field(None, description="JSON Pointer into the subject's document")
