"""A real `exhibit worker` that dies by kill -9 at a chosen moment, and what it leaves."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, TextClause, create_engine, text
from sqlalchemy.exc import OperationalError

from exhibit_api.db import transaction
from exhibit_api.jobs.tables import Job, JobState, job_of
from exhibit_api.web.site import Site

SECONDS = 120
LONG = 10_000_000_000
"""Rows that SQLite counts in an hour."""


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.002)


class Worker:
    """The process, and the site that it works on."""

    def __init__(self, site: Site, store: Path, log: Path) -> None:
        self.site = site
        self.log = log
        command = [sys.executable, "-m", "exhibit_api", "worker", "--workers", "1"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("EXHIBIT_")}
        environment |= {
            "EXHIBIT_DATA": str(site.settings.data),
            "EXHIBIT_DATABASE_URL": site.settings.database,
            "EXHIBIT_STORE_URL": f"file:{store}",
        }
        with log.open("ab") as told:
            self.process = subprocess.Popen(
                command, stdout=told, stderr=told, stdin=subprocess.DEVNULL, env=environment
            )

    def kill(self) -> None:
        """End it as a power failure does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def terminate(self) -> int:
        """Ask it to end; its exit code."""
        self.process.terminate()
        return self.process.wait(SECONDS)

    def has_child(self) -> bool:
        """Whether one of its tools runs."""
        return any(parent_of(pid) == self.process.pid for pid in pids())

    def is_alive(self) -> bool:
        return self.process.poll() is None


@contextmanager
def worker(site: Site, store: Path, log: Path) -> Iterator[Worker]:
    """A worker that is surely dead at the end."""
    started = Worker(site, store, log)
    try:
        yield started
    finally:
        started.kill()


def job(site: Site, kind: str, key: str) -> Job:
    """The job as it stands."""
    with transaction(site.sessions, reads_only=True) as session:
        found = job_of(session, kind, key)
    assert found is not None
    return found


def is_at(site: Site, kind: str, key: str, step: str) -> bool:
    """Whether the job runs and is at this step."""
    found = job(site, kind, key)
    return found.state == JobState.RUNNING and found.progress is not None and found.progress["step"] == step


def let_the_lease_run_out(site: Site) -> None:
    """As if the time of a lease had gone by."""
    with transaction(site.sessions) as session:
        session.execute(text("UPDATE jobs SET lease_until = '2000-01-01 00:00:00' WHERE lease_until IS NOT NULL"))


@contextmanager
def held_up_at_the_end(site: Site, sha256: str) -> Iterator[Callable[[], bool]]:
    """Whoever enters the variants of the asset hangs in that transaction; what is given says whether someone does."""
    engine = site.sessions.kw["bind"]
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection, connection.begin():
            connection.execute(text("SELECT 1 FROM assets WHERE sha256 = :it FOR UPDATE"), {"it": sha256})
            waiting = text(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%assets%'"
            )
            yield lambda: _is_any(engine, waiting)
        return
    counting = f"WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT {LONG}) SELECT count(x) FROM n"
    with transaction(site.sessions) as session:
        session.execute(text(f"CREATE TRIGGER held_up BEFORE INSERT ON variants BEGIN {counting}; END"))
    yield lambda: all(_is_locked(site) for _ in range(20))
    with transaction(site.sessions) as session:
        session.execute(text("DROP TRIGGER held_up"))


def _is_any(engine: Engine, counting: TextClause) -> bool:
    with engine.connect() as connection:
        return bool(connection.scalar(counting))


def _is_locked(site: Site) -> bool:
    engine = create_engine(site.settings.database, connect_args={"timeout": 0, "isolation_level": None})
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("ROLLBACK")
    except OperationalError:
        return True
    finally:
        engine.dispose()
    return False


def those_in(folder: Path) -> list[str]:
    """The command lines of the processes that work in a folder, or hold a file of it open, as one does that was forked a moment ago."""
    return [
        line
        for pid in pids()
        if str(folder) in (line := command_line(pid)) or any(str(folder) in file for file in open_files(pid))
    ]


def open_files(pid: int) -> list[str]:
    files = []
    with suppress(OSError):
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                files.append(str(handle.readlink()))
    return files


def pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def parent_of(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return None


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
