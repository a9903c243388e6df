"""Publishing a hall, rolling back, withdrawing: the flips. None keeps a transaction open while models are copied.

The order makes a crash harmless: a number is reserved; blobs, manifest and forms are written under their digests, where nobody looks
yet; one transaction enters the edition and flips; the store's pointer is written last. What is cut off before the flip leaves orphans,
what is cut off after it is made up for by whoever looks next (`show.unshown`).
"""

import datetime
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.assets.masters import require_kept
from exhibit_api.assets.named import named_by_rows
from exhibit_api.audit import log
from exhibit_api.db import Sessions, now, transaction
from exhibit_api.editions import freeze
from exhibit_api.editions.compose import Composition, compose
from exhibit_api.editions.consent import refuse_without_consent
from exhibit_api.editions.manifest import EditionStamp
from exhibit_api.editions.schema import schema_resource
from exhibit_api.editions.show import blobs_of, show
from exhibit_api.editions.tables import Edition, EditionBlob, Live, edition_numbered, live_of
from exhibit_api.errors import Conflict, Fault, NotFound
from exhibit_api.halls.draft import HallDraft, read_draft
from exhibit_api.halls.tables import hall_named
from exhibit_api.profiles import DEFAULT_BUDGETS, Budgets
from exhibit_api.storage.base import ObjectStore

MOST_NAMED = 5


@dataclass(frozen=True)
class Flip:
    """What a hall shows now, and whether that is another edition than before."""

    edition: Edition
    is_new: bool


@dataclass(frozen=True)
class _Reserved:
    number: int
    previous: int | None


def publish(
    sessions: Sessions,
    store: ObjectStore,
    actor: Actor,
    hall: str,
    *,
    required_languages: tuple[str, ...],
    budgets: Budgets = DEFAULT_BUDGETS,
    note: str | None = None,
) -> Flip:
    """Freeze the hall as it stands and show it. An unchanged hall gets no new edition: the one that it has is shown.

    Raises Conflict where lint finds errors, or where somebody else published at the same moment.
    """
    with transaction(sessions, reads_only=True) as session:
        require(actor, Action.PUBLISH, hall_named(session, hall).organisation)
        version = _version(live_of(session, hall))  # before the draft: who flips after this may have seen a newer one
        draft = read_draft(session, hall)
    today = now().date()
    refuse_errors(draft, required_languages, today, budgets)
    content = _composed(draft, EditionStamp(number=1, published_at=now()), today, budgets).content()
    with transaction(sessions) as session:
        known = _edition_with(session, hall, content)
        reserved = None if known else _reserve(session, hall, version)
    if known:
        return _flip_to(sessions, store, actor, hall, known.number, "publish", version)
    assert reserved is not None
    stamp = EditionStamp(number=reserved.number, published_at=now(), previous=reserved.previous, note=note)
    composition = _composed(draft, stamp, today, budgets)
    edition = _edition(hall, composition, content, actor)
    freeze.write_schemas(store)
    freeze.copy_blobs(store, composition.blobs)
    store.put(freeze.kept_key(edition.sha256), composition.to_bytes(), freeze.JSON)
    freeze.write_frozen(store, freeze.manifest_key(edition.sha256), composition.to_bytes())
    flip = _enter(sessions, store, actor, edition, composition, version)
    show(sessions, store, hall)
    return flip


def roll_back(sessions: Sessions, store: ObjectStore, actor: Actor, hall: str, *, to: int | None = None) -> Flip:
    """Show an earlier edition again: number `to`, or the one before the current. Its bytes are the old ones, identical.

    Raises Conflict where it shows people whose consent is not in force any more.
    """
    with transaction(sessions, reads_only=True) as session:
        require(actor, Action.PUBLISH, hall_named(session, hall).organisation)
        if to is None:
            live = live_of(session, hall)
            if live is None or live.number is None:
                raise Conflict(f'halls/{hall} shows no edition; name one with "to"')
            to = edition_numbered(session, hall, live.number).previous
            if to is None:
                raise Conflict(f"halls/{hall} has no edition before {live.number}")
        edition = edition_numbered(session, hall, to)
    refuse_without_consent(sessions, f"halls/{hall} edition {to}", freeze.kept_manifest(store, edition.sha256))
    return _flip_to(sessions, store, actor, hall, to, "roll back")


def withdraw(sessions: Sessions, store: ObjectStore, actor: Actor, hall: str) -> None:
    """Show the hall no more. Its files leave the public tree, save those that another hall shows."""
    with transaction(sessions) as session:
        require(actor, Action.PUBLISH, hall_named(session, hall).organisation)
        live = live_of(session, hall, lock=True)
        if live is None or live.number is None:
            raise Conflict(f"halls/{hall} shows no edition, so there is none to withdraw")
        number = live.number
        _flip(live, None)
        _record(session, actor, "withdraw", hall, {"number": number})
    show(sessions, store, hall)


def refuse_errors(
    draft: HallDraft, required_languages: tuple[str, ...], today: datetime.date, budgets: Budgets
) -> None:
    """Raise Conflict with all of lint's errors."""
    from exhibit_api.halls.lint import lint  # brings shapely, which a serving instance need not load

    found = lint(draft, required_languages, today, budgets)
    errors = [finding for finding in found if finding.severity == "error"]
    if not errors:
        return
    faults = tuple(
        Fault(f"/{subject}{error.pointer or ''}", error.message) for error in errors for subject in error.subjects[:1]
    )
    listed = "; ".join(error.message for error in errors[:MOST_NAMED])
    more = f"; and {len(errors) - MOST_NAMED} more" if len(errors) > MOST_NAMED else ""
    raise Conflict(f"halls/{draft.slug} cannot be published: {listed}{more}", faults=faults)


def _composed(draft: HallDraft, stamp: EditionStamp, today: datetime.date, budgets: Budgets) -> Composition:
    return compose(draft, stamp, schema_resource("hall-manifest"), today, budgets)


def _edition_with(session: Session, hall: str, content: str) -> Edition | None:
    query = select(Edition).where(Edition.hall == hall, Edition.content == content).order_by(Edition.number.desc())
    return session.scalars(query.limit(1)).first()


def _version(live: Live | None) -> int:
    return live.version if live else 0


def _require_version(hall: str, live: Live | None, version: int) -> None:
    """Raise Conflict where the hall was flipped since: what is about to be published may be older than what is shown."""
    if _version(live) != version:
        number = live.number if live else None
        raise Conflict(
            f"somebody else published halls/{hall} at the same moment (it shows edition {number or 'none'} now); "
            "look at it, then publish again"
        )


def _reserve(session: Session, hall: str, version: int) -> _Reserved:
    """A number that nobody else gets, and what is current when it is given."""
    hall_named(session, hall, lock=True)
    live = live_of(session, hall, lock=True)
    if live is None:
        live = Live(hall=hall, number=None, next_number=1, version=0, shown=0)
        session.add(live)
    _require_version(hall, live, version)
    number = live.next_number
    live.next_number += 1
    session.flush()
    return _Reserved(number, live.number)


def _edition(hall: str, composition: Composition, content: str, actor: Actor) -> Edition:
    data, stamp = composition.to_bytes(), composition.manifest.edition
    return Edition(
        hall=hall,
        number=stamp.number,
        sha256=freeze.sha256_of(data),
        content=content,
        bytes=len(data),
        previous=stamp.previous,
        note=stamp.note,
        published_at=stamp.published_at,
        published_by=actor.id,
    )


def _enter(
    sessions: Sessions, store: ObjectStore, actor: Actor, edition: Edition, composition: Composition, version: int
) -> Flip:
    with transaction(sessions) as session:
        live = live_of(session, edition.hall, lock=True)
        if live is None:
            raise NotFound(f"the hall {edition.hall!r} was taken away while it was being published")
        twin = _edition_with(session, edition.hall, edition.content)
        if twin is not None and live.number == twin.number:
            return Flip(twin, is_new=False)
        _require_version(edition.hall, live, version)
        _require_sources(session, store, composition)
        session.add(edition)
        session.flush()
        session.add_all(
            EditionBlob(hall=edition.hall, number=edition.number, key=blob.key, source=blob.source, bytes=blob.bytes)
            for blob in composition.blobs
        )
        _flip(live, edition.number)
        _record(session, actor, "publish", edition.hall, {"number": edition.number, "sha256": edition.sha256})
    return Flip(edition, is_new=True)


def _require_sources(session: Session, store: ObjectStore, composition: Composition) -> None:
    """Hold what was replaced since the draft was read, and so may be swept away, until the edition names it. Raises StoreUnavailable."""
    sizes = {blob.source: blob.bytes for blob in composition.blobs}
    replaced = sizes.keys() - named_by_rows(session, sizes.keys())
    require_kept(session, store, {source: sizes[source] for source in replaced})


def _flip_to(
    sessions: Sessions, store: ObjectStore, actor: Actor, hall: str, number: int, deed: str, version: int | None = None
) -> Flip:
    """Show an edition that exists. `version` is the one that the hall must still have, unless it shows the edition already."""
    with transaction(sessions, reads_only=True) as session:
        blobs = blobs_of(session, edition_numbered(session, hall, number))
    freeze.copy_blobs(store, blobs)  # here, and not under the lock, where others would wait for it
    with transaction(sessions) as session:
        live = live_of(session, hall, lock=True)
        assert live is not None, "an edition exists, so the hall was published"
        edition = edition_numbered(session, hall, number)
        is_new = live.number != number
        if is_new and version is not None:
            _require_version(hall, live, version)
        if is_new:
            _flip(live, number)
            _record(session, actor, deed, hall, {"number": number, "sha256": edition.sha256})
    show(sessions, store, hall)
    return Flip(edition, is_new)


def _flip(live: Live, number: int | None) -> None:
    live.number = number
    live.version += 1
    live.changed_at = now()


def _record(session: Session, actor: Actor, deed: str, hall: str, details: dict[str, object]) -> None:
    organisation = hall_named(session, hall).organisation
    log.record(session, actor, deed, f"halls/{hall}", organisation=organisation, details=details)
