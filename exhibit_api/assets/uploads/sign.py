"""Addresses of parts: signed by the bucket's keys where it takes them itself, else by a secret of the upload, and let in again by it."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from exhibit_api.assets.quotas import usage_of
from exhibit_api.assets.uploads.count import count_arrived
from exhibit_api.assets.uploads.senders import Sender, open_upload, require_open
from exhibit_api.assets.uploads.tables import Upload, locked_upload
from exhibit_api.db import transaction
from exhibit_api.errors import ExhibitError, Rejected, TooLarge, Unauthenticated
from exhibit_api.jobs.clock import moment, seconds_now
from exhibit_api.storage.multipart import MOST_PARTS
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Allowance

LOOK_EVERY = 8
"""Where parts go to the bucket itself, and it is told how long each one is, what has arrived is counted about each time that so many
more were signed, for not every bucket minds; where it cannot be told, each time."""


TOUCH_SECONDS = 60
"""Who asks for addresses is noted that often: it is hours that count."""


def sign(site: Site, sender: Sender, upload: str, number: int, base: str, parts: int = 1) -> list[str]:
    """Addresses that take this part, and the next ones if `parts` are asked for, by PUT for a while; no more than there are parts.

    `base` is where this service is found ("https://…", without a slash at the end).
    Raises Rejected, TooLarge, QuotaExceeded, Conflict, NotFound, Forbidden.
    """
    if not 1 <= number <= MOST_PARTS:
        raise Rejected(f"parts have numbers from 1 to {MOST_PARTS}, not {number}")
    with transaction(site.sessions, reads_only=True) as session:
        row = open_upload(session, sender, upload)
        now = seconds_now(session)
    if row.bytes_of(number) == 0:
        raise Rejected(f"{row.bytes} bytes in parts of {row.part_bytes} were announced: there is no part {number}")
    is_known = row.bytes_of(number) is not None
    numbers = range(number, min(number + (parts if is_known else 1), MOST_PARTS + 1))
    lengths = {one: row.bytes_of(one) for one in numbers if row.bytes_of(one) != 0}
    addresses = _addresses(site, row, lengths, int(now), base)
    if site.store.path(row.key) is None and (not is_known or secrets.randbelow(LOOK_EVERY) < len(addresses)):
        count_arrived(site, row)
    if now - row.touched_at.timestamp() > TOUCH_SECONDS:
        _touch(site, row.id)  # not before: one that is refused is to age
    return addresses


def _addresses(site: Site, row: Upload, lengths: Mapping[int, int | None], now: int, base: str) -> list[str]:
    seconds = site.settings.presigned_seconds
    addresses = site.store.multipart.addresses(row.key, str(row.handle), lengths, seconds)
    if addresses is not None:
        return addresses
    parts, expires = f"{base}/v1/uploads/{row.id}/parts", now + seconds
    return [f"{parts}/{one}?expires={expires}&signature={signature(row, one, expires)}" for one in lengths]


def _touch(site: Site, upload: str) -> None:
    """Somebody is at it still. Raises Conflict where it has ended meanwhile."""
    with transaction(site.sessions) as session:
        row = locked_upload(session, upload)
        if row is not None:
            require_open(row)
            row.touched_at = moment()


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
        if seconds_now(session) > expires:
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
