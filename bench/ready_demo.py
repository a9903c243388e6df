"""A running demo exhibition whose models are all made light."""

import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

HALLS = ("shanghai", "jiangsu", "zhejiang", "anhui", "joint")


@contextlib.contextmanager
def ready_demo(data: Path | None) -> Iterator[tuple[str, str]]:
    """Start `exhibit demo` over this folder, or over a new one, and wait for its models: the address, and an admin's token."""
    with contextlib.ExitStack() as held:
        folder = data or Path(held.enter_context(tempfile.TemporaryDirectory()))
        log = Path(held.enter_context(tempfile.TemporaryDirectory()), "log")
        with log.open("w") as told:
            command = [sys.executable, "-m", "exhibit_api", "demo", "--port", "0", "--data", str(folder)]
            process = subprocess.Popen(
                command, stdout=told, stderr=subprocess.DEVNULL, env={**os.environ, "COLUMNS": "200"}
            )
        held.callback(process.wait)
        held.callback(process.terminate)
        while "\nready." not in log.read_text():
            if process.poll() is not None:
                raise SystemExit(f"exhibit demo ended: {log.read_text()}")
            time.sleep(0.2)
        said = log.read_text()
        url = re.search(r"http://127\.0\.0\.1:\d+", said)[0]  # type: ignore[index]
        token = re.search(r"admin\s+(\S+)", said)[1]  # type: ignore[index]
        while waiting := [hall for hall in HALLS if _edition(url, hall) < 2]:
            print(f"making models light: {len(waiting)} halls to go ", end="\r", file=sys.stderr, flush=True)
            time.sleep(2)
        yield url, token


def _edition(url: str, hall: str) -> int:
    with urllib.request.urlopen(f"{url}/v1/halls/{hall}") as answer:
        edition: int = json.load(answer)["edition"]
        return edition
