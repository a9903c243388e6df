"""A worker that dies by kill -9 right before the n-th thing that it does outside of itself while it does a job.

Such a thing is a look at a file of the store or a change of one, bytes that go to the bucket, or the end of a transaction. Python and
SQLAlchemy tell of each by themselves: nothing of ours is replaced.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from exhibit_api import db
from exhibit_api.assets.uploads.receive import receive
from exhibit_api.assets.uploads.send import RECEIVE
from exhibit_api.importing.order import IMPORT
from exhibit_api.importing.work import run_import
from exhibit_api.jobs.tables import JobState
from exhibit_api.jobs.worker import Workers
from exhibit_api.settings import Settings
from exhibit_api.storage import open_store
from exhibit_api.web.site import Site
from exhibit_api.working import handlers_of
from tests.acting import House
from tests.assets.dying import SECONDS, job

FILES = ("open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.scandir", "os.listdir")
REQUESTS = ("http.client.send",)

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__, "boto3"])


def store_of(request: pytest.FixtureRequest, house: House, tmp_path: Path) -> tuple[str, dict[str, Any]]:
    """The house's store, as another process finds it."""
    if house.site.store.path("vault/x") is not None:
        return f"file:{tmp_path / 'data' / 'store'}", {}
    url = f"s3://{request.getfixturevalue('bucket')}/{request.getfixturevalue('prefix')}"
    return url, request.getfixturevalue("swift").options("http")


HANDLERS = {RECEIVE: receive.__code__, IMPORT: run_import.__code__}


def survives(
    settings: Settings, store: str, options: Mapping[str, Any], key: str, step: int, kind: str = RECEIVE
) -> bool:
    """Have a process of its own do the job, to die before its so-manieth step: whether it came to the end before that."""
    process = _processes.Process(target=_work, args=(settings, store, dict(options), key, step, kind))
    process.start()
    process.join(SECONDS)
    assert process.exitcode in (0, -signal.SIGKILL), process.exitcode
    return process.exitcode == 0


def _work(settings: Settings, store: str, options: dict[str, Any], key: str, step: int, kind: str) -> None:
    site = Site(settings, db.sessions_of(db.connect(settings.database)), open_store(store, **options))
    root = str(Path(store.removeprefix("file:")))
    steps = 0

    def dies() -> None:
        nonlocal steps
        if _is_at(kind):
            steps += 1
            if steps == step:
                os.kill(os.getpid(), signal.SIGKILL)

    def hear(what: str, about: tuple[Any, ...]) -> None:
        if what in REQUESTS or (what in FILES and str(about[0]).startswith(root)):
            dies()

    def committing(_connection: Connection) -> None:
        dies()

    sys.addaudithook(hear)
    event.listen(Engine, "commit", committing)
    workers = Workers(site.sessions, {kind: handlers_of(site)[kind]}, [frozenset({kind})], poll=0.05)
    workers.start()
    while job(site, kind, key).state != JobState.DONE:
        time.sleep(0.02)
    workers.stop()  # which lets it come to its end


def _is_at(kind: str) -> bool:
    frame = sys._getframe()
    while frame.f_back is not None:
        if frame.f_code is HANDLERS[kind]:
            return True
        frame = frame.f_back
    return False
