"""Bytes on their way into a bucket: one part in memory, then a multipart upload of an unnamed object.

A small object is put under its key when it is kept. A large one is first completed under a name that no key can have,
and copied by the server: only the copy makes it visible, at once and whole.
"""

import io
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from exhibit_api.errors import NoSuchObject, StoreError
from exhibit_api.storage.s3_errors import told

if TYPE_CHECKING:
    from exhibit_api.storage.s3 import S3Store

PART = 16 * 1024**2
STAGED = "vault/uploads/@staged/"  # "@" stands in no key


class S3Staged:
    """A multipart upload under the full name `name`. After an error it is gone, and can no longer be kept."""

    def __init__(self, store: "S3Store", name: str) -> None:
        self._store = store
        self._place: Any = {"Bucket": store.bucket, "Key": name}
        self._buffer = bytearray()
        self._size = 0
        self._upload: str | None = None
        self._parts: list[Any] = []
        self._complete = False
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._discard()

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        self._require_open()
        rest = memoryview(chunk).cast("B")
        while rest:
            if len(self._buffer) == self._store.part_bytes:
                self._send_part()
            room = self._store.part_bytes - len(self._buffer)
            self._buffer += rest[:room]
            self._size += len(rest[:room])
            rest = rest[room:]

    def reader(self) -> BinaryIO:
        self._require_open()
        if self._upload is None:
            return io.BytesIO(self._buffer)
        self._finish(self._upload)
        return self._store.reader(self._place["Key"], "the new object")

    def keep(self, key: str, media_type: str) -> None:
        name = self._store.name(key)
        self._require_open()
        if self._upload is None:
            self._tell(key, self._store.client.put_object, Key=name, Body=self._buffer, ContentType=media_type)
        else:
            self._finish(self._upload)
            with told(self._store.bucket, key):
                self._store.copy_within(self._place["Key"], name, self._size, media_type)
        self._discard()

    def _send_part(self) -> None:
        client = self._store.client
        if self._upload is None:
            self._upload = self._tell("", client.create_multipart_upload)["UploadId"]
        number = len(self._parts) + 1
        answer = self._tell("", client.upload_part, UploadId=self._upload, PartNumber=number, Body=self._buffer)
        self._parts.append({"PartNumber": number, "ETag": answer["ETag"]})
        self._buffer = bytearray()

    def _finish(self, upload: str) -> None:
        if not self._complete:
            self._send_part()
            parts = {"Parts": self._parts}
            self._tell("", self._store.client.complete_multipart_upload, UploadId=upload, MultipartUpload=parts)
            self._complete = True

    def _tell(self, key: str, verb: Any, **arguments: Any) -> Any:
        try:
            with told(self._store.bucket, key or "the new object"):
                return verb(**{**self._place, **arguments})
        except StoreError:
            self._discard()
            raise

    def _require_open(self) -> None:
        if not self._open:
            raise StoreError("the new object was kept or discarded before")

    def _discard(self) -> None:
        """Remove what the server holds of it. What cannot be removed now is left to `sweep_staging`."""
        if not self._open:
            return
        self._open = False
        self._buffer = bytearray()
        with suppress(StoreError), told(self._store.bucket):
            if self._complete:
                self._store.client.delete_object(**self._place)
            elif self._upload is not None:
                self._store.client.abort_multipart_upload(**self._place, UploadId=self._upload)


def left_staged(store: "S3Store", prefix: str, older_than_seconds: float) -> Iterator[dict[str, str]]:
    """Uploads and unkept objects below the full name `prefix` that began so long ago: where each is, in the words of S3's requests."""
    latest = time.time() - older_than_seconds
    scope: Any = {"Bucket": store.bucket, "Prefix": prefix}
    with told(store.bucket):
        for uploads in store.client.get_paginator("list_multipart_uploads").paginate(**scope):
            for upload in uploads.get("Uploads", ()):
                if upload["Initiated"].timestamp() <= latest:
                    yield {"Bucket": store.bucket, "Key": upload["Key"], "UploadId": upload["UploadId"]}
        for objects in store.client.get_paginator("list_objects_v2").paginate(**scope):
            for found in objects.get("Contents", ()):
                if found["LastModified"].timestamp() <= latest:
                    yield {"Bucket": store.bucket, "Key": found["Key"]}


def discard_left(store: "S3Store", place: Any) -> None:
    """Remove what `left_staged` found; what is gone already is no error."""
    with suppress(NoSuchObject), told(store.bucket, place["Key"]):
        if "UploadId" in place:
            store.client.abort_multipart_upload(**place)
        else:
            store.client.delete_object(**place)
