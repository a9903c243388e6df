"""Sending a model in parts: beginning, the list of the parts that have arrived, completing, giving up."""

from collections.abc import Sequence

from exhibit_api.accounts.roles import Action, Actor, can, require
from exhibit_api.assets.quotas import usage_of
from exhibit_api.assets.tables import GLB
from exhibit_api.assets.uploads.clear import clear
from exhibit_api.assets.uploads.count import grow, require_size
from exhibit_api.assets.uploads.senders import Sender, own_upload, require_open
from exhibit_api.assets.uploads.tables import State, Upload, locked_upload
from exhibit_api.catalogue.tables import record_named
from exhibit_api.db import transaction
from exhibit_api.errors import Conflict, Fault, NotFound, Rejected
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.queue import enqueue
from exhibit_api.storage.multipart import MOST_PARTS, Part
from exhibit_api.web.site import Site

RECEIVE = "receive"
"""The kind of job that joins the parts and looks into the whole."""
SOON = 10
ATTEMPTS = 15
"""With the pauses between them, ten minutes: a store that is away for a while costs nobody an upload."""

MOST_OPEN = 200
"""Uploads of one organisation that may be under way."""


def begin(
    site: Site,
    actor: Actor,
    *,
    exhibit: str,
    filename: str,
    size: int | None,
    part_size: int | None = None,
    sha256: str | None = None,
    fingerprint: str | None = None,
) -> Upload:
    """A new upload, with room reserved for what was announced.

    Raises NotFound, Forbidden, TooLarge, QuotaExceeded, Conflict, and Rejected where there are no such parts.
    """
    require_size(site, size or 0)
    if part_size is not None:
        _require_parts(site, size, part_size)
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
            exhibit=record.id,
            organisation=record.organisation,
            filename=filename,
            bytes=size,
            part_bytes=part_size,
            sha256=sha256,
            fingerprint=fingerprint,
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
            _require_digest(row, sha256)
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
            row.end(State.DROPPED)
    clear(site, row)


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
    if site.store.path(row.key) is None:  # some buckets keep for ever what a list leaves out, where nobody sees it
        faults += [
            Fault(
                "/parts", f"part {number} has arrived, and the list leaves it out; list every part, or abort the upload"
            )
            for number in sorted(known.keys() - {number for number, _ in listed})
        ]
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


def _require_parts(site: Site, size: int | None, part_size: int) -> None:
    """Raise Rejected unless a file of this size can come in parts of that one."""
    if size is None:
        raise Rejected("metadata.partSize says nothing without metadata.size, the bytes of the file")
    if part_size < min(size, site.store.multipart.smallest_part):
        smallest = site.store.multipart.smallest_part
        raise Rejected(f"parts of {part_size} bytes were announced; all but the last need {smallest}")
    if size > part_size * MOST_PARTS:
        raise Rejected(f"{size} bytes in parts of {part_size} would be more than {MOST_PARTS} parts; send larger ones")


def _require_same(row: Upload, listed: Sequence[tuple[int, str]]) -> None:
    before = [(part.number, part.etag) for part in row.listed]
    if before != sorted((number, etag.strip('"')) for number, etag in listed):
        raise Conflict(f"the upload {row.id} was completed already, with other parts")


def _require_digest(row: Upload, sha256: str | None) -> None:
    if sha256 is not None and row.sha256 is not None and sha256 != row.sha256:
        raise Rejected(f"the upload {row.id} is for SHA-256 {row.sha256}, and not for {sha256}")


def _forget(site: Site, upload: str) -> None:
    with transaction(site.sessions) as session:
        row = locked_upload(session, upload)
        if row is not None:
            session.delete(row)
