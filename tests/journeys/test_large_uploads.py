"""A large model arrives whole, by the command line and by Uppy, on a folder and on a bucket, whoever is killed in between.

`LARGE_BYTES=1000000000 pytest tests/journeys/test_large_uploads.py` does it with a gigabyte.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.assets.uploads.sending import heavy
from tests.journeys.machine import Machine
from tests.servers.swift import Swift
from tests.tools import TOOLS

SIZE = int(os.environ.get("LARGE_BYTES", 120 << 20))


@pytest.fixture(params=["folder", "http", "https"])
def machine(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """A service with the exhibit "scan", over a folder or a bucket; clients trust the bucket's certificate."""
    settings: dict[str, Any] = {}
    if request.param != "folder":
        swift: Swift = request.getfixturevalue("swift")
        options = swift.options(request.param)
        settings = {
            "store_url": f"s3://{request.getfixturevalue('bucket')}/{request.getfixturevalue('prefix')}",
            "s3_endpoint_url": options["endpoint_url"],
            "s3_region": options["region"],
            "s3_access_key": options["access_key"],
            "s3_secret_key": options["secret_key"],
        }
        if request.param == "https":
            settings["s3_ca_file"] = swift.authority
            for name in ("SSL_CERT_FILE", "DENO_CERT"):  # of the command line, and of Uppy
                monkeypatch.setenv(name, swift.authority)
    running = Machine(tmp_path / "data", settings)
    try:
        running.set_up("scan")
        yield running
    finally:
        running.stop()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A large model."""
    path = tmp_path / "scan.glb"
    path.write_bytes(heavy(SIZE))
    return path


def assert_arrived(machine: Machine, scan: Path) -> None:
    """The exhibit's model is the file, to the byte, and nothing is left of how it came."""
    digest = hashlib.sha256(scan.read_bytes()).hexdigest()
    assert machine.get("/v1/exhibits/scan/model")["sha256"] == digest
    assert machine.digest_of(f"/v1/assets/{digest}/file") == digest
    assert machine.get("/v1/organisations/jiangsu/usage")["reservedBytes"] == 0
    uploads = machine.get("/v1/uploads?exhibit=scan")["items"]
    assert [(one["state"], one["asset"]) for one in uploads] == [("done", digest)], "all went on with one upload"
    assert not list((machine.data / "store").glob("@parts/*"))


def command(machine: Machine, scan: Path) -> "subprocess.Popen[str]":
    environment = os.environ | {"EXHIBIT_TOKEN": machine.token, "EXHIBIT_SERVER": machine.url}
    arguments = ["upload", str(scan), "--no-follow", "--parallel", "2"]
    return subprocess.Popen(
        [sys.executable, "-m", "exhibit_api", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_the_command_line_brings_it_through_three_kills(machine: Machine, scan: Path) -> None:
    first = command(machine, scan)
    machine.until_arrived("scan", 1)
    first.send_signal(signal.SIGKILL)
    first.communicate()

    second = command(machine, scan)
    machine.until_arrived("scan", 3)
    machine.kill()
    machine.start()
    machine.until_arrived("scan", 5)
    second.send_signal(signal.SIGKILL)
    second.communicate()

    third = command(machine, scan)
    said, _ = third.communicate(timeout=300)
    assert third.returncode == 0, said
    assert_arrived(machine, scan)


class Page:
    """A page with Uppy."""

    def __init__(self, machine: Machine, scan: Path, before: dict[str, str] | None = None) -> None:
        door = machine.post("/v1/uploads/doors", {"exhibit": "scan"})["companionEndpoint"]
        digest = hashlib.sha256(scan.read_bytes()).hexdigest()
        about = {"door": door, "file": str(scan), "exhibit": "scan", "sha256": digest, "before": before}
        deno = str(Path(sys.executable).with_name("deno"))
        options = ("--quiet", "--no-lock", "--allow-net", "--allow-read", "--allow-env", "--allow-sys")
        self.process = subprocess.Popen(
            [deno, "run", *options, str(TOOLS / "uppy.js"), json.dumps(about)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=TOOLS,
        )
        self.told: list[dict[str, Any]] = []

    def order(self, what: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()

    def until(self, name: str, count: int = 1) -> Any:
        """Wait until it has told this so many times more; what it said last."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.append(json.loads(line))
            count -= name in self.told[-1]
            if count == 0:
                return self.told[-1][name]
        raise AssertionError(f"the page ended before it told {name!r}: {self.told}")

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def test_uppy_brings_it_through_pauses_and_three_kills(tools: Path, machine: Machine, scan: Path) -> None:
    page = Page(machine, scan)
    kept = page.until("begun")
    page.until("part")
    page.order("pause")
    page.order("resume")
    page.until("part", 2)
    page.close()

    page = Page(machine, scan, before=kept)
    page.until("part")
    machine.kill()
    page.until("error")
    machine.start()
    page.order("retry")
    page.until("part", 2)
    page.close()

    page = Page(machine, scan, before=kept)
    location = page.until("done")
    page.close()
    assert machine.until_done(location.rsplit("/", 1)[1])["state"] == "done"
    assert_arrived(machine, scan)
