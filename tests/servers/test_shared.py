"""The servers themselves: databases are fresh, and nothing outlives the session, even if it is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, text

from tests.servers.postgres import Postgres
from tests.servers.shared import PROJECT, NotStarted, shared

SESSION = """
import sys
from pathlib import Path
from tests.servers.shared import Session, shared

session = Session(Path(sys.argv[1]))
print(shared(session.folder, "postgres").folder, flush=True)
sys.stdin.read()
"""


@pytest.fixture(params=[1, 2])
def empty_database(request: pytest.FixtureRequest, postgres_url: str) -> str:
    return postgres_url


def test_every_test_has_an_empty_database_of_its_own(empty_database: str) -> None:
    engine = create_engine(empty_database)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
        connection.execute(text("CREATE TABLE hall (slug text)"))
    engine.dispose()


def test_a_database_is_dropped_although_somebody_is_connected(postgres: Postgres, postgres_url: str) -> None:
    other = psycopg.connect(postgres_url.replace("+psycopg", ""))
    assert other.execute("SELECT 1").fetchone() == (1,)
    other.close()


def test_servers_stop_when_their_session_is_killed(tmp_path: Path, postgres: Postgres) -> None:
    command = [sys.executable, "-c", SESSION, str(tmp_path)]
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as session:
        assert session.stdout is not None
        folder = Path(session.stdout.readline().strip())
        assert (folder / ".s.PGSQL.5432").exists()
        assert (tmp_path / "postgres.running").exists()
        session.send_signal(signal.SIGKILL)
    wait_until_gone(tmp_path / "postgres.running")
    assert not folder.exists()


def wait_until_gone(path: Path, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while path.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not path.exists()


@pytest.fixture
def broken_postgres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    for name in ("initdb", "postgres"):
        (tmp_path / "bin" / name).write_text("#!/bin/sh\necho broken >&2; exit 1\n")
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PG_BIN", str(tmp_path / "bin"))


@pytest.mark.usefixtures("broken_postgres")
def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "alive").touch()
    with pytest.raises(NotStarted, match="initdb failed: broken"):
        shared(tmp_path, "postgres")
    wait_until_gone(tmp_path / "postgres.running")


@pytest.mark.usefixtures("broken_postgres")
@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_without_a_server_tests_are_skipped_but_in_ci_they_fail(tmp_path: Path, ci: str, outcome: str) -> None:
    (tmp_path / "test_it.py").write_text("def test_it(postgres_url): pass")
    command = [sys.executable, "-m", "pytest", "-p", "tests.servers.plugin", "-c", os.devnull, tmp_path / "test_it.py"]
    environment = {**os.environ, "CI": ci, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert outcome in done.stdout
    assert "real servers: postgres NOT STARTED: initdb failed: broken" in done.stdout
