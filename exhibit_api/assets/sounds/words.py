"""The words of a sound: label, spoken language, transcript, captions. Texts of captions stand in the store, as files that are published."""

import hashlib
from typing import Any

from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.assets.masters import is_kept, require_kept
from exhibit_api.assets.quotas import require_no_more, usage_of
from exhibit_api.assets.sounds.recognise import VTT
from exhibit_api.assets.sounds.schemas import WordsBody
from exhibit_api.assets.sounds.tables import Sound, sound_key, sound_named
from exhibit_api.audit import log
from exhibit_api.catalogue.tables import record_named
from exhibit_api.db import Sessions, now, transaction
from exhibit_api.errors import NotFound
from exhibit_api.guards import Guard
from exhibit_api.settings import Settings
from exhibit_api.storage.base import ObjectStore


def write(
    sessions: Sessions,
    store: ObjectStore,
    actor: Actor,
    *,
    exhibit: str,
    sound: str,
    body: WordsBody,
    guard: Guard,
    settings: Settings,
) -> tuple[Sound, bool]:
    """Let these be the words of the sound, in place of others; the flag says whether it had none.

    Raises NotFound, Forbidden, Stale, GuardMissing, QuotaExceeded.
    """
    with transaction(sessions, reads_only=True) as session:
        _admitted(session, actor, exhibit, sound, guard)
    captions = {tag: _kept(store, text.encode()) for tag, text in body.captions.items()}
    with transaction(sessions) as session:
        record = record_named(session, "exhibits", exhibit, lock=True)
        row = _admitted(session, actor, exhibit, sound, guard)
        is_new = row.words is None
        require_kept(session, store, {sound_key(one["sha256"], VTT): one["bytes"] for one in captions.values()})
        room = usage_of(session, record.organisation, settings, lock=True)
        row.words = body.plain() | {"captions": captions}
        row.revision += 1
        row.updated_at = now()
        session.flush()
        require_no_more(room, usage_of(session, record.organisation, settings))
        details = {"revision": row.revision}
        log.record(session, actor, "write words", row.name, organisation=record.organisation, details=details)
        return row, is_new


def read(store: ObjectStore, sound: Sound) -> WordsBody:
    """The words as they were written. Raises NotFound where there are none yet, StoreError where a text is lost."""
    if sound.words is None:
        raise NotFound(f"{sound.name} has no words yet; write them with PUT /v1/{sound.name}/words")
    texts = {tag: store.read(sound_key(file["sha256"], VTT)).decode() for tag, file in sound.words["captions"].items()}
    return WordsBody.of(sound.words | {"captions": texts})


def _admitted(session: Session, actor: Actor, exhibit: str, sound: str, guard: Guard) -> Sound:
    """The sound, if the actor may write its words. The first words need no guard, but one that is sent must hold."""
    record = record_named(session, "exhibits", exhibit)
    require(actor, Action.WRITE, record.organisation)
    row = sound_named(session, record.id, sound)
    is_first = row.words is None and guard.match is None
    guard.admit(f"{row.name}/words", None if is_first else row.tag)
    return row


def _kept(store: ObjectStore, text: bytes) -> dict[str, Any]:
    """The text as a file in the store: how a row tells it."""
    sha256 = hashlib.sha256(text).hexdigest()
    key = sound_key(sha256, VTT)
    if not is_kept(store, key, len(text)):
        store.put(key, text, VTT)
    return {"sha256": sha256, "bytes": len(text)}
