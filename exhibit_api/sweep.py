"""Clearing away what nobody needs: abandoned uploads, what crashes left in the store, and bytes that nothing names any more.

Safe beside uploads and publications that run. Whatever is young is left alone, since someone may be about to name it. What is old is
removed only while nobody can come to name it: whoever names an object holds its key (`db.in_one_hand`) and looks whether it is there.
"""

import time
from collections.abc import Collection, Iterator

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.assets.masters import is_older
from exhibit_api.assets.named import named_by_rows
from exhibit_api.assets.uploads.abandoned import HOUR, drop_abandoned, drop_oversized, drop_unknown, forget_ended
from exhibit_api.db import in_one_hand, in_parts, transaction
from exhibit_api.editions.tables import EditionBlob
from exhibit_api.errors import ExhibitError
from exhibit_api.importing.abandoned import drop_imports
from exhibit_api.jobs.queue import enqueue
from exhibit_api.jobs.tables import is_under_way
from exhibit_api.jobs.work import Work
from exhibit_api.storage.base import pages
from exhibit_api.web.site import Site

SWEEP = "sweep"
ALL = "store"
"""The key of the one job of this kind."""
EVERY = HOUR
"""Seconds between two sweeps of the workers."""
STAGED_HOURS = 24
"""No request sends one body for so long."""

LISTED = 50_000
"""Keys of one look: a folder on a disk is read anew for each."""

log = structlog.get_logger()

FOLDERS = ("vault/masters/", "vault/reports/", "vault/variants/", "vault/sounds/")


def sweep(site: Site, *, dry_run: bool = False, hours: float | None = None) -> Iterator[str]:
    """Remove what is not needed and older than so many hours (the setting's if None); each thing in words.

    A dry run removes nothing.
    """
    age = site.settings.upload_hours if hours is None else hours
    yield from drop_oversized(site, age, dry_run=dry_run)
    yield from drop_abandoned(site, age, dry_run=dry_run)
    yield from drop_unknown(site, age, dry_run=dry_run)
    yield from drop_imports(site, age, dry_run=dry_run)
    yield from _staged(site, age, dry_run=dry_run)
    if not dry_run:
        forget_ended(site)
    for folder in FOLDERS:
        yield from _unnamed(site, folder, age, dry_run=dry_run)


def sweep_as_job(site: Site, work: Work) -> None:
    """The job "sweep": all of it, and then again in an hour, also where the store or the database was away meanwhile."""
    try:
        for done, _ in enumerate(sweep(site), 1):
            work.progress("sweep", done, done)
    except ExhibitError as error:
        log.warning("a sweep was cut short; the next one goes on", error=error.detail)
    with work.finishing() as session:
        enqueue(session, SWEEP, ALL, delay=EVERY)


def schedule(site: Site) -> None:
    """Have the workers sweep from time to time, if they do not yet."""
    with transaction(site.sessions) as session:
        if not is_under_way(session, SWEEP, ALL):
            enqueue(session, SWEEP, ALL, delay=EVERY)


def _staged(site: Site, hours: float, *, dry_run: bool) -> Iterator[str]:
    """What requests that were cut off left on its way in."""
    seconds = max(hours, STAGED_HOURS) * HOUR
    left = site.store.left_staged(seconds)
    if left and not dry_run:
        site.store.sweep_staging(seconds)
    for name in left:
        yield f"{name}, of a request that was cut off"


def _unnamed(site: Site, folder: str, hours: float, *, dry_run: bool) -> Iterator[str]:
    """Objects of a folder of the vault that no row names."""
    latest = time.time() - hours * HOUR
    for keys in pages(site.store, folder, LISTED):
        with transaction(site.sessions, reads_only=True) as session:
            named = _named(session, keys)
        for key in keys:
            if key not in named and is_older(site.store, key, latest) and (dry_run or _removed(site, key, latest)):
                yield f"{key}, which nothing names"


def _removed(site: Site, key: str, latest: float) -> bool:
    """Whether nothing names the object still, and it was removed before anything could."""
    with transaction(site.sessions) as session:
        in_one_hand(session, key)
        if _named(session, [key]) or not is_older(site.store, key, latest):
            return False
        site.store.delete(key)
        return True


def _named(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the keys that a row or an edition names."""
    named = named_by_rows(session, keys)
    for part in in_parts(sorted(set(keys) - named)):
        named.update(session.scalars(select(EditionBlob.source).where(EditionBlob.source.in_(part))))
    return named
