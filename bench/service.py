"""A whole service for the benches: `exhibit serve` over a scratch folder, and an admin's token."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import ROOT, Target, free_port, started


@dataclass(frozen=True)
class Service:
    """A running `exhibit serve`, its data folder, and a token that may do everything with content."""

    target: Target
    data: Path
    token: str

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One API call; the JSON of the answer. Leaves where it fails."""
        request = urllib.request.Request(
            self.target.address(path),
            None if body is None else json.dumps(body).encode(),
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method} {path}: {error.code} {error.read().decode()[:500]}") from error


@contextlib.contextmanager
def service(parent: Path | None = None) -> Iterator[Service]:
    """Start it, and remove all it wrote at the end."""
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        data, port = Path(folder), free_port()
        exhibit = [sys.executable, "-m", "exhibit_api"]
        environment = {
            **os.environ,
            "EXHIBIT_DATA": folder,
            "EXHIBIT_MAX_MODEL_BYTES": str(4 << 30),
            "PYTHONPATH": str(ROOT),
        }
        token = subprocess.run([*exhibit, "token"], env=environment, check=True, capture_output=True, text=True)
        os.environ |= {"EXHIBIT_DATA": folder, "EXHIBIT_MAX_MODEL_BYTES": str(4 << 30)}
        with started("exhibit serve", [*exhibit, "serve", "--port", str(port)], port) as target:
            yield Service(target, data, token.stdout.strip())
