"""The audit log over HTTP."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import select

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.accounts.roles import Action, require
from exhibit_api.audit.tables import Entry
from exhibit_api.documents import Document
from exhibit_api.web.deps import ReadingDep
from exhibit_api.web.lists import Cursor, Limit, Listed, paged
from exhibit_api.web.problems import problems

router = APIRouter(prefix="/v1/audit", tags=["accounts"])


class EntryOut(Document):
    """One deed, chained to the one before by its hash."""

    number: int
    at: datetime
    actor: str
    role: str
    deed: str
    subject: str
    organisation: str | None = None
    details: dict[str, Any]
    previous: str
    hash: str


@router.get("", responses=problems(401, 403, 422))
def list_entries(
    actor: ActorDep,
    session: ReadingDep,
    subject: Annotated[str | None, Query(max_length=200, description="Only deeds on this")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Listed[EntryOut]:
    """Who did what to what, when; newest first."""
    require(actor, Action.AUDIT, actor.organisation)
    query = select(Entry)
    if actor.organisation is not None:
        query = query.where(Entry.organisation == actor.organisation)
    if subject is not None:
        query = query.where(Entry.subject == subject.replace("\0", ""))
    rows, following = paged(session, query, Entry.number, cursor, limit, newest_first=True)
    return Listed(items=[EntryOut.model_validate(row, from_attributes=True) for row in rows], next=following)
