"""What can be said about a model that is whole: stable codes, and a sentence with the numbers for each finding."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Severity = Literal["error", "warning", "info"]


class Code(StrEnum):
    """Names of findings that clients may rely on."""

    NO_SCENE = "NO_SCENE"
    NOTHING_SHOWN = "NOTHING_SHOWN"
    TOO_MANY_VERTICES = "TOO_MANY_VERTICES"
    TOO_MANY_DRAW_CALLS = "TOO_MANY_DRAW_CALLS"
    TOO_MANY_IMAGES = "TOO_MANY_IMAGES"
    TOO_MANY_PIXELS = "TOO_MANY_PIXELS"
    IMAGE_UNREADABLE = "IMAGE_UNREADABLE"
    IMAGE_TOO_LARGE = "IMAGE_TOO_LARGE"
    IMAGE_LARGE = "IMAGE_LARGE"
    SCALE_SUSPECT = "SCALE_SUSPECT"
    BOUNDS_UNKNOWN = "BOUNDS_UNKNOWN"
    EXTENSION_UNCOMMON = "EXTENSION_UNCOMMON"
    NORMALS_MISSING = "NORMALS_MISSING"
    BELOW_FLOOR = "BELOW_FLOOR"
    OFF_CENTRE = "OFF_CENTRE"


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding: an "error" forbids to publish, a "warning" deserves a look, an "info" is good to know.

    `pointer` is a JSON Pointer (RFC 6901) into the model's JSON, "" for the model as a whole.
    """

    code: Code
    severity: Severity
    message: str
    pointer: str = ""
