"""Telling all instances that something was flipped, and hearing it: NOTIFY on PostgreSQL, SQLite's data version elsewhere."""

import select as waiting
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

CHANNEL = "exhibit_flips"
POSTGRES_PATIENCE = 30.0
"""Seconds after which an instance looks even if it heard nothing: a lost connection loses notices."""

SQLITE_PATIENCE = 0.5
"""Seconds between two looks at the file's version, which cost microseconds."""


class Ear(Protocol):
    """Something that hears of flips."""

    def wait(self) -> bool:
        """Return after a flip, or after a while; True where it is worth to look."""

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

    def wait(self) -> bool:
        """True after a notice, and after 30 s without one."""
        driver = self._connection.connection.driver_connection
        assert driver is not None
        for _ in driver.notifies(timeout=POSTGRES_PATIENCE, stop_after=1):
            return True
        return True

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


class SqliteEar:
    """`PRAGMA data_version` on a connection of its own changes when any other connection commits."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.raw_connection()
        self._seen = self._version()

    def wait(self) -> bool:
        """True where another connection has committed."""
        waiting.select([], [], [], SQLITE_PATIENCE)
        seen, self._seen = self._seen, self._version()
        return seen != self._seen

    def _version(self) -> int:
        cursor = self._connection.cursor()
        try:
            cursor.execute("PRAGMA data_version")
            row = cursor.fetchone()
            assert row is not None
            return int(row[0])
        finally:
            cursor.close()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()
