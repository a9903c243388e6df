"""What is told of an asset: its bytes, its state, its measures, and what was found."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from exhibit_api.assets.tables import Picture, State, Variant
from exhibit_api.documents import Document
from exhibit_api.gltf.issues import Issue
from exhibit_api.gltf.measure import Measures
from exhibit_api.text import LanguageMap, Line

Corner = tuple[float, float, float]
Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
Code = Annotated[str, StringConstraints(pattern="^[A-Z][A-Z0-9_]{0,79}$")]
"""Of a finding, as the validator names it."""


class Animation(Document):
    """A clip in the file; `name` is "" where it has none."""

    name: str
    seconds: float


class Box(Document):
    """The lowest and the highest corner, in metres."""

    min: Corner
    max: Corner


class MeasuresOut(Document):
    """What a model is made of, and so what it costs to show. `textureBytes` is memory on the GPU, mipmaps included."""

    triangles: int
    vertices: int
    draw_calls: int
    materials: int
    textures: int
    max_texture_size: int
    texture_bytes: int
    geometry_bytes: int
    nodes: int
    skins: int
    animations: tuple[Animation, ...]
    extensions_used: tuple[str, ...]
    extensions_required: tuple[str, ...]
    bounds: Box | None = Field(None, description="The model's own box at rest; absent where its size is not declared")

    @classmethod
    def from_measures(cls, measures: Measures) -> "MeasuresOut":
        """As a document."""
        return cls(
            animations=tuple(Animation(name=clip.name, seconds=clip.seconds) for clip in measures.animations),
            bounds=Box(min=measures.bounds[0], max=measures.bounds[1]) if measures.bounds else None,
            **{name: getattr(measures, name) for name in cls.model_fields if name not in ("animations", "bounds")},
        )


class IssueOut(Document):
    """A finding: an error forbids publication, a warning deserves a look.

    Codes are our own, or the Khronos glTF Validator's where `source` is "validator".
    """

    code: str = Field(examples=["SCALE_SUSPECT"])
    severity: Literal["error", "warning", "info", "hint"]
    message: str
    pointer: str = Field(description="JSON Pointer into the model's JSON")
    source: Literal["exhibit-api", "validator"] = "exhibit-api"
    count: int = Field(1, description="Above 1 where it stands for others of its code, which the whole report tells")
    summary: LanguageMap | None = Field(None, description="What it means, in plain words")
    place: LanguageMap | None = Field(None, description="Where it is, in plain words")
    remedy: LanguageMap | None = Field(None, description="How to mend it")
    waived: bool = Field(False, description="An admin lets it pass")

    @classmethod
    def from_issue(cls, issue: Issue) -> "IssueOut":
        """As a document."""
        return cls(code=issue.code.value, severity=issue.severity, message=issue.message, pointer=issue.pointer)


class VariantOut(Document):
    """A file made from the master, or the master itself where it serves a profile as it is.

    `name` is a profile ("webxr-mobile"), a level of detail ("lod1"), or a picture ("poster-512").
    """

    name: str = Field(examples=["webxr-mobile", "lod1", "quick-look", "poster-1024"])
    url: str = Field("", description="Where those with a right read the bytes")
    sha256: str
    bytes: int
    media_type: str
    measures: MeasuresOut | None = Field(None, description="What the model in it costs; absent of a picture")
    static: bool = Field(False, description="Skins or morph targets stand still in it")
    width: int = Field(0, description="Pixels, of a picture")
    height: int = Field(0, description="Pixels, of a picture")
    transparent: bool = Field(False, description="The picture has no ground")

    @classmethod
    def from_row(cls, row: Variant) -> "VariantOut":
        """As a document."""
        return cls(
            name=row.name,
            url=f"/v1/assets/{row.asset}/variants/{row.name}",
            sha256=row.sha256,
            bytes=row.bytes,
            media_type=row.media_type,
            measures=MeasuresOut.of(row.measures) if row.measures else None,
            **row.form,
        )


class PictureOut(Document):
    """A curator's own picture of an exhibit, in one size."""

    url: str = Field(description="Where those with a right read the bytes")
    sha256: str
    bytes: int
    media_type: str
    width: int = Field(description="Pixels")
    height: int = Field(description="Pixels")

    @classmethod
    def from_row(cls, row: Picture) -> "PictureOut":
        """As a document."""
        return cls(
            url=f"/v1/{row.exhibit}/picture?width={row.width}",
            sha256=row.sha256,
            bytes=row.bytes,
            media_type=row.media_type,
            width=row.width,
            height=row.height,
        )


class PicturesOut(Document):
    """A curator's own pictures of an exhibit, small ones first."""

    pictures: tuple[PictureOut, ...]


class ReasonOut(Document):
    """Why a variant was not made, or is the master itself."""

    name: str = Field(description="The variant", examples=["webxr-mobile"])
    code: str = Field(examples=["MASTER_IS_BEST"])
    message: LanguageMap


class WaiversBody(Document):
    """Which of the validator's errors to let pass; all others are taken back."""

    codes: tuple[Code, ...] = Field(max_length=100, examples=[["ACCESSOR_NON_UNIT"]])
    reason: Line = Field(description="Why; it stands in the audit log", examples=["Seen on all our devices: no harm"])


class ModelBody(Document):
    """Which asset is to portray the exhibit."""

    sha256: Sha256 = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])


class WaiverOut(Document):
    """A code of the validator's that an admin lets pass for this asset."""

    code: str
    reason: str
    by: str
    at: datetime


class ValidationOut(Document):
    """The Khronos glTF Validator's report in numbers."""

    validator_version: str | None = None
    errors: int
    warnings: int
    infos: int
    hints: int
    truncated: bool = Field(False, description="There were more messages than are kept")
    failure: str | None = Field(None, description="Why the validator could not finish")
    unknown_extensions: tuple[str, ...] = Field(
        (), description="Extensions that our tools do not know: such a model is published as its master alone"
    )
    report: str = Field("", description="Where the whole report is read")


class ProcessingOut(Document):
    """How far a piece of work is: on an asset (checking it, making its variants, repairing it), an upload or an import."""

    kind: Literal["receive", "gate", "process", "repair", "import"]
    state: Literal["queued", "running", "done", "failed"]
    step: str | None = Field(None, description="What is being made now", examples=["webxr-mobile"])
    done: int = Field(0, description="Steps done")
    total: int = Field(0, description="Steps in all")
    attempt: int = 0
    error: str | None = None


class AssetOut(Document):
    """A master and what is known of it. Its bytes are never changed."""

    url: str = Field(description="Where those with a right read the bytes")
    sha256: str
    bytes: int
    media_type: str
    state: State = Field(description="`ready` can be published; `failed` cannot, and `issues` say why")
    measures: MeasuresOut
    issues: tuple[IssueOut, ...]
    validation: ValidationOut | None = Field(None, description="Absent until the validator ran")
    waivers: tuple[WaiverOut, ...] = ()
    variants: tuple[VariantOut, ...] = ()
    reasons: tuple[ReasonOut, ...] = ()
    recipe: int = Field(0, description="Version of the recipes that the variants were made by; 0 before")
    processing: tuple[ProcessingOut, ...] = ()
    repaired: str | None = Field(None, description="SHA-256 of the asset that the repair gave")
    exhibits: tuple[str, ...] = Field(description="Slugs of the exhibits that it portrays and that you may see")
    created_at: datetime
