"""Writing into the catalogue, reading from it, and taking out: with rights, guards, and names that exist."""

from typing import Any

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.audit import log
from exhibit_api.catalogue.schemas import Body, OrganisationBody
from exhibit_api.catalogue.tables import SHARED_KINDS, Link, Record, existing_names, record_named
from exhibit_api.db import now
from exhibit_api.errors import Conflict
from exhibit_api.guards import Guard, entity_tag

MOST_NAMED = 20
FILTERED = ("year", "trade", "industry")
"""Members of documents that lists filter by."""


def tag_of(record: Record) -> str:
    """The record's entity tag."""
    return entity_tag(record.revision, record.document)


def readable(session: Session, actor: Actor, kind: str, slug: str) -> Record:
    """The record, if the actor may read it. Raises NotFound or Forbidden."""
    record = record_named(session, kind, slug)
    if kind not in SHARED_KINDS:
        require(actor, Action.READ, record.organisation)
    return record


def listing(
    actor: Actor,
    kind: str,
    *,
    organisation: str | None = None,
    year: int | None = None,
    trade: str | None = None,
    industry: str | None = None,
    award: str | None = None,
) -> Select[Record]:
    """The query of the records that the actor may read and that fit all filters. An award is also found through an achievement."""
    query = select(Record).where(Record.kind == kind)
    if actor.organisation is not None and kind not in SHARED_KINDS:
        query = query.where(Record.organisation == actor.organisation)
    for column, value in (
        (Record.organisation, organisation),
        (Record.year, year),
        (Record.trade, trade),
        (Record.industry, industry),
    ):
        if value is not None:
            query = query.where(column == value)
    if award is not None:
        given = select(Link.source).where(Link.target == f"awards/{award}")
        through = select(Link.source).where(Link.target.in_(given), Link.target.startswith("achievements/"))
        query = query.where(or_(Record.id.in_(given), Record.id.in_(through)))
    return query


def describe(session: Session, actor: Actor, *, slug: str, body: Body, guard: Guard) -> tuple[Record, bool]:
    """Write a record under its kind and slug; the flag says whether it is new."""
    kind = body.kind
    name = f"{kind}/{slug}"
    record = session.scalar(select(Record).where(Record.id == name).with_for_update())
    owner = owner_of(slug, body)
    require_write(actor, body, record, owner)
    guard.admit(name, tag_of(record) if record else None)
    targets = existing_names(session, actor, body)
    document = body.plain()
    is_new = record is None
    if record is None:
        record = Record(id=name, kind=kind, slug=slug, revision=0)
        session.add(record)
    for column, value in columns_of(document, owner).items():
        setattr(record, column, value)
    record.revision += 1
    record.updated_at = now()
    try:
        session.flush()
        session.execute(delete(Link).where(Link.source == name))
        session.add_all(Link(source=name, target=target) for target in sorted(targets))
        session.flush()
    except IntegrityError as error:
        raise Conflict(f"{name} was changed by someone else at the same moment; read it and try again") from error
    log.record(
        session,
        actor,
        "create" if is_new else "update",
        name,
        organisation=owner,
        details={"revision": record.revision},
    )
    return record, is_new


def owner_of(slug: str, body: Body) -> str:
    """The slug of the organisation that keeps the record of this slug."""
    return slug if isinstance(body, OrganisationBody) else body.organisation


def columns_of(document: dict[str, Any], owner: str) -> dict[str, Any]:
    """The document, and what columns repeat of it."""
    return {"document": document, "organisation": owner} | {name: document.get(name) for name in FILTERED}


def require_write(actor: Actor, body: Body, record: Record | None, owner: str) -> None:
    """Raise Forbidden unless the actor may write the body, where `record` stands now, for this owner."""
    if isinstance(body, OrganisationBody):
        quota = record.document.get("quotaBytes") if record else None
        if record is None or body.quota_bytes != quota:
            require(actor, Action.WRITE, None)
    require(actor, Action.WRITE, owner)
    if record is not None:
        require(actor, Action.WRITE, record.organisation)


def remove(session: Session, actor: Actor, *, kind: str, slug: str, guard: Guard) -> None:
    """Take a record out. Raises Conflict while anything names it."""
    name = f"{kind}/{slug}"
    record = record_named(session, kind, slug, lock=True)
    require(actor, Action.WRITE, None if kind == "organisations" else record.organisation)
    guard.admit(name, tag_of(record), required=False)
    named_by = session.scalars(
        select(Link.source).where(Link.target == name).order_by(Link.source).limit(MOST_NAMED)
    ).all()
    if named_by:
        raise Conflict(f"{name} is named by {', '.join(named_by)}; take the name out there first")
    try:
        session.delete(record)
        session.flush()
    except IntegrityError as error:
        raise Conflict(f"{name} is still in use in a hall or an exhibition; take it out there first") from error
    log.record(session, actor, "delete", name, organisation=record.organisation)
