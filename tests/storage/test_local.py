"""What a folder promises beyond the contract: it is plain, survives being copied, and there is no way out of it."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exhibit_api.errors import NoSuchObject, StoreError
from exhibit_api.storage import open_store
from exhibit_api.storage.local import CHUNK, LocalStore
from tests.storage.test_contract import GLB, JSON, TYPES


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_public_is_a_plain_folder_for_any_web_server(local: LocalStore) -> None:
    with local.stage() as staged:
        staged.write(b"glTF")
        staged.keep("public/blobs/9f86.glb", GLB)
    local.put("public/halls/anhui.json", b"{}", JSON)
    local.put("public/halls/anhui", b"{}", "application/ld+json")
    local.put("vault/masters/9f86", b"glTF", GLB)
    file = local.path("public/halls/anhui")
    assert files_below(file.parent.parent) == {"blobs/9f86.glb", "halls/anhui.json", "halls/anhui"}
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~umask


def test_a_copied_folder_keeps_its_media_types(local: LocalStore, tmp_path: Path) -> None:
    for key, media_type in TYPES:
        local.put(key, b"x", media_type)
    shutil.copytree(tmp_path / "store", tmp_path / "copy", copy_function=shutil.copyfile)  # bytes alone, as `cp -r`
    copied = LocalStore(tmp_path / "copy")
    assert [(key, copied.stat(key).media_type) for key, _ in TYPES] == TYPES


def test_a_deleted_object_leaves_no_file(local: LocalStore, tmp_path: Path) -> None:
    local.put("vault/masters/9f86", b"glTF", GLB)
    local.delete("vault/masters/9f86")
    assert files_below(tmp_path) == set()


def test_symbolic_links_lead_nowhere(local: LocalStore, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.pem").write_bytes(b"secret")
    local.put("public/a", b"x", GLB)
    (tmp_path / "store/public/folder").symlink_to(tmp_path / "secret")
    (tmp_path / "store/public/file").symlink_to(tmp_path / "secret/key.pem")
    assert local.list("").keys == ("public/a",)
    for key in ("public/folder/key.pem", "public/file"):
        for verb in (local.stat, local.read, local.open, local.stream, local.path, local.delete):
            with pytest.raises(StoreError, match="symbolic link"):
                verb(key)
        with pytest.raises(StoreError, match="symbolic link"):
            local.put(key, b"overwritten", GLB)
    assert (tmp_path / "secret/key.pem").read_bytes() == b"secret"


def test_a_key_cannot_begin_another(local: LocalStore) -> None:
    local.put("vault/a", b"x", GLB)
    with pytest.raises(StoreError, match="an object and a folder would have one name"):
        local.put("vault/a/b", b"x", GLB)
    with pytest.raises(StoreError, match="an object and a folder would have one name"):
        local.put("vault", b"x", GLB)
    local.delete("vault")
    assert local.list("").keys == ("vault/a",)


def test_a_name_that_the_file_system_cannot_hold_is_refused(local: LocalStore) -> None:
    with pytest.raises(StoreError, match="too long"):
        local.put("x" * 300, b"x", GLB)
    with pytest.raises(NoSuchObject):
        local.stat("x" * 300)


def test_old_staging_files_are_swept_and_young_ones_stay(local: LocalStore, tmp_path: Path) -> None:
    local.put("vault/a", b"x", GLB)
    with local.stage() as old, local.stage() as young:
        old.write(b"left behind")
        young.write(b"on its way")
        left = min((tmp_path / "store/@staging").iterdir(), key=lambda path: path.stat().st_size != len(b"left behind"))
        os.utime(left, (0, 0))
        assert local.sweep_staging(older_than_seconds=3600) == 1
        young.keep("vault/b", GLB)
        with pytest.raises(StoreError):
            old.keep("vault/c", GLB)
    assert local.list("").keys == ("vault/a", "vault/b")


@settings(max_examples=50, deadline=None)
@given(start=st.integers(0, 3 * CHUNK), length=st.none() | st.integers(0, 3 * CHUNK))
def test_any_range_is_the_slice(tmp_path_factory: pytest.TempPathFactory, start: int, length: int | None) -> None:
    store = LocalStore(tmp_path_factory.getbasetemp() / "ranges")
    content = bytes(range(256)) * (2 * CHUNK // 256) + b"end"
    if not store.list("").keys:
        store.put("vault/a", content, GLB)
    read = b"".join(store.stream("vault/a", start, length))
    assert read == content[start:][:length]


SEGMENTS = st.text("aB0._-", min_size=1, max_size=3).filter(lambda segment: segment not in (".", ".."))
KEYS = st.sets(st.lists(SEGMENTS, min_size=1, max_size=3).map("/".join), max_size=12)


@settings(max_examples=25, deadline=None)
@given(keys=KEYS, limit=st.integers(1, 5))
def test_any_listing_is_sorted(tmp_path_factory: pytest.TempPathFactory, keys: set[str], limit: int) -> None:
    keys = {key for key in keys if not any(other.startswith(f"{key}/") for other in keys)}
    store = LocalStore(tmp_path_factory.mktemp("listing"))
    for key in keys:
        file = store.path(key)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()  # as `put` would, without waiting for the disk
    listed: list[str] = []
    page = store.list("", None, limit)
    listed += page.keys
    while page.next is not None:
        page = store.list("", page.next, limit)
        listed += page.keys
    assert listed == sorted(keys)


def test_a_store_is_opened_by_its_address(tmp_path: Path) -> None:
    store = open_store(f"file:{tmp_path}/a")
    store.put("vault/a", b"x", GLB)
    assert (tmp_path / "a/vault/a").read_bytes() == b"x"
    assert open_store(f"file://{tmp_path}/a").read("vault/a") == b"x"


@pytest.mark.parametrize("url", ["", "file:", "s3://", "s3:///prefix", "s3:bucket", "gs://bucket", "/srv/store"])
def test_an_address_of_no_store_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="is no address of a store"):
        open_store(url)
