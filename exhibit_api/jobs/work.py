"""What a handler gets: its job, a way to tell how far it is, and the fenced transaction for its results."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from exhibit_api.db import Sessions, transaction
from exhibit_api.errors import DatabaseBusy, ExhibitError
from exhibit_api.jobs.queue import Claim, Lost, beat, finish, held

LEASE_SECONDS = 30.0
PROGRESS_SECONDS = 0.2
"""Between two writes of progress within one step."""

log = structlog.get_logger()


class Stopped(Exception):
    """The worker stops: the job is given back, and this attempt does not count."""


class Work:
    """A job under way. A handler calls it from one thread; the lease is kept by `kept`, in another.

    A handler that returns has done its job. One whose results are rows writes them in `finishing`.
    """

    def __init__(
        self, sessions: Sessions, claim: Claim, lease: float = LEASE_SECONDS, stopping: threading.Event | None = None
    ) -> None:
        self.sessions = sessions
        self.claim = claim
        self.is_finished = False
        self._lease = lease
        self._stopping = stopping or threading.Event()
        self._is_lost = False
        self._is_ending = False
        self._callbacks: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self._progress: dict[str, Any] | None = None
        self._written = 0.0

    @property
    def is_stopping(self) -> bool:
        """Whether the worker stops."""
        return self._stopping.is_set()

    @property
    def key(self) -> str:
        """What the job is done to."""
        return self.claim.key

    @property
    def args(self) -> dict[str, Any]:
        """What else was asked for."""
        return self.claim.args

    def check(self) -> None:
        """Go on only if it is worth it. Raises Stopped where the worker stops, Lost where another one has the job."""
        if self.is_stopping:
            raise Stopped(f"{self.claim.kind} {self.key}: the worker stops")
        if self._is_lost:
            raise Lost(f"{self.claim.kind} {self.key}: another worker has it")

    def progress(self, step: str, done: int, total: int) -> None:
        """Tell that `done` of `total` parts of a step are done. May be called often; raises as `check` does."""
        self.check()
        is_first = self._progress is None or self._progress["step"] != step
        self._progress = {"step": step, "done": done, "total": total}
        if is_first or time.monotonic() - self._written >= PROGRESS_SECONDS:
            self._written = time.monotonic()
            try:
                beat(self.sessions, self.claim, self._lease, self._progress)
            except DatabaseBusy as error:  # the work matters more than its progress bar
                log.debug("progress could not be written", kind=self.claim.kind, key=self.key, error=error.detail)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction of a part of the results, which counts only while the job is still ours. Raises as `finishing`."""
        self.check()
        with transaction(self.sessions) as session:
            yield session
            held(session, self.claim)  # last, as all rows of jobs

    @contextmanager
    def finishing(self) -> Iterator[Session]:
        """The transaction of the results, with the job's end in it: both are written, or neither. The last thing that a handler does.

        Raises as `check` does, and as `transaction` does.
        """
        self.check()
        self._is_ending = True  # the heart will find the job ended, and is not to take it for lost
        try:
            with transaction(self.sessions) as session:
                yield session
                finish(session, self.claim)
            self.is_finished = True
        finally:
            self._is_ending = self.is_finished

    def on_stop(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have this called, from another thread, when the handler should end at once: to kill a child. The answer takes it off again."""
        with self._lock:
            if not (self.is_stopping or self._is_lost):
                self._callbacks.append(callback)
                return lambda: self._take_off(callback)
        callback()
        return lambda: None

    def interrupt(self) -> None:
        """Call what `on_stop` was given."""
        with self._lock:
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            try:
                callback()
            except Exception:
                log.exception("a handler could not be interrupted", kind=self.claim.kind, key=self.key)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep the lease during this block, by a heartbeat at a third of it."""
        over = threading.Event()
        heart = threading.Thread(target=self._beat_until, args=(over,), name="heartbeat", daemon=True)
        heart.start()
        try:
            yield
        finally:
            over.set()
            with self._lock:
                self._callbacks.clear()  # what they would end has ended
            heart.join()

    def _take_off(self, callback: Callable[[], None]) -> None:
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

    def _beat_until(self, over: threading.Event) -> None:
        pause = self._lease / 3
        while not over.wait(pause):
            try:
                beat(self.sessions, self.claim, self._lease, self._progress)
                pause = self._lease / 3
            except Lost:
                if not self._is_ending:
                    self._is_lost = True
                    self.interrupt()
                    return
            except (ExhibitError, SQLAlchemyError) as error:
                log.debug("a lease could not be prolonged; trying again", error=str(error)[:300])
                pause = self._lease / 10
