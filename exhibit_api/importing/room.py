"""How many bytes of collections may wait: in an organisation's quota, or, where none is named, of one actor."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Actor
from exhibit_api.assets.quotas import usage_of
from exhibit_api.errors import QuotaExceeded
from exhibit_api.importing.tables import WAITING, Import
from exhibit_api.settings import Settings
from exhibit_api.web.uploads import Allowance


def room_for(session: Session, actor: Actor, organisation: str | None, settings: Settings) -> Allowance:
    """How many bytes may still come to wait, and the error for one more. Raises NotFound.

    Someone over all organisations may send rows of several and name none: theirs together may have as many as an organisation without a
    quota of its own.
    """
    if organisation is not None:
        room = usage_of(session, organisation, settings)
        return Allowance(room.left_bytes, room.refusal("the collection has more"))
    theirs = (Import.actor == actor.id, Import.organisation.is_(None), Import.owner.is_(None))
    query = select(func.coalesce(func.sum(Import.bytes), 0)).where(*theirs, Import.state.in_(WAITING))
    waiting, limit = int(session.scalar(query) or 0), settings.default_quota_bytes
    return Allowance(
        max(0, limit - waiting),
        QuotaExceeded(
            f"collections of yours that name no organisation have {waiting} bytes and wait to be imported, and at most {limit} may; "
            "apply them, delete those that nobody applies (GET /v1/imports lists them), or say whose this one is: ?organisation="
        ),
    )
