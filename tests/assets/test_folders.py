"""Folders of jobs: gone when the job ends, swept when its worker died, never touched while it lives."""

import subprocess
import sys
from pathlib import Path

import pytest

from exhibit_api.assets.folders import job_folder, sweep
from exhibit_api.errors import StoreFull

HOLDER = """
import sys, time
from pathlib import Path
from exhibit_api.assets.folders import job_folder
with job_folder(Path(sys.argv[1]), "gate-0123456789ab") as folder:
    (folder / "model").write_bytes(b"much")
    print(folder, flush=True)
    sys.stdin.read()
"""


def holder(root: Path) -> "subprocess.Popen[str]":
    """A process that has a folder and waits."""
    command = [sys.executable, "-c", HOLDER, str(root)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_folder_is_gone_with_all_that_is_in_it(tmp_path: Path) -> None:
    with job_folder(tmp_path / "work", "gate-abc") as folder:
        (folder / "deep" / "er").mkdir(parents=True)
        (folder / "deep" / "er" / "file").write_bytes(b"x")
        assert folder.is_absolute()
        assert folder.name.startswith("gate-abc-")
    assert list((tmp_path / "work").iterdir()) == []


def test_a_folder_is_gone_after_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), job_folder(tmp_path, "gate"):
        raise ValueError("broken")
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_spares_the_living_and_removes_what_the_dead_left(tmp_path: Path) -> None:
    with holder(tmp_path) as living, holder(tmp_path) as dying:
        assert living.stdout is not None
        assert dying.stdout is not None
        kept, left = Path(living.stdout.readline().strip()), Path(dying.stdout.readline().strip())
        dying.kill()
        dying.wait()
        assert (left / "model").exists()
        with job_folder(tmp_path, "picture") as own:
            assert sweep(tmp_path) == 1
            assert (kept.exists(), left.exists(), own.exists()) == (True, False, True)
        living.communicate("")
    assert list(tmp_path.iterdir()) == []


def test_a_lock_without_its_folder_is_swept(tmp_path: Path) -> None:
    (tmp_path / "gate-0123456789ab-0123456789abcdef.lock").touch()
    assert sweep(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["uv", "gate", "gate-1", "my-gate-0123456789abcdef", "held-0123456789abcdef"])
def test_what_others_keep_in_a_shared_folder_is_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / f"{name}.lock").touch()
    assert sweep(tmp_path) == 0
    assert {path.name for path in tmp_path.iterdir()} == {name, f"{name}.lock"}


def test_a_lock_file_that_cannot_be_used_does_not_hold_up_the_others(tmp_path: Path) -> None:
    odd = tmp_path / "gate-0000000000000000.lock"
    odd.mkdir()
    link = tmp_path / "picture-0000000000000000.lock"
    link.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "repair-0123456789ab-0123456789abcdef.lock").touch()
    assert sweep(tmp_path) == 1
    assert set(tmp_path.iterdir()) == {odd, link}


def test_there_is_nothing_to_sweep_where_nobody_worked(tmp_path: Path) -> None:
    assert sweep(tmp_path / "work") == 0


def test_a_place_where_no_folder_can_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "work").write_bytes(b"a file")
    with pytest.raises(StoreFull, match="the folder for work"), job_folder(tmp_path / "work", "gate"):
        pass


def test_a_child_does_not_inherit_the_lock(tmp_path: Path) -> None:
    """Else a tool that outlives its worker would keep the folder for ever."""
    with job_folder(tmp_path, "gate"):
        listed = subprocess.run(
            [sys.executable, "-c", "import os; print([os.readlink(f'/proc/self/fd/{n}') for n in (3, 4, 5, 6, 7, 8) "
             "if os.path.exists(f'/proc/self/fd/{n}')])"],
            capture_output=True, text=True, check=True, close_fds=False,
        ).stdout  # fmt: skip
    assert ".lock" not in listed
    assert list(tmp_path.iterdir()) == []
