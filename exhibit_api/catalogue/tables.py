"""What the catalogue keeps: records of seven kinds in one table, and which record names which.

A record's id is its kind and its slug, "exhibits/welding-robot": the same name that the published manifest uses. What people
wrote stands in `document`, checked by `schemas`; columns repeat only what lists filter by. One table keeps names honest by real
foreign keys (`links`) and lets one search serve all kinds; see docs/decisions/one-table-of-records.md.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import ForeignKey, Index, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from exhibit_api.accounts.roles import Action, Actor, can
from exhibit_api.catalogue.schemas import Naming
from exhibit_api.db import Base, Drafted, in_parts
from exhibit_api.errors import Fault, Forbidden, NotFound, Rejected

SHARED_KINDS = frozenset({"organisations", "awards", "selections"})
"""Kinds that every curator may read, since records of all organisations name them."""


class Record(Drafted, Base):
    """One organisation, person, award, achievement, exhibit, studio or selection."""

    __tablename__ = "records"
    __table_args__ = (Index(None, "kind", "organisation"), Index(None, "kind", "year"))

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(80))
    organisation: Mapped[str] = mapped_column(String(80))
    year: Mapped[int | None] = mapped_column(Integer)
    trade: Mapped[str | None] = mapped_column(String(80))
    industry: Mapped[str | None] = mapped_column(String(80))


class Link(Base):
    """`source` names `target` (both record ids). A record that is named cannot be deleted."""

    __tablename__ = "links"

    source: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), primary_key=True)
    target: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="RESTRICT"), primary_key=True, index=True)


def record_named(session: Session, kind: str, slug: str, *, lock: bool = False) -> Record:
    """The record, locked against other writers if asked. Raises NotFound."""
    query = select(Record).where(Record.id == f"{kind}/{slug}")
    record = session.scalar(query.with_for_update() if lock else query)
    if record is None:
        raise NotFound(f"{kind}/{slug} is not in the catalogue")
    return record


def existing_names(session: Session, actor: Actor, document: Naming) -> set[str]:
    """The ids of the records that a document names. Raises Rejected with the places of those that do not exist.

    Whoever names a record shows it at the next publication, so one must be allowed to read it: Forbidden where one is not.
    """
    places = list(document.names())
    wanted = {target for _, target in places}
    require_names(actor, places, owners_of(session, sorted(wanted)))
    return wanted


def require_names(actor: Actor, places: Sequence[tuple[str, str]], owners: Mapping[str, str]) -> None:
    """As `existing_names`, of places and the ids that they name, with the owners of all records that may be meant."""
    faults = tuple(
        Fault(pointer, f"{target} is not in the catalogue") for pointer, target in places if target not in owners
    )
    if faults:
        raise Rejected("; ".join(fault.detail for fault in faults[:5]), faults=faults)
    for target in sorted({target for _, target in places}):
        if kind_of(target) not in SHARED_KINDS and not can(actor, Action.READ, owners[target]):
            raise Forbidden(f"{actor.describe()} may not name {target}, which {owners[target]} keeps")


def kind_of(name: str) -> str:
    """The kind that stands in a record's id."""
    return name.partition("/")[0]


def owners_of(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """The organisations that keep these records: id → slug, for those that exist."""
    return {
        name: organisation
        for part in in_parts(ids)
        for name, organisation in session.execute(select(Record.id, Record.organisation).where(Record.id.in_(part)))
    }


def locked_records(session: Session, ids: Sequence[str]) -> dict[str, Record]:
    """Those of these records that exist, by id, locked against other writers in this order."""
    query = select(Record).order_by(Record.id).with_for_update().execution_options(populate_existing=True)
    return {record.id: record for part in in_parts(ids) for record in session.scalars(query.where(Record.id.in_(part)))}
