"""The database: no update is lost, readers do not wait, moments keep their zone, and a busy database says so."""

import multiprocessing
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

from exhibit_api import db
from exhibit_api.accounts.tables import Token
from exhibit_api.audit.tables import Head
from exhibit_api.db import Sessions, UtcDateTime, connect, is_unique_violation, sessions_of, transaction
from exhibit_api.errors import DatabaseBusy, Rejected, StoreFull
from tests.databases import Connect, engine_of

__all__ = ["engine_of"]

PROCESSES, ADDITIONS = 4, 300


@pytest.fixture
def sessions(database: str, engine_of: Connect) -> Sessions:
    return sessions_of(engine_of(database))


def add(database: str, times: int) -> None:
    """Read a number, write it plus one. Not for the disk's sake: nothing waits for it here."""
    db.SQLITE_PRAGMAS = (*db.SQLITE_PRAGMAS, "synchronous=OFF")
    engine = connect(database)
    sessions = sessions_of(engine)
    for _ in range(times):
        with transaction(sessions) as session:
            head = session.scalar(select(Head).with_for_update())
            assert head is not None
            head.number = head.number + 1
    engine.dispose()


def test_four_processes_add_and_no_addition_is_lost(sqlite_database: str, engine_of: Connect) -> None:
    context = multiprocessing.get_context("spawn")
    adders = [context.Process(target=add, args=(sqlite_database, ADDITIONS)) for _ in range(PROCESSES)]
    for adder in adders:
        adder.start()
    for adder in adders:
        adder.join()
    assert [adder.exitcode for adder in adders] == [0] * PROCESSES
    with transaction(sessions_of(engine_of(sqlite_database))) as session:
        assert session.scalar(select(Head.number)) == PROCESSES * ADDITIONS


def test_threads_add_and_no_addition_is_lost(database: str, sessions: Sessions) -> None:
    adders = [threading.Thread(target=add, args=(database, 20)) for _ in range(4)]
    for adder in adders:
        adder.start()
    for adder in adders:
        adder.join()
    with transaction(sessions) as session:
        assert session.scalar(select(Head.number)) == 80


def test_whoever_only_reads_does_not_wait_for_a_writer(sessions: Sessions) -> None:
    with transaction(sessions) as writer:
        writer.execute(text("UPDATE audit_head SET number = 7"))
        with transaction(sessions, reads_only=True) as reader:
            assert reader.scalar(select(Head.number)) == 0
    with transaction(sessions, reads_only=True) as reader:
        assert reader.scalar(select(Head.number)) == 7


def add_and_fail(sessions: Sessions) -> None:
    with transaction(sessions) as session:
        session.execute(text("UPDATE audit_head SET number = 7"))
        raise RuntimeError("power cut")


def test_what_raises_leaves_nothing_behind(sessions: Sessions) -> None:
    with pytest.raises(RuntimeError, match="power cut"):
        add_and_fail(sessions)
    with transaction(sessions) as session:
        assert session.scalar(select(Head.number)) == 0


def test_a_database_that_stays_locked_is_busy(
    sqlite_database: str, engine_of: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "SQLITE_PRAGMAS", (*db.SQLITE_PRAGMAS, "busy_timeout=20"))
    sessions = sessions_of(engine_of(sqlite_database))
    with transaction(sessions) as first:
        first.execute(text("UPDATE audit_head SET number = 7"))
        with pytest.raises(DatabaseBusy, match="busy; try again"), transaction(sessions) as second:
            second.execute(text("SELECT 1"))


def test_a_row_that_stays_locked_is_busy(postgres_database: str, engine_of: Connect) -> None:
    sessions = sessions_of(engine_of(postgres_database))
    wait = "SET LOCAL lock_timeout = '20ms'; "
    lock = "SELECT 1 FROM audit_head FOR UPDATE"
    with transaction(sessions) as first:
        first.execute(text(lock))
        with pytest.raises(DatabaseBusy, match="busy; try again"), transaction(sessions) as second:
            second.execute(text(wait + lock))


def test_a_pool_that_is_used_up_is_busy(sqlite_database: str) -> None:
    engine = create_engine(sqlite_database, pool_size=1, max_overflow=0, pool_timeout=0.01, poolclass=QueuePool)
    sessions = sessionmaker(engine)
    with sessions() as held:
        held.execute(text("SELECT 1"))
        with pytest.raises(DatabaseBusy, match="all connections"), transaction(sessions) as session:
            session.execute(text("SELECT 1"))
    engine.dispose()


@pytest.mark.parametrize("kind", ["postgresql+psycopg://nobody@127.0.0.1:1/none", "sqlite:////proc/1/none.sqlite3"])
def test_a_database_that_is_not_there_does_not_answer(kind: str, engine_of: Connect) -> None:
    sessions = sessions_of(engine_of(kind))
    with pytest.raises(DatabaseBusy, match="does not answer"), transaction(sessions) as session:
        session.execute(text("SELECT 1"))


def test_a_mistake_of_ours_is_not_called_busy(sessions: Sessions) -> None:
    with pytest.raises(Exception, match="no_such_table"), transaction(sessions) as session:
        session.execute(text("SELECT * FROM no_such_table"))


@pytest.mark.parametrize("url", ["", "no address", "mysql://localhost/x", "postgresql://localhost/x"])
def test_another_kind_of_database_is_refused_in_words(url: str) -> None:
    with pytest.raises(Rejected, match=r"postgresql\+psycopg"):
        connect(url)


def test_the_folder_of_an_embedded_database_is_made(tmp_path: Path, engine_of: Connect) -> None:
    with engine_of(f"sqlite:///{tmp_path}/a/b/c.sqlite3").connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    assert (tmp_path / "a/b/c.sqlite3").exists()


def token(**more: object) -> Token:
    return Token(**({"id": "1", "hash": "h", "role": "admin", "label": "x", "created_by": "me"} | more))


def test_a_moment_comes_back_in_utc_wherever_it_was_written(sessions: Sessions) -> None:
    shanghai = datetime(2026, 5, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    with transaction(sessions) as session:
        session.add(token(expires_at=shanghai))
    with transaction(sessions) as session:
        found = session.scalar(select(Token.expires_at))
        assert found == shanghai
        assert found is not None
        assert found.tzinfo is UTC
        assert session.scalar(select(Token.revoked_at)) is None


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        UtcDateTime().process_bind_param(datetime(2026, 5, 1), None)  # type: ignore[arg-type]  # noqa: DTZ001


def test_two_of_one_key_are_told_from_a_missing_parent(sessions: Sessions) -> None:
    found = []
    for statement in (
        "INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '')",
        "INSERT INTO links (source, target) VALUES ('people/x', 'people/y')",
    ):
        with pytest.raises(IntegrityError) as caught, transaction(sessions) as session:
            session.execute(text(statement))
        found.append(is_unique_violation(caught.value))
    assert found == [True, False]


def test_what_a_statement_carries_is_not_in_its_error(sessions: Sessions) -> None:
    with pytest.raises(IntegrityError) as caught, transaction(sessions) as session:
        session.add_all([token(label="Zhang San"), token(id="2", label="Li Si")])
    assert "Zhang San" not in str(caught.value)
    assert "Li Si" not in str(caught.value)


def test_a_full_disk_is_told(sqlite_database: str, engine_of: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "SQLITE_PRAGMAS", (*db.SQLITE_PRAGMAS, "max_page_count=1"))  # no more than there are
    with (
        pytest.raises(StoreFull, match="disk is full"),
        transaction(sessions_of(engine_of(sqlite_database))) as session,
    ):
        session.execute(text("UPDATE audit_head SET hash = :long"), {"long": "x" * 1_000_000})
