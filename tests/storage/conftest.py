"""The stores that the contract holds for: a folder, and a bucket of a real server over http and over https."""

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


@pytest.fixture
def s3(swift_store: S3Store) -> S3Store:
    """The bucket over http, by the name that stands beside `local`."""
    return swift_store


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
