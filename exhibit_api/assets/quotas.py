"""What an organisation stores and may store. Each file counts once: models, sounds, captions and own pictures; and what is being sent.

Collections count by their bytes while they wait to be imported. What one brings counts instead of it, not beside it.
"""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from exhibit_api.assets.sounds.tables import sounding_files
from exhibit_api.assets.tables import Asset, Holding, Picture, Reservation
from exhibit_api.assets.uploads.tables import reserved_room
from exhibit_api.catalogue.tables import Record, record_named
from exhibit_api.documents import Document
from exhibit_api.errors import QuotaExceeded
from exhibit_api.settings import Settings
from exhibit_api.text import Slug


class Usage(Document):
    """Bytes and files of an organisation: its limits, what it stores, and what is reserved for uploads and collections under way.

    `collection_bytes` are those of the reserved ones that wait to be imported.
    """

    organisation: Slug
    quota_bytes: int
    quota_files: int
    used_bytes: int
    used_files: int
    reserved_bytes: int
    reserved_files: int
    collection_bytes: int

    @property
    def left_bytes(self) -> int:
        """Bytes that may still come; never below 0."""
        return max(0, self.quota_bytes - self.used_bytes - self.reserved_bytes)

    def refusal(self, wanted: str) -> QuotaExceeded:
        """The error where something does not fit; `wanted` says what: "the model is larger"."""
        upload_bytes = self.reserved_bytes - self.collection_bytes
        waiting, ways_out = "", list[str]()
        if upload_bytes:
            waiting += f" and has uploads under way for {upload_bytes}"
            ways_out.append("abort uploads that nobody goes on with (GET /v1/uploads lists them)")
        if self.collection_bytes:
            waiting += f" and has collections of {self.collection_bytes} that wait to be imported"
            ways_out.append("delete collections that nobody applies (GET /v1/imports lists them)")
        ways_out.append("ask for a larger quota")
        return QuotaExceeded(
            f"{self.organisation} stores {self.used_bytes} of {self.quota_bytes} bytes{waiting}; "
            f"{self.left_bytes} are left, and {wanted}; {', or '.join(ways_out)}"
        )

    def require(self, size: int, what: str, *, files: int = 1) -> None:
        """Raise QuotaExceeded unless so many more bytes, in so many files, fit."""
        if size > self.left_bytes:
            raise self.refusal(f"{what} has {size}")
        if self.used_files + self.reserved_files + files > self.quota_files:
            raise QuotaExceeded(
                f"{self.organisation} stores {self.used_files} of {self.quota_files} files, "
                f"and {self.reserved_files} are under way; {what} would be one more; ask for a larger quota"
            )


def require_no_more(before: Usage, after: Usage) -> None:
    """Raise QuotaExceeded where a change, made in a transaction that has locked the organisation's row, took it beyond its quota."""
    more = after.used_bytes - before.used_bytes
    if more > before.left_bytes:
        raise before.refusal(f"this would be {more} more")
    if after.used_files > before.used_files:
        before.require(0, "this", files=after.used_files - before.used_files)


def usage(session: Session, owner: Record, settings: Settings, *, instead_of: str | None = None) -> Usage:
    """What the organisation stores now. Lock its row first where something is to be added.

    `instead_of` is the key of a collection that makes way for what is to be added: its room counts as free.
    """
    document = owner.document
    quota_bytes, quota_files = document.get("quotaBytes"), document.get("quotaFiles")
    used_bytes, used_files = used_room(session, owner.slug)
    upload_bytes, reserved_files = reserved_room(session, owner.slug)
    collection_bytes = _collection_bytes(session, owner.slug, but=instead_of)
    return Usage(
        organisation=owner.slug,
        quota_bytes=settings.default_quota_bytes if quota_bytes is None else int(quota_bytes),
        quota_files=settings.default_quota_files if quota_files is None else int(quota_files),
        used_bytes=used_bytes,
        used_files=used_files,
        reserved_bytes=upload_bytes + collection_bytes,
        reserved_files=reserved_files,
        collection_bytes=collection_bytes,
    )


def usage_of(
    session: Session, organisation: str, settings: Settings, *, lock: bool = False, instead_of: str | None = None
) -> Usage:
    """As `usage`, by slug; with its row locked against other writers if asked. Raises NotFound."""
    owner = record_named(session, "organisations", organisation, lock=lock)
    return usage(session, owner, settings, instead_of=instead_of)


def reserve(session: Session, organisation: str, key: str, size: int) -> None:
    """Keep room for bytes that wait at the key. The transaction has locked the organisation's row, and found that there is some."""
    session.add(Reservation(organisation=organisation, key=key, bytes=size))
    session.flush()


def free(session: Session, key: str) -> None:
    """Give back the room that was kept for what waits at the key. Again is no error."""
    session.execute(delete(Reservation).where(Reservation.key == key))


def _collection_bytes(session: Session, organisation: str, *, but: str | None) -> int:
    query = select(func.coalesce(func.sum(Reservation.bytes), 0)).where(Reservation.organisation == organisation)
    return int(session.scalar(query if but is None else query.where(Reservation.key != but)) or 0)


def used_room(session: Session, organisation: str) -> tuple[int, int]:
    """Bytes and files that the organisation stores."""
    models = (
        select(func.coalesce(func.sum(Asset.bytes), 0), func.count())
        .select_from(Holding)
        .join(Asset, Holding.sha256 == Asset.sha256)
        .where(Holding.organisation == organisation)
    )
    each_picture = (
        select(Picture.sha256, Picture.bytes)
        .join(Record, Record.id == Picture.exhibit)
        .where(Record.organisation == organisation)
        .distinct()
        .subquery()
    )
    pictures = select(func.coalesce(func.sum(each_picture.c.bytes), 0), func.count()).select_from(each_picture)
    sounds = sounding_files(session, organisation)
    rooms = [tuple(session.execute(query).one()) for query in (models, pictures)]
    return (
        sum(int(size) for size, _ in rooms) + sum(sounds.values()),
        sum(int(files) for _, files in rooms) + len(sounds),
    )
