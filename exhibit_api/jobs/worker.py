"""Workers: threads that take jobs and run their handlers, and `run_due` for who wants all work done now, in this thread."""

import os
import random
import socket
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence

import structlog
from prometheus_client import Counter, Histogram
from sqlalchemy.exc import SQLAlchemyError

from exhibit_api.db import Sessions, transaction
from exhibit_api.errors import ExhibitError
from exhibit_api.jobs.queue import Claim, Lost, Poison, claim, fail, finish, give_back
from exhibit_api.jobs.tables import JobState
from exhibit_api.jobs.work import LEASE_SECONDS, Stopped, Work

__all__ = ["Handler", "Stopped", "Work", "Workers", "run_due"]

Handler = Callable[[Work], None]
"""Does a job. It may be run again after it was cut off at any place, so all that it leaves outside `finishing` must bear that."""

POLL_SECONDS = 1.0
GRACE_SECONDS = 10.0
AWAY_SECONDS = 2.0
"""Between two tries while the database does not answer."""

AWAY = (ExhibitError, SQLAlchemyError)
"""What the queue raises where the database does not answer."""

ENDS = Counter("exhibit_jobs_total", "Runs of jobs by this instance's workers", ("kind", "end"))
SECONDS = Histogram(
    "exhibit_job_seconds", "Seconds that a run of a job took", ("kind",), buckets=(0.1, 0.5, 2, 10, 60, 300)
)

log = structlog.get_logger()


class Workers:
    """Threads that do jobs until `stop`. Each lane is one thread and takes its kinds only, so that long work holds up no short work.

    A job belongs to its worker for `lease` seconds and is prolonged all the while; one whose worker died is taken over after that.
    """

    def __init__(
        self,
        sessions: Sessions,
        handlers: Mapping[str, Handler],
        lanes: Sequence[frozenset[str]],
        lease: float = LEASE_SECONDS,
        poll: float = POLL_SECONDS,
        name: str | None = None,
    ) -> None:
        if unknown := frozenset[str]().union(*lanes) - set(handlers):
            raise ValueError(f"no handler for {', '.join(sorted(unknown))}")
        self._sessions = sessions
        self._handlers = handlers
        self._lease = lease
        self._poll = poll
        self._name = name or _name()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._running: list[Work] = []
        self._waiting: set[int] = set()
        self._wakes = [threading.Event() for _ in lanes]
        self._threads = [
            threading.Thread(
                target=self._serve, args=(kinds, wake), name=f"jobs {' '.join(sorted(kinds))}", daemon=True
            )
            for kinds, wake in zip(lanes, self._wakes, strict=True)
        ]

    def start(self) -> None:
        """Begin. Once only."""
        for thread in self._threads:
            thread.start()

    def nudge(self) -> None:
        """Look for work at once: something was enqueued, and committed, in this process."""
        for wake in self._wakes:
            wake.set()

    def stop(self, grace: float = GRACE_SECONDS) -> None:
        """Take no more jobs, interrupt those under way, and give them back. What has not ended after `grace` seconds is given up."""
        self._stopping.set()
        self.nudge()
        with self._lock:
            running = list(self._running)
        for work in running:
            work.interrupt()
        deadline = time.monotonic() + grace
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        with self._lock:
            running = list(self._running)
        for work in running:
            self._settled(work, Stopped("the worker stops"))

    def _serve(self, kinds: Collection[str], wake: threading.Event) -> None:
        while not self._stopping.is_set():
            wake.clear()
            try:
                taken = claim(self._sessions, self._name, kinds, self._lease)
            except AWAY as error:
                self._wait_for_database(error)
                continue
            self._database_answers()
            if taken is None:
                wake.wait(self._poll * random.uniform(0.75, 1.25))  # noqa: S311 - so that idle workers do not all look at once
            else:
                self._run(taken)

    def _run(self, taken: Claim) -> None:
        work = Work(self._sessions, taken, self._lease, self._stopping)
        with self._lock:
            self._running.append(work)
        try:
            error = _do(work, self._handlers[taken.kind])
            while not self._settled(work, error) and not self._stopping.is_set():
                pass
        finally:
            with self._lock:
                self._running.remove(work)

    def _settled(self, work: Work, error: Exception | None) -> bool:
        """Whether the end could be written. If not, the lease runs out, and another worker takes the job over."""
        try:
            _settle(work, error)
        except AWAY as trouble:
            self._wait_for_database(trouble)
            return False
        self._database_answers()
        return True

    def _wait_for_database(self, error: Exception) -> None:
        with self._lock:
            is_news = not self._waiting
            self._waiting.add(threading.get_ident())
        if is_news:
            log.warning("the workers wait for the database", error=str(error)[:300])
        self._stopping.wait(AWAY_SECONDS)

    def _database_answers(self) -> None:
        with self._lock:
            is_news = self._waiting == {threading.get_ident()}
            self._waiting.discard(threading.get_ident())
        if is_news:
            log.info("the workers go on")


def run_due(sessions: Sessions, handlers: Mapping[str, Handler], kinds: Collection[str] | None = None) -> int:
    """Do all that is due in this thread, until nothing is; the answer is how many runs that were. Raises DatabaseBusy.

    A job that fails waits for its next attempt, and is not due then.
    """
    runs = 0
    while (taken := claim(sessions, _name(), handlers.keys() if kinds is None else kinds, LEASE_SECONDS)) is not None:
        work = Work(sessions, taken)
        try:
            error = _do(work, handlers[taken.kind])
        except BaseException:  # Ctrl-C
            give_back(sessions, taken)
            raise
        _settle(work, error)
        runs += 1
    return runs


def _name() -> str:
    return f"{socket.gethostname()}-{os.getpid()}"


def _do(work: Work, handler: Handler) -> Exception | None:
    """Run the handler under the lease; the answer is what it raised."""
    with SECONDS.labels(work.claim.kind).time():
        try:
            with work.kept():
                work.check()
                handler(work)
        except Exception as error:  # noqa: BLE001 - whatever it is, the row of the job tells it
            return error
    return None


def _settle(work: Work, error: Exception | None) -> None:
    """Write what became of the job, unless the handler's own transaction has ended it."""
    taken = work.claim
    about = log.bind(kind=taken.kind, key=taken.key, attempt=taken.attempt)
    try:
        if work.is_finished:
            end = "done"
            if error is not None:
                about.error("a job is done, but its handler did not end well", exc_info=error)
        elif error is None:
            with transaction(work.sessions) as session:
                finish(session, taken)
            end = "done"
        elif isinstance(error, Lost):
            raise error
        elif work.is_stopping:
            give_back(work.sessions, taken)
            end = "returned"
        else:
            end = "failed" if fail(work.sessions, taken, error) == JobState.FAILED else "retried"
            unexpected = None if isinstance(error, ExhibitError | Poison) else error
            about.warning("a job could not be done", end=end, error=str(error)[:300], exc_info=unexpected)
    except Lost:
        end = "lost"
        about.warning("a job was taken over by another worker; this one's results are not kept")
    ENDS.labels(taken.kind, end).inc()
