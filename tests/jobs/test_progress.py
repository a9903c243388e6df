"""Progress: read while the job runs, and written seldom."""

import time
from typing import Any

from sqlalchemy import Engine, event

from exhibit_api.db import Sessions
from exhibit_api.jobs.tables import JobState
from exhibit_api.jobs.work import PROGRESS_SECONDS
from exhibit_api.jobs.worker import Work, Workers, run_due
from tests.jobs.conftest import Foreman
from tests.jobs.ledger import job, until


def test_the_first_of_each_step_can_be_read_at_once(sessions: Sessions, ask: Foreman) -> None:
    read = []

    def steps(work: Work) -> None:
        for step in ("validate", "normalise", "variants"):
            work.progress(step, 0, 3)
            read.append(job(sessions, "carve", "loom").progress)

    ask("carve", "loom")
    run_due(sessions, {"carve": steps})
    assert read == [{"step": step, "done": 0, "total": 3} for step in ("validate", "normalise", "variants")]
    assert job(sessions, "carve", "loom").progress is None


def test_progress_is_written_a_few_times_a_second(sessions: Sessions, ask: Foreman) -> None:
    engine = sessions.kw["bind"]
    assert isinstance(engine, Engine)
    writes = []

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("UPDATE jobs") and "progress" in statement:
            writes.append(statement)

    def steps(work: Work) -> None:
        event.listen(engine, "before_cursor_execute", count)
        begun = time.monotonic()
        for done in range(300):
            work.progress("cut", done, 300)
        took.append(time.monotonic() - begun)
        event.remove(engine, "before_cursor_execute", count)

    took: list[float] = []
    ask("carve", "loom")
    run_due(sessions, {"carve": steps})
    assert 1 <= len(writes) <= took[0] / PROGRESS_SECONDS + 1


def test_the_heart_tells_what_was_not_written(sessions: Sessions, ask: Foreman) -> None:
    told = {"step": "cut", "done": 2, "total": 9}

    def steps(work: Work) -> None:
        for done in range(3):
            work.progress("cut", done, 9)
        until(lambda: job(sessions, "carve", "loom").progress == told)

    ask("carve", "loom")
    workers = Workers(sessions, {"carve": steps}, [frozenset({"carve"})], lease=0.6, poll=0.02)
    workers.start()
    until(lambda: job(sessions, "carve", "loom").state == JobState.DONE)
    workers.stop()
