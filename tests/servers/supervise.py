"""The process that holds one shared server: `python -m tests.servers.supervise NAME FOLDER`. See `shared`."""

import fcntl
import json
import os
import shutil
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.servers.postgres import postgres
from tests.servers.swift import swift

STARTS: dict[str, Any] = {"swift": swift, "postgres": postgres}


def main(name: str, folder: Path) -> None:
    """Go to the background, start the server, report, wait for the session's end, stop the server."""
    running = folder / f"{name}.running"
    running.touch()
    if os.fork():
        os._exit(0)
    os.setsid()  # an interrupt from the keyboard is for pytest, which ends us in order
    try:
        begun = time.monotonic()
        with STARTS[name]() as server:
            seconds = round(time.monotonic() - begun, 1)
            _report(folder, name, server=asdict(server), seconds=seconds)
            _wait_for_the_end(folder)
    except Exception as error:
        _report(folder, name, error=str(error))
        raise
    finally:
        running.unlink(missing_ok=True)
    if not any(folder.glob("*.running")):
        shutil.rmtree(folder, ignore_errors=True)  # the last one: the session may have been killed, and cannot


def _report(folder: Path, name: str, **facts: Any) -> None:
    """Write the facts so that nobody reads half of them."""
    part = folder / f"{name}.part"
    part.write_text(json.dumps({"name": name, **facts}))
    part.replace(folder / f"{name}.json")


def _wait_for_the_end(folder: Path) -> None:
    with (folder / "alive").open("r") as alive:
        fcntl.lockf(alive, fcntl.LOCK_SH)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
