"""What is told of an asset: its bytes, its state, its measures, and what was found."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from exhibit_api.assets.tables import State
from exhibit_api.documents import Document
from exhibit_api.gltf.issues import Issue
from exhibit_api.gltf.measure import Measures

Corner = tuple[float, float, float]


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
    """A finding: an error forbids publication, a warning deserves a look."""

    code: str = Field(examples=["SCALE_SUSPECT"])
    severity: Literal["error", "warning", "info"]
    message: str
    pointer: str = Field(description="JSON Pointer into the model's JSON")

    @classmethod
    def from_issue(cls, issue: Issue) -> "IssueOut":
        """As a document."""
        return cls(code=issue.code.value, severity=issue.severity, message=issue.message, pointer=issue.pointer)


class AssetOut(Document):
    """A master and what is known of it. Its bytes are never changed."""

    url: str = Field(description="Where those with a right read the bytes")
    sha256: str
    bytes: int
    media_type: str
    state: State = Field(description="`ready` can be published; `failed` cannot, and `issues` say why")
    measures: MeasuresOut
    issues: tuple[IssueOut, ...]
    exhibits: tuple[str, ...] = Field(description="Slugs of the exhibits that it portrays and that you may see")
    created_at: datetime
