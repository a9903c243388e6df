"""Writing many records at once, as `describe` writes one: by the same rules, with a few statements for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Actor
from exhibit_api.audit import log
from exhibit_api.catalogue.describe import columns_of, owner_of, require_write
from exhibit_api.catalogue.schemas import Body
from exhibit_api.catalogue.tables import Link, Record, owners_of, require_names
from exhibit_api.db import in_parts, now

APART = {"synchronize_session": False}
"""The session does not look through all its records at each statement: they are expired once."""


@dataclass(frozen=True)
class Description:
    """A record as it shall be, made before the transaction that writes it.

    `owner` is the slug of the organisation that keeps it; `names` are the places of the document that name records, with their ids,
    and `targets` these ids, each once.
    """

    id: str
    slug: str
    owner: str
    body: Body
    document: dict[str, Any]
    names: tuple[tuple[str, str], ...]
    targets: tuple[str, ...]

    @classmethod
    def of(cls, slug: str, body: Body) -> "Description":
        """Of a body that was checked."""
        names = tuple(body.names())
        targets = tuple(sorted({target for _, target in names}))
        return cls(f"{body.kind}/{slug}", slug, owner_of(slug, body), body, body.plain(), names, targets)


def describe_many(
    session: Session, actor: Actor, descriptions: Sequence[Description], records: Mapping[str, Record]
) -> None:
    """Write each description once, in this order; one may name those before it. Call it within `log.together`.

    `records` are those that are there already, by id, locked, and found to be what the caller knew. Raises as `describe` does, and
    IntegrityError where others write the same at this moment: in another transaction that can be seen.
    """
    owners = owners_of(session, sorted({target for one in descriptions for target in one.targets}))
    for one in descriptions:
        require_write(actor, one.body, records.get(one.id), one.owner)
        require_names(actor, one.names, owners)
        owners[one.id] = one.owner
    before = {name: record.revision for name, record in records.items()}
    session.flush()
    session.expire_all()  # it does not see what is written
    for part in in_parts(descriptions):
        _write_records(session, part, before)
        _write_links(session, part, before)
    for one in descriptions:
        deed, details = "update" if one.id in before else "create", {"revision": before.get(one.id, 0) + 1}
        log.record(session, actor, deed, one.id, organisation=one.owner, details=details)


def _write_records(session: Session, part: Sequence[Description], before: Mapping[str, int]) -> None:
    """`before` are the revisions of those that are there."""
    made, changed = [], []
    for one in part:
        row = {"id": one.id, "updated_at": now(), **columns_of(one.document, one.owner)}
        row["revision"] = before.get(one.id, 0) + 1
        if one.id in before:
            changed.append(row)
        else:
            made.append(row | {"kind": one.body.kind, "slug": one.slug, "created_at": row["updated_at"]})
    if made:
        session.execute(insert(Record), made)
    if changed:
        session.execute(update(Record), changed, execution_options=APART)


def _write_links(session: Session, part: Sequence[Description], before: Mapping[str, int]) -> None:
    if changed := [one.id for one in part if one.id in before]:
        session.execute(delete(Link).where(Link.source.in_(changed)), execution_options=APART)
    links = [{"source": one.id, "target": to} for one in part for to in one.targets]
    if links:
        session.execute(insert(Link), links)
