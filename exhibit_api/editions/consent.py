"""Consent looked at again: an old edition may show people who have withdrawn theirs since."""

from collections.abc import Iterable

import orjson
from sqlalchemy import select

from exhibit_api.catalogue.schemas import PersonBody
from exhibit_api.catalogue.tables import Record
from exhibit_api.db import Sessions, now, transaction
from exhibit_api.editions.compose import may_be_shown
from exhibit_api.errors import Conflict


def refuse_without_consent(sessions: Sessions, edition: str, manifest: bytes) -> None:
    """Raise Conflict, naming them, where the manifest shows people who may not be shown today. `edition` is its name, for people."""
    shown = [person["id"] for person in orjson.loads(manifest)["people"] if not person["invented"]]
    hidden = sorted(set(shown) - _may_be_shown(sessions, shown))
    if hidden:
        raise Conflict(
            f"{edition} shows people whose consent is not in force: {', '.join(hidden)}; "
            "publish the hall as it is now, which leaves them out"
        )


def _may_be_shown(sessions: Sessions, people: Iterable[str]) -> set[str]:
    today = now().date()
    with transaction(sessions, reads_only=True) as session:
        records = session.scalars(select(Record).where(Record.id.in_(tuple(people)))).all()
    return {record.id for record in records if may_be_shown(PersonBody.of(record.document), today)}
