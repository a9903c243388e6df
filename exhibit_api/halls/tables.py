"""Exhibitions, halls, and what stands and hangs in them. What people wrote is in `document`, checked by `schemas`.

`organisation` is a slug, to filter by; `keeper` is the same as a record's id, so that the organisation is not deleted under its halls.
"""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from exhibit_api.db import Base, Drafted
from exhibit_api.errors import NotFound


class Exhibition(Drafted, Base):
    """Halls that belong together."""

    __tablename__ = "exhibitions"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(80))
    keeper: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="RESTRICT"), index=True)


class Hall(Drafted, Base):
    """One hall as its curators have it now. Its row is locked by whoever changes what is in it."""

    __tablename__ = "halls"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    exhibition: Mapped[str] = mapped_column(ForeignKey("exhibitions.slug", ondelete="RESTRICT"), index=True)
    organisation: Mapped[str] = mapped_column(String(80), index=True)
    keeper: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="RESTRICT"), index=True)


class Placement(Drafted, Base):
    """An exhibit in a hall, at most once."""

    __tablename__ = "placements"
    __table_args__ = (UniqueConstraint("hall", "exhibit"),)

    hall: Mapped[str] = mapped_column(ForeignKey("halls.slug", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    exhibit: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="RESTRICT"), index=True)


class Placard(Drafted, Base):
    """A board in a hall."""

    __tablename__ = "placards"

    hall: Mapped[str] = mapped_column(ForeignKey("halls.slug", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)


class PlacardName(Base):
    """That a placard names a record, so that the record is not deleted under it."""

    __tablename__ = "placard_names"
    __table_args__ = (ForeignKeyConstraint(["hall", "placard"], ["placards.hall", "placards.id"], ondelete="CASCADE"),)

    hall: Mapped[str] = mapped_column(String(80), primary_key=True)
    placard: Mapped[str] = mapped_column(String(80), primary_key=True)
    target: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="RESTRICT"), primary_key=True, index=True)


def exhibition_named(session: Session, slug: str, *, lock: bool = False) -> Exhibition:
    """The exhibition. Raises NotFound."""
    query = select(Exhibition).where(Exhibition.slug == slug)
    exhibition = session.scalar(query.with_for_update() if lock else query)
    if exhibition is None:
        raise NotFound(f"there is no exhibition {slug!r}")
    return exhibition


def hall_named(session: Session, slug: str, *, lock: bool = False) -> Hall:
    """The hall. Raises NotFound."""
    query = select(Hall).where(Hall.slug == slug)
    hall = session.scalar(query.with_for_update() if lock else query)
    if hall is None:
        raise NotFound(f"there is no hall {slug!r}")
    return hall


def placements_of(session: Session, hall: str) -> list[Placement]:
    """All placements of a hall, by id."""
    return list(session.scalars(select(Placement).where(Placement.hall == hall).order_by(Placement.id)))


def placards_of(session: Session, hall: str) -> list[Placard]:
    """All placards of a hall, by id."""
    return list(session.scalars(select(Placard).where(Placard.hall == hall).order_by(Placard.id)))
