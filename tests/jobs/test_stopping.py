"""Workers that must not go on: they stop, or another one has the job. What they have is given back, or does not count."""

import threading
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from exhibit_api.db import Sessions
from exhibit_api.errors import BadModel
from exhibit_api.jobs.queue import Lost, claim
from exhibit_api.jobs.tables import JobState
from exhibit_api.jobs.worker import Stopped, Work, run_due
from tests.jobs.conftest import Foreman, Gate, Start
from tests.jobs.ledger import carve, clock, job, make_due, until, write, written

CARVE = frozenset({"carve"})


def test_what_a_fenced_out_worker_found_is_not_written(sessions: Sessions, ask: Foreman, start: Start) -> None:
    slow = Gate()
    start({"carve": slow})
    ask("carve", "loom")
    assert slow.begun.wait(60)
    assert run_due(sessions, {"carve": carve}) == 0
    make_due(sessions)  # as if its machine had been asleep
    assert run_due(sessions, {"carve": carve}) == 1
    slow.may_go_on.set()
    assert slow.ended.wait(60)
    assert isinstance(slow.raised, Lost)
    assert written(sessions) == ["loom"]
    row = job(sessions, "carve", "loom")
    assert (row.state, row.attempt, row.error) == (JobState.DONE, 2, None)


def test_a_fenced_out_worker_hears_of_it(sessions: Sessions, ask: Foreman, start: Start) -> None:
    killed = threading.Event()

    def long(work: Work) -> None:
        work.on_stop(killed.set)
        gate.begun.set()
        assert killed.wait(60)
        work.check()

    gate = Gate(long)
    gate.may_go_on.set()
    start({"carve": gate}, lease=0.6)
    ask("carve", "loom")
    assert gate.begun.wait(60)

    def taken_over() -> bool:
        make_due(sessions)
        return run_due(sessions, {"carve": carve}) == 1  # unless a heartbeat came between

    until(taken_over)
    assert gate.ended.wait(60)
    assert isinstance(gate.raised, Lost)
    assert written(sessions) == ["loom"]


def interrupted(_work: Work) -> None:
    raise KeyboardInterrupt


def test_an_interrupt_by_the_keyboard_gives_the_job_back(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    with pytest.raises(KeyboardInterrupt):
        run_due(sessions, {"carve": interrupted})
    row = job(sessions, "carve", "loom")
    assert (row.state, row.attempt) == (JobState.QUEUED, 0)


def test_a_stop_gives_the_job_back_at_once(sessions: Sessions, ask: Foreman, start: Start) -> None:
    killed = threading.Event()

    def child(work: Work) -> None:
        work.on_stop(killed.set)
        gate.begun.set()
        assert killed.wait(60)
        raise BadModel("the tool ended half-way")

    gate = Gate(child)
    gate.may_go_on.set()
    workers = start({"carve": gate})
    ask("carve", "loom", "pump")
    assert gate.begun.wait(60)
    until(lambda: job(sessions, "carve", "loom").state == JobState.RUNNING)
    workers.stop()
    assert gate.ended.is_set()
    rows = [job(sessions, "carve", key) for key in ("loom", "pump")]
    assert [(row.state, row.attempt, row.owner, row.error) for row in rows] == [(JobState.QUEUED, 0, None, None)] * 2
    assert run_due(sessions, {"carve": carve}) == 2
    assert written(sessions) == ["loom", "pump"]


def test_a_handler_that_does_not_hear_the_stop_is_left_behind(sessions: Sessions, ask: Foreman, start: Start) -> None:
    deaf = Gate()
    workers = start({"carve": deaf})
    ask("carve", "loom")
    assert deaf.begun.wait(60)
    workers.stop(grace=0.01)
    assert job(sessions, "carve", "loom").state == JobState.QUEUED
    assert run_due(sessions, {"carve": carve}) == 1
    deaf.may_go_on.set()
    assert deaf.ended.wait(60)
    assert isinstance(deaf.raised, Stopped)
    assert written(sessions) == ["loom"]


def test_whoever_asks_for_a_call_too_late_is_called_at_once(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    taken = claim(sessions, "mill", CARVE, 30)
    assert taken is not None
    stopping, calls = threading.Event(), []
    work = Work(sessions, taken, stopping=stopping)
    work.on_stop(lambda: calls.append("first"))
    take_off = work.on_stop(lambda: calls.append("second"))
    take_off()
    stopping.set()
    work.interrupt()
    work.interrupt()
    work.on_stop(lambda: calls.append("late"))
    assert calls == ["first", "late"]
    for ended in (work.check, lambda: work.progress("cut", 1, 2), lambda: carve(work)):
        with pytest.raises(Stopped):
            ended()


def test_what_a_handler_left_behind_is_not_called_when_it_has_ended(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    taken = claim(sessions, "mill", CARVE, 30)
    assert taken is not None
    work, called = Work(sessions, taken), threading.Event()
    with work.kept():
        work.on_stop(called.set)
    work.interrupt()
    assert not called.is_set()


def test_who_has_finished_does_not_take_the_job_for_lost(sessions: Sessions, ask: Foreman, start: Start) -> None:
    called, checked = threading.Event(), threading.Event()

    def tidy(work: Work) -> None:
        work.on_stop(called.set)
        carve(work)
        finished = job(sessions, "carve", "loom").finished_at
        assert finished is not None
        until(lambda: clock(sessions) > finished + timedelta(seconds=1))  # the heart has tried to beat
        work.check()
        checked.set()

    start({"carve": tidy}, lease=0.3)
    ask("carve", "loom")
    assert checked.wait(60)
    assert not called.is_set()


def test_one_callback_that_fails_does_not_keep_the_others_from_being_called(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    taken = claim(sessions, "mill", CARVE, 30)
    assert taken is not None
    work, called = Work(sessions, taken), threading.Event()
    work.on_stop(lambda: [].pop())
    work.on_stop(called.set)
    with capture_logs() as logs:
        work.interrupt()
    assert called.is_set()
    assert [line["log_level"] for line in logs] == ["error"]


def test_results_that_were_written_when_the_job_was_lost_are_rolled_back(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")

    def late(work: Work) -> None:
        with work.finishing() as session:
            write(session, work)
            if session.get_bind().dialect.name == "postgresql":  # with SQLite nobody can come between
                make_due(sessions)
                assert run_due(sessions, {"carve": carve}) == 1

    run_due(sessions, {"carve": late})
    assert written(sessions) == ["loom"]
    assert job(sessions, "carve", "loom").state == JobState.DONE
