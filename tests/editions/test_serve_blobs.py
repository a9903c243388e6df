"""What visitors are answered who ask for blobs: types, tags, parts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exhibit_api.editions.serve import PublicFront
from exhibit_api.editions.shelf import Shelf
from exhibit_api.storage.local import LocalStore
from tests.editions.shown import GLB, ask, behind, is_open, put_blob, sha256


def test_a_blob_has_its_type_tag_and_no_coding(front: PublicFront, blob: str) -> None:
    told = ask(front, blob, accept_encoding="br, gzip")
    assert (told.status, told.body) == (200, GLB)
    assert told.headers["content-type"] == "model/gltf-binary"
    assert told.headers["etag"] == f'"{sha256(GLB)}"'
    assert told.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert told.headers["accept-ranges"] == "bytes"
    assert is_open(told)
    assert not {"content-encoding", "vary"} & set(told.names)


@pytest.mark.parametrize("root", ["/public/blobs/", "/v1/blobs/", "/v1/halls/blobs/"])
def test_relative_addresses_of_a_manifest_lead_to_its_blobs(front: PublicFront, root: str) -> None:
    assert ask(front, f"{root}{sha256(GLB)}.glb").body == GLB


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [("usdz", "model/vnd.usdz+zip"), ("gltf", "model/gltf+json"), ("ktx2", "image/ktx2"), ("webp", "image/webp")],
)
def test_blobs_have_the_type_of_their_name(front: PublicFront, store: LocalStore, suffix: str, media_type: str) -> None:
    assert ask(front, put_blob(store, b"x", suffix)).headers["content-type"] == media_type


def test_a_part_of_a_blob_has_tag_type_and_place(front: PublicFront, blob: str) -> None:
    told = ask(front, blob, range="bytes=10-19")
    assert (told.status, told.body) == (206, GLB[10:20])
    assert told.headers["content-range"] == f"bytes 10-19/{len(GLB)}"
    assert told.headers["etag"] == f'"{sha256(GLB)}"'
    assert told.headers["content-type"] == "model/gltf-binary"
    assert told.headers["content-length"] == "10"
    assert is_open(told)


def test_a_range_beyond_the_end_is_clamped_and_only_one_outside_is_refused(front: PublicFront, blob: str) -> None:
    assert ask(front, blob, range=f"bytes=5-{10**30}").body == GLB[5:]
    refused = ask(front, blob, range=f"bytes={len(GLB)}-")
    assert refused.status == 416
    assert refused.headers["content-range"] == f"bytes */{len(GLB)}"
    assert refused.headers["content-type"] == "application/problem+json"
    assert is_open(refused)


def test_if_range_sends_a_part_only_of_the_very_same_bytes(front: PublicFront, blob: str) -> None:
    tag = f'"{sha256(GLB)}"'
    assert ask(front, blob, range="bytes=1-2", if_range=tag).status == 206
    for other in ('"x"', f"W/{tag}", "Sun, 22 Nov 2026 10:00:00 GMT"):
        told = ask(front, blob, range="bytes=1-2", if_range=other)
        assert (told.status, told.body) == (200, GLB)


def test_who_has_the_blob_is_told_so_before_any_range(front: PublicFront, blob: str) -> None:
    told = ask(front, blob, if_none_match=f'"{sha256(GLB)}"', range="bytes=0-1")
    assert (told.status, told.body) == (304, b"")
    assert told.headers["etag"] == f'"{sha256(GLB)}"'
    assert is_open(told)


def test_an_empty_blob_is_sent_empty(front: PublicFront, store: LocalStore) -> None:
    path = put_blob(store, b"", "bin")
    told = ask(front, path)
    assert (told.status, told.headers["content-length"], told.body) == (200, "0", b"")
    assert ask(front, path, range="bytes=0-").status == 416
    assert ask(front, path, range="bytes=-5").status == 200


@given(st.integers(0, 12_000), st.integers(0, 12_000))
@settings(max_examples=40)
def test_a_range_read_is_the_slice(tmp_path_factory: pytest.TempPathFactory, first: int, last: int) -> None:
    store = LocalStore(tmp_path_factory.mktemp("store"))
    told = ask(PublicFront(behind, Shelf(store, 0), store), put_blob(store), range=f"bytes={first}-{last}")
    if last < first:
        assert (told.status, told.body) == (200, GLB)
    elif first >= len(GLB):
        assert told.status == 416
    else:
        assert (told.status, told.body) == (206, GLB[first : last + 1])


def test_a_missing_blob_is_a_problem_that_a_page_may_read(front: PublicFront) -> None:
    told = ask(front, f"/public/blobs/{'0' * 64}.glb")
    assert told.status == 404
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["status"] == 404
    assert is_open(told)
    assert ask(front, f"/public/blobs/{'0' * 64}.glb", "HEAD").body == b""


def test_a_withdrawn_blob_is_gone_at_once(front: PublicFront, store: LocalStore, blob: str) -> None:
    assert ask(front, blob).status == 200
    store.delete(blob.removeprefix("/"))
    assert ask(front, blob).status == 404
