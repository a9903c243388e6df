"""Objects that arrive in parts: the same on every store, whatever is cut off."""

import hashlib
import os
import ssl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from exhibit_api.errors import NoSuchObject, StoreError
from exhibit_api.storage import local_multipart
from exhibit_api.storage.base import ObjectStore
from exhibit_api.storage.local import LocalStore
from exhibit_api.storage.multipart import Part
from exhibit_api.storage.s3 import S3Store
from tests.servers.swift import Swift

KEY = "vault/uploads/0f"
KIND = "model/gltf-binary"
MIB = 1 << 20

Send = Callable[..., Part]


def piece(number: int, size: int) -> bytes:
    """Bytes that differ from part to part."""
    return hashlib.shake_128(number.to_bytes(2)).digest(size)


@pytest.fixture
def send(store: ObjectStore, request: pytest.FixtureRequest) -> Send:
    """Sends a part as clients do: to the store itself where it gives an address, else through us."""

    def to(upload: str, number: int, data: bytes) -> Part:
        addresses = store.multipart.addresses(KEY, upload, {number: None}, 60)
        if addresses is None:
            etag = hashlib.sha256(data).hexdigest()[:32]
            with store.multipart.take(upload, number) as sink:
                sink.write(data[: len(data) // 2])
                sink.write(data[len(data) // 2 :])
                sink.keep(etag)
            return Part(number, len(data), etag)
        swift: Swift = request.getfixturevalue("swift")
        trusted = ssl.create_default_context(cafile=swift.authority)
        answer = httpx2.put(addresses[0], content=data, verify=trusted, timeout=60)
        assert answer.status_code == 200, answer.text
        return Part(number, len(data), answer.headers["ETag"].strip('"'))

    return to


def test_parts_come_in_any_order_and_are_joined_in_theirs(store: ObjectStore, send: Send) -> None:
    upload = store.multipart.begin(KEY, KIND)
    pieces = {number: piece(number, 5 * MIB + number) for number in (1, 2)} | {3: piece(3, 777)}
    sent = [send(upload, number, pieces[number]) for number in (3, 1, 2)]
    assert store.multipart.parts(KEY, upload) == sorted(sent)
    with pytest.raises(NoSuchObject):
        store.stat(KEY)
    store.multipart.join(KEY, upload, sorted(sent))
    assert store.read(KEY) == b"".join(pieces.values())
    assert store.stat(KEY).media_type == KIND
    assert not list(store.multipart.begun("vault/uploads/"))  # what a server says of an upload that has ended differs


def test_a_part_that_is_sent_again_replaces_the_one_before(store: ObjectStore, send: Send) -> None:
    upload = store.multipart.begin(KEY, KIND)
    before = send(upload, 1, piece(1, 1000))
    after = send(upload, 1, piece(2, 2000))
    assert store.multipart.parts(KEY, upload) == [after]
    with pytest.raises(NoSuchObject):
        store.multipart.join(KEY, upload, [before])
    store.multipart.join(KEY, upload, [after])
    assert store.read(KEY) == piece(2, 2000)


def test_a_part_of_the_same_size_that_was_sent_again_is_not_taken_for_the_one_before(
    store: ObjectStore, send: Send
) -> None:
    """It is the etag that tells them apart: a list that was made before does not join what came after."""
    upload = store.multipart.begin(KEY, KIND)
    before = [send(upload, 1, piece(1, 5 * MIB)), send(upload, 2, piece(2, 1000))]
    after = send(upload, 1, piece(3, 5 * MIB))
    with pytest.raises(NoSuchObject):
        store.multipart.join(KEY, upload, before)
    with pytest.raises(NoSuchObject):
        store.stat(KEY)
    store.multipart.join(KEY, upload, [after, before[1]])
    assert store.read(KEY) == piece(3, 5 * MIB) + piece(2, 1000)


def test_joining_again_after_a_lost_answer_is_no_error(store: ObjectStore, send: Send) -> None:
    upload = store.multipart.begin(KEY, KIND)
    parts = [send(upload, 1, piece(1, 5 * MIB)), send(upload, 2, piece(2, 10))]
    for _ in range(2):
        store.multipart.join(KEY, upload, parts)
    assert store.stat(KEY).size == 5 * MIB + 10


def test_a_part_that_is_missing_leaves_nothing_to_see(store: ObjectStore, send: Send) -> None:
    upload = store.multipart.begin(KEY, KIND)
    there = send(upload, 1, piece(1, 5 * MIB))
    with pytest.raises(NoSuchObject):
        store.multipart.join(KEY, upload, [there, Part(2, 10, "0" * 32)])
    with pytest.raises(NoSuchObject):
        store.stat(KEY)


def test_what_is_dropped_is_gone_and_may_be_dropped_again(store: ObjectStore, send: Send) -> None:
    upload = store.multipart.begin(KEY, KIND)
    send(upload, 1, piece(1, 1000))
    for _ in range(2):
        store.multipart.drop(KEY, upload)
    with pytest.raises(NoSuchObject):
        store.multipart.parts(KEY, upload)
    assert upload not in [begun.upload for begun in store.multipart.begun("vault/uploads/")]


def test_uploads_under_way_are_listed_with_their_beginning(store: ObjectStore, send: Send) -> None:
    one, other = store.multipart.begin(KEY, KIND), store.multipart.begin("vault/uploads/ee", KIND)
    found = {begun.upload: begun for begun in store.multipart.begun("vault/uploads/")}
    assert found.keys() == {one, other}
    assert found[one].key in (KEY, None)
    assert found[one].moment > 1_700_000_000


@pytest.mark.parametrize("upload", ["../../etc", "", "0" * 32])
def test_an_upload_that_is_not_there_is_told_as_such(store: ObjectStore, upload: str) -> None:
    with pytest.raises(StoreError):
        store.multipart.parts(KEY, upload)
    with pytest.raises(StoreError):
        store.multipart.join(KEY, upload, [Part(1, 1, "0" * 32)])


def test_an_object_is_moved_with_its_kind(store: ObjectStore) -> None:
    store.put("vault/uploads/aa", b"loom", KIND)
    store.put("vault/masters/bb", b"older", "text/plain")
    store.move("vault/uploads/aa", "vault/masters/bb")
    assert store.read("vault/masters/bb") == b"loom"
    assert store.stat("vault/masters/bb").media_type == KIND
    with pytest.raises(NoSuchObject):
        store.stat("vault/uploads/aa")
    with pytest.raises(NoSuchObject):
        store.move("vault/uploads/aa", "vault/masters/bb")
    assert store.read("vault/masters/bb") == b"loom"


def sent_locally(local: LocalStore, upload: str, number: int, size: int) -> Part:
    with local.multipart.take(upload, number) as sink:
        sink.write(piece(number, size))
        sink.keep(f"{number:032x}")
    return Part(number, size, f"{number:032x}")


@pytest.mark.parametrize("cut", range(1, 8))
def test_a_joining_that_is_cut_off_anywhere_goes_on(
    local: LocalStore, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    upload = local.multipart.begin(KEY, KIND)
    parts = [sent_locally(local, upload, number, 100 + number) for number in (1, 2, 3)]
    monkeypatch.setattr(local_multipart, "SYNC_BYTES", 1)
    steps = 0

    class PowerCut(BaseException):
        pass

    def counted(name: str) -> None:
        real = getattr(local_multipart, name)

        def step(*arguments: object) -> object:
            nonlocal steps
            steps += 1
            if steps == cut:
                raise PowerCut
            return real(*arguments)

        monkeypatch.setattr(local_multipart, name, step)

    counted("_copy")
    counted("remove")
    try:
        local.multipart.join(KEY, upload, parts)
    except PowerCut:
        with pytest.raises(NoSuchObject):
            local.stat(KEY)
        steps = 1000
        local.multipart.join(KEY, upload, parts)
    assert local.read(KEY) == b"".join(piece(number, 100 + number) for number in (1, 2, 3))


def test_two_who_join_at_once_make_one_object(local: LocalStore) -> None:
    upload = local.multipart.begin(KEY, KIND)
    parts = [sent_locally(local, upload, number, 1 << 16) for number in range(1, 30)]
    with ThreadPoolExecutor(4) as pool:
        for joining in [pool.submit(local.multipart.join, KEY, upload, parts) for _ in range(4)]:
            joining.result()
    assert local.read(KEY) == b"".join(piece(number, 1 << 16) for number in range(1, 30))


def test_a_part_that_was_cut_off_is_none(local: LocalStore) -> None:
    upload = local.multipart.begin(KEY, KIND)
    with local.multipart.take(upload, 1) as sink:
        sink.write(b"half")
    assert local.multipart.parts(KEY, upload) == []


@pytest.fixture(params=["larger", "smaller", "of the same size"])
def half_replaced(local: LocalStore, request: pytest.FixtureRequest) -> tuple[str, Part, Part]:
    """An upload as a server leaves it that is killed while a part takes the place of the one before, and both parts."""
    upload = local.multipart.begin(KEY, KIND)
    size = {"larger": 900, "smaller": 1100, "of the same size": 1000}[request.param]
    with local.multipart.take(upload, 1) as late:  # what comes late may have begun early
        late.write(piece(2, 1000))
        with local.multipart.take(upload, 1) as sink:
            sink.write(piece(1, size))
            sink.keep("5" * 32)
        (kept,) = (local.multipart._root / upload).glob("*/1.*")
        left, moment = kept.read_bytes(), kept.stat().st_mtime_ns
        time.sleep(0.02)  # a file system's clock ticks every few milliseconds
        late.keep("1" * 32)
    kept.write_bytes(left)
    os.utime(kept, ns=(moment, moment))
    return upload, Part(1, size, "5" * 32), Part(1, 1000, "1" * 32)


def test_of_two_files_of_one_part_the_newer_is_the_part(
    local: LocalStore, half_replaced: tuple[str, Part, Part]
) -> None:
    upload, _, newer = half_replaced
    last = sent_locally(local, upload, 2, 10)
    assert local.multipart.parts(KEY, upload) == [newer, last]
    with local.multipart.take(upload, 1) as sink:
        assert sink.replaces == newer.size
    local.multipart.join(KEY, upload, [newer, last])
    assert local.read(KEY) == piece(2, 1000) + piece(2, 10)
    assert not list(local.multipart.begun("vault/"))


def test_a_part_that_is_sent_once_more_replaces_both_files(
    local: LocalStore, half_replaced: tuple[str, Part, Part]
) -> None:
    upload, older, newer = half_replaced
    again = sent_locally(local, upload, 1, 70)
    assert local.multipart.parts(KEY, upload) == [again]
    for gone in (older, newer):
        with pytest.raises(NoSuchObject):
            local.multipart.join(KEY, upload, [gone])
    local.multipart.join(KEY, upload, [again])
    assert local.read(KEY) == piece(1, 70)


def test_parts_for_a_bucket_do_not_pass_through_us(s3: S3Store) -> None:
    with pytest.raises(StoreError, match="bucket"):
        s3.multipart.take("0" * 32, 1)
