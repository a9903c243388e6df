"""What all public documents are made of: open parts, ids, and resources with bytes."""

from typing import Annotated

from pydantic import ConfigDict, Field

from exhibit_api.documents import Document

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Id = Annotated[str, Field(description="Ends in `/` and the slug", examples=["exhibits/welding-robot"])]
Count = Annotated[int, Field(ge=0)]


class Published(Document):
    """A part of a published document, open for members of later versions."""

    model_config = ConfigDict(extra="ignore")


class Resource(Published):
    """Something with bytes. They hash to `sha256`, always."""

    url: str = Field(
        description="Relative to the address of the document that it stands in", examples=["../blobs/9f86d081….glb"]
    )
    sha256: Sha256
    bytes: Count
    media_type: str
