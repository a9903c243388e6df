"""The job that ends an upload: its parts are joined, the whole is hashed and looked into, and it portrays its exhibit, or is refused.

It acts in the sender's name, by the rights that they have now: both before any byte is moved and when the model is entered.

Nothing is held whole, in memory or twice on the disk. Cut off anywhere, it is run again and goes on.
"""

import hashlib
from typing import Any

from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.accounts.tokens import actor_named
from exhibit_api.assets.masters import is_kept
from exhibit_api.assets.tables import master_key
from exhibit_api.assets.upload import portray_in
from exhibit_api.assets.uploads.clear import clear
from exhibit_api.assets.uploads.tables import State, Upload, locked_upload
from exhibit_api.catalogue.tables import Record, record_named
from exhibit_api.db import in_one_hand, transaction
from exhibit_api.errors import (
    DatabaseBusy,
    ExhibitError,
    NoSuchObject,
    NotFound,
    Rejected,
    StoreError,
)
from exhibit_api.gltf.report import Report, inspect
from exhibit_api.jobs.work import Work
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Received

PASSING = (DatabaseBusy, StoreError)
"""Errors of the moment, or of the machine: the job is tried again, and the parts stay."""


def receive(site: Site, work: Work) -> None:
    """The job "receive" of the upload whose id is the key."""
    with transaction(work.sessions, reads_only=True) as session:
        row = session.get(Upload, work.key)
    if row is None:
        return
    if row.state != State.JOINING:
        clear(site, row)  # it was given up while it waited
        return
    try:
        with transaction(work.sessions, reads_only=True) as session:
            _sender_and_exhibit(session, row)
        received, report = _looked_into(site, work, row)
        _entered(site, work, row, received, report)
    except PASSING:
        raise
    except ExhibitError as error:
        _refused(work, row, error)
    clear(site, row)


def _sender_and_exhibit(session: Session, row: Upload, *, lock: bool = False) -> tuple[Actor, Record]:
    """Who sent it, and what it portrays, as both are now. Raises Unauthenticated, Forbidden, NotFound where they may not, or it is gone."""
    record = record_named(session, "exhibits", row.exhibit.removeprefix("exhibits/"), lock=lock)
    actor = actor_named(session, row.actor)
    require(actor, Action.WRITE, record.organisation)
    return actor, record


def _looked_into(site: Site, work: Work, row: Upload) -> tuple[Received, Report]:
    """Join, hash, check, look into, and make the bytes the master of their hash. Raises Rejected where they are not what was announced."""
    store, size = site.store, sum(part.size for part in row.listed)
    if row.found is None or not is_kept(store, master_key(row.found), size):
        work.progress("join", 0, size)
        try:
            store.multipart.join(row.key, str(row.handle), row.listed)
        except NoSuchObject as error:
            raise Rejected("a part was replaced or removed while the upload was completed; send it again") from error
        received = Received(size, _digest(store, work, row.key, size))
        if row.sha256 is not None and received.sha256 != row.sha256:
            raise Rejected(f"the file has SHA-256 {received.sha256}, and {row.sha256} was announced; send it again")
        report = _report(store, row.key, size)
        with transaction(work.sessions) as session:
            locked = locked_upload(session, row.id)
            if locked is None or locked.state != State.JOINING:
                raise NotFound(f"the upload {row.id} was given up")
            in_one_hand(session, master_key(received.sha256))  # from here on a sweep sees that it is named
            locked.found = received.sha256
        store.move(row.key, master_key(received.sha256))
        return received, report
    return Received(size, row.found), _report(store, master_key(row.found), size)


def _digest(store: ObjectStore, work: Work, key: str, size: int) -> str:
    digest, done = hashlib.sha256(), 0
    for chunk in store.stream(key):
        digest.update(chunk)
        done += len(chunk)
        work.progress("hash", done, size)
    if done != size:
        raise StoreError(f"the parts of {key} have {size} bytes, and joined they are {done}")
    return digest.hexdigest()


def _report(store: ObjectStore, key: str, size: int) -> Report:
    with store.open(key) as file:
        return inspect(file, size)


def _entered(site: Site, work: Work, row: Upload, received: Received, report: Report) -> None:
    """Let the model portray the exhibit, in the transaction that ends the upload and the job."""
    with work.finishing() as session:
        actor, record = _sender_and_exhibit(session, row, lock=True)
        locked = locked_upload(session, row.id)
        if locked is None or locked.state != State.JOINING:
            return  # given up meanwhile: what was kept is swept one day
        locked.end(State.DONE)
        session.flush()
        portray_in(session, site.store, actor, record, received, report, site.settings)


def _refused(work: Work, row: Upload, error: ExhibitError) -> None:
    problem: dict[str, Any] = {"detail": error.detail}
    if error.faults:
        problem["errors"] = [{"pointer": fault.pointer, "detail": fault.detail} for fault in error.faults]
    with work.finishing() as session:
        locked = locked_upload(session, row.id)
        if locked is not None and locked.state == State.JOINING:
            locked.end(State.REFUSED)
            locked.problem = problem
