"""The shelf shows what it is told to show, whole or not at all."""

import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest
import zstandard

from exhibit_api.editions.addresses import Current, Place
from exhibit_api.editions.shelf import Shelf
from exhibit_api.errors import Rejected, StoreError
from exhibit_api.storage.base import ObjectStore
from exhibit_api.storage.local import LocalStore
from exhibit_api.web.negotiation import Coding
from tests.editions.shown import SCHEMA, SCHEMA_NAME, manifest_of, pointer_to, put_manifest, sha256

EXPAND: dict[Coding, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "br": brotli.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompress(data),
    "gzip": gzip.decompress,
}


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return LocalStore(tmp_path / "store")


@pytest.fixture
def shelf(store: ObjectStore) -> Shelf:
    return Shelf(store, 1 << 20)


def show(shelf: Shelf, store: ObjectStore, hall: str = "joint", edition: int = 1) -> bytes:
    manifest = manifest_of(hall, edition)
    put_manifest(store, manifest)
    shelf.show_hall(hall, pointer_to(manifest))
    return manifest


def body(shelf: Shelf, path: str) -> bytes | None:
    found = shelf.table.get(path.encode())
    return None if found is None else found.whole["identity"].body


def test_a_hall_is_found_at_all_its_addresses(shelf: Shelf, store: ObjectStore) -> None:
    manifest = show(shelf, store)
    pointer, name = pointer_to(manifest), f"{sha256(manifest)}.json"
    for path in ("/v1/halls/joint", "/public/halls/joint.json", "/v1/halls/joint.json", "/v1/halls/halls/joint.json"):
        assert body(shelf, path) == pointer
    for path in (
        "/v1/halls/joint/manifest",
        f"/public/manifests/{name}",
        f"/v1/manifests/{name}",
        f"/v1/halls/manifests/{name}",
    ):
        assert body(shelf, path) == manifest


def test_every_form_expands_to_the_document_and_has_its_tag(shelf: Shelf, store: ObjectStore) -> None:
    manifest = show(shelf, store)
    document = shelf.table[b"/v1/halls/joint/manifest"]
    assert document.etag == f'"{sha256(manifest)}"'.encode()
    for coding, expand in EXPAND.items():
        answer = document.whole[coding]
        assert expand(answer.body) == manifest
        headers = dict(answer.headers)
        assert headers[b"etag"] == document.etag
        assert headers[b"content-length"] == str(len(answer.body)).encode()
        assert headers.get(b"content-encoding", b"identity").decode() == coding


def test_the_wire_carries_the_same_headers_with_the_servers_own_before_them(shelf: Shelf, store: ObjectStore) -> None:
    show(shelf, store)
    answer = shelf.table[b"/v1/halls/joint/manifest"].whole["br"]
    for day in (b"Sat", b"Sun"):
        head, _, rest = answer.wire([(b"date", day)]).partition(b"\r\n\r\n")
        status, *lines = head.split(b"\r\n")
        assert status == b"HTTP/1.1 200 OK"
        assert [tuple(line.split(b": ", 1)) for line in lines] == [(b"date", day), *answer.headers]
        assert rest == answer.body


def test_a_new_edition_replaces_pointer_and_manifest_together(shelf: Shelf, store: ObjectStore) -> None:
    old, new = show(shelf, store, edition=1), show(shelf, store, edition=2)
    assert body(shelf, "/v1/halls/joint/manifest") == new
    assert body(shelf, "/v1/halls/joint") == pointer_to(new)
    assert body(shelf, f"/public/manifests/{sha256(new)}.json") == new
    assert body(shelf, f"/public/manifests/{sha256(old)}.json") is None


def test_an_edition_whose_manifest_is_missing_leaves_the_one_before(shelf: Shelf, store: ObjectStore) -> None:
    old = show(shelf, store)
    with pytest.raises(StoreError):
        shelf.show_hall("joint", pointer_to(manifest_of("joint", 2)))
    assert body(shelf, "/v1/halls/joint/manifest") == old
    assert body(shelf, "/v1/halls/joint") == pointer_to(old)


def test_a_manifest_with_other_bytes_than_its_name_says_is_never_shown(shelf: Shelf, store: ObjectStore) -> None:
    manifest = manifest_of("joint")
    store.put(f"public/manifests/{sha256(manifest)}.json", manifest + b" ", "application/json")
    with pytest.raises(StoreError, match="other bytes"):
        shelf.show_hall("joint", pointer_to(manifest))
    with pytest.raises(StoreError, match="other bytes"):
        shelf.fetch(Place("manifests", f"{sha256(manifest)}.json"))


@pytest.mark.parametrize(
    "pointer", [b"", b"{}", b"[]", b"nonsense", b'{"manifest": {"sha256": "../x"}}', b'{"manifest": 1}']
)
def test_a_pointer_that_names_no_manifest_is_refused(shelf: Shelf, pointer: bytes) -> None:
    with pytest.raises(StoreError, match="halls/joint names no manifest"):
        shelf.show_hall("joint", pointer)


@pytest.mark.parametrize(
    "wrong",
    [b"", b"garbage", gzip.compress(b"another", mtime=0), gzip.compress(b"x" * 10_000_000, mtime=0)],
    ids=["empty", "garbage", "another", "endless"],
)
@pytest.mark.parametrize(("coding", "ending"), [("gzip", ".gz"), ("br", ".br"), ("zstd", ".zst")])
def test_a_form_of_another_document_gives_way_to_the_plain_one(
    shelf: Shelf, store: ObjectStore, coding: Coding, ending: str, wrong: bytes
) -> None:
    manifest = manifest_of("joint")
    put_manifest(store, manifest)
    store.put(f"public/manifests/{sha256(manifest)}.json{ending}", wrong, "application/json")
    shelf.show_hall("joint", pointer_to(manifest))
    document = shelf.table[b"/v1/halls/joint/manifest"]
    assert document.whole[coding] is document.whole["identity"]


def test_a_missing_form_gives_way_to_the_plain_one(shelf: Shelf, store: ObjectStore) -> None:
    manifest = manifest_of("joint")
    store.put(f"public/manifests/{sha256(manifest)}.json", manifest, "application/json")
    shelf.show_hall("joint", pointer_to(manifest))
    document = shelf.table[b"/v1/halls/joint/manifest"]
    assert {answer.body for answer in document.whole.values()} == {manifest}


def test_a_hidden_hall_is_gone_from_memory_but_not_its_neighbour(shelf: Shelf, store: ObjectStore) -> None:
    old, manifest, other = show(shelf, store, edition=1), show(shelf, store, edition=2), show(shelf, store, "anhui")
    places = [Place("manifests", f"{sha256(data)}.json") for data in (old, manifest)]
    assert shelf.fetch(places[0]) is not None  # an old edition, kept for who still reads it
    shelf.fetch_profile("joint", "master")
    shelf.hide_hall("joint")
    for place in places:
        store.delete(place.key)
        assert shelf.held(place) is None
        assert shelf.fetch(place) is None
    assert shelf.held(Current("joint")) is None
    assert shelf.fetch_profile("joint", "master") is None
    assert shelf.held(Place("halls", "joint.json")) is None
    assert body(shelf, "/v1/halls/anhui/manifest") == other


def test_an_exhibitions_list_is_shown_and_hidden(shelf: Shelf) -> None:
    shelf.show_exhibition("delta", b'{"halls": []}')
    assert body(shelf, "/v1/exhibitions/delta") == body(shelf, "/public/exhibitions/delta.json") == b'{"halls": []}'
    shelf.hide_exhibition("delta")
    assert shelf.table == {}


def test_the_lists_that_are_shown_are_told_by_slug(shelf: Shelf, store: ObjectStore) -> None:
    show(shelf, store)
    shelf.show_exhibition("yangtze", b'{"halls": [1]}')
    shelf.show_exhibition("delta", b"{}")
    assert shelf.exhibitions() == {"delta": b"{}", "yangtze": b'{"halls": [1]}'}
    shelf.hide_exhibition("delta")
    assert shelf.exhibitions() == {"yangtze": b'{"halls": [1]}'}


def test_loading_shows_what_it_can_and_names_the_rest(shelf: Shelf, store: ObjectStore) -> None:
    show(shelf, store, "closed")
    manifest = manifest_of("joint")
    put_manifest(store, manifest)
    halls = {"joint": pointer_to(manifest), "lost": pointer_to(manifest_of("lost")), "odd": b"?"}
    assert shelf.load(halls, {"delta": b"{}"}) == ("lost", "odd")
    assert body(shelf, "/v1/halls/joint/manifest") == manifest
    assert body(shelf, "/v1/exhibitions/delta") == b"{}"
    assert body(shelf, "/v1/halls/closed") is None


def test_pointers_are_not_read_from_the_store_behind_the_publishers_back(shelf: Shelf, store: ObjectStore) -> None:
    store.put("public/halls/joint.json", pointer_to(manifest_of("joint")), "application/json")
    assert shelf.fetch(Place("halls", "joint.json")) is None


def test_schemas_and_old_editions_are_fetched_once_and_kept(shelf: Shelf, store: ObjectStore) -> None:
    store.put(f"public/schemas/{SCHEMA_NAME}", SCHEMA, "application/schema+json")
    place = Place("schemas", SCHEMA_NAME)
    found = shelf.fetch(place)
    assert found is not None
    headers = dict(found.whole["identity"].headers)
    assert headers[b"content-type"] == b"application/schema+json"
    assert b"immutable" in headers[b"cache-control"]
    store.delete(place.key)
    assert shelf.fetch(place) is found


def test_frozen_and_current_differ_in_caching_and_link_to_each_other(shelf: Shelf, store: ObjectStore) -> None:
    frozen_path = f"/public/manifests/{sha256(show(shelf, store))}.json"
    current = dict(shelf.table[b"/v1/halls/joint/manifest"].whole["br"].headers)
    frozen = dict(shelf.table[frozen_path.encode()].whole["br"].headers)
    assert current[b"cache-control"] == b"public, max-age=30, stale-while-revalidate=86400"
    assert frozen[b"cache-control"] == b"public, max-age=31536000, immutable"
    assert current[b"content-location"].decode() == frozen_path
    assert b"content-location" not in frozen
    assert current[b"link"].decode().split(", ") == [
        f'</public/schemas/{SCHEMA_NAME}>; rel="describedby"; type="application/schema+json"',
        f'<{frozen_path}>; rel="canonical"',
        '</v1/halls/joint/manifest>; rel="latest-version"',
    ]
    assert current[b"link"] == frozen[b"link"]


def test_small_documents_link_to_the_schema_they_are_told(store: ObjectStore) -> None:
    shelf = Shelf(store, 0, {"exhibitions": "/public/schemas/exhibition.json"})
    shelf.show_exhibition("delta", b"{}")
    link = dict(shelf.table[b"/v1/exhibitions/delta"].unchanged.headers)[b"link"]
    assert link == b'</public/schemas/exhibition.json>; rel="describedby"; type="application/schema+json"'


def test_a_profile_is_made_once_with_a_tag_of_its_own(shelf: Shelf, store: ObjectStore) -> None:
    manifest = show(shelf, store)
    found = shelf.fetch_profile("joint", "webxr-mobile")
    assert found is not None
    assert found.etag != f'"{sha256(manifest)}"'.encode()
    assert shelf.fetch_profile("joint", "webxr-mobile") is found
    assert shelf.fetch_profile("nobody", "webxr-mobile") is None
    with pytest.raises(Rejected, match="webxr-mobile, scene-viewer"):
        shelf.fetch_profile("joint", "webxr_mobile")


def test_flips_from_many_threads_leave_one_whole_edition(shelf: Shelf, store: ObjectStore) -> None:
    editions = [manifest_of("joint", number) for number in range(8)]
    for manifest in editions:
        put_manifest(store, manifest)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda manifest: shelf.show_hall("joint", pointer_to(manifest)), editions * 3))
    shown = body(shelf, "/v1/halls/joint/manifest")
    assert shown in editions
    assert body(shelf, "/v1/halls/joint") == pointer_to(shown)
    assert len([path for path in shelf.table if b"/public/manifests/" in path]) == 1
