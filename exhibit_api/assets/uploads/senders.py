"""Whose an upload is: its sender's. To all others it does not exist, save to admins of the organisation, who may look and abort."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.assets.uploads.tables import State, Upload, locked_upload
from exhibit_api.errors import Conflict, NotFound


@dataclass(frozen=True)
class Sender:
    """Who sends: an actor, and the one exhibit (a slug) that is allowed, where a door says so."""

    actor: Actor
    only: str | None = None

    def sends(self, row: Upload) -> bool:
        """Whether the upload is theirs."""
        return row.actor == self.actor.id and self.only in (None, row.exhibit.removeprefix("exhibits/"))


def own_upload(session: Session, sender: Sender, upload: str, *, lock: bool = False) -> Upload:
    """The upload, if it is the sender's, who may still write there. Raises NotFound or Forbidden."""
    row = locked_upload(session, upload) if lock else session.get(Upload, upload)
    if row is None or not sender.sends(row):
        raise NotFound(f"there is no upload {upload!r} of yours")
    require(sender.actor, Action.WRITE, row.organisation)
    return row


def open_upload(session: Session, sender: Sender, upload: str, *, lock: bool = False) -> Upload:
    """As `own_upload`, one that still takes parts. Raises Conflict for others."""
    row = own_upload(session, sender, upload, lock=lock)
    require_open(row)
    return row


def require_open(row: Upload) -> None:
    """Raise Conflict unless the upload takes parts."""
    if row.state != State.OPEN or row.handle is None:
        raise Conflict(f"the upload {row.id} is {row.state} and takes no more parts; begin a new one")
