"""The service as it is really run: `exhibit serve` in a process of its own, spoken to through sockets."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from exhibit_api.accounts import tokens
from exhibit_api.accounts.roles import Role
from exhibit_api.db import transaction
from exhibit_api.instance import OWNER, close_site, open_site
from exhibit_api.settings import Settings
from exhibit_api.web.site import Site
from tests.acting import words

START_SECONDS = 120
PATIENCE = 60.0


@dataclass(frozen=True)
class Service:
    """A running service: its address, a token of an admin, its site as the test opens it too, its process and log."""

    url: str
    token: str
    site: Site
    pid: int
    log: Path

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def connect(self) -> socket.socket:
        """A plain connection to it."""
        host, port = self.url.removeprefix("http://").split(":")
        return socket.create_connection((host, int(port)), timeout=60)

    def stop(self) -> None:
        """Ask it to end."""
        os.kill(self.pid, signal.SIGTERM)

    def memory(self, name: str) -> int:
        """Bytes of memory: "VmRSS" now, "VmHWM" at most since `forget_peak`."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))

    def forget_peak(self) -> None:
        """Let the peak of memory begin at what is used now."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")


@contextmanager
def serving(data: Path, workers: int = 0) -> Iterator[Service]:
    """Start it over a data folder, and stop it at the end. Without workers, nothing is done that the test does not do."""
    site = open_site(Settings(data=data))
    with transaction(site.sessions) as session:
        _, token = tokens.grant(session, OWNER, role=Role.ADMIN, organisation=None, label="test")
    log = data / "log"
    command = [sys.executable, "-m", "exhibit_api", "serve", "--port", "0", "--data", str(data)]
    command += ["--workers", str(workers)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EXHIBIT_")}
    with log.open("wb") as told:
        process = subprocess.Popen(command, stderr=told, stdout=told, stdin=subprocess.DEVNULL, env=environment)
    try:
        yield Service(_address(process, log), token, site, process.pid, log)
    finally:
        process.terminate()
        process.wait(60)
        close_site(site)


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        ready = [line for line in log.read_text().splitlines() if line.startswith("ready  ")]
        if ready:
            return ready[0].removeprefix("ready  ").strip()
        time.sleep(0.05)
    raise RuntimeError(f"the service did not start: {log.read_text()}")


def command(service: Service, *arguments: str, folder: Path | None = None) -> "subprocess.Popen[str]":
    """`exhibit …` with the service and its token in the environment."""
    environment = os.environ | {"EXHIBIT_TOKEN": service.token, "EXHIBIT_SERVER": service.url}
    return subprocess.Popen(
        [sys.executable, "-m", "exhibit_api", *arguments],
        env=environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(running: "subprocess.Popen[str]", code: int = 0) -> str:
    """What a command said, once it has ended with this code."""
    out, err = running.communicate(timeout=300)
    assert running.returncode == code, out + err
    return out + err


def describe(service: Service, **records: str) -> None:
    """Make an organisation, or records of one: `describe(service, jiangsu="organisations", loom="exhibits")`."""
    for slug, kind in records.items():
        body = {"label": words(slug)} | ({} if kind == "organisations" else {"organisation": "jiangsu"})
        address = f"{service.url}/v1/{kind}/{slug}"
        answer = httpx2.put(address, json=body, headers=service.headers, timeout=PATIENCE)
        assert answer.status_code == 201, answer.text
