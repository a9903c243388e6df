"""Uploads in JSON. Bodies of the multipart addresses are in the words of Uppy's companion contract (@uppy/aws-s3 6)."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from exhibit_api.assets.progress import progress_of
from exhibit_api.assets.schemas import ProcessingOut, Sha256
from exhibit_api.assets.uploads.tables import State, Upload
from exhibit_api.documents import Document
from exhibit_api.jobs.tables import Job
from exhibit_api.storage.multipart import LARGEST_PART, MOST_PARTS, Part
from exhibit_api.text import Slug

MOST_HOURS = 72
MOST_SIGNED = 32
"""Addresses of parts in one answer."""
LONGEST_NAME = 300
LARGEST = LARGEST_PART * MOST_PARTS


class Contract(BaseModel):
    """A body of the contract. Members that it does not speak of pass, for Uppy sends what a page knows of a file."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class AboutFile(Contract):
    """What is announced of the file. Without a size, bytes are counted as they come; without a hash, nothing is compared."""

    exhibit: Slug | None = Field(None, description="Slug of the exhibit that the model portrays")
    size: Annotated[int, Field(ge=0, le=LARGEST)] | None = Field(None, description="Bytes of the file")
    partSize: Annotated[int, Field(gt=0, le=LARGEST_PART)] | None = Field(  # noqa: N815 - the contract's way of writing
        None, description="Bytes of every part but the last: each address then takes just its part, to the byte"
    )
    sha256: Sha256 | None = Field(None, description="SHA-256 of the file, in hex")
    fingerprint: Annotated[str, Field(max_length=64, pattern="^[!-~]+$")] | None = Field(
        None, description="What the sender recognises the file by before it is hashed; it says nothing to the service"
    )

    @field_validator("exhibit", "size", "partSize", "sha256", "fingerprint", mode="before")
    @classmethod
    def _empty(cls, value: Any) -> Any:
        return None if value == "" else value  # what a form says where nothing was written


class BeginBody(Contract):
    """The file that is to come."""

    filename: str = Field(
        min_length=1, max_length=4096, description="For people alone; it is in no path", examples=["loom.glb"]
    )
    type: str | None = Field(None, max_length=200)
    metadata: AboutFile = AboutFile()

    @property
    def shown_name(self) -> str:
        """The name without what no line of text has."""
        return "".join(letter for letter in self.filename if letter.isprintable())[:LONGEST_NAME] or "model"


class BegunOut(Contract):
    """A new upload."""

    key: str = Field(description="Goes with every further request, as `?key=`")
    uploadId: str  # noqa: N815 - the contract's name


class SignedOut(Contract):
    """Where a part is sent, by PUT and as the raw body."""

    url: str
    urls: list[str] = Field([], description="Those of the parts after it, where `parts` were asked for, in order")
    method: str = "PUT"
    expires: int = Field(description="Seconds for which the address holds")


class PartOut(Contract):
    """A part that has arrived."""

    PartNumber: int
    Size: int
    ETag: str

    @classmethod
    def of(cls, part: Part) -> "PartOut":
        """As the contract has it: with quotes around the entity tag."""
        return cls(PartNumber=part.number, Size=part.size, ETag=f'"{part.etag}"')


class PartIn(Contract):
    """A part, by the ETag of the answer to its PUT."""

    PartNumber: int = Field(ge=1, le=MOST_PARTS, examples=[1])
    ETag: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class CompleteBody(Contract):
    """All parts of the file."""

    parts: tuple[PartIn, ...] = Field(min_length=1, max_length=MOST_PARTS)
    sha256: Sha256 | None = Field(None, description="SHA-256 of the file, in hex, where it was not announced before")


class CompletedOut(Contract):
    """An upload that is being looked into: `location` tells what comes of it."""

    location: str
    key: str


class DoorBody(Document):
    """For whom an address is made at which a browser sends without a token."""

    exhibit: Slug | None = Field(
        None, description="The one exhibit that it is for; without one, `metadata.exhibit` tells", examples=["loom"]
    )
    hours: int = Field(12, ge=1, le=MOST_HOURS, description="For how long")


class DoorOut(Document):
    """Such an address: Uppy's `companionEndpoint`. Who knows it can send models, and nothing else."""

    companion_endpoint: str
    expires_at: datetime


class ProblemOut(Document):
    """Why an upload was refused."""

    detail: str
    errors: tuple[dict[str, str], ...] = ()


class UploadOut(Document):
    """An upload: who sends what for which exhibit, how far it is, and the asset that came of it."""

    id: str
    key: str
    exhibit: Slug
    organisation: Slug
    actor: str
    filename: str
    state: State
    bytes: int | None = Field(None, description="As announced, or as counted once it is complete")
    part_size: int | None = Field(None, description="Bytes of every part but the last, as announced")
    sha256: Sha256 | None = Field(None, description="As announced, at the beginning or with the completion")
    fingerprint: str | None = Field(None, description="As announced")
    asset: Sha256 | None = Field(
        None, description="The asset that it became; read /v1/assets/{sha256} for what comes of that"
    )
    problem: ProblemOut | None = None
    processing: ProcessingOut | None = Field(None, description="The work on the whole, once all parts are there")
    created_at: datetime
    touched_at: datetime = Field(description="When a part was last asked for or sent")
    expires_at: datetime | None = Field(None, description="When it counts as abandoned if nothing more comes")

    @classmethod
    def from_row(cls, row: Upload, job: Job | None, hours: int) -> "UploadOut":
        """As it is told; `hours` without a part and it counts as abandoned."""
        is_known = row.state == State.DONE
        return cls(
            id=row.id,
            key=row.key,
            exhibit=row.exhibit.removeprefix("exhibits/"),
            organisation=row.organisation,
            actor=row.actor,
            filename=row.filename,
            state=State(row.state),
            bytes=row.bytes,
            part_size=row.part_bytes,
            sha256=row.sha256,
            fingerprint=row.fingerprint,
            asset=row.found if is_known else None,
            problem=ProblemOut.of(row.problem) if row.problem else None,
            processing=progress_of(job) if job is not None and row.state == State.JOINING else None,
            created_at=row.created_at,
            touched_at=row.touched_at,
            expires_at=row.touched_at + timedelta(hours=hours) if row.state == State.OPEN else None,
        )
