"""A folder on a full disk, without rights, or whose writer is killed: clear errors, and nothing half-written."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exhibit_api.errors import StoreFull, StoreUnavailable
from exhibit_api.storage.local import LocalStore
from tests.storage.test_contract import GLB

MIB = 1 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for one megabyte."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", tmp_path], capture_output=True, text=True
    )
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted: {mounted.stderr.strip()}")
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)


def test_a_full_disk_is_told_and_keeps_what_it_had(small_disk: Path) -> None:
    store = LocalStore(small_disk / "store")
    store.put("vault/a", b"first", GLB)
    with pytest.raises(StoreFull, match="No space left"), store.stage() as staged:  # noqa: PT012
        for _ in range(20):
            staged.write(bytes(MIB // 10))
    with pytest.raises(StoreFull, match="No space left"):
        store.put("vault/a", bytes(2 * MIB), GLB)
    assert store.read("vault/a") == b"first"
    assert store.list("").keys == ("vault/a",)
    store.put("vault/b", bytes(MIB // 2), GLB)  # the room of what failed is free again
    with pytest.raises(StoreFull):
        store.copy("vault/b", "public/b")
    assert store.list("").keys == ("vault/a", "vault/b")


LIMITED = """
import resource, sys
from pathlib import Path
from exhibit_api.errors import StoreFull
from exhibit_api.storage.local import LocalStore

store = LocalStore(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    store.put("vault/large", bytes(200_000), "model/gltf-binary")
except StoreFull as error:
    print(error)
store.put("vault/small", bytes(1000), "model/gltf-binary")
print(store.list("").keys)
"""


def test_a_file_larger_than_the_system_allows_is_told(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LIMITED, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout == "the new object cannot be stored: File too large\n('vault/small',)\n"


WRITER = """
import sys
from pathlib import Path
from exhibit_api.storage.local import LocalStore

store = LocalStore(Path(sys.argv[1]))
with store.stage() as staged:
    staged.write(bytes(1_000_000))
    print("written", flush=True)
    sys.stdin.read()
    staged.keep("vault/masters/9f86", "model/gltf-binary")
"""


def test_a_killed_writer_leaves_no_object(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, tmp_path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"written\n"
        writer.send_signal(signal.SIGKILL)
    store = LocalStore(tmp_path)
    assert store.list("").keys == ()
    assert store.sweep_staging(older_than_seconds=0) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


REPLACER = """
import sys
from pathlib import Path
from exhibit_api.storage.local import LocalStore

store = LocalStore(Path(sys.argv[1]))
print("begun", flush=True)
while True:
    for digit in b"abc":
        store.put("public/halls/anhui.json", bytes([digit]) * 50_000, "application/json")
"""


def test_a_killed_writer_leaves_the_old_pointer_or_the_new_one(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.put("public/halls/anhui.json", b"a" * 50_000, "application/json")
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", REPLACER, tmp_path], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            writer.send_signal(signal.SIGKILL)
        content = store.read("public/halls/anhui.json")
        assert len(content) == 50_000
        assert len(set(content)) == 1


def test_a_store_whose_folder_is_gone_is_not_ready(local: LocalStore, tmp_path: Path) -> None:
    local.check()
    (tmp_path / "store").rename(tmp_path / "unmounted")
    with pytest.raises(StoreUnavailable, match="a probe cannot be stored"):
        local.check()
    with pytest.raises(StoreUnavailable, match="cannot be stored"):
        local.put("vault/a", b"x", GLB)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="the folder of the store cannot be stored"):
        LocalStore(Path("/proc/store"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_unavailable(local: LocalStore) -> None:
    local.put("vault/a", b"x", GLB)
    local.path("vault/a").chmod(0)
    with pytest.raises(StoreUnavailable, match="Permission denied"):
        local.read("vault/a")
