"""A service on one port that can be killed and started again, over whatever store and database its settings name."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from exhibit_api.accounts import tokens
from exhibit_api.accounts.roles import Role
from exhibit_api.db import transaction
from exhibit_api.instance import OWNER, close_site, open_site
from exhibit_api.settings import Settings
from tests.acting import words

START_SECONDS = 60
PATIENCE = 60.0


@dataclass
class Machine:
    """`settings` are EXHIBIT_* in lower case, without the prefix. It has one worker."""

    data: Path
    settings: dict[str, Any] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    port: int = 0
    token: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def set_up(self, *exhibits: str) -> None:
        """An organisation with these exhibits, and a token that may write there."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        site = open_site(Settings.model_validate({"data": self.data, **self.settings}), migrating=True)
        try:
            with transaction(site.sessions) as session:
                _, self.token = tokens.grant(session, OWNER, role=Role.ADMIN, organisation=None, label="test")
        finally:
            close_site(site)
        self.start()
        for kind, slug, more in [
            ("organisations", "jiangsu", {}),
            *(("exhibits", slug, {"organisation": "jiangsu"}) for slug in exhibits),
        ]:
            body = {"label": words(slug)} | more
            assert (
                httpx2.put(
                    f"{self.url}/v1/{kind}/{slug}", json=body, headers=self.headers, timeout=PATIENCE
                ).status_code
                == 201
            )

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("EXHIBIT_")}
        environment |= {f"EXHIBIT_{name.upper()}": str(value) for name, value in self.settings.items()}
        command = [sys.executable, "-m", "exhibit_api", "serve", "--port", str(self.port), "--data", str(self.data)]
        with (self.data / "log").open("ab") as log:
            self.process = subprocess.Popen([*command, "--workers", "1"], env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                httpx2.get(f"{self.url}/healthz").raise_for_status()
            except httpx2.HTTPError:
                assert time.monotonic() < deadline, (self.data / "log").read_text()
                assert self.process.poll() is None, (self.data / "log").read_text()
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)

    def get(self, path: str) -> Any:
        return httpx2.get(f"{self.url}{path}", headers=self.headers, timeout=PATIENCE).raise_for_status().json()

    def digest_of(self, path: str) -> str:
        """SHA-256 (hex) of what is there, wherever it leads."""
        digest = hashlib.sha256()
        with httpx2.stream("GET", f"{self.url}{path}", headers=self.headers, follow_redirects=True) as answer:
            answer.raise_for_status()
            for chunk in answer.iter_bytes():
                digest.update(chunk)
        return digest.hexdigest()

    def post(self, path: str, body: Any) -> Any:
        return (
            httpx2.post(f"{self.url}{path}", json=body, headers=self.headers, timeout=PATIENCE)
            .raise_for_status()
            .json()
        )

    def arrived(self, exhibit: str) -> int:
        """How many parts of the exhibit's open upload have arrived."""
        found = self.get(f"/v1/uploads?exhibit={exhibit}&state=open")["items"]
        if not found:
            return 0
        address = f"{self.url}/v1/uploads/multipart/{found[0]['id']}"
        answer = httpx2.get(address, headers=self.headers, timeout=PATIENCE)
        return 0 if answer.status_code == 409 else len(answer.raise_for_status().json())  # 409: it is just being begun

    def until_arrived(self, exhibit: str, count: int) -> None:
        """Wait until so many have."""
        deadline = time.monotonic() + 120
        while self.arrived(exhibit) < count:
            assert time.monotonic() < deadline, "no parts came"
            time.sleep(0.005)

    def until_done(self, upload: str) -> dict[str, Any]:
        """Wait until the upload has ended, and tell how."""
        deadline = time.monotonic() + 120
        while True:
            told: dict[str, Any] = self.get(f"/v1/uploads/{upload}")
            if told["state"] not in ("open", "joining"):
                return told
            assert time.monotonic() < deadline, told
            time.sleep(0.1)
