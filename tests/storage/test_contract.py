"""What every object store promises, as sentences: the same tests on a folder and on a real S3 server."""

import io
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from exhibit_api.errors import NoSuchObject, StoreError
from exhibit_api.storage.base import ObjectStore

GLB = "model/gltf-binary"
JSON = "application/json"
MIB = 1 << 20


def test_what_was_put_is_read_back(store: ObjectStore) -> None:
    before = time.time()
    store.put("public/halls/anhui.json", b'{"edition": 1}', JSON)
    assert store.read("public/halls/anhui.json") == b'{"edition": 1}'
    found = store.stat("public/halls/anhui.json")
    assert (found.key, found.size, found.media_type) == ("public/halls/anhui.json", 14, JSON)
    assert before - 2 <= found.modified <= time.time() + 2  # S3 tells whole seconds


def test_put_replaces_bytes_and_type(store: ObjectStore) -> None:
    store.put("public/halls/anhui.json", b"old and longer", "text/plain")
    store.put("public/halls/anhui.json", b"new", JSON)
    assert store.read("public/halls/anhui.json") == b"new"
    assert store.stat("public/halls/anhui.json").media_type == JSON


def test_an_empty_object_is_an_object(store: ObjectStore) -> None:
    store.put("vault/empty", b"", GLB)
    with store.stage() as staged:
        staged.keep("vault/staged", GLB)
    for key in ("vault/empty", "vault/staged"):
        assert store.read(key) == b""
        assert store.stat(key).size == 0
        assert b"".join(store.stream(key)) == b""
        with store.open(key) as file:
            assert file.read() == b""


def test_staged_bytes_become_an_object_when_kept(store: ObjectStore) -> None:
    with store.stage() as staged:
        staged.write(b"glTF")
        staged.write(bytearray(b" in"))
        staged.write(memoryview(b" parts"))
        assert store.list("").keys == ()
        staged.keep("vault/masters/9f86", GLB)
    assert store.read("vault/masters/9f86") == b"glTF in parts"
    assert store.stat("vault/masters/9f86").media_type == GLB
    assert store.list("").keys == ("vault/masters/9f86",)


def test_staged_bytes_can_be_looked_at_before_they_are_kept(store: ObjectStore) -> None:
    with store.stage() as staged:
        staged.write(b"0123456789")
        with staged.reader() as file:
            assert file.seek(-3, io.SEEK_END) == 7
            assert file.read() == b"789"
            file.seek(2)
            assert file.read(3) == b"234"
        staged.keep("vault/a", GLB)
    assert store.read("vault/a") == b"0123456789"


def test_staged_bytes_that_are_not_kept_leave_nothing(store: ObjectStore) -> None:
    with store.stage() as staged:
        staged.write(b"abandoned")
    with pytest.raises(ZeroDivisionError), store.stage() as staged:  # noqa: PT012
        staged.write(b"interrupted")
        raise ZeroDivisionError
    assert store.list("").keys == ()


def test_staged_bytes_are_kept_once(store: ObjectStore) -> None:
    with store.stage() as staged:
        staged.write(b"once")
        staged.keep("vault/a", GLB)
        with pytest.raises(StoreError):
            staged.keep("vault/b", GLB)
        with pytest.raises(StoreError):
            staged.write(b"more")
    assert store.list("").keys == ("vault/a",)


def test_a_scan_of_twenty_megabytes_passes_through_staging(store: ObjectStore) -> None:
    scan = secrets.token_bytes(20 * MIB + 7)
    with store.stage() as staged:
        for start in range(0, len(scan), 3 * MIB):
            staged.write(scan[start : start + 3 * MIB])
        with staged.reader() as file:
            assert file.read(12) == scan[:12]
            file.seek(17 * MIB)
            assert file.read(100) == scan[17 * MIB :][:100]
        assert store.list("").keys == ()
        staged.keep("vault/masters/scan", GLB)
    assert store.list("").keys == ("vault/masters/scan",)
    assert store.stat("vault/masters/scan").media_type == GLB
    chunks = list(store.stream("vault/masters/scan"))
    assert b"".join(chunks) == scan
    assert max(map(len, chunks)) <= MIB


def test_a_large_upload_that_is_given_up_leaves_nothing(store: ObjectStore) -> None:
    with store.stage() as staged:
        staged.write(bytes(17 * MIB))
        staged.reader().close()
    assert store.list("").keys == ()


def test_eight_uploads_of_one_file_are_one_object(store: ObjectStore) -> None:
    content = secrets.token_bytes(MIB)
    together = threading.Barrier(8)

    def upload(_: int) -> None:
        with store.stage() as staged:
            staged.write(content)
            together.wait()
            staged.keep("vault/masters/same", GLB)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(upload, range(8)))
    assert store.read("vault/masters/same") == content
    assert store.list("").keys == ("vault/masters/same",)


def test_a_pointer_that_is_replaced_is_never_read_torn(store: ObjectStore) -> None:
    states = {bytes([digit]) * (1000 * digit) for digit in range(1, 9)}
    store.put("public/halls/anhui.json", min(states), JSON)

    def flip(state: bytes) -> None:
        for _ in range(3):
            store.put("public/halls/anhui.json", state, JSON)

    with ThreadPoolExecutor(8) as pool:
        flips = [pool.submit(flip, state) for state in states]
        while not all(flip.done() for flip in flips):
            assert store.read("public/halls/anhui.json") in states
        for flip_ in flips:
            flip_.result()


RANGES = [(0, None), (0, 0), (0, 1), (1, 0), (3, 4), (5, None), (9, 1), (9, None), (10, 0), (10, None), (0, 10)]


def test_a_range_is_the_slice(store: ObjectStore) -> None:
    content = b"0123456789"
    store.put("vault/a", content, GLB)
    read = {(start, length): b"".join(store.stream("vault/a", start, length)) for start, length in RANGES}
    assert read == {(start, length): content[start:][:length] for start, length in RANGES}


def test_a_range_over_several_chunks_is_the_slice(store: ObjectStore) -> None:
    content = secrets.token_bytes(3 * MIB)
    store.put("vault/a", content, GLB)
    chunks = list(store.stream("vault/a", 100, 2 * MIB + 1))
    assert b"".join(chunks) == content[100 : 100 + 2 * MIB + 1]
    assert max(map(len, chunks)) <= MIB


def test_a_stream_may_be_dropped_before_its_end(store: ObjectStore) -> None:
    store.put("vault/a", bytes(3 * MIB), GLB)
    store.stream("vault/a")
    assert len(next(store.stream("vault/a"))) <= MIB
    assert store.stat("vault/a").size == 3 * MIB


def test_an_open_object_reads_like_a_file(store: ObjectStore) -> None:
    content = secrets.token_bytes(MIB)
    store.put("vault/a", content, GLB)
    with store.open("vault/a") as file, io.BytesIO(content) as model:
        for where, whence, length in [(0, 0, 12), (8, 1, 20), (-4, 2, 100), (300_000, 0, 600_000), (2 * MIB, 0, 1)]:
            assert file.seek(where, whence) == model.seek(where, whence)
            assert file.read(length) == model.read(length)
            assert file.tell() == model.tell()
        file.seek(5)
        assert file.read() == content[5:]
        with pytest.raises((ValueError, OSError)):
            file.seek(-1)


def test_a_copy_has_the_bytes_and_the_type(store: ObjectStore) -> None:
    with store.stage() as staged:
        staged.write(b"copied")
        staged.keep("vault/variants/9f86", GLB)
    store.copy("vault/variants/9f86", "public/blobs/9f86.glb")
    store.copy("vault/variants/9f86", "public/blobs/9f86.glb")
    assert store.read("public/blobs/9f86.glb") == b"copied"
    assert store.stat("public/blobs/9f86.glb").media_type == GLB
    store.delete("vault/variants/9f86")
    assert store.read("public/blobs/9f86.glb") == b"copied"


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: ObjectStore) -> None:
    store.put("vault/a", b"x", GLB)
    store.delete("vault/a")
    store.delete("vault/a")
    store.delete("vault/never/was")
    assert store.list("").keys == ()
    with pytest.raises(NoSuchObject):
        store.stat("vault/a")


TYPES = [
    ("vault/masters/9f86d081", GLB),
    ("vault/masters/2c26b46b", "model/gltf+json"),
    ("public/blobs/a.glb", GLB),
    ("public/blobs/a.usdz", "model/vnd.usdz+zip"),
    ("public/blobs/a.ktx2", "image/ktx2"),
    ("public/manifests/a.json", JSON),
    ("public/manifests/a.json.br", JSON),
    ("public/manifests/a.iiif.json", 'application/ld+json;profile="http://iiif.io/api/presentation/4/context.json"'),
    ("vault/odd.glb", "text/plain; charset=utf-8"),
    ("vault/plain", "application/octet-stream"),
]


def test_media_types_are_kept(store: ObjectStore) -> None:
    for key, media_type in TYPES:
        store.put(key, b"x", media_type)
    assert [(key, store.stat(key).media_type) for key, _ in TYPES] == TYPES


def test_a_store_that_answers_passes_the_check(store: ObjectStore) -> None:
    store.check()
    assert store.list("").keys == ()
