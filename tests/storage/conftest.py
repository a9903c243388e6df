"""The stores that the contract holds for: a folder, and a bucket of a real server over http and over https."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from exhibit_api.storage.base import ObjectStore
from exhibit_api.storage.local import LocalStore
from exhibit_api.storage.s3 import S3Store
from tests.servers.swift import Swift


@pytest.fixture
def local(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "store")


@pytest.fixture(scope="session")
def bucket(swift: Swift) -> str:
    """A bucket for all tests of this worker, which use a prefix each."""
    name = f"exhibits-{uuid.uuid4().hex}"
    store = S3Store(name, **swift.options("http"))
    store.create_bucket_if_missing()
    store.close()
    return name


@pytest.fixture
def prefix() -> str:
    return uuid.uuid4().hex


@pytest.fixture
def s3(swift: Swift, bucket: str, prefix: str) -> Iterator[S3Store]:
    store = S3Store(bucket, prefix=prefix, **swift.options("http"))
    yield store
    store.close()


@pytest.fixture(params=["local", "s3-http", "s3-https"])
def store(request: pytest.FixtureRequest) -> Iterator[ObjectStore]:
    """Every store in turn, each empty."""
    if request.param == "local":
        yield request.getfixturevalue("local")
        return
    swift: Swift = request.getfixturevalue("swift")
    bucket, prefix = request.getfixturevalue("bucket"), request.getfixturevalue("prefix")
    store = S3Store(bucket, prefix=prefix, **swift.options(request.param.removeprefix("s3-")))
    yield store
    store.close()
