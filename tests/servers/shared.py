"""One server for all workers of a test session.

Whoever needs it first starts a supervisor, which starts the server, writes `<folder>/<name>.json`, and waits for the
end of the session: it asks for a lock that the session's first process (pytest, or the controller of pytest-xdist)
holds for as long as it lives. However that process ends, the system frees the lock, and the server is stopped.
"""

import fcntl
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.servers.postgres import Postgres
from tests.servers.swift import Swift

KINDS: dict[str, Any] = {"swift": Swift, "postgres": Postgres}
PROJECT = Path(__file__).parents[2]
START_SECONDS = 120
STOP_SECONDS = 30


class NotStarted(Exception):
    """The server could not be started; the message is the reason."""


class Session:
    """Held by the session's first process: while it lives, so do the servers in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # A POSIX lock: unlike flock's it is not inherited by the children of this process.
        self._alive = (folder / "alive").open("w")
        fcntl.lockf(self._alive, fcntl.LOCK_EX)

    def reports(self) -> list[dict[str, Any]]:
        """What is known of each server that was started, or that was not."""
        return [json.loads(path.read_text()) for path in sorted(self.folder.glob("*.json"))]

    def end(self) -> None:
        """Let the servers stop, and wait until they did."""
        self._alive.close()
        deadline = time.monotonic() + STOP_SECONDS
        while any(self.folder.glob("*.running")) and time.monotonic() < deadline:
            time.sleep(0.02)


def shared(folder: Path, name: str) -> Any:
    """The server `name`, started if nobody did yet. Raises NotStarted."""
    ready = folder / f"{name}.json"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            _start(folder, name, ready)
    report = json.loads(ready.read_text())
    if "error" in report:
        raise NotStarted(report["error"])
    return KINDS[name](**report["server"])


def _start(folder: Path, name: str, ready: Path) -> None:
    with (folder / f"{name}.log").open("wb") as log:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "tests.servers.supervise", name, str(folder)],
            cwd=PROJECT,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    if supervisor.wait() != 0:  # otherwise it goes on in the background, as nobody's child
        said = (folder / f"{name}.log").read_text(errors="replace")
        ready.write_text(json.dumps({"name": name, "error": f"its supervisor failed: {said[-1000:]}"}))
    deadline = time.monotonic() + START_SECONDS
    while not ready.exists():
        if time.monotonic() > deadline:
            ready.write_text(json.dumps({"name": name, "error": f"{name} was not ready in {START_SECONDS} s"}))
        time.sleep(0.02)
