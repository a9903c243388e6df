"""Telling all instances that something was flipped, and hearing it: NOTIFY on PostgreSQL, SQLite's data version elsewhere."""

import sqlite3
import time
from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session

CHANNEL = "exhibit_flips"
FLIPS = "SELECT hall, version, shown FROM live ORDER BY hall"
"""A tenth of what a look by the session costs: jobs commit every second, and flip nothing."""

SILENCE = 30.0
"""Seconds after which an instance on PostgreSQL looks even if it heard nothing."""

PATIENCE = 0.5
"""Seconds that one `wait` takes at most, so that who listens can be ended. A look at SQLite's version costs microseconds."""


class Ear(Protocol):
    """Something that hears of flips."""

    def wait(self) -> bool:
        """Return after a flip, or after half a second; True where it is worth to look. Raises SQLAlchemyError."""

    def close(self) -> None:
        """Stop listening."""


def announce(session: Session) -> None:
    """Let all instances know, at the commit of this session."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"NOTIFY {CHANNEL}"))


def listen(engine: Engine) -> Ear:
    """An ear for this database."""
    return PostgresEar(engine) if engine.dialect.name == "postgresql" else SqliteEar(engine)


class PostgresEar:
    """LISTEN on a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self._connection: Connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._connection.execute(text(f"LISTEN {CHANNEL}"))
        self._driver_error = engine.dialect.loaded_dbapi.Error  # what the driver raises where SQLAlchemy is not asked
        self._looked = time.monotonic()

    def wait(self) -> bool:
        """True after a notice, and after 30 s without one."""
        driver = self._connection.connection.driver_connection
        assert driver is not None
        try:
            heard = any(True for _ in driver.notifies(timeout=PATIENCE, stop_after=1))
        except self._driver_error as error:
            raise DisconnectionError(f"PostgreSQL is no longer heard: {error}") from error
        if heard or time.monotonic() - self._looked >= SILENCE:
            self._looked = time.monotonic()
            return True
        return False

    def close(self) -> None:
        """Drop the connection: back in the pool it would go on listening."""
        self._connection.invalidate()
        self._connection.close()


class SqliteEar:
    """`PRAGMA data_version` on a connection of its own changes when any other connection commits; then it looks whether that was a flip."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.raw_connection()
        self._version = self._rows("PRAGMA data_version")
        self._flips = self._rows(FLIPS)

    def wait(self) -> bool:
        """True where another connection has flipped something."""
        time.sleep(PATIENCE)
        version, self._version = self._version, self._rows("PRAGMA data_version")
        if version == self._version:
            return False
        flips, self._flips = self._flips, self._rows(FLIPS)
        return flips != self._flips

    def _rows(self, query: str) -> Sequence[Any]:
        cursor = self._connection.cursor()
        try:
            cursor.execute(query)
            return cursor.fetchall()
        except sqlite3.Error as error:
            raise DisconnectionError(f"SQLite cannot be read: {error}") from error
        finally:
            cursor.close()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()
