"""A tool runs under caps, tells how far it is, and is gone when it should be."""

import os
import select
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from exhibit_api.pipeline.child import Caps, Cause, Ended, Stopped, never, run
from exhibit_api.pipeline.records import Records

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel has no such cap")


@pytest.fixture
def told() -> list[dict[str, Any]]:
    return []


def run_python(code: str, folder: Path, told: list[dict[str, Any]], **caps: Any) -> Ended:
    """Run a program as a tool, by default under caps that it does not feel."""
    bounds = Caps(**{"wall": 60, "cpu": 60, "memory": 1 << 30, **caps})
    command = [sys.executable, "-I", "-S", "-c", code]
    return run(command, folder=folder, caps=bounds, on_record=told.append, stopping=never)


def test_a_tool_tells_records_between_the_noise_of_its_libraries(tmp_path: Path, told: list[dict[str, Any]]) -> None:
    ended = run_python(
        r"print('encoder v2\n50%', end=''); print('\x1e{\"step\": 1}'); print('\x1e[]'); print('\x1e{half')",
        tmp_path,
        told,
    )
    assert ended.cause is Cause.DONE
    assert told == [{"step": 1}]


def test_a_record_that_comes_in_pieces_is_one_record() -> None:
    records = Records()
    assert not [*records.read(b'noise\x1e{"a":'), *records.read(b" 1}")]
    assert list(records.read(b'\n\x1e{"b": 2}\n')) == [{"a": 1}, {"b": 2}]


def test_records_are_told_while_the_tool_still_runs(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)

    def open_gate(_: dict[str, Any]) -> None:
        gate.write_text("go on")

    code = rf"print('\x1e{{}}', flush=True); print(open({str(gate)!r}).read())"
    command = [sys.executable, "-I", "-S", "-c", code]
    ended = run(command, folder=tmp_path, caps=Caps(60, 60, 1 << 30), on_record=open_gate, stopping=never)
    assert ended.cause is Cause.DONE


def test_a_tool_sees_nothing_of_our_environment_and_stands_in_its_folder(
    tmp_path: Path, told: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXHIBIT_DATABASE_URL", "postgresql://secret")
    code = r"import os, json; print('\x1e' + json.dumps({'names': sorted(os.environ), 'folder': os.getcwd()}))"
    run_python(code, tmp_path, told)
    assert not [name for name in told[0]["names"] if name.startswith("EXHIBIT") or name == "PATH"]
    assert told[0]["folder"] == str(tmp_path.resolve())


def test_a_tool_that_computes_too_long_is_ended(tmp_path: Path, told: list[dict[str, Any]]) -> None:
    assert run_python("while True: pass", tmp_path, told, cpu=1).cause is Cause.CPU


def test_a_tool_that_says_nothing_is_ended(tmp_path: Path, told: list[dict[str, Any]]) -> None:
    assert run_python("import time; time.sleep(600)", tmp_path, told, wall=0.5).cause is Cause.WALL


def test_a_tool_that_closed_its_pipes_is_ended_all_the_same(tmp_path: Path, told: list[dict[str, Any]]) -> None:
    code = "import os, time; os.close(1); os.close(2); time.sleep(600)"
    assert run_python(code, tmp_path, told, wall=0.5).cause is Cause.WALL


@linux
def test_a_tool_that_takes_too_much_memory_is_ended(tmp_path: Path, told: list[dict[str, Any]]) -> None:
    ended = run_python("bytearray(600 << 20)", tmp_path, told, memory=400 << 20)
    assert ended.cause is Cause.MEMORY
    assert "MemoryError" in ended.errors


def test_a_tool_that_prints_too_much_is_ended_and_little_of_it_is_kept(
    tmp_path: Path, told: list[dict[str, Any]]
) -> None:
    code = "import sys\nwhile True: sys.stderr.write('nonsense' * 1000)"
    ended = run_python(code, tmp_path, told, output=1 << 20)
    assert ended.cause is Cause.OUTPUT
    assert len(ended.errors) <= 4096


@linux
def test_a_tool_that_writes_too_large_a_file_is_ended(tmp_path: Path, told: list[dict[str, Any]]) -> None:
    code = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL); open('out', 'wb').write(bytes(2 << 20))"
    assert run_python(code, tmp_path, told, file_size=1 << 20).cause is Cause.OUTPUT
    assert (tmp_path / "out").stat().st_size <= 1 << 20


def test_a_tool_that_crashes_says_its_last_words(tmp_path: Path, told: list[dict[str, Any]]) -> None:
    ended = run_python("raise SystemExit('the lid is stuck')", tmp_path, told)
    assert (ended.cause, ended.status, ended.errors) == (Cause.FAILED, 1, "the lid is stuck")


def test_a_job_that_is_stopped_takes_its_tool_with_it(tmp_path: Path) -> None:
    stop = threading.Event()
    pids: list[int] = []

    def begun(record: dict[str, Any]) -> None:
        pids.append(record["pid"])
        stop.set()

    code = r"import os, time; print('\x1e{\"pid\": %d}' % os.getpid(), flush=True); time.sleep(600)"
    command = [sys.executable, "-I", "-S", "-c", code]
    with pytest.raises(Stopped):
        run(command, folder=tmp_path, caps=Caps(60, 60, 1 << 30), on_record=begun, stopping=stop.is_set)
    assert not is_alive(pids[0])


def test_what_a_tool_started_itself_ends_with_it(tmp_path: Path, told: list[dict[str, Any]]) -> None:
    code = (
        "import os, time\n"
        r"if (pid := os.fork()) == 0: time.sleep(600)" + "\n"
        r"else: print('\x1e{\"pid\": %d}' % pid, flush=True)"
    )
    assert run_python(code, tmp_path, told).cause is Cause.DONE
    wait_until_gone(told[0]["pid"])


@linux
def test_a_worker_that_is_killed_leaves_no_tool_behind(tmp_path: Path) -> None:
    tool = r"import os, time; print('\x1e{\"pid\": %d}' % os.getpid(), flush=True); time.sleep(600)"
    worker = (
        "import sys, pathlib\n"
        "from exhibit_api.pipeline.child import Caps, never, run\n"
        f"command = [sys.executable, '-I', '-S', '-c', {tool!r}]\n"
        f"run(command, folder=pathlib.Path({str(tmp_path)!r}), caps=Caps(60, 60, 1 << 30),\n"
        "    on_record=lambda record: print(record['pid'], flush=True), stopping=never)\n"
    )
    with subprocess.Popen([sys.executable, "-c", worker], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        pid = int(process.stdout.readline())
        assert is_alive(pid)
        process.kill()
    wait_until_gone(pid)


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def wait_until_gone(pid: int) -> None:
    """Return when the process has ended; the kernel wakes us."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        assert poll.poll(30_000), "the process still runs"
    finally:
        os.close(descriptor)
