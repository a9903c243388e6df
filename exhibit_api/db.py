"""The database: engines for SQLite and PostgreSQL, sessions, and what all tables share.

SQLite needs four rules, or it loses concurrent updates without an error (docs/decisions/sqlite.md): the driver's own transactions
are switched off, every transaction begins as a writer, a locked database is waited for, and foreign keys are switched on.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from exhibit_api.errors import Conflict, DatabaseBusy, Rejected, StoreFull

BUSY_SECONDS = 10
CONNECT_SECONDS = 5
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "foreign_keys=ON",
    "temp_store=MEMORY",
)

READS_ONLY = "exhibit_reads_only"
BUSY = ("locked", "busy", "deadlock", "lock timeout")
UNREACHABLE = ("unable to open", "disk I/O", "readonly")

Sessions = sessionmaker[Session]

MOST_IN_A_QUERY = 500

Value = TypeVar("Value")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always in UTC. SQLite would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse moments without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class Base(DeclarativeBase):
    """All tables. Constraints have names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON}  # noqa: RUF012 (SQLAlchemy's own form)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class Drafted:
    """What every row has whose `document` people write, checked by a schema: its revision, and when it was made and changed."""

    document: Mapped[dict[str, Any]]
    revision: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)


def connect(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql+psycopg://…`. The folder of a SQLite file is made.

    Its errors do not show the values of a statement, which are people's data and hashes of tokens. Raises Rejected for another address.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise Rejected(
            "EXHIBIT_DATABASE_URL is no address of a database; it begins with sqlite:/// or postgresql+psycopg://"
        ) from error
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise Rejected(
            f"EXHIBIT_DATABASE_URL begins with {parsed.drivername}; we use sqlite:///… and postgresql+psycopg://…"
        )
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed,
            pool_size=20,
            max_overflow=20,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_SECONDS},
        )
    if parsed.database:
        _make_folder(Path(parsed.database).parent)
    engine = create_engine(parsed, pool_size=20, max_overflow=20, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(READS_ONLY)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Rejected(f"the data folder {folder} cannot be made: {error.strerror}") from error


def sessions_of(engine: Engine) -> Sessions:
    """A maker of sessions whose objects stay readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def transaction(sessions: Sessions, *, reads_only: bool = False) -> Iterator[Session]:
    """One transaction: committed at the end of the block, rolled back when it raises. Raises what `answering` does.

    One that only reads sees one state from its first query to its last, and does not wait for writers; it must not write.
    """
    options = {"bind": _for_reading(sessions.kw["bind"])} if reads_only else {}
    with answering(), sessions(**options) as session, session.begin():
        yield session


def _for_reading(engine: Engine) -> Engine:
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.execution_options(**{READS_ONLY: True})


@contextmanager
def answering() -> Iterator[None]:
    """A block that needs the database. Raises DatabaseBusy where it does not answer in time, StoreFull where its disk is full."""
    try:
        yield
    except PoolTimeout as error:
        raise DatabaseBusy("all connections to the database are in use; try again in a moment") from error
    except OperationalError as error:
        said = str(error.orig)
        if "disk is full" in said or "No space left" in said:
            raise StoreFull("the database's disk is full") from error
        if any(word in said for word in BUSY):
            raise DatabaseBusy("the database is busy; try again in a moment") from error
        if isinstance(error.orig, sqlite3.Error) and not any(word in said for word in UNREACHABLE):
            raise
        raise DatabaseBusy("the database does not answer; try again in a moment") from error
    except DatabaseError as error:
        if isinstance(error.orig, sqlite3.DatabaseError) and "not a database" in str(error.orig):
            raise Conflict("the database's file is none of SQLite's, or damaged; restore it from a backup") from error
        raise


def in_one_hand(session: Session, name: str) -> None:
    """Wait until no other transaction has this name, and have it until the end of this one. SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def in_parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """The values in slices that one statement takes: SQLite bounds how many there may be."""
    for start in range(0, len(values), MOST_IN_A_QUERY):
        yield values[start : start + MOST_IN_A_QUERY]


def is_unique_violation(error: IntegrityError) -> bool:
    """Whether a row with the same key was there already (and not, say, a missing parent)."""
    original = error.orig
    return getattr(original, "sqlstate", None) == "23505" or "UNIQUE constraint failed" in str(original)
