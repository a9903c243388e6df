"""A database that is away for a while: workers wait for it, say so once, and lose nothing."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import psycopg
import pytest
from sqlalchemy import Engine, event, make_url
from structlog.testing import capture_logs

from exhibit_api import db
from exhibit_api.db import Sessions, connect, sessions_of
from exhibit_api.jobs import worker
from exhibit_api.jobs.tables import JobState
from exhibit_api.jobs.worker import Work, Workers, run_due
from tests.databases import Connect
from tests.jobs.conftest import Foreman
from tests.jobs.ledger import carve, job, make_due, until, written

LANES = [frozenset({"carve"})] * 2
WARNING = "the workers wait for the database"


@pytest.fixture
def theirs(sessions: Sessions, engine_of: Connect, monkeypatch: pytest.MonkeyPatch) -> Sessions:
    """The database as the workers have it, who do not wait for it for long."""
    monkeypatch.setattr(db, "SQLITE_PRAGMAS", (*db.SQLITE_PRAGMAS, "busy_timeout=100"))
    monkeypatch.setattr(worker, "AWAY_SECONDS", 0.02)
    engine = engine_of(sessions.kw["bind"].url.render_as_string(hide_password=False))
    with engine.connect():
        return sessions_of(engine)


@contextmanager
def locked(database: str) -> Iterator[None]:
    """SQLite, with its only lock in other hands."""
    engine = connect(database)
    with engine.begin():
        yield
    engine.dispose()


@contextmanager
def closed(database: str) -> Iterator[None]:
    """PostgreSQL, as after a crash: all connections are cut, and no new ones are taken."""
    address = make_url(database)
    host = str(address.query["host"])
    with psycopg.connect(dbname="postgres", user="postgres", host=host, autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{address.database}" WITH ALLOW_CONNECTIONS false')
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [address.database])
        yield
        admin.execute(f'ALTER DATABASE "{address.database}" WITH ALLOW_CONNECTIONS true')


@pytest.fixture
def away(database: str) -> Callable[[], AbstractContextManager[None]]:
    """`with away():` the database cannot be used."""
    return lambda: locked(database) if database.startswith("sqlite") else closed(database)


@pytest.fixture
def tries(theirs: Sessions) -> list[str]:
    """Grows with each use of the database that the workers try."""
    engine = theirs.kw["bind"]
    assert isinstance(engine, Engine)
    found: list[str] = []
    event.listen(engine, "do_connect", lambda *_: found.append("connection"))
    event.listen(engine, "checkout", lambda *_: found.append("transaction"))
    return found


Away = Callable[[], AbstractContextManager[None]]


def slowly(handler: worker.Handler) -> tuple[worker.Handler, threading.Event, threading.Event]:
    """The handler, which waits; that it has begun; and that it may go on, or is told to stop."""
    begun, may_go_on = threading.Event(), threading.Event()

    def slow(work: Work) -> None:
        work.on_stop(may_go_on.set)
        begun.set()
        assert may_go_on.wait(60)
        handler(work)

    return slow, begun, may_go_on


def test_idle_workers_wait_with_one_warning_and_go_on(
    sessions: Sessions, ask: Foreman, theirs: Sessions, away: Away, tries: list[str]
) -> None:
    ask("carve", "loom", "pump")
    workers = Workers(theirs, {"carve": carve}, LANES, poll=0.02)
    with capture_logs() as logs:
        with away():
            before = len(tries)
            workers.start()
            until(lambda: len(tries) >= before + 12)
            assert [line["event"] for line in logs] == [WARNING]
        until(lambda: written(sessions) == ["loom", "pump"])
        workers.stop()
    assert "the workers go on" in [line["event"] for line in logs]


@pytest.mark.parametrize("handler", [carve, Work.check], ids=["with rows", "without rows"])
def test_a_job_that_ends_while_the_database_is_away_is_not_lost(
    sessions: Sessions, ask: Foreman, theirs: Sessions, away: Away, tries: list[str], handler: worker.Handler
) -> None:
    slow, begun, may_go_on = slowly(handler)
    ask("carve", "loom")
    workers = Workers(theirs, {"carve": slow}, LANES[:1], poll=0.02)
    workers.start()
    assert begun.wait(60)
    with capture_logs() as logs, away():
        before = len(tries)
        may_go_on.set()
        until(lambda: len(tries) >= before + 6)
        assert [line["event"] for line in logs] == [WARNING]

    def is_done() -> bool:
        make_due(sessions)
        return job(sessions, "carve", "loom").state == JobState.DONE

    until(is_done)
    workers.stop()
    assert written(sessions) == (["loom"] if handler is carve else [])


def test_workers_stop_while_the_database_is_away(
    sessions: Sessions, ask: Foreman, theirs: Sessions, away: Away
) -> None:
    slow, begun, _ = slowly(Work.check)
    ask("carve", "loom")
    workers = Workers(theirs, {"carve": slow}, LANES[:1], poll=0.02)
    workers.start()
    assert begun.wait(60)
    with away():
        workers.stop(grace=60)
    assert job(sessions, "carve", "loom").state == JobState.RUNNING, "nobody could write that it was given back"
    make_due(sessions)
    assert run_due(sessions, {"carve": carve}) == 1
    assert written(sessions) == ["loom"]
