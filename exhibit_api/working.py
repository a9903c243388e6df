"""The workers of an instance: threads that check models, make their variants and repair them, inside `serve` or alone."""

import signal
import threading
from collections.abc import Callable
from functools import partial

import structlog
from rich.console import Console
from sqlalchemy import func, select

from exhibit_api.assets.due import GATE
from exhibit_api.assets.folders import sweep
from exhibit_api.assets.renew import enqueue_renewal
from exhibit_api.assets.uploads.send import RECEIVE
from exhibit_api.assets.work import handlers
from exhibit_api.db import transaction
from exhibit_api.errors import ExhibitError
from exhibit_api.importing.order import IMPORT
from exhibit_api.importing.work import run_import
from exhibit_api.jobs.tables import Job, JobState
from exhibit_api.jobs.worker import Handler, Workers
from exhibit_api.pipeline import posters, tools
from exhibit_api.sweep import SWEEP, schedule, sweep_as_job
from exhibit_api.web.site import Site

PERIOD = 1.0
IDLE = "nothing to do"
SHOWN_OF_A_KEY = 8

log = structlog.get_logger()


def handlers_of(site: Site) -> dict[str, Handler]:
    """Kind of job → its handler on this site, of all slices."""
    return handlers(site) | {IMPORT: partial(run_import, site), SWEEP: partial(sweep_as_job, site)}


def workers_of(site: Site, count: int) -> Workers:
    """Workers that are ready to start: `count` lanes for everything, two for what curators wait for: uploads and the gate; imports.

    Clears away what workers left that died here, asks for what a new recipe makes due, and says once what this machine lacks.
    """
    made = handlers_of(site)
    schedule(site)
    if swept := sweep(site.settings.workshop):
        log.info("folders of workers that died were removed", folders=swept)
    if renewed := enqueue_renewal(site.sessions):
        log.info("models of exhibits will be processed by today's recipes", models=renewed)
    if (reason := tools.missing()) is not None:
        log.warning("models cannot be checked on this machine", reason=reason)
    if (lack := posters.graphics()) is not None:
        log.warning("posters cannot be rendered on this machine", reason=lack)
    return Workers(site.sessions, made, [frozenset({GATE, RECEIVE}), frozenset({IMPORT}), *[frozenset(made)] * count])


def work_until_told(site: Site, count: int, ready: Callable[[], None]) -> None:
    """Work until SIGTERM or Ctrl-C. `ready` is called when the workers have begun. A terminal sees how far they are."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    workers = workers_of(site, count)
    workers.start()
    try:
        ready()
        console = Console(stderr=True)
        if not console.is_terminal:
            told.wait()
            return
        with console.status(IDLE) as status:
            while not told.wait(PERIOD):
                status.update(line_of(site))
    finally:
        workers.stop()


def line_of(site: Site) -> str:
    """How far the work is, in one line."""
    try:
        with transaction(site.sessions, reads_only=True) as session:
            waiting = session.scalar(select(func.count()).where(Job.state == JobState.QUEUED))
            running = session.scalars(select(Job).where(Job.state == JobState.RUNNING).order_by(Job.id)).all()
    except ExhibitError as error:
        return error.detail
    if not running and not waiting:
        return IDLE
    return "; ".join([f"{waiting} waiting", *map(told_of, running)])


def told_of(job: Job) -> str:
    """What a running job is at: "process 3f1c… webxr-mobile 4/10"."""
    progress = job.progress or {}
    step = f" {progress['step']} {progress['done']}/{progress['total']}" if progress else ""
    return f"{job.kind} {job.key[:SHOWN_OF_A_KEY]}…{step}"
