"""Where bytes are kept: a folder or a bucket, by one contract."""

from pathlib import Path
from typing import TypedDict, Unpack

from exhibit_api.errors import StoreError
from exhibit_api.settings import Settings
from exhibit_api.storage.base import ObjectStore
from exhibit_api.storage.local import LocalStore
from exhibit_api.storage.s3 import Addressing, Checksums, S3Store


class S3Options(TypedDict, total=False):
    """What an S3 store may be told beside its bucket; see S3Store."""

    endpoint_url: str | None
    region: str | None
    access_key: str | None
    secret_key: str | None
    addressing: Addressing | None
    checksums: Checksums | None
    verify: bool | str
    attempts: int
    connect_seconds: float
    read_seconds: float


def open_store(url: str, **options: Unpack[S3Options]) -> ObjectStore:
    """The store at `file:PATH` (absolute, or from the working directory) or `s3://BUCKET[/PREFIX]`.

    `options` are for S3; a folder needs none and ignores them. Raises StoreError for any other address.
    """
    if url.startswith("file:") and len(path := url.removeprefix("file:").removeprefix("//")) > 0:
        return LocalStore(Path(path))
    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    if url.startswith("s3://") and bucket:
        return S3Store(bucket, prefix=prefix.strip("/"), **options)
    raise StoreError(f"{url!r} is no address of a store: it should be file:PATH or s3://BUCKET[/PREFIX]")


def store_of(settings: Settings) -> ObjectStore:
    """The store that the settings name."""
    secret = settings.s3_secret_key
    return open_store(
        settings.store,
        endpoint_url=settings.s3_endpoint_url,
        region=settings.s3_region,
        access_key=settings.s3_access_key,
        secret_key=secret.get_secret_value() if secret else None,
        addressing=settings.s3_addressing,
        checksums=settings.s3_checksums,
        verify=str(settings.s3_ca_file) if settings.s3_ca_file else True,
    )
