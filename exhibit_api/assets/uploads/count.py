"""Counting what comes of an upload, against what was announced, what a model may have, and the organisation's quota."""

from sqlalchemy.orm import Session

from exhibit_api.assets.quotas import usage_of
from exhibit_api.assets.uploads.senders import require_open
from exhibit_api.assets.uploads.tables import State, Upload, locked_upload
from exhibit_api.db import transaction
from exhibit_api.errors import NotFound, TooLarge
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
