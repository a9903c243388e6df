"""Making the store show what the database says: the pointer of a hall, and its exhibition's list. The last step of every flip.

One lock lets one writer at a time into the changing part of the public tree. So pointers are written in the order of the flips, and
a file that one hall takes away is never one that another has just begun to need (docs/decisions/flips.md).
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

import orjson
import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from exhibit_api.db import Base, Sessions, transaction
from exhibit_api.documents import canonical_bytes
from exhibit_api.editions import freeze
from exhibit_api.editions import manifest as out
from exhibit_api.editions.compose import Blob
from exhibit_api.editions.notices import announce
from exhibit_api.editions.parts import Resource
from exhibit_api.editions.tables import Edition, EditionBlob, Live, edition_numbered, live_of
from exhibit_api.errors import StoreError, StoreUnavailable
from exhibit_api.halls.schemas import ExhibitionBody
from exhibit_api.halls.tables import Exhibition, Hall, exhibition_named, hall_named
from exhibit_api.storage.base import ObjectStore

READERS = 8

log = structlog.get_logger()


class TreeLock(Base):
    """One row, whose lock is the right to change the public tree."""

    __tablename__ = "tree_lock"

    id: Mapped[int] = mapped_column(primary_key=True)


def pointer_key(hall: str) -> str:
    """Where the hall's pointer stands."""
    return f"public/halls/{hall}.json"


def exhibition_key(exhibition: str) -> str:
    """Where the exhibition's list of halls stands."""
    return f"public/exhibitions/{exhibition}.json"


def show(sessions: Sessions, store: ObjectStore, hall: str) -> None:
    """Write the pointer of the hall, or take it away, as the database says now. Doing it again changes nothing."""
    with transaction(sessions) as session:
        session.scalar(select(TreeLock).where(TreeLock.id == 1).with_for_update())
        live = live_of(session, hall, lock=True)
        if live is None:
            return
        exhibition = exhibition_named(session, hall_named(session, hall).exhibition)
        if live.number is None:
            store.delete(pointer_key(hall))
            _write_exhibition(session, store, exhibition)
            freeze.remove(store, _needless(session, hall))
            session.execute(update(Edition).where(Edition.hall == hall).values(public=False))
        else:
            edition = edition_numbered(session, hall, live.number)
            freeze.copy_blobs(store, blobs_of(session, edition))
            _restore_manifest(store, edition)
            _write_exhibition(session, store, exhibition)
            store.put(pointer_key(hall), _pointer(store, edition), freeze.JSON)
            edition.public = True
        live.shown = live.version
        announce(session)


def unshown(session: Session) -> dict[str, datetime]:
    """Halls whose last flip the store does not show yet, and when they were flipped."""
    return dict(iter(session.execute(select(Live.hall, Live.changed_at).where(Live.shown != Live.version))))


def manifest_resource(edition: Edition) -> Resource:
    """A manifest as pointers name it, from a folder beside `manifests/`."""
    return Resource(
        url=f"../manifests/{edition.sha256}.json", sha256=edition.sha256, bytes=edition.bytes, media_type=freeze.JSON
    )


def blobs_of(session: Session, edition: Edition) -> list[Blob]:
    """The files that an edition needs."""
    query = select(EditionBlob).where(EditionBlob.hall == edition.hall, EditionBlob.number == edition.number)
    return [Blob(row.key, row.source, row.bytes) for row in session.scalars(query.order_by(EditionBlob.key))]


def _restore_manifest(store: ObjectStore, edition: Edition) -> None:
    key = freeze.manifest_key(edition.sha256)
    if not freeze.is_there(store, key, edition.bytes):
        freeze.write_frozen(store, key, freeze.kept_manifest(store, edition.sha256))


def _published_hall(store: ObjectStore, edition: Edition) -> out.HallRef:
    """The hall in the words of the edition: what its curators have written since is not for visitors yet."""
    manifest = orjson.loads(freeze.kept_manifest(store, edition.sha256))
    return out.HallRef.model_validate(manifest["hall"])


def _pointer(store: ObjectStore, edition: Edition) -> bytes:
    hall = _published_hall(store, edition)
    pointer = out.HallPointer(
        id=hall.id,
        slug=hall.slug,
        label=hall.label,
        edition=edition.number,
        published_at=edition.published_at,
        manifest=manifest_resource(edition),
    )
    return canonical_bytes(pointer.plain())


def _entry(store: ObjectStore, edition: Edition) -> out.HallEntry | None:
    """A hall in the list; None where its manifest is lost, so that one such hall does not hold up the others."""
    try:
        hall = _published_hall(store, edition)
    except StoreUnavailable:
        raise
    except StoreError as error:
        log.error("a hall is left out of its exhibition's list", hall=edition.hall, error=error.detail)  # noqa: TRY400
        return None
    return out.HallEntry(
        id=hall.id,
        slug=hall.slug,
        label=hall.label,
        summary=hall.summary,
        edition=edition.number,
        pointer=f"../halls/{hall.slug}.json",
        manifest=manifest_resource(edition),
    )


def _write_exhibition(session: Session, store: ObjectStore, exhibition: Exhibition) -> None:
    """The list of the halls that can be visited; none, and the list goes too."""
    query = (
        select(Edition)
        .join(Live, (Live.hall == Edition.hall) & (Live.number == Edition.number))
        .join(Hall, Hall.slug == Edition.hall)
        .where(Hall.exhibition == exhibition.slug)
        .order_by(Hall.slug)
    )
    editions = session.scalars(query).all()
    with ThreadPoolExecutor(READERS, thread_name_prefix="show") as pool:
        entries = tuple(entry for entry in pool.map(partial(_entry, store), editions) if entry)
    if not entries:
        store.delete(exhibition_key(exhibition.slug))
        return
    body = ExhibitionBody.of(exhibition.document)
    document = out.ExhibitionDocument(
        id=f"exhibitions/{exhibition.slug}",
        slug=exhibition.slug,
        label=body.label,
        summary=body.summary,
        opens=body.opens,
        closes=body.closes,
        halls=entries,
    )
    data = canonical_bytes(document.plain())
    store.put(exhibition_key(exhibition.slug), data, freeze.JSON)


def _needless(session: Session, hall: str) -> list[str]:
    """What the hall's editions put into the public tree and no live edition of any hall needs: blobs, manifests, their forms."""
    own = set(session.scalars(select(EditionBlob.key).where(EditionBlob.hall == hall)))
    query = select(EditionBlob.key).join(Live, (Live.hall == EditionBlob.hall) & (Live.number == EditionBlob.number))
    needed = set(session.scalars(query))
    digests = session.scalars(select(Edition.sha256).where(Edition.hall == hall))
    manifests = [key for sha256 in digests for key in freeze.document_keys(freeze.manifest_key(sha256))]
    return sorted(own - needed) + manifests
