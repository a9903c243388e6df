"""Objects in an S3 bucket, by one shared boto3 client.

boto3 is imported with the first S3Store and not with this module: it takes half a second that a local store need not
pay. Integrity does not rest on the server's checksums, which older servers refuse over https: keys of immutable objects
are hashes of their bytes.
"""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from exhibit_api.errors import NoSuchObject, StoreError
from exhibit_api.storage.base import KEY, ObjectStat, Page, checked
from exhibit_api.storage.ranged import ranged_reader
from exhibit_api.storage.s3_errors import told
from exhibit_api.storage.s3_multipart import S3Multipart
from exhibit_api.storage.s3_staged import PART, STAGED, S3Staged, discard_left, left_staged

if TYPE_CHECKING:
    from botocore.credentials import ReadOnlyCredentials  # type: ignore[import-untyped]
    from mypy_boto3_s3.client import S3Client

CHUNK = 1 << 20
LARGEST_COPY = 5 * 1024**3  # what S3 copies in one request
COPY_PART = 512 * 1024**2
LARGEST_PAGE = 1000

Addressing = Literal["auto", "path", "virtual"]
Checksums = Literal["when_required", "when_supported"]


class S3Store:
    """An ObjectStore in `bucket`, under `prefix` if one is given.

    With an `endpoint_url` (any S3-compatible server) addresses are path-style and checksums go only where S3 requires
    them; without one (AWS) both are boto3's defaults. Keys that are not given are found as boto3 finds them
    (environment, shared files, instance role). `verify` may be the file of a certificate authority, or False.
    Each request is tried `attempts` times, waits `connect_seconds` for the line and `read_seconds` for each answer.
    """

    def __init__(
        self,
        bucket: str,
        *,
        endpoint_url: str | None = None,
        region: str | None = None,
        access_key: str | None = None,
        secret_key: str | None = None,
        prefix: str = "",
        addressing: Addressing | None = None,
        checksums: Checksums | None = None,
        verify: bool | str = True,
        attempts: int = 3,
        connect_seconds: float = 5,
        read_seconds: float = 30,
        part_bytes: int = PART,
        largest_copy: int = LARGEST_COPY,
        copy_part: int = COPY_PART,
    ) -> None:
        import boto3  # type: ignore[import-untyped]
        from botocore.config import Config  # type: ignore[import-untyped]

        own = endpoint_url is not None
        checks = checksums or ("when_required" if own else "when_supported")
        config = Config(
            signature_version="s3v4",  # else presigned addresses of custom endpoints are signed by version 2
            request_checksum_calculation=checks,
            response_checksum_validation=checks,
            # TLS guards the bytes already: hashing them for the signature would triple what an upload costs.
            s3={
                "addressing_style": addressing or ("path" if own else "auto"),
                "payload_signing_enabled": own and not str(endpoint_url).startswith("https:"),
            },
            max_pool_connections=50,
            connect_timeout=connect_seconds,
            read_timeout=read_seconds,
            retries={"mode": "standard", "total_max_attempts": attempts},
        )
        self.bucket = bucket
        self.part_bytes = part_bytes
        self.multipart = S3Multipart(self)
        self._region = region or ("us-east-1" if own else None)
        self._prefix = f"{checked(prefix)}/" if prefix else ""
        self._largest_copy = largest_copy
        self._copy_part = copy_part
        with told(bucket):
            self._session = boto3.Session(access_key, secret_key, region_name=self._region)
            self.client: S3Client = self._session.client("s3", endpoint_url=endpoint_url, verify=verify, config=config)

    def keys(self) -> "ReadOnlyCredentials":
        """The keys that requests are signed by now: an instance's role has new ones every few hours."""
        found = self._session.get_credentials()
        if found is None:
            raise StoreError(f"there are no keys to the bucket {self.bucket}")
        return found.get_frozen_credentials()

    def put(self, key: str, data: bytes, media_type: str) -> None:
        name = self.name(key)
        with told(self.bucket, key):
            self.client.put_object(Bucket=self.bucket, Key=name, Body=data, ContentType=media_type)

    def stage(self) -> S3Staged:
        return S3Staged(self, f"{self._prefix}{STAGED}{secrets.token_hex(16)}")

    def stat(self, key: str) -> ObjectStat:
        name = self.name(key)
        with told(self.bucket, key):
            head = self.client.head_object(Bucket=self.bucket, Key=name)
        return ObjectStat(key, head["ContentLength"], head["ContentType"], head["LastModified"].timestamp())

    def read(self, key: str) -> bytes:
        name = self.name(key)
        with told(self.bucket, key):
            return bytes(self.client.get_object(Bucket=self.bucket, Key=name)["Body"].read())

    def stream(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        chunks = self._chunks(key, start, length)
        next(chunks)  # goes as far as the answer: what is missing is an error here, and the line is given back
        return chunks

    def open(self, key: str) -> BinaryIO:
        return self.reader(self.name(key), key)

    def reader(self, name: str, key: str) -> BinaryIO:
        """A reader of the object `name` that fetches blocks as they are asked for; `key` is its name in errors."""
        with told(self.bucket, key):
            head = self.client.head_object(Bucket=self.bucket, Key=name)

        def fetch(start: int, length: int) -> bytes:
            asked: Any = {"Bucket": self.bucket, "Key": name, "Range": f"bytes={start}-{start + length - 1}"}
            with told(self.bucket, key):  # If-Match, so that a replaced object is an error and not a mixture
                return bytes(self.client.get_object(**asked, IfMatch=head["ETag"])["Body"].read())

        return ranged_reader(fetch, head["ContentLength"])

    def copy(self, source: str, target: str) -> None:
        found = self.stat(source)
        with told(self.bucket, source):
            self.copy_within(self.name(source), self.name(target), found.size, found.media_type)

    def copy_within(self, source: str, target: str, size: int, media_type: str) -> None:
        """Copy by full names on the server, in parts where S3 does not copy so much at once. Raises boto3's errors."""
        origin: Any = {"Bucket": self.bucket, "Key": source}
        place: Any = {"Bucket": self.bucket, "Key": target}
        if size <= self._largest_copy:
            self.client.copy_object(**place, CopySource=origin, MetadataDirective="REPLACE", ContentType=media_type)
            return
        upload = self.client.create_multipart_upload(**place, ContentType=media_type)["UploadId"]
        try:
            parts: list[Any] = []
            for start in range(0, size, self._copy_part):
                span = f"bytes={start}-{min(start + self._copy_part, size) - 1}"
                number = len(parts) + 1
                answer = self.client.upload_part_copy(
                    **place, CopySource=origin, CopySourceRange=span, PartNumber=number, UploadId=upload
                )
                parts.append({"PartNumber": number, "ETag": answer["CopyPartResult"]["ETag"]})
            self.client.complete_multipart_upload(**place, UploadId=upload, MultipartUpload={"Parts": parts})
        except BaseException:
            with suppress(StoreError), told(self.bucket):
                self.client.abort_multipart_upload(**place, UploadId=upload)
            raise

    def move(self, source: str, target: str) -> None:
        self.copy(source, target)
        self.delete(source)

    def delete(self, key: str) -> None:
        name = self.name(key)
        with suppress(NoSuchObject), told(self.bucket, key):
            self.client.delete_object(Bucket=self.bucket, Key=name)

    def list(self, prefix: str, after: str | None = None, limit: int = LARGEST_PAGE) -> Page:
        checked(f"{prefix}x")  # a beginning of a key needs only something behind it to be one
        asked: Any = {"Bucket": self.bucket, "Prefix": self._prefix + prefix, "MaxKeys": min(limit, LARGEST_PAGE)}
        if after:
            asked["StartAfter"] = self._prefix + after
        with told(self.bucket):
            answer = self.client.list_objects_v2(**asked)
        keys = tuple(found["Key"].removeprefix(self._prefix) for found in answer.get("Contents", ()))
        # Others may keep things in the bucket whose names are no keys, and what is staged has such a name too.
        return Page(tuple(filter(KEY.fullmatch, keys)), keys[-1] if answer["IsTruncated"] and keys else None)

    def path(self, key: str) -> None:
        checked(key)

    def presign(self, key: str, seconds: int) -> str:
        name = self.name(key)
        with told(self.bucket, key):
            return self.client.generate_presigned_url(
                "get_object", Params={"Bucket": self.bucket, "Key": name}, ExpiresIn=seconds
            )

    def check(self) -> None:
        with told(self.bucket):
            self.client.head_bucket(Bucket=self.bucket)

    def close(self) -> None:
        self.client.close()

    def create_bucket_if_missing(self) -> None:
        """Make the bucket: for operators who set up, and for tests."""
        place: Any = {"Bucket": self.bucket}
        with told(self.bucket):
            try:
                self.client.head_bucket(**place)
            except self.client.exceptions.ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                    raise
                if self._region not in (None, "us-east-1"):
                    place["CreateBucketConfiguration"] = {"LocationConstraint": self._region}
                self.client.create_bucket(**place)

    def left_staged(self, older_than_seconds: float) -> tuple[str, ...]:
        """What interrupted uploads left, if it was begun so long ago."""
        left = left_staged(self, self._prefix + STAGED, older_than_seconds)
        return tuple(self.key(place["Key"]) for place in left)

    def sweep_staging(self, older_than_seconds: float) -> int:
        """Remove what interrupted uploads left, if it was begun so long ago. Returns how many."""
        left = list(left_staged(self, self._prefix + STAGED, older_than_seconds))
        for place in left:
            discard_left(self, place)
        return len(left)

    def name(self, key: str) -> str:
        """The object's full name in the bucket."""
        return self._prefix + checked(key)

    def key(self, name: str) -> str:
        """The key of an object by its full name in the bucket."""
        return name.removeprefix(self._prefix)

    def _chunks(self, key: str, start: int, length: int | None) -> Iterator[bytes]:
        """The chunks of a range, after an empty one that says that the server has answered."""
        asked: Any = {"Bucket": self.bucket, "Key": self.name(key)}
        if length == 0:  # S3 has no empty ranges
            self.stat(key)
            yield b""
            return
        if start or length is not None:
            asked["Range"] = f"bytes={start}-{'' if length is None else start + length - 1}"
        with told(self.bucket, key):
            try:
                body = self.client.get_object(**asked)["Body"]
            except self.client.exceptions.ClientError as error:
                if error.response["Error"]["Code"] != "InvalidRange":
                    raise
                yield b""  # it begins at the end, which S3 takes for an error
                return
            try:
                yield b""
                while chunk := body.read(CHUNK):
                    yield chunk
            finally:
                body.close()
