"""What the pipeline tells of a model: the validator's verdict, the files that were made, and why others were not."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from exhibit_api.gltf.measure import Measures

GLB = "model/gltf-binary"
USDZ = "model/vnd.usdz+zip"
WEBP = "image/webp"
ENDINGS = {GLB: "glb", USDZ: "usdz", WEBP: "webp"}

Words = Mapping[str, str]
"""A sentence in each language: BCP 47 tag → text; always `zh-Hans` and `en`."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the Khronos validator said. `report` is its whole answer, None where it could not finish: `failure` says why then."""

    report: Mapping[str, Any] | None
    unknown_extensions: tuple[str, ...] = ()
    failure: str | None = None


class ReasonCode(StrEnum):
    """Why a product was not made. Names that clients may rely on."""

    MASTER_IS_BEST = "MASTER_IS_BEST"
    UNKNOWN_EXTENSION = "UNKNOWN_EXTENSION"
    NOT_LIGHTER = "NOT_LIGHTER"
    TOO_HEAVY = "TOO_HEAVY"
    """The result is over a bound of its profile, as Scene Viewer's 10 MB."""
    INVALID_RESULT = "INVALID_RESULT"
    TOOL_FAILED = "TOOL_FAILED"
    TOOL_STOPPED = "TOOL_STOPPED"
    """A cap of time or memory ended the tool."""
    NO_GRAPHICS = "NO_GRAPHICS"
    NO_TOOLBOX = "NO_TOOLBOX"
    NO_SOURCE = "NO_SOURCE"
    """What it would have been made from was not made."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the product `name` was not made, or is the master itself."""

    name: str
    code: ReasonCode
    words: Words


@dataclass(frozen=True, slots=True)
class Product:
    """A file for one profile. `path` is in the job's folder, or the source where the master itself serves the profile.

    `measures` are those of the model in it (of the USDZ: of what it was made from); None of a picture, which has `width`
    and `height` in pixels instead. `static` says that skins or morph targets stand still in it.
    """

    name: str
    path: Path
    sha256: str
    bytes: int
    media_type: str
    measures: Measures | None = None
    static: bool = False
    width: int = 0
    height: int = 0
    transparent: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that came of a model."""

    products: tuple[Product, ...]
    reasons: tuple[Reason, ...]
