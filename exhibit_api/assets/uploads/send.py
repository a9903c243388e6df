"""Sending a model in parts: beginning, addresses of parts, the list of those that have arrived, completing, giving up.

An upload is the actor's who began it: to all others it does not exist.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, Role, can, require
from exhibit_api.assets.quotas import usage_of
from exhibit_api.assets.tables import GLB
from exhibit_api.assets.uploads.tables import State, Upload, locked_upload
from exhibit_api.catalogue.tables import record_named
from exhibit_api.db import transaction
from exhibit_api.errors import Conflict, ExhibitError, Fault, NotFound, Rejected, TooLarge, Unauthenticated
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.queue import enqueue
from exhibit_api.storage.multipart import MOST_PARTS, Part
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Allowance

RECEIVE = "receive"
"""The kind of job that joins the parts and looks into the whole."""
SOON = 10
ATTEMPTS = 15
"""With the pauses between them, ten minutes: a store that is away for a while costs nobody an upload."""

MOST_OPEN = 200
"""Uploads of one organisation that may be under way."""
LOOK_EVERY = 8
"""Where parts go to the bucket itself, what has arrived is counted about each time that so many more were signed."""


def begin(site: Site, actor: Actor, *, exhibit: str, filename: str, size: int | None, sha256: str | None) -> Upload:
    """A new upload, with room reserved for what was announced. Raises NotFound, Forbidden, TooLarge, QuotaExceeded, Conflict."""
    require_size(site, size or 0)
    with transaction(site.sessions) as session:
        record = record_named(session, "exhibits", exhibit, lock=True)  # before the organisation, as all do
        require(actor, Action.WRITE, record.organisation)
        room = usage_of(session, record.organisation, site.settings, lock=True)
        room.require(size or 0, "the model")
        if room.reserved_files >= MOST_OPEN:
            raise Conflict(
                f"{record.organisation} has {room.reserved_files} uploads under way; complete or abort some of them first"
            )
        upload = Upload(
            actor=actor.id,
            role=actor.role.value,
            exhibit=record.id,
            organisation=record.organisation,
            filename=filename,
            bytes=size,
            sha256=sha256,
            reserved=size or 0,
        )
        session.add(upload)
    try:
        handle = site.store.multipart.begin(upload.key, GLB)
    except BaseException:
        _forget(site, upload.id)
        raise
    with transaction(site.sessions) as session:
        row = locked_upload(session, upload.id)
        if row is None:
            raise Conflict(f"{upload.exhibit} was removed at this moment")
        row.handle = handle
        return row


def require_size(site: Site, size: int) -> None:
    """Raise TooLarge for more than a model may have."""
    limit = site.settings.max_upload_bytes
    if size > limit:
        raise TooLarge(f"a model has at most {limit} bytes, and this one would have {size}")


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


def visible_uploads(actor: Actor) -> Select[Upload]:
    """Those of the actor; for admins, all of their organisation."""
    query = select(Upload)
    if not can(actor, Action.GRANT, actor.organisation):
        return query.where(Upload.actor == actor.id)
    return query if actor.organisation is None else query.where(Upload.organisation == actor.organisation)


def open_upload(session: Session, sender: Sender, upload: str, *, lock: bool = False) -> Upload:
    """As `own_upload`, one that still takes parts. Raises Conflict for others."""
    row = own_upload(session, sender, upload, lock=lock)
    require_open(row)
    return row


def require_open(row: Upload) -> None:
    """Raise Conflict unless the upload takes parts."""
    if row.state != State.OPEN or row.handle is None:
        raise Conflict(f"the upload {row.id} is {row.state} and takes no more parts; begin a new one")


def sign(site: Site, sender: Sender, upload: str, number: int, base: str) -> str:
    """An address that takes this part by PUT for a while. Raises Rejected, TooLarge, QuotaExceeded, Conflict, NotFound, Forbidden.

    `base` is where this service is found ("https://…", without a slash at the end).
    """
    if not 1 <= number <= MOST_PARTS:
        raise Rejected(f"parts have numbers from 1 to {MOST_PARTS}, not {number}")
    seconds = site.settings.presigned_seconds
    with transaction(site.sessions) as session:
        row = open_upload(session, sender, upload, lock=True)
        row.touched_at = moment()
        expires = int(session.scalar(select(moment(seconds))).timestamp())  # type: ignore[union-attr]
    handle = str(row.handle)
    address = site.store.multipart.address(row.key, handle, number, seconds)
    if address is None:
        return (
            f"{base}/v1/uploads/{row.id}/parts/{number}?expires={expires}&signature={signature(row, number, expires)}"
        )
    if secrets.randbelow(LOOK_EVERY) == 0:
        arrived = _arrived(site, row)
        reserve(site, row.id, sum(part.size for part in arrived))
    return address


def signature(row: Upload, number: int, expires: int) -> str:
    """What makes an address of ours for a part of this upload, until `expires` (seconds since 1970), good."""
    said = f"{row.id}/{number}/{expires}".encode()
    return hmac.new(bytes.fromhex(row.secret), said, hashlib.sha256).hexdigest()


def admit_part(site: Site, upload: str, number: int, expires: int, signed: str) -> tuple[Upload, Allowance]:
    """The upload that a signed address is of, and how much may come beside what this part replaces. Raises Unauthenticated, Conflict.

    Only the database's clock counts, whatever the clocks of client and server say.
    """
    with transaction(site.sessions, reads_only=True) as session:
        row = session.get(Upload, upload)
        if row is None or not hmac.compare_digest(signature(row, number, expires).encode(), signed.encode()):
            raise Unauthenticated("this address of a part was not signed here, or was changed; ask for a new one")
        if session.scalar(select(moment())).timestamp() > expires:  # type: ignore[union-attr]
            raise Unauthenticated(f"this address of part {number} has expired; ask for a new one")
        require_open(row)
        if row.bytes is not None:
            refusal: ExhibitError = TooLarge(
                f"{row.bytes} bytes were announced; with part {number} there would be more"
            )
            return row, Allowance(row.bytes - row.arrived, refusal)
        room = usage_of(session, row.organisation, site.settings)
    left = min(site.settings.max_upload_bytes, room.left_bytes + row.reserved) - row.arrived
    return row, Allowance(left, room.refusal(f"part {number} is larger"))


def enter_part(session: Session, site: Site, upload: str, *, received: int, replaced: int) -> None:
    """Count a part that is about to be kept, in place of `replaced` bytes; the upload stays locked.

    Raises Conflict, TooLarge, QuotaExceeded, NotFound.
    """
    row = locked_upload(session, upload)
    if row is None:
        raise NotFound(f"there is no upload {upload!r} any more")
    require_open(row)
    grow(session, site, row, row.arrived - replaced + received)
    row.arrived += received - replaced
    row.touched_at = moment()
    session.flush()


def reserve(site: Site, upload: str, arrived: int) -> None:
    """Count what has arrived of an upload whose size was not announced. Raises TooLarge, QuotaExceeded."""
    require_size(site, arrived)
    with transaction(site.sessions) as session:
        row = locked_upload(session, upload)
        if row is None or row.state != State.OPEN:
            return
        grow(session, site, row, arrived)


def grow(session: Session, site: Site, row: Upload, size: int) -> None:
    """Reserve so many bytes for the upload, whose row is locked. Raises TooLarge, QuotaExceeded."""
    if row.bytes is not None and size > row.bytes:
        raise TooLarge(f"{row.bytes} bytes were announced, and {size} have come")
    if size > row.reserved:
        room = usage_of(session, row.organisation, site.settings, lock=True)
        room.require(size - row.reserved, "what has come", files=0)
        row.reserved = size


def parts_of(site: Site, sender: Sender, upload: str) -> list[Part]:
    """What has arrived. Raises NotFound or Forbidden, and Conflict for an upload that has failed or was given up."""
    with transaction(site.sessions, reads_only=True) as session:
        row = own_upload(session, sender, upload)
    if row.state in (State.JOINING, State.DONE):
        return row.listed
    require_open(row)
    return _arrived(site, row)


def complete(
    site: Site, sender: Sender, upload: str, listed: Sequence[tuple[int, str]], sha256: str | None = None
) -> Upload:
    """End the sending: parts by number and etag. What they make is looked into by a job. The same list twice is one completion.

    Raises Rejected with a place for each part that is not as it says, Conflict, NotFound, Forbidden, TooLarge, QuotaExceeded.
    """
    with transaction(site.sessions, reads_only=True) as session:
        row = own_upload(session, sender, upload)
    parts = None
    if row.state == State.OPEN:
        require_open(row)
        parts = _checked(site, row, listed, _arrived(site, row))
    with transaction(site.sessions) as session:
        row = own_upload(session, sender, upload, lock=True)
        if row.state in (State.JOINING, State.DONE):
            _require_same(row, listed)
        else:
            require_open(row)
            if parts is None:
                raise Conflict(f"the upload {upload} is being changed by others at this moment; try again")
            _require_digest(row, sha256)
            size = sum(part.size for part in parts)
            grow(session, site, row, size)
            row.bytes = row.reserved = size
            row.parts = [[part.number, part.size, part.etag] for part in parts]
            row.state, row.touched_at = State.JOINING, moment()
            row.sha256 = row.sha256 or sha256
            session.flush()
        if row.state == State.JOINING:  # asked for again, too, where it had failed for good
            job = enqueue(session, RECEIVE, row.id, priority=SOON)
            job.max_attempts = ATTEMPTS
    return row


def abort(site: Site, sender: Sender, upload: str) -> None:
    """Give the upload up; twice is no error. Raises Conflict where it is done already, NotFound, Forbidden.

    An admin of the organisation may do it for others.
    """
    with transaction(site.sessions) as session:
        row = locked_upload(session, upload)
        if row is None or not _may_abort(sender, row):
            raise NotFound(f"there is no upload {upload!r} of yours")
        if row.state == State.DONE:
            raise Conflict(f"the upload {upload} is done: its model is {row.exhibit}'s")
        if row.state in (State.OPEN, State.JOINING):
            row.state, row.reserved, row.touched_at = State.DROPPED, 0, moment()
    clear(site, row)


def clear(site: Site, row: Upload) -> None:
    """Remove what the store holds of an upload that has ended. Again is no error."""
    if row.handle is not None:
        site.store.multipart.drop(row.key, row.handle)
    site.store.delete(row.key)


def actor_of(row: Upload) -> Actor:
    """Who sent it, for what is done in their name when it is whole."""
    return Actor(row.actor, Role(row.role), row.organisation)


def _may_abort(sender: Sender, row: Upload) -> bool:
    return sender.sends(row) or (sender.only is None and can(sender.actor, Action.GRANT, row.organisation))


def _arrived(site: Site, row: Upload) -> list[Part]:
    return site.store.multipart.parts(row.key, str(row.handle))


def _checked(site: Site, row: Upload, listed: Sequence[tuple[int, str]], arrived: Sequence[Part]) -> list[Part]:
    """The parts of the list, in order. Raises Rejected."""
    known = {part.number: part for part in arrived}
    faults, parts = [], {}
    for at, (number, etag) in enumerate(listed):
        part = known.get(number)
        if part is None:
            faults.append(Fault(f"/parts/{at}", f"part {number} has not arrived"))
        elif part.etag != etag.strip('"'):
            faults.append(Fault(f"/parts/{at}/ETag", f"part {number} is {part.etag}, not {etag[:80]!r}"))
        elif number in parts:
            faults.append(Fault(f"/parts/{at}", f"part {number} is listed twice"))
        else:
            parts[number] = part
    smallest = site.store.multipart.smallest_part
    ordered = [parts[number] for number in sorted(parts)]
    faults += [
        Fault("/parts", f"part {part.number} has {part.size} bytes; all but the last need {smallest}")
        for part in ordered[:-1]
        if part.size < smallest
    ]
    size = sum(part.size for part in ordered)
    if not faults and not size:
        faults.append(Fault("/parts", "there is nothing in it"))
    if not faults and row.bytes is not None and size != row.bytes:
        faults.append(Fault("/parts", f"{row.bytes} bytes were announced, and the parts have {size}"))
    if faults:
        raise Rejected("; ".join(fault.detail for fault in faults[:5]), faults=tuple(faults))
    return ordered


def _require_same(row: Upload, listed: Sequence[tuple[int, str]]) -> None:
    before = [(part.number, part.etag) for part in row.listed]
    if before != sorted((number, etag.strip('"')) for number, etag in listed):
        raise Conflict(f"the upload {row.id} was completed already, with other parts")


def _require_digest(row: Upload, sha256: str | None) -> None:
    if sha256 is not None and row.sha256 is not None and sha256 != row.sha256:
        raise Rejected(f"the upload was begun for SHA-256 {row.sha256}, and is completed for {sha256}")


def _forget(site: Site, upload: str) -> None:
    with transaction(site.sessions) as session:
        row = locked_upload(session, upload)
        if row is not None:
            session.delete(row)
