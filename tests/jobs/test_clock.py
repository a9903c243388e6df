"""The clock of the queue is the database's: machines whose clocks are hours apart share the work."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, literal, select

from exhibit_api.db import Sessions, UtcDateTime, transaction
from exhibit_api.errors import BadModel
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.queue import Claim, beat, claim, enqueue, fail, finish, give_back
from exhibit_api.jobs.tables import Job
from tests.jobs.ledger import clock, job


@pytest.fixture
def sent(sessions: Sessions) -> Iterator[list[Any]]:
    """All values that go to the database, one by one."""
    engine = sessions.kw["bind"]
    assert isinstance(engine, Engine)
    values: list[Any] = []

    def listen(_connection: Any, _cursor: Any, _statement: str, parameters: Any, *_more: Any) -> None:
        values.extend(parameters.values() if isinstance(parameters, dict) else parameters)

    event.listen(engine, "before_cursor_execute", listen)
    yield values
    event.remove(engine, "before_cursor_execute", listen)


def taken(sessions: Sessions) -> Claim:
    found = claim(sessions, "mill", {"carve"}, 30)
    assert found is not None
    return found


def test_no_machine_tells_the_database_what_time_it_is(sessions: Sessions, sent: list[Any]) -> None:
    with transaction(sessions) as session:
        enqueue(session, "carve", "loom", delay=0.0)
    first = taken(sessions)
    beat(sessions, first, 30, {"step": "cut", "done": 1, "total": 2})
    give_back(sessions, first)
    second = taken(sessions)
    with transaction(sessions) as session:
        enqueue(session, "carve", "loom")
        finish(session, second)
    fail(sessions, taken(sessions), BadModel("the chisel broke"))
    assert len(sent) > 50
    assert not [value for value in sent if isinstance(value, datetime)]
    assert not [value for value in sent if isinstance(value, int | float) and value > 100]
    assert not [value for value in sent if isinstance(value, str) and value.startswith(str(datetime.now(UTC).year))]


def test_every_moment_of_a_job_is_the_databases(sessions: Sessions) -> None:
    before = clock(sessions)
    with transaction(sessions) as session:
        enqueue(session, "carve", "loom", delay=-1)
    running = taken(sessions)
    row = job(sessions, "carve", "loom")
    assert row.lease_until is not None
    with transaction(sessions) as session:
        finish(session, running)
    done = job(sessions, "carve", "loom")
    assert done.finished_at is not None
    after = clock(sessions)
    moments = [before, row.run_at + timedelta(seconds=1), row.created_at, row.lease_until - timedelta(seconds=30)]
    assert sorted(moments[:2]) == moments[:2]
    assert all(before <= moment <= after for moment in [*moments, done.finished_at])


def test_a_moment_is_now_and_not_the_beginning_of_the_transaction(sessions: Sessions) -> None:
    with transaction(sessions) as session:
        first = session.scalar(select(moment()))
        while session.scalar(select(moment() > literal(first, UtcDateTime()))) is not True:
            pass


@pytest.mark.parametrize("seconds", [0.001, 0.5, 30, 86_400, -0.25, -7200])
def test_a_moment_can_be_counted_from_now(sessions: Sessions, seconds: float) -> None:
    before = clock(sessions)
    with transaction(sessions, reads_only=True) as session:
        said = session.scalar(select(moment(seconds)))
    assert said is not None
    assert said.tzinfo is UTC
    tick = timedelta(milliseconds=1)  # SQLite's
    assert before - tick <= said - timedelta(seconds=seconds) <= clock(sessions) + tick


def test_moments_of_the_database_and_of_the_code_are_compared_as_moments(sessions: Sessions) -> None:
    with transaction(sessions) as session:
        enqueue(session, "carve", "loom")
    written = job(sessions, "carve", "loom").run_at
    for shift, is_earlier in ((-1, False), (0, False), (1, True)):
        other = written + timedelta(microseconds=shift)
        with transaction(sessions, reads_only=True) as session:
            assert session.scalar(select(Job.run_at < other)) == is_earlier
