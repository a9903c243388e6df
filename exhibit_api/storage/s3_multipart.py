"""Uploads in parts straight into a bucket: clients send them to presigned addresses, no byte passes through us."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

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

    def addresses(self, key: str, upload: str, lengths: Mapping[int, int | None], seconds: int) -> list[str]:
        (first, length), *others = lengths.items()
        asked = {**self._place(key), "UploadId": upload, "PartNumber": first}
        if length is not None:
            asked["ContentLength"] = length
        with told(self._store.bucket, key):
            pattern = self._store.client.generate_presigned_url("upload_part", Params=asked, ExpiresIn=seconds)
            return [pattern, *(self._like(pattern, upload, *part, seconds) for part in others)]

    def _like(self, pattern: str, upload: str, number: int, length: int | None, seconds: int) -> str:
        """The address of another part. Where the bucket is found, and in which region, is worked out for the first one alone: that costs
        three times as much as a signature."""
        from botocore.auth import S3SigV4QueryAuth  # type: ignore[import-untyped]
        from botocore.awsrequest import AWSRequest  # type: ignore[import-untyped]

        place = urlsplit(pattern)
        _, _, region, service, _ = parse_qs(place.query)["X-Amz-Credential"][0].rsplit("/", 4)
        headers = {} if length is None else {"Content-Length": str(length)}
        asked = {"uploadId": upload, "partNumber": str(number)}
        request = AWSRequest("PUT", urlunsplit(place._replace(query="")), headers, params=asked)
        S3SigV4QueryAuth(self._store.keys(), service, region, expires=seconds).add_auth(request)
        return str(request.url)

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
