"""Starts that go wrong: visitors are answered from the store alone, and what cannot work ends with one clear line."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.acting import House
from tests.gltf.building import box

NOBODY = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
SECONDS = 90


@pytest.fixture
def data(laptop: House) -> Path:
    """The data folder of a site that shows one hall."""
    laptop.place(laptop.hall(), laptop.exhibit("loom", box((1, 1, 1))))
    laptop.publish("suzhou")
    return laptop.site.settings.data


def _serve(data: Path, log: Path, **settings: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "exhibit_api", "serve", "--port", "0", "--workers", "0", "--data", str(data)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EXHIBIT_")}
    with log.open("wb") as told:
        return subprocess.Popen(command, stdout=told, stderr=told, env=environment | settings)


@contextmanager
def served(data: Path, log: Path, **settings: str) -> Iterator[str]:
    """The address of a service that listens."""
    process = _serve(data, log, **settings)
    try:
        deadline = time.monotonic() + SECONDS
        while not (ready := [line for line in log.read_text().splitlines() if line.startswith("ready  ")]):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield ready[0].removeprefix("ready  ").strip()
    finally:
        process.terminate()
        assert process.wait(60) in (0, -15)


def test_visitors_are_answered_while_the_database_is_away(data: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with served(data, log, EXHIBIT_DATABASE_URL=NOBODY) as address:
        assert httpx2.get(f"{address}/v1/halls/suzhou/manifest").status_code == 200
        assert httpx2.get(f"{address}/healthz").json() == {"status": "ok"}
        for path in ("/readyz", "/v1/exhibits", "/v1/halls/nowhere"):
            answer = httpx2.get(address + path, timeout=60)
            assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert "Traceback" not in log.read_text()


@pytest.mark.parametrize("damage", ["garbage", "newer"])
def test_a_database_that_cannot_be_used_ends_the_service_with_one_line(data: Path, tmp_path: Path, damage: str) -> None:
    file = data / "exhibit.sqlite3"
    if damage == "garbage":
        for ending in ("-wal", "-shm"):
            file.with_name(file.name + ending).unlink(missing_ok=True)
        file.write_bytes(b"this was a database once" * 1000)
    else:
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
    log = tmp_path / "log"
    process = _serve(data, log)
    assert process.wait(SECONDS) == 1
    told = log.read_text()
    assert "Traceback" not in told
    reason = "restore it from a backup" if damage == "garbage" else "a newer version made it"
    assert [line for line in told.splitlines() if line.startswith("exhibit: ") and reason in line]
