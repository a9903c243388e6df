"""Editions: manifests frozen under a number and a digest, what each one needs, and which one is shown."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Integer, String, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from exhibit_api.db import Base, now
from exhibit_api.errors import NotFound


class Edition(Base):
    """A frozen manifest. `sha256` is that of its bytes; `content` that of all in it but its stamp, to know an unchanged hall by.

    `public` is whether its manifest stands in the public tree: since it was shown, until the hall is withdrawn.
    """

    __tablename__ = "editions"

    hall: Mapped[str] = mapped_column(ForeignKey("halls.slug", ondelete="RESTRICT"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[str] = mapped_column(String(64))
    bytes: Mapped[int] = mapped_column(BigInteger)
    previous: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(String(2000))
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(200))
    public: Mapped[bool] = mapped_column(default=False, server_default=false())


class EditionBlob(Base):
    """That an edition needs a blob: its key below `public/blobs/`, and the key of the vault that it was copied from."""

    __tablename__ = "edition_blobs"
    __table_args__ = (
        ForeignKeyConstraint(["hall", "number"], ["editions.hall", "editions.number"], ondelete="CASCADE"),
    )

    hall: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True, index=True)
    source: Mapped[str] = mapped_column(String(200), index=True)
    bytes: Mapped[int] = mapped_column(BigInteger)


class Live(Base):
    """What a hall shows now: the number of an edition, or none. `next_number` is never given out twice.

    `version` grows with every flip; `shown` is the version that the store's pointer tells. Where they differ, a flip was cut off
    between the two, and whoever sees it writes the pointer again.
    """

    __tablename__ = "live"

    hall: Mapped[str] = mapped_column(ForeignKey("halls.slug", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int | None]
    next_number: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=0)
    shown: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(default=now)


def edition_numbered(session: Session, hall: str, number: int) -> Edition:
    """The edition. Raises NotFound."""
    edition = session.get(Edition, (hall, number))
    if edition is None:
        raise NotFound(f"halls/{hall} has no edition {number}")
    return edition


def live_of(session: Session, hall: str, *, lock: bool = False) -> Live | None:
    """What the hall shows, or None if it was never published; locked against other flips if asked."""
    query = select(Live).where(Live.hall == hall).execution_options(populate_existing=True)
    return session.scalar(query.with_for_update() if lock else query)
