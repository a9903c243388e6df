"""Uploads in parts straight into a bucket: clients send them to presigned addresses, no byte passes through us."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from exhibit_api.errors import NoSuchObject, StoreError
from exhibit_api.storage.base import KEY
from exhibit_api.storage.multipart import Begun, Part, PartSink
from exhibit_api.storage.s3_errors import told

if TYPE_CHECKING:
    from exhibit_api.storage.s3 import S3Store


PARTS_ARE_OTHERS = ("InvalidPart", "InvalidPartOrder", "EntityTooSmall")
"""What no second try will change."""


class S3Multipart:
    """The bucket's own multipart uploads."""

    smallest_part = 5 * 1024**2

    def __init__(self, store: "S3Store") -> None:
        self._store = store

    def begin(self, key: str, media_type: str) -> str:
        place = self._place(key)
        with told(self._store.bucket, key):
            upload: str = self._store.client.create_multipart_upload(**place, ContentType=media_type)["UploadId"]
        return upload

    def address(self, key: str, upload: str, number: int, seconds: int, length: int | None = None) -> str:
        asked = {**self._place(key), "UploadId": upload, "PartNumber": number}
        if length is not None:
            asked["ContentLength"] = length
        with told(self._store.bucket, key):
            return self._store.client.generate_presigned_url("upload_part", Params=asked, ExpiresIn=seconds)

    def take(self, upload: str, number: int) -> PartSink:
        raise StoreError("parts go to the bucket itself, at the addresses that are signed for them")

    def parts(self, key: str, upload: str) -> list[Part]:
        asked = {**self._place(key), "UploadId": upload}
        with told(self._store.bucket, key):
            pages = self._store.client.get_paginator("list_parts").paginate(**asked)
            found = [
                Part(int(part["PartNumber"]), int(part["Size"]), str(part["ETag"]).strip('"'))
                for page in pages
                for part in page.get("Parts", ())
            ]
        return sorted(found)

    def join(self, key: str, upload: str, parts: Sequence[Part]) -> None:
        listed: Any = {"Parts": [{"PartNumber": part.number, "ETag": f'"{part.etag}"'} for part in parts]}
        try:
            with told(self._store.bucket, key):
                self._store.client.complete_multipart_upload(
                    **self._place(key), UploadId=upload, MultipartUpload=listed
                )
        except StoreError as error:
            # Whether it was joined by a request whose answer was lost, the object tells.
            with suppress(NoSuchObject):
                if self._store.stat(key).size == sum(part.size for part in parts):
                    return
            answer = getattr(error.__cause__, "response", {})
            if answer.get("Error", {}).get("Code") in PARTS_ARE_OTHERS:
                raise NoSuchObject(f"there is no upload of {key!r} with these parts") from error
            raise

    def drop(self, key: str, upload: str) -> None:
        with suppress(NoSuchObject), told(self._store.bucket, key):
            self._store.client.abort_multipart_upload(**self._place(key), UploadId=upload)

    def begun(self, prefix: str) -> Iterator[Begun]:
        scope: Any = {"Bucket": self._store.bucket, "Prefix": self._store.name(f"{prefix}x")[:-1]}
        with told(self._store.bucket):
            for page in self._store.client.get_paginator("list_multipart_uploads").paginate(**scope):
                for upload in page.get("Uploads", ()):
                    key = self._store.key(upload["Key"])
                    if KEY.fullmatch(key):
                        yield Begun(key, upload["UploadId"], upload["Initiated"].timestamp())

    def _place(self, key: str) -> Any:
        return {"Bucket": self._store.bucket, "Key": self._store.name(key)}
