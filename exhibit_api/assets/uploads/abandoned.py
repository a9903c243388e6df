"""Uploads that nobody goes on with: their parts are removed and their room is given back.

Safe beside uploads that live: one that was touched lately is left alone, and a row is looked at again under its lock.
"""

import time
from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select

from exhibit_api.assets.masters import is_older
from exhibit_api.assets.uploads.clear import clear
from exhibit_api.assets.uploads.count import arrived_bytes, drop, most_bytes, note_arrived
from exhibit_api.assets.uploads.send import RECEIVE
from exhibit_api.assets.uploads.tables import ALIVE, Door, State, Upload, locked_upload, upload_key
from exhibit_api.db import in_parts, transaction
from exhibit_api.errors import NoSuchObject
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.tables import Job, at_work
from exhibit_api.storage.base import pages
from exhibit_api.web.site import Site

VAULT = upload_key("")
HOUR = 3600.0
TOLD_HOURS = 30 * 24
"""For so long the rows of uploads that have ended tell what became of them."""


def abandoned(hours: float) -> ColumnElement[bool]:
    """Uploads that nobody touched for so many hours, and no worker is at or will be."""
    is_left = or_(Upload.state == State.OPEN, and_(Upload.state == State.JOINING, ~at_work(RECEIVE, Upload.id)))
    return and_(is_left, Upload.touched_at < moment(-hours * HOUR))


def drop_abandoned(site: Site, hours: float, *, dry_run: bool = False) -> Iterator[str]:
    """Drop those that are abandoned; each in words, before the next one is looked for."""
    with transaction(site.sessions, reads_only=True) as session:
        found = session.scalars(select(Upload).where(abandoned(hours)).order_by(Upload.touched_at)).all()
    for row in found:
        if dry_run or _dropped(site, row.id, hours):
            yield f"the upload {row.id} of {row.filename!r} for {row.exhibit}, untouched since {row.touched_at:%Y-%m-%d %H:%M} UTC"


def drop_oversized(site: Site, hours: float, *, dry_run: bool = False) -> Iterator[str]:
    """Drop those of which more lies in the bucket than may ever be completed: who has an address sends there without asking us.

    What lies there of the others is counted. Those that are abandoned are left to `drop_abandoned`. Where parts come to ourselves, none
    is kept that is too much.
    """
    if site.store.path(VAULT + "any") is not None:
        return
    with transaction(site.sessions, reads_only=True) as session:
        query = select(Upload).where(Upload.state == State.OPEN, Upload.handle.is_not(None), ~abandoned(hours))
        found = session.scalars(query.order_by(Upload.touched_at)).all()
    for row in found:
        with suppress(NoSuchObject):  # completed or given up at this moment
            arrived, most = arrived_bytes(site, row), most_bytes(site, row)
            if arrived <= most:
                if not dry_run:
                    note_arrived(site, row, arrived)
            elif dry_run or drop(site, row.id):
                yield f"the upload {row.id} of {row.filename!r} for {row.exhibit}: {arrived} bytes came, and at most {most} may"


def drop_unknown(site: Site, hours: float, *, dry_run: bool = False) -> Iterator[str]:
    """Remove what the store holds of uploads that no row names: what crashes left. What is younger than so many hours stays."""
    latest = time.time() - hours * HOUR
    begun = [one for one in site.store.multipart.begun(VAULT) if one.moment <= latest]
    for part in in_parts([one.upload for one in begun]):
        with transaction(site.sessions, reads_only=True) as session:
            known = set(session.scalars(select(Upload.handle).where(Upload.handle.in_(part), Upload.state.in_(ALIVE))))
        for one in begun:
            if one.upload in part and one.upload not in known:
                if not dry_run:
                    site.store.multipart.drop(one.key or upload_key(one.upload), one.upload)
                yield f"parts of an upload that is not known any more ({one.upload[:16]}…)"
    for key in drop_unnamed(site, VAULT, select(Upload.id).where(Upload.state.in_(ALIVE)), latest, dry_run=dry_run):
        yield f"{key}, which no upload names any more"


def drop_unnamed(site: Site, folder: str, alive: Select[str], latest: float, *, dry_run: bool = False) -> Iterator[str]:
    """Remove the objects of a folder that are called like none of the ids of `alive` and were written at `latest` or before; their keys."""
    (column,) = alive.selected_columns
    for keys in pages(site.store, folder):
        with transaction(site.sessions, reads_only=True) as session:
            named = {
                found
                for part in in_parts([key.removeprefix(folder) for key in keys])
                for found in session.scalars(alive.where(column.in_(part)))
            }
        for key in keys:
            if key.removeprefix(folder) not in named and is_older(site.store, key, latest):
                if not dry_run:
                    site.store.delete(key)
                yield key


def forget_ended(site: Site) -> None:
    """Remove rows of uploads that ended long ago, and of doors that are shut."""
    with transaction(site.sessions) as session:
        old = (Upload.state.not_in(ALIVE), Upload.touched_at < moment(-TOLD_HOURS * HOUR))
        for row in session.scalars(select(Upload).where(*old)):
            session.execute(delete(Job).where(Job.kind == RECEIVE, Job.key == row.id))
            session.delete(row)
        session.execute(delete(Door).where(Door.expires_at < moment()))


def _dropped(site: Site, upload: str, hours: float) -> bool:
    """Whether it is abandoned still, and was dropped."""
    with transaction(site.sessions) as session:
        row = locked_upload(session, upload)
        if row is None or session.scalar(select(Upload.id).where(Upload.id == upload, abandoned(hours))) is None:
            return False
        row.end(State.DROPPED)
    clear(site, row)
    return True
