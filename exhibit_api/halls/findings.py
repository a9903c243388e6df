"""What lint tells: one finding a fault, with its place and its numbers."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from exhibit_api.documents import Document


class FindingCode(StrEnum):
    """Names of findings that clients may rely on."""

    BUDGET_EXCEEDED = "BUDGET_EXCEEDED"
    BUDGET_NEAR = "BUDGET_NEAR"

    BOUNDS_UNKNOWN = "BOUNDS_UNKNOWN"
    EXHIBITS_OVERLAP = "EXHIBITS_OVERLAP"
    EXHIBIT_FLOATS = "EXHIBIT_FLOATS"
    EXHIBIT_IN_WALL = "EXHIBIT_IN_WALL"
    EXHIBIT_OUTSIDE = "EXHIBIT_OUTSIDE"
    EXHIBIT_SIZE = "EXHIBIT_SIZE"
    EXHIBIT_SUNK = "EXHIBIT_SUNK"
    EXHIBIT_TOO_HIGH = "EXHIBIT_TOO_HIGH"

    EXHIBIT_UNREACHABLE = "EXHIBIT_UNREACHABLE"
    PLACARD_UNREACHABLE = "PLACARD_UNREACHABLE"
    PORTAL_UNREACHABLE = "PORTAL_UNREACHABLE"
    SPAWN_BLOCKED = "SPAWN_BLOCKED"
    WAYPOINT_UNREACHABLE = "WAYPOINT_UNREACHABLE"

    PLACARDS_OVERLAP = "PLACARDS_OVERLAP"
    PLACARD_FACES_WALL = "PLACARD_FACES_WALL"
    PLACARD_HIDDEN = "PLACARD_HIDDEN"
    PLACARD_OUTSIDE = "PLACARD_OUTSIDE"
    PLACARD_SMALL = "PLACARD_SMALL"
    PLACARD_TOO_HIGH = "PLACARD_TOO_HIGH"
    PLACARD_TOO_LOW = "PLACARD_TOO_LOW"

    ALT_MISSING = "ALT_MISSING"
    LABEL_SAME = "LABEL_SAME"
    RIGHTS_MISSING = "RIGHTS_MISSING"
    SPEECH_UNTOLD = "SPEECH_UNTOLD"
    TEXT_MISSING_LANGUAGE = "TEXT_MISSING_LANGUAGE"

    CONSENT_MISSING = "CONSENT_MISSING"
    HALL_EMPTY = "HALL_EMPTY"
    MODEL_MISSING = "MODEL_MISSING"
    MODEL_NOT_READY = "MODEL_NOT_READY"
    PLACARD_EXHIBIT_UNKNOWN = "PLACARD_EXHIBIT_UNKNOWN"
    PORTAL_UNKNOWN = "PORTAL_UNKNOWN"
    SELECTION_EMBARGOED = "SELECTION_EMBARGOED"
    TOUR_STOP_UNKNOWN = "TOUR_STOP_UNKNOWN"


ERRORS = frozenset(
    {
        FindingCode.BUDGET_EXCEEDED,
        FindingCode.SPAWN_BLOCKED,
        FindingCode.TEXT_MISSING_LANGUAGE,
        FindingCode.MODEL_MISSING,
        FindingCode.MODEL_NOT_READY,
        FindingCode.PORTAL_UNKNOWN,
        FindingCode.TOUR_STOP_UNKNOWN,
        FindingCode.PLACARD_EXHIBIT_UNKNOWN,
        FindingCode.SELECTION_EMBARGOED,
    }
)
"""What forbids publication. All else is advice."""


class Finding(Document):
    """Something that a visitor would trip over. An error forbids publication, a warning does not."""

    code: FindingCode = Field(examples=["EXHIBITS_OVERLAP"])
    severity: Literal["error", "warning"]
    message: str = Field(examples=["'ship-propeller' and 'turbofan' overlap by 0.31 m × 0.84 m × 0.20 m"])
    subjects: tuple[str, ...] = Field(
        description="What it is about: ids below the hall, and ids of records",
        examples=[["placements/ship-propeller", "placements/turbofan"]],
    )
    place: tuple[float, float, float] | None = Field(None, description="Where in the hall, in metres")
    pointer: str | None = Field(None, description="JSON Pointer into the first subject's document")


def finding(
    code: FindingCode,
    message: str,
    *subjects: str,
    place: tuple[float, float, float] | None = None,
    pointer: str | None = None,
) -> Finding:
    """A finding of the severity that its code has; its place is rounded to millimetres."""
    rounded = None if place is None else (round(place[0], 3), round(place[1], 3), round(place[2], 3))
    severity: Literal["error", "warning"] = "error" if code in ERRORS else "warning"
    return Finding(code=code, severity=severity, message=message, subjects=subjects, place=rounded, pointer=pointer)


def in_order(found: Finding) -> tuple[object, ...]:
    """The key by which findings are sorted: errors first, then by code, subjects and pointer."""
    return found.severity != "error", found.code.value, found.subjects, found.pointer or "", found.message
