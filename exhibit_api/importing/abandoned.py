"""Imports that nobody applies: they are forgotten, and their bytes removed."""

import time
from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, delete, or_, select

from exhibit_api.assets.masters import is_older
from exhibit_api.db import in_parts, transaction
from exhibit_api.importing.order import IMPORT
from exhibit_api.importing.tables import FOLDER, WAITING, Import
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.tables import Job, JobState
from exhibit_api.web.site import Site

HOUR = 3600.0
TOLD_HOURS = 30 * 24
"""For so long the rows of imports that have ended tell what became of them."""


def drop_imports(site: Site, hours: float, *, dry_run: bool = False) -> Iterator[str]:
    """Forget imports that nobody touched for so many hours and no worker is at, and remove bytes that no import names; each in words."""
    with transaction(site.sessions, reads_only=True) as session:
        found = session.scalars(select(Import).where(_left(hours)).order_by(Import.touched_at)).all()
    for row in found:
        if dry_run or _forgotten(site, row.id, hours):
            yield f"the import {row.id} of {row.filename!r}, untouched since {row.touched_at:%Y-%m-%d %H:%M} UTC"
    yield from _unnamed(site, hours, dry_run=dry_run)
    if not dry_run:
        with transaction(site.sessions) as session:
            old = (Import.state.not_in(WAITING), Import.touched_at < moment(-TOLD_HOURS * HOUR))
            for old_id in session.scalars(select(Import.id).where(*old)).all():
                session.execute(delete(Job).where(Job.kind == IMPORT, Job.key == old_id))
                session.execute(delete(Import).where(Import.id == old_id))


def _left(hours: float) -> ColumnElement[bool]:
    at_work = select(Job.id).where(
        Job.kind == IMPORT, Job.key == Import.id, Job.state.in_((JobState.QUEUED, JobState.RUNNING))
    )
    return and_(Import.state.in_(WAITING), Import.touched_at < moment(-hours * HOUR), or_(~at_work.exists()))


def _forgotten(site: Site, import_id: str, hours: float) -> bool:
    with transaction(site.sessions) as session:
        row = session.scalar(select(Import).where(Import.id == import_id, _left(hours)).with_for_update())
        if row is None:
            return False
        session.execute(delete(Job).where(Job.kind == IMPORT, Job.key == import_id))
        session.delete(row)
    site.store.delete(row.key)
    return True


def _unnamed(site: Site, hours: float, *, dry_run: bool) -> Iterator[str]:
    latest, after = time.time() - hours * HOUR, None
    while True:
        page = site.store.list(FOLDER, after)
        ids = [key.removeprefix(FOLDER) for key in page.keys]
        with transaction(site.sessions, reads_only=True) as session:
            waiting = {
                found
                for part in in_parts(ids)
                for found in session.scalars(select(Import.id).where(Import.id.in_(part), Import.state.in_(WAITING)))
            }
        for key in page.keys:
            if key.removeprefix(FOLDER) not in waiting and is_older(site.store, key, latest):
                if not dry_run:
                    site.store.delete(key)
                yield f"{key}, which no import names any more"
        if page.next is None:
            return
        after = page.next
