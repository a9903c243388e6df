"""A migrated database, with a table for results."""

import threading
from collections.abc import Callable

import pytest

from exhibit_api.db import Sessions, sessions_of, transaction
from exhibit_api.jobs.queue import enqueue
from exhibit_api.jobs.worker import Handler, Work, Workers
from tests.databases import Connect, engine_of
from tests.jobs.ledger import carve, results

__all__ = ["engine_of"]


@pytest.fixture
def sessions(database: str, engine_of: Connect) -> Sessions:
    """An empty database of each kind, with a table for results."""
    engine = engine_of(database)
    results.create(engine)
    return sessions_of(engine)


class Foreman:
    """Asks for work."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions

    def __call__(self, kind: str, *keys: str, **options: int) -> None:
        with transaction(self.sessions) as session:
            for key in keys:
                enqueue(session, kind, key, **options)


@pytest.fixture
def ask(sessions: Sessions) -> Foreman:
    """`ask("carve", "loom")`: a job in a transaction of its own."""
    return Foreman(sessions)


class Gate:
    """A handler that says when it has begun, and goes on when it may."""

    def __init__(self, then: Handler = carve) -> None:
        self.begun, self.may_go_on = threading.Event(), threading.Event()
        self.raised: Exception | None = None
        self.ended = threading.Event()
        self._then = then

    def __call__(self, work: Work) -> None:
        self.begun.set()
        assert self.may_go_on.wait(60)
        try:
            self._then(work)
        except Exception as error:
            self.raised = error
            raise
        finally:
            self.ended.set()


Start = Callable[..., Workers]


@pytest.fixture
def start(sessions: Sessions, request: pytest.FixtureRequest) -> Start:
    """Starts workers, which are stopped at the end of the test."""

    def started(handlers: dict[str, Handler], *lanes: frozenset[str], lease: float = 30, poll: float = 0.02) -> Workers:
        workers = Workers(sessions, handlers, lanes or [frozenset(handlers)], lease=lease, poll=poll)
        request.addfinalizer(workers.stop)
        workers.start()
        return workers

    return started
