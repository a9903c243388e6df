"""Runs one tool on one job: a process group of its own, under caps, in the job's folder, gone when its worker is."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from exhibit_api.pipeline.records import Records

LAUNCHER = Path(__file__).with_name("launch.py")
CHUNK = 64 << 10
TAIL = 4 << 10  # bytes of standard error that are kept
LOOK = 0.1  # seconds between two looks at the clock and at `stopping`
LAST_LOOK = 0.002  # seconds, when both pipes are closed and the process is about to end

OUT_OF_MEMORY = ("out of memory", "memory allocation of", "bad_alloc", "memoryerror", "cannot allocate memory")


class Stopped(Exception):
    """The job was asked to stop: nothing is wrong with it, and it may be run again."""


def never() -> bool:
    """For `stopping`, where nobody can ask for it."""
    return False


class Cause(StrEnum):
    """How a tool ended."""

    DONE = "DONE"
    """It came to its end with exit code 0."""
    FAILED = "FAILED"
    """It gave up, or crashed."""
    WALL = "WALL"
    CPU = "CPU"
    MEMORY = "MEMORY"
    OUTPUT = "OUTPUT"
    """It printed more, or wrote a larger file, than it may."""


@dataclass(frozen=True, slots=True)
class Caps:
    """`wall`: seconds without a record, so that a batch may take its time, and a file not. `cpu`: seconds in all.

    `memory` and `file_size` (of each file) and `output` (printed) in bytes.
    """

    wall: float
    cpu: int
    memory: int
    output: int = 64 << 20
    file_size: int = 2 << 30


@dataclass(frozen=True, slots=True)
class Ended:
    """How a tool ended: `status` as of subprocess, `errors` the last it said, what it took in seconds and bytes.

    `peak_memory` is never less than the worker's own: the kernel counts from the fork.
    """

    cause: Cause
    status: int
    errors: str
    seconds: float
    cpu_seconds: float
    peak_memory: int


def run(
    command: Sequence[str],
    *,
    folder: Path,
    caps: Caps,
    on_record: Callable[[dict[str, Any]], None],
    stopping: Callable[[], bool],
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """Run a command (its program as an absolute path) until it ends or breaks a cap; each of its records is handed over.

    It sees the environment given and nothing of ours. Raises Stopped, when the tool is gone, after `stopping` said so.
    """
    with subprocess.Popen(  # noqa: S603 - the command is ours, without a shell
        launched(command, folder, caps),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(environment or {}),
        start_new_session=True,
    ) as process:
        watch = Watch(process, caps, on_record)
        try:
            return watch.to_the_end(stopping)
        finally:
            watch.kill()


def launched(command: Sequence[str], folder: Path, caps: Caps) -> list[str]:
    """The command by way of the launcher, which puts itself under the caps first."""
    numbers = f"{caps.memory},{caps.cpu},{caps.file_size}"
    return [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid()), str(folder), numbers, *command]


class Watch:
    """Reads what a process says, and ends it at its caps."""

    def __init__(
        self, process: subprocess.Popen[bytes], caps: Caps, on_record: Callable[[dict[str, Any]], None]
    ) -> None:
        self._process, self._caps, self._on_record = process, caps, on_record
        self._records, self._errors, self._printed = Records(), b"", 0
        self._began = self._heard = time.monotonic()
        self._broken: Cause | None = None
        self._swept = False
        self._usage: Any = None

    def to_the_end(self, stopping: Callable[[], bool]) -> Ended:
        with selectors.DefaultSelector() as selector:
            for pipe, take in ((self._process.stdout, self._read_output), (self._process.stderr, self._read_errors)):
                assert pipe is not None
                selector.register(pipe, selectors.EVENT_READ, take)
            while not self._wait(os.WNOHANG):
                if stopping():
                    raise Stopped
                if time.monotonic() - self._heard > self._caps.wall:
                    self._end(Cause.WALL)
                elif not self._read(selector, LOOK):
                    time.sleep(LAST_LOOK)
            self.kill()  # whatever it started and left behind, which would hold the pipes open
            while self._read(selector, LOOK):
                pass
        return self._ended()

    def kill(self) -> None:
        """End the whole group, once, and wait until the tool is gone."""
        if not self._swept:
            self._swept = True
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._wait(0)

    def _end(self, cause: Cause) -> None:
        self._broken = self._broken or cause
        self.kill()

    def _wait(self, options: int) -> bool:
        """Whether it has ended. By wait4, which tells what it took, and not by Popen, which does not."""
        if self._process.returncode is None:
            pid, status, usage = os.wait4(self._process.pid, options)
            if pid:
                self._process.returncode, self._usage = os.waitstatus_to_exitcode(status), usage
        return self._process.returncode is not None

    def _read(self, selector: selectors.BaseSelector, patience: float) -> bool:
        """Take what the pipes hold, waiting so many seconds for it; whether there was something."""
        ready = selector.select(patience) if selector.get_map() else []
        for key, _ in ready:
            data = os.read(key.fd, CHUNK)
            if not data:
                selector.unregister(key.fileobj)
                continue
            self._printed += len(data)
            if self._printed > self._caps.output:
                self._end(Cause.OUTPUT)
            if self._broken is None:
                key.data(data)
        return bool(ready)

    def _read_output(self, data: bytes) -> None:
        for record in self._records.read(data):
            self._heard = time.monotonic()
            self._on_record(record)

    def _read_errors(self, data: bytes) -> None:
        self._errors = (self._errors + data)[-TAIL:]

    def _ended(self) -> Ended:
        errors, status = self._errors.decode("utf-8", "replace").strip(), self._process.returncode
        peak = self._usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        cpu = self._usage.ru_utime + self._usage.ru_stime
        cause = self._broken or cause_of(status, errors)
        return Ended(cause, status, errors, time.monotonic() - self._began, cpu, peak)


def cause_of(status: int, errors: str) -> Cause:
    """Why a tool ended that nobody ended here."""
    if status == 0:
        return Cause.DONE
    if status == -signal.SIGXCPU:
        return Cause.CPU
    if status == -signal.SIGXFSZ:
        return Cause.OUTPUT
    if status == -signal.SIGKILL or any(sign in errors.lower() for sign in OUT_OF_MEMORY):
        return Cause.MEMORY  # a stranger's SIGKILL is the kernel's, which had no memory left
    return Cause.FAILED
