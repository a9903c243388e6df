"""Imports: collections that were sent, what was found in them, and what became of them."""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from exhibit_api.db import Base
from exhibit_api.jobs.clock import moment

FOLDER = "vault/imports/"


class State(StrEnum):
    """How far an import is. Nothing is written before it is applied."""

    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    DONE = "done"
    REFUSED = "refused"


WAITING = (State.CHECKING, State.CHECKED, State.APPLYING)


class Import(Base):
    """A collection that `actor` sent. All moments are the database's.

    `owner` is the organisation of rows that name none; `has_models` says whether models are to be found in it, or come by themselves
    afterwards. `mode` is how it is to be applied. `report` is what was found at the last look; `problem` why it could not be read.
    """

    __tablename__ = "imports"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(16))
    actor: Mapped[str] = mapped_column(String(200), index=True)
    organisation: Mapped[str | None] = mapped_column(String(80), index=True)
    owner: Mapped[str | None] = mapped_column(String(80))
    filename: Mapped[str] = mapped_column(String(300))
    bytes: Mapped[int] = mapped_column(BigInteger)
    has_models: Mapped[bool]
    mode: Mapped[str | None] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20), index=True, default=State.CHECKING)
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(default=moment())
    touched_at: Mapped[datetime] = mapped_column(default=moment())

    @property
    def key(self) -> str:
        """Where its bytes stand in the store until it ends."""
        return import_key(self.id)


def import_key(import_id: str) -> str:
    """Where the bytes of an import stand in the store."""
    return FOLDER + import_id
