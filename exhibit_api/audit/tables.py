"""The audit log's rows. Triggers (in the migration) refuse every change and deletion of an entry."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from exhibit_api.db import Base


class Entry(Base):
    """One deed. `hash` covers all other columns and the hash of the entry before."""

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    deed: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str | None] = mapped_column(String(80), index=True)
    details: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Head(Base):
    """The end of the chain: one row, whose lock lets one writer append at a time."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
