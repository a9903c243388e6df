"""Uploads under way, and the doors through which a browser may send them. What has arrived, the store itself tells."""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from exhibit_api.db import Base
from exhibit_api.jobs.clock import moment
from exhibit_api.storage.multipart import Part

ID_BYTES = 16


class State(StrEnum):
    """How far an upload is. It takes parts while it is open; then its parts are joined, hashed and looked into."""

    OPEN = "open"
    JOINING = "joining"
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"


ALIVE = (State.OPEN, State.JOINING)


class Upload(Base):
    """A model that `actor` sends for an exhibit. All moments are the database's.

    `bytes` and `sha256` are what the client announced, None where it did not; once it is complete, `bytes` are what has come.
    `part_bytes` were announced as the size of every part but the last; the place and size of each are then known. By its `fingerprint`
    the sender recognises the file before it knows the hash; it is a word of theirs. `reserved` bytes count as used until it ends;
    `arrived` have come to ourselves, where the store is a folder. `handle` is the store's name for it; `secret` signs addresses of parts
    where the store is ours. `parts` is the list that the client completed it with, [number, size, etag] each; `found` the SHA-256 of
    what came; `problem` says why it was refused.
    """

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(ID_BYTES))
    actor: Mapped[str] = mapped_column(String(200), index=True)
    exhibit: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), index=True)
    organisation: Mapped[str] = mapped_column(String(80), index=True)
    filename: Mapped[str] = mapped_column(String(300))
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    part_bytes: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    reserved: Mapped[int] = mapped_column(BigInteger)
    arrived: Mapped[int] = mapped_column(BigInteger, default=0)
    handle: Mapped[str | None] = mapped_column(String(1024))
    secret: Mapped[str] = mapped_column(String(64), default=lambda: secrets.token_hex(32))
    state: Mapped[str] = mapped_column(String(20), index=True, default=State.OPEN)
    parts: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    found: Mapped[str | None] = mapped_column(String(64))
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(default=moment())
    touched_at: Mapped[datetime] = mapped_column(default=moment())

    @property
    def key(self) -> str:
        """Where the joined bytes stand in the store until they are the master of their hash; also what clients call it."""
        return upload_key(self.id)

    def bytes_of(self, number: int) -> int | None:
        """How many bytes the part of this number has by what was announced: 0 for one beyond the end, None where that is not known."""
        if self.bytes is None or self.part_bytes is None:
            return None
        return max(0, min(self.part_bytes, self.bytes - (number - 1) * self.part_bytes))

    @property
    def listed(self) -> list[Part]:
        """The parts that it was completed with."""
        return [Part(*part) for part in self.parts or ()]

    def end(self, state: State) -> None:
        """Let it have ended so: its room is given back."""
        self.state, self.reserved, self.touched_at = state, 0, moment()


class Door(Base):
    """An address at which uploads are taken without a token, for a browser: known by the hash of its secret.

    It opens for as long as the token that made it holds, `expires_at` at the longest, and for one exhibit if one is named.
    """

    __tablename__ = "upload_doors"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    token: Mapped[str] = mapped_column(ForeignKey("tokens.id", ondelete="CASCADE"))
    exhibit: Mapped[str | None] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]


def upload_key(upload: str) -> str:
    """Where the joined bytes of an upload stand in the store."""
    return f"vault/uploads/{upload}"


def locked_upload(session: Session, upload: str) -> Upload | None:
    """The upload as it is now, locked against other writers; None where there is none."""
    query = select(Upload).where(Upload.id == upload).with_for_update()
    return session.scalar(query.execution_options(populate_existing=True))


def reserved_room(session: Session, organisation: str) -> tuple[int, int]:
    """Bytes and files that uploads under way may still become."""
    query = select(func.coalesce(func.sum(Upload.reserved), 0), func.count()).where(
        Upload.organisation == organisation, Upload.state.in_(ALIVE)
    )
    size, files = session.execute(query).one()
    return int(size), int(files)
