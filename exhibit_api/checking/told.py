"""What `exhibit check --json` tells: an array with one of these a file."""

from typing import Any

from pydantic import Field

from exhibit_api.assets.schemas import IssueOut, MeasuresOut, ReasonOut, Sha256
from exhibit_api.assets.verdict import WORDS, found_in
from exhibit_api.documents import Document
from exhibit_api.errors import BadModel
from exhibit_api.gltf.report import Report
from exhibit_api.pipeline.explained import SEVERITIES, UNEXPLAINED, explain
from exhibit_api.pipeline.outcome import Product, Reason, Verdict

NO_MODEL = "NO_MODEL"
"""Our own code of a file that is no GLB, or one that is broken."""

UNREADABLE = "UNREADABLE"
"""Our own code of a file that cannot be read."""


class CheckedVariant(Document):
    """A file that was made for a profile, or the file itself where it serves the profile as it is."""

    profile: str = Field(examples=["webxr-mobile", "lod1", "poster-512"])
    bytes: int
    sha256: Sha256
    media_type: str
    measures: MeasuresOut | None = None
    master: bool = Field(False, description="The file itself serves")
    static: bool = Field(False, description="Skins or morph targets stand still in it")
    width: int = 0
    height: int = 0
    transparent: bool = False

    @classmethod
    def from_product(cls, product: Product, master: str) -> "CheckedVariant":
        return cls(
            profile=product.name,
            bytes=product.bytes,
            sha256=product.sha256,
            media_type=product.media_type,
            measures=product.measures and MeasuresOut.from_measures(product.measures),
            master=product.sha256 == master,
            static=product.static,
            width=product.width,
            height=product.height,
            transparent=product.transparent,
        )


class CheckedFile(Document):
    """All that was found about a file. It can be published where no issue is an error."""

    file: str
    sha256: Sha256 | None = Field(None, description="Absent where the file cannot be read")
    bytes: int
    publishable: bool
    issues: tuple[IssueOut, ...]
    measures: MeasuresOut | None = Field(None, description="Absent where the file is no model")
    variants: tuple[CheckedVariant, ...] = ()
    reasons: tuple[ReasonOut, ...] = ()

    def count(self, severity: str) -> int:
        """How many issues there are of a severity."""
        return sum(issue.count for issue in self.issues if issue.severity == severity)


def unread(name: str, error: OSError) -> CheckedFile:
    """What is told of a file that cannot be read."""
    message = f"the file cannot be read: {error.strerror or error}"
    issue = IssueOut(code=UNREADABLE, severity="error", message=message, pointer="")
    return CheckedFile(file=name, bytes=0, publishable=False, issues=(issue,))


def issues_of(looked: Report | BadModel, verdict: Verdict | None) -> tuple[IssueOut, ...]:
    """Our own findings, and the validator's where it was asked; errors first."""
    if isinstance(looked, BadModel):
        pointer = looked.faults[0].pointer if looked.faults else ""
        return (IssueOut(code=NO_MODEL, severity="error", message=looked.detail, pointer=pointer),)
    own = [IssueOut.from_issue(issue) for issue in looked.issues]
    others = [IssueOut.of(explained(issue)) for issue in found_in(verdict)] if verdict else []
    return tuple(sorted([*own, *others], key=lambda issue: SEVERITIES.index(issue.severity)))


def explained(issue: dict[str, Any]) -> dict[str, Any]:
    """An issue of the validator's with what it means and how to mend it."""
    if issue["code"] in WORDS:
        return issue | WORDS[issue["code"]]
    told = explain(issue["code"]) or UNEXPLAINED
    return issue | {"summary": dict(told.summary), "remedy": dict(told.remedy)}


def reason_told(reason: Reason) -> ReasonOut:
    return ReasonOut(name=reason.name, code=reason.code.value, message=dict(reason.words))
