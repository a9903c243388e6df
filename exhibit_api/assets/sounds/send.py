"""Sounds of an exhibit: who may send how much, what the file is, and how its row comes to stand beside its bytes."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.assets.masters import is_kept, require_kept
from exhibit_api.assets.quotas import require_no_more, usage_of
from exhibit_api.assets.sounds.recognise import recognised
from exhibit_api.assets.sounds.tables import Sound, sound_key, sound_named
from exhibit_api.audit import log
from exhibit_api.catalogue.tables import Record, record_named
from exhibit_api.db import Sessions, now, transaction
from exhibit_api.errors import Conflict, TooLarge
from exhibit_api.guards import Guard
from exhibit_api.settings import Settings
from exhibit_api.storage.base import ObjectStore, Staged
from exhibit_api.web.uploads import Allowance, Received

MOST_BYTES = 50_000_000
"""Of one sound: an hour of good speech."""
MOST_SOUNDS = 20
"""Of one exhibit."""


def allowance(
    session: Session, actor: Actor, *, exhibit: str, sound: str, guard: Guard, settings: Settings
) -> Allowance:
    """How much the actor may send, before a byte has come. Raises what `enter` would: NotFound, Forbidden, Stale, Conflict …"""
    record = record_named(session, "exhibits", exhibit)
    require(actor, Action.WRITE, record.organisation)
    _admitted(session, record, sound, guard)
    room = usage_of(session, record.organisation, settings)
    if room.left_bytes < MOST_BYTES:
        return Allowance(room.left_bytes, room.refusal("the sound is larger"))
    return Allowance(MOST_BYTES, TooLarge(f"a sound has at most {MOST_BYTES} bytes"))


def keep(store: ObjectStore, staged: Staged, received: Received) -> str:
    """Store the bytes under their hash, unless they stand there; their media type. Raises Rejected where they are no sound."""
    with staged.reader() as file:
        media_type = recognised(file, received.bytes)
    key = sound_key(received.sha256, media_type)
    if not is_kept(store, key, received.bytes):
        staged.keep(key, media_type)
    return media_type


def enter(
    sessions: Sessions,
    store: ObjectStore,
    actor: Actor,
    *,
    exhibit: str,
    sound: str,
    received: Received,
    media_type: str,
    guard: Guard,
    settings: Settings,
) -> tuple[Sound, bool]:
    """Let the exhibit have the sound, whose bytes are in the store; the flag says whether it is new. Words stay.

    Raises Conflict where the exhibit has too many, QuotaExceeded, Stale, GuardMissing.
    """
    with transaction(sessions) as session:
        record = record_named(session, "exhibits", exhibit, lock=True)
        require(actor, Action.WRITE, record.organisation)
        room = usage_of(session, record.organisation, settings, lock=True)
        row = _admitted(session, record, sound, guard)
        require_kept(session, store, {sound_key(received.sha256, media_type): received.bytes})
        is_new = row is None
        if row is None:
            row = Sound(exhibit=record.id, id=sound, words=None, revision=0)
            session.add(row)
        row.sha256, row.bytes, row.media_type = received.sha256, received.bytes, media_type
        row.revision += 1
        row.updated_at = now()
        session.flush()
        require_no_more(room, usage_of(session, record.organisation, settings))
        details = {"sha256": row.sha256, "bytes": row.bytes}
        log.record(session, actor, "send sound", row.name, organisation=record.organisation, details=details)
        return row, is_new


def remove(session: Session, actor: Actor, *, exhibit: str, sound: str, guard: Guard) -> None:
    """Take the sound from the exhibit, with its words. Its bytes stay for the editions that have it. Raises NotFound."""
    record = record_named(session, "exhibits", exhibit, lock=True)
    require(actor, Action.WRITE, record.organisation)
    row = sound_named(session, record.id, sound)
    guard.admit(row.name, row.tag, required=False)
    session.delete(row)
    session.flush()
    log.record(session, actor, "remove sound", row.name, organisation=record.organisation)


def _admitted(session: Session, record: Record, sound: str, guard: Guard) -> Sound | None:
    """The sound that is to be replaced, None where it will be new."""
    row = session.get(Sound, (record.id, sound))
    guard.admit(f"{record.id}/sounds/{sound}", row.tag if row else None)
    if row is None:
        count = session.scalar(select(func.count()).where(Sound.exhibit == record.id)) or 0
        if count >= MOST_SOUNDS:
            raise Conflict(
                f"{record.id} has {count} sounds, and more than {MOST_SOUNDS} it cannot have; remove one first"
            )
    return row
