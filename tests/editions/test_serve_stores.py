"""What visitors are answered where the store has no files, or fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exhibit_api.editions.serve import PublicFront
from exhibit_api.editions.shelf import Shelf
from exhibit_api.errors import StoreError, StoreUnavailable
from exhibit_api.storage.base import ObjectStat
from exhibit_api.storage.local import LocalStore
from tests.editions.shown import GLB, ask, behind, is_open, put_blob, sha256


class Bucket(LocalStore):
    """A store without files, which signs addresses: what S3 is to the front. Counts the signatures."""

    signed = 0

    def path(self, key: str) -> None:  # type: ignore[override]
        return None

    def presign(self, key: str, seconds: int) -> str:  # type: ignore[override]
        self.signed += 1
        return f"https://bucket.example/{key}?expires={seconds}&n={self.signed}"


class TestBlobsOfABucket:
    @pytest.fixture
    def store(self, tmp_path: Path) -> Bucket:
        return Bucket(tmp_path / "store")

    def test_are_redirected_to_an_address_that_outlives_the_redirect(
        self, shelf: Shelf, store: Bucket, blob: str
    ) -> None:
        front = PublicFront(behind, shelf, store, presigned_seconds=400)
        told = ask(front, blob, range="bytes=0-1")
        assert (told.status, told.body) == (307, b"")
        assert told.headers["location"].startswith(f"https://bucket.example{blob}?expires=400")
        assert told.headers["cache-control"] == "private, max-age=100"
        assert is_open(told)
        assert ask(front, blob).headers["location"] == told.headers["location"]
        assert store.signed == 1

    def test_are_redirected_to_the_public_address_if_there_is_one(self, shelf: Shelf, store: Bucket, blob: str) -> None:
        front = PublicFront(behind, shelf, store, public_base_url="https://cdn.example/x/public/")
        for method in ("GET", "HEAD"):
            told = ask(front, blob, method)
            assert (told.status, told.headers["location"]) == (307, f"https://cdn.example/x{blob}")
        assert store.signed == 0

    def test_are_told_of_here_where_the_signature_is_for_get(self, shelf: Shelf, store: Bucket, blob: str) -> None:
        told = ask(PublicFront(behind, shelf, store), blob, "HEAD")
        assert (told.status, told.headers["content-length"]) == (200, str(len(GLB)))
        assert told.headers["etag"] == f'"{sha256(GLB)}"'

    def test_are_not_sent_again_to_who_has_them(self, shelf: Shelf, store: Bucket, blob: str) -> None:
        assert ask(PublicFront(behind, shelf, store), blob, if_none_match=f'"{sha256(GLB)}"').status == 304

    def test_are_missed_with_a_problem(self, shelf: Shelf, store: Bucket) -> None:
        told = ask(PublicFront(behind, shelf, store), f"/public/blobs/{'0' * 64}.glb")
        assert (told.status, told.headers["content-type"]) == (404, "application/problem+json")
        assert is_open(told)


class Broken(LocalStore):
    """A store that fails in one of two ways."""

    error: StoreError = StoreUnavailable("bucket 'inner-name' does not answer")

    def stat(self, key: str) -> ObjectStat:
        raise self.error

    def read(self, key: str) -> bytes:
        raise self.error


@pytest.mark.parametrize("error", [StoreUnavailable("'inner-name' is away"), StoreError("'inner-name' said no")])
@pytest.mark.parametrize("name", ["blobs/{}.glb", "manifests/{}.json"])
def test_trouble_of_the_store_is_a_503_that_names_nothing_inside(tmp_path: Path, error: StoreError, name: str) -> None:
    store = Broken(tmp_path)
    store.error = error
    told = ask(PublicFront(behind, Shelf(store, 0), store), f"/public/{name.format('0' * 64)}")
    assert told.status == 503
    assert told.headers["content-type"] == "application/problem+json"
    assert "retry-after" in told.headers
    assert b"inner-name" not in told.body
    assert is_open(told)


class Stopping(LocalStore):
    """A store whose line is cut after the first half of an object, as a reader without files meets it."""

    def path(self, key: str) -> None:  # type: ignore[override]
        return None

    def stream(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        yield self.read(key)[: len(GLB) // 2]
        raise StoreUnavailable("the line was cut")


def test_a_line_cut_half_way_leaves_the_answer_unfinished(tmp_path: Path) -> None:
    store = Stopping(tmp_path)
    path = put_blob(store)
    told = ask(PublicFront(behind, Shelf(store, 0), store), path)
    assert (told.body, told.finished) == (GLB[: len(GLB) // 2], False)
