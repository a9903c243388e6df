"""The audit log: who did what to what, when. Each entry is chained to the one before by its hash: no past is rewritten unseen."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Actor
from exhibit_api.audit.tables import Entry, Head
from exhibit_api.db import in_parts, now
from exhibit_api.documents import canonical_bytes

GENESIS = "0" * 64
BATCH = 1000
CHAINED = ("number", "at", "actor", "role", "deed", "subject", "organisation", "details", "previous")
"""Columns of an entry that its hash covers: all others."""


def entry_hash(entry: Entry) -> str:
    """SHA-256 (hex) over the entry in canonical JSON, the hash of the entry before included."""
    return _digest({name: getattr(entry, name) for name in CHAINED})


def _digest(chained: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical_bytes({**chained, "at": chained["at"].isoformat()})).hexdigest()


Deed = tuple[Actor, str, str, str | None, dict[str, Any]]
TOGETHER = "deeds"


def record(
    session: Session,
    actor: Actor,
    deed: str,
    subject: str,
    *,
    organisation: str | None,
    details: dict[str, Any] | None = None,
) -> None:
    """Append one deed. Call it last in a transaction: from here to the commit nobody else can append."""
    done: Deed = (actor, deed, subject, organisation, details or {})
    if (waiting := session.info.get(TOGETHER)) is not None:
        waiting.append(done)
    else:
        _append(session, [done])


@contextmanager
def together(session: Session) -> Iterator[None]:
    """Append the deeds of this block at its end, so that a long transaction keeps others from appending for a moment only."""
    deeds: list[Deed] = []
    session.info[TOGETHER] = deeds
    try:
        yield
    finally:
        del session.info[TOGETHER]
    if deeds:
        _append(session, deeds)


def _append(session: Session, deeds: Sequence[Deed]) -> None:
    head = session.scalar(select(Head).where(Head.id == 1).with_for_update().execution_options(populate_existing=True))
    if head is None:
        raise RuntimeError("the audit log has no head: the database was not migrated")
    number, previous = head.number, head.hash
    for part in in_parts(deeds):
        entries = []
        for actor, deed, subject, organisation, details in part:
            number += 1
            entry = {
                "number": number,
                "at": now(),
                "actor": actor.id,
                "role": actor.role.value,
                "deed": deed,
                "subject": subject,
                "organisation": organisation,
                "details": details,
                "previous": previous,
            }
            previous = _digest(entry)
            entries.append(entry | {"hash": previous})
        session.execute(insert(Entry), entries)
    head.number, head.hash = number, previous
    session.flush()


def broken_links(session: Session) -> Iterator[str]:
    """What is wrong with the chain, in order, one sentence each; nothing where it is whole."""
    previous, number = GENESIS, 0
    while True:
        entries = session.scalars(select(Entry).where(Entry.number > number).order_by(Entry.number).limit(BATCH)).all()
        if not entries:
            break
        for entry in entries:
            if entry.number != number + 1:
                yield f"audit entries {number + 1} to {entry.number - 1} are missing"
            elif entry.previous != previous:
                yield f"audit entry {entry.number} does not continue entry {number}"
            if entry_hash(entry) != entry.hash:
                yield f"audit entry {entry.number} ({entry.deed} {entry.subject}) was changed after it was written"
            previous, number = entry.hash, entry.number
        session.expunge_all()
    head = session.get(Head, 1)
    if head is None or (head.number, head.hash) != (number, previous):
        yield f"the audit log ends at entry {number}, where its head says {head.number if head else 'nothing'}"
