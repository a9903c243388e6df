"""Imports that nobody applies: they are forgotten, and their bytes removed."""

import time
from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.orm import Session

from exhibit_api.assets.tables import Reservation
from exhibit_api.assets.uploads.abandoned import HOUR, TOLD_HOURS, drop_unnamed
from exhibit_api.db import transaction
from exhibit_api.importing.order import IMPORT, forget
from exhibit_api.importing.tables import FOLDER, WAITING, Import
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.tables import Job, at_work
from exhibit_api.web.site import Site


def drop_imports(site: Site, hours: float, *, dry_run: bool = False) -> Iterator[str]:
    """Forget imports that nobody touched for so many hours and no worker is at, and remove bytes that no import names; each in words."""
    with transaction(site.sessions, reads_only=True) as session:
        found = session.scalars(select(Import).where(_left(hours)).order_by(Import.touched_at)).all()
    for row in found:
        if dry_run or _forgotten(site, row.id, hours):
            yield f"the import {row.id} of {row.filename!r}, untouched since {row.touched_at:%Y-%m-%d %H:%M} UTC"
    waiting = select(Import.id).where(Import.state.in_(WAITING))
    for key in drop_unnamed(site, FOLDER, waiting, time.time() - hours * HOUR, dry_run=dry_run):
        yield f"{key}, which no import names any more"
    if not dry_run:
        with transaction(site.sessions) as session:
            old = (Import.state.not_in(WAITING), Import.touched_at < moment(-TOLD_HOURS * HOUR))
            for old_id in session.scalars(select(Import.id).where(*old)).all():
                session.execute(delete(Job).where(Job.kind == IMPORT, Job.key == old_id))
                session.execute(delete(Import).where(Import.id == old_id))
            _free_left(session)


def _free_left(session: Session) -> None:
    """Give back room of imports that a worker of an older version ended, which knows of none."""
    waiting = select(FOLDER + Import.id).where(Import.state.in_(WAITING))
    session.execute(delete(Reservation).where(Reservation.key.startswith(FOLDER), Reservation.key.not_in(waiting)))


def _left(hours: float) -> ColumnElement[bool]:
    return and_(Import.state.in_(WAITING), Import.touched_at < moment(-hours * HOUR), ~at_work(IMPORT, Import.id))


def _forgotten(site: Site, import_id: str, hours: float) -> bool:
    with transaction(site.sessions) as session:
        row = session.scalar(select(Import).where(Import.id == import_id, _left(hours)).with_for_update())
        if row is None:
            return False
        forget(session, row)
    site.store.delete(row.key)
    return True
