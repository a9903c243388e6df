"""Taking a collection in, having it applied, giving it up. What is found in it, and done with it, is the work of a job."""

import secrets

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from exhibit_api.accounts.owned import visible
from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.assets.quotas import free, reserve
from exhibit_api.catalogue.tables import record_named
from exhibit_api.db import in_one_hand, transaction
from exhibit_api.errors import Conflict, NotFound, TooLarge
from exhibit_api.importing.room import room_for
from exhibit_api.importing.tables import Import, State, import_key
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.queue import enqueue
from exhibit_api.jobs.tables import Job, is_under_way
from exhibit_api.settings import Settings
from exhibit_api.storage.base import Staged
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Allowance, Received

IMPORT = "import"
"""The kind of job that looks into a collection, and applies it."""
SOON = 10
MEDIA_TYPE = "application/octet-stream"
MOST_AT_WORK = 10
"""Collections of one actor that may be looked into or applied at a time."""
MOST_CHECKED = 10
"""Collections of one actor that wait to be applied: the oldest make room for new ones."""


def allowance(session: Session, actor: Actor, *, owner: str | None, settings: Settings) -> Allowance:
    """How much may come. Raises Forbidden, NotFound, Conflict."""
    require(actor, Action.WRITE, owner or actor.organisation)
    _require_few(session, actor)
    room = room_for(session, actor, owner or actor.organisation, settings)
    limit = settings.max_import_bytes
    if room.bytes < limit:
        return room
    way_out = "exhibit import FOLDER sends the models one by one, however many there are"
    return Allowance(limit, TooLarge(f"a collection has at most {limit} bytes; {way_out}"))


def begin(
    site: Site, actor: Actor, *, filename: str, owner: str | None, has_models: bool, staged: Staged, received: Received
) -> Import:
    """Keep what came, and have it looked into. Raises Conflict where too many wait already, QuotaExceeded where too many bytes do."""
    new = secrets.token_hex(16)
    staged.keep(import_key(new), MEDIA_TYPE)
    organisation = owner or actor.organisation
    left: list[str] = []
    try:
        with transaction(site.sessions) as session:
            in_one_hand(session, f"imports of {actor.id}")
            _require_few(session, actor)
            if organisation is not None:
                record_named(session, "organisations", organisation, lock=True)  # before imports, as all do
            left = _make_room(session, actor)
            room = room_for(session, actor, organisation, site.settings)
            if received.bytes > room.bytes:
                raise room.refusal
            if organisation is not None:
                reserve(session, organisation, import_key(new), received.bytes)
            row = Import(
                id=new,
                actor=actor.id,
                organisation=actor.organisation,
                owner=owner,
                filename=filename,
                bytes=received.bytes,
                has_models=has_models,
            )
            session.add(row)
            session.flush()
            enqueue(session, IMPORT, new, priority=SOON)
    except BaseException:
        site.store.delete(import_key(new))
        raise
    for key in left:
        site.store.delete(key)
    return row


def visible_import(session: Session, actor: Actor, import_id: str, *, lock: bool = False) -> Import:
    """The import, if the actor may see it. Raises NotFound."""
    query = visible(actor, Import).where(Import.id == import_id)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound(f"there is no import {import_id!r} of yours")
    return row


def apply(session: Session, actor: Actor, import_id: str, mode: str) -> Import:
    """Have it written as `mode` says: "all" rows or none, or the "rows" that are good. Twice is once. Raises NotFound, Conflict."""
    row = visible_import(session, actor, import_id, lock=True)
    if row.actor != actor.id:
        raise Conflict(f"the import {import_id} is {row.actor}'s, in whose name it would be written; let them apply it")
    is_left = row.state == State.APPLYING and not is_under_way(session, IMPORT, row.id)  # its job failed for good
    if row.state in (State.APPLYING, State.DONE) and row.mode == mode and not is_left:
        return row
    if row.state != State.CHECKED and not is_left:
        raise Conflict(f"the import {import_id} is {row.state}; only one that is checked can be applied")
    row.state, row.mode, row.problem, row.touched_at = State.APPLYING, mode, None, moment()
    session.flush()
    enqueue(session, IMPORT, row.id, priority=SOON)
    return row


def drop(session: Session, actor: Actor, import_id: str) -> str:
    """Forget an import; the key of its bytes, to be removed after the commit. Raises NotFound, Conflict while it is applied."""
    row = visible_import(session, actor, import_id, lock=True)
    if row.state == State.APPLYING and is_under_way(session, IMPORT, row.id):
        raise Conflict(f"the import {import_id} is being applied")
    forget(session, row)
    return row.key


def forget(session: Session, row: Import) -> None:
    """Remove the row, and what the queue knows of it."""
    if not is_under_way(session, IMPORT, row.id):
        session.execute(delete(Job).where(Job.kind == IMPORT, Job.key == row.id))
    free(session, row.key)
    session.delete(row)
    session.flush()


def _require_few(session: Session, actor: Actor) -> None:
    query = select(func.count()).where(Import.actor == actor.id, Import.state.in_((State.CHECKING, State.APPLYING)))
    at_work = session.scalar(query) or 0
    if at_work >= MOST_AT_WORK:
        raise Conflict(f"{at_work} collections of yours are being worked on; wait for them, or DELETE some")


def _make_room(session: Session, actor: Actor) -> list[str]:
    """Forget the oldest that wait to be applied, where there are too many; the keys of their bytes."""
    query = select(Import).where(Import.actor == actor.id, Import.state == State.CHECKED)
    waiting = session.scalars(query.order_by(Import.touched_at.desc()).offset(MOST_CHECKED - 1).with_for_update()).all()
    for row in waiting:
        forget(session, row)
    return [row.key for row in waiting]
