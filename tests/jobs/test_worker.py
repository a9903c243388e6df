"""Workers: jobs are done as they come, leases are kept, lanes are kept apart, and failures are told."""

from functools import partial

import pytest
from structlog.testing import capture_logs

from exhibit_api.db import Sessions
from exhibit_api.errors import BadModel
from exhibit_api.jobs.queue import Poison, claim, enqueue
from exhibit_api.jobs.tables import JobState
from exhibit_api.jobs.worker import Work, Workers, run_due
from tests.jobs.conftest import Foreman, Gate, Start
from tests.jobs.ledger import carve, clock, job, make_due, until, write, written

CARVE = frozenset({"carve"})
PAINT = frozenset({"paint"})


def test_jobs_are_done_as_they_come(sessions: Sessions, ask: Foreman, start: Start) -> None:
    start({"carve": carve})
    ask("carve", "anvil")
    until(lambda: written(sessions) == ["anvil"])
    ask("carve", "loom")
    until(lambda: written(sessions) == ["anvil", "loom"])


def test_a_nudge_wakes_the_idle(sessions: Sessions, ask: Foreman, start: Start) -> None:
    workers = start({"carve": carve}, poll=10_000)
    for count in range(1, 6):
        ask("carve", f"loom-{count}")
        workers.nudge()
        until(partial(has_written, sessions, count))


def has_written(sessions: Sessions, count: int) -> bool:
    return len(written(sessions)) == count


def test_long_work_holds_up_no_short_work(sessions: Sessions, ask: Foreman, start: Start) -> None:
    long = Gate()
    start({"carve": long, "paint": carve}, CARVE, PAINT)
    ask("carve", "loom")
    assert long.begun.wait(60)
    ask("paint", "pump")
    until(lambda: written(sessions) == ["pump"])
    long.may_go_on.set()
    until(lambda: written(sessions) == ["loom", "pump"])


def test_a_lane_without_a_handler_is_a_mistake(sessions: Sessions) -> None:
    with pytest.raises(ValueError, match="no handler for paint"):
        Workers(sessions, {"carve": carve}, [CARVE | PAINT])


def test_a_job_that_takes_longer_than_its_lease_stays_with_its_worker(
    sessions: Sessions, ask: Foreman, start: Start
) -> None:
    gate = Gate()
    start({"carve": gate}, lease=1.5)
    ask("carve", "loom")
    assert gate.begun.wait(60)
    first = job(sessions, "carve", "loom").lease_until
    assert first is not None
    while clock(sessions) <= first:
        assert claim(sessions, "other", CARVE, 30) is None
        gate.may_go_on.wait(0.05)
    assert claim(sessions, "other", CARVE, 30) is None
    gate.may_go_on.set()
    until(lambda: written(sessions) == ["loom"])
    assert job(sessions, "carve", "loom").attempt == 1


def test_a_handler_that_fails_is_tried_again(sessions: Sessions, ask: Foreman) -> None:
    tries = []

    def clumsy(work: Work) -> None:
        tries.append(work.claim.attempt)
        with work.finishing() as session:
            write(session, work)
            if len(tries) < 3:
                raise BadModel("the chisel broke")

    ask("carve", "loom")
    for _ in range(3):
        assert run_due(sessions, {"carve": clumsy}) == 1
        assert run_due(sessions, {"carve": clumsy}) == 0, "it waits for its next attempt"
        make_due(sessions)
    assert tries == [1, 2, 3]
    assert written(sessions) == ["loom"]
    assert job(sessions, "carve", "loom").state == JobState.DONE


def test_poison_ends_the_job_and_not_the_worker(sessions: Sessions, ask: Foreman, start: Start) -> None:
    def choosy(work: Work) -> None:
        if work.key == "bomb":
            raise Poison("we carve no bombs")
        carve(work)

    ask("carve", "bomb", "loom")
    start({"carve": choosy})
    until(lambda: written(sessions) == ["loom"])
    row = job(sessions, "carve", "bomb")
    assert (row.state, row.attempt, row.error) == (JobState.FAILED, 1, "we carve no bombs")


def test_a_mistake_in_a_handler_is_logged_whole_and_told_in_short(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    with capture_logs() as logs:
        run_due(sessions, {"carve": lambda work: [][int(work.claim.attempt)]})
    assert [(line["kind"], line["key"], type(line["exc_info"])) for line in logs] == [("carve", "loom", IndexError)]
    assert "IndexError" in str(job(sessions, "carve", "loom").error)


def test_a_handler_without_rows_has_done_its_job_when_it_returns(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom", "pump")
    keys: list[str] = []
    assert run_due(sessions, {"carve": lambda work: keys.append(work.key)}) == 2
    assert keys == ["loom", "pump"]
    assert job(sessions, "carve", "loom").state == JobState.DONE


def test_a_failure_after_the_end_takes_nothing_back(sessions: Sessions, ask: Foreman) -> None:
    def untidy(work: Work) -> None:
        carve(work)
        raise OSError("the folder cannot be removed")

    ask("carve", "loom")
    run_due(sessions, {"carve": untidy})
    assert (job(sessions, "carve", "loom").state, written(sessions)) == (JobState.DONE, ["loom"])


def test_due_jobs_lead_to_others_and_all_are_done(sessions: Sessions, ask: Foreman) -> None:
    def gate(work: Work) -> None:
        with work.finishing() as session:
            write(session, work)
            enqueue(session, "paint", f"{work.key}-painted")

    ask("carve", "loom")
    assert run_due(sessions, {"carve": gate, "paint": carve}, kinds=CARVE) == 1
    assert run_due(sessions, {"carve": gate, "paint": carve}) == 1
    assert written(sessions) == ["loom", "loom-painted"]
