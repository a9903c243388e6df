"""Counting what comes of an upload, against what was announced, what a model may have, and the organisation's quota."""

from sqlalchemy.orm import Session

from exhibit_api.assets.quotas import usage_of
from exhibit_api.assets.uploads.clear import clear
from exhibit_api.assets.uploads.senders import require_open
from exhibit_api.assets.uploads.tables import State, Upload, locked_upload
from exhibit_api.db import transaction
from exhibit_api.errors import NotFound, QuotaExceeded, TooLarge
from exhibit_api.jobs.clock import moment
from exhibit_api.web.site import Site


def require_size(site: Site, size: int) -> None:
    """Raise TooLarge for more than a model may have."""
    limit = site.settings.max_upload_bytes
    if size > limit:
        raise TooLarge(f"a model has at most {limit} bytes, and this one would have {size}")


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


def count_arrived(site: Site, row: Upload) -> None:
    """Count what has arrived of an upload whose parts go to the bucket itself, which takes all that is sent to an address.

    Raises QuotaExceeded, though what is there is counted all the same; and TooLarge for one that can never be completed, after it was
    dropped with its parts.
    """
    arrived, most = arrived_bytes(site, row), most_bytes(site, row)
    if arrived > most:
        drop(site, row.id)
        raise TooLarge(f"{arrived} bytes have come, and at most {most} may; the upload was dropped, begin a new one")
    if (refusal := note_arrived(site, row, arrived)) is not None:
        raise refusal


def note_arrived(site: Site, row: Upload, arrived: int) -> QuotaExceeded | None:
    """Reserve what lies in the bucket already; the refusal where the organisation has no room for it: then it counts beyond the quota."""
    with transaction(site.sessions) as session:
        locked = locked_upload(session, row.id)
        if locked is not None and locked.state == State.OPEN:
            try:
                grow(session, site, locked, arrived)
            except QuotaExceeded as error:
                locked.reserved = arrived
                return error
    return None


def arrived_bytes(site: Site, row: Upload) -> int:
    """What the store holds of its parts. Raises NoSuchObject where it has ended."""
    return sum(part.size for part in site.store.multipart.parts(row.key, str(row.handle)))


def most_bytes(site: Site, row: Upload) -> int:
    """As many as it may ever have."""
    return site.settings.max_upload_bytes if row.bytes is None else row.bytes


def drop(site: Site, upload: str) -> bool:
    """End an upload that is open, and remove its parts; whether it was."""
    with transaction(site.sessions) as session:
        row = locked_upload(session, upload)
        if row is None or row.state != State.OPEN:
            return False
        row.end(State.DROPPED)
    clear(site, row)
    return True


def grow(session: Session, site: Site, row: Upload, size: int) -> None:
    """Reserve so many bytes for the upload, whose row is locked. Raises TooLarge, QuotaExceeded."""
    if row.bytes is not None and size > row.bytes:
        raise TooLarge(f"{row.bytes} bytes were announced, and {size} have come")
    if size > row.reserved:
        room = usage_of(session, row.organisation, site.settings, lock=True)
        room.require(size - row.reserved, "what has come", files=0)
        row.reserved = size
