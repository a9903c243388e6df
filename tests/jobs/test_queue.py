"""The queue: who is next, what a second request does, and how a job ends."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from exhibit_api.db import Sessions, transaction
from exhibit_api.errors import BadModel
from exhibit_api.jobs.queue import Claim, Lost, Poison, beat, claim, enqueue, fail, finish, give_back
from exhibit_api.jobs.tables import Job, JobState, job_of, jobs_of
from tests.jobs.conftest import Foreman
from tests.jobs.ledger import clock, job, make_due, until

KINDS = frozenset({"carve"})


def take(sessions: Sessions, lease: float = 30) -> Claim:
    taken = claim(sessions, "mill", KINDS, lease)
    assert taken is not None
    return taken


def end(sessions: Sessions, taken: Claim) -> None:
    with transaction(sessions) as session:
        finish(session, taken)


def all_keys(sessions: Sessions) -> list[str]:
    """The keys in the order in which they are given out."""
    keys = []
    while (taken := claim(sessions, "mill", KINDS, 30)) is not None:
        keys.append(taken.key)
    return keys


def test_who_asks_first_is_served_first(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom", "pump", "anvil")
    assert all_keys(sessions) == ["loom", "pump", "anvil"]
    assert claim(sessions, "mill", KINDS, 30) is None


def test_what_matters_more_is_done_first(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    ask("carve", "pump", priority=5)
    ask("carve", "anvil", priority=-5)
    assert all_keys(sessions) == ["pump", "loom", "anvil"]


def test_a_delayed_job_waits(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom", delay=1000)
    assert claim(sessions, "mill", KINDS, 30) is None
    make_due(sessions)
    assert all_keys(sessions) == ["loom"]


def test_only_the_kinds_that_a_worker_does_are_given_to_it(sessions: Sessions, ask: Foreman) -> None:
    ask("paint", "loom")
    assert claim(sessions, "mill", KINDS, 30) is None
    assert claim(sessions, "mill", frozenset({"carve", "paint"}), 30) is not None


def cause_and_fail(sessions: Sessions) -> None:
    with transaction(sessions) as session:
        enqueue(session, "carve", "loom")
        raise RuntimeError("power cut")


def test_a_job_comes_into_being_with_its_cause_or_not_at_all(sessions: Sessions) -> None:
    with pytest.raises(RuntimeError, match="power cut"):
        cause_and_fail(sessions)
    assert claim(sessions, "mill", KINDS, 30) is None
    with transaction(sessions) as session:
        enqueue(session, "carve", "loom")
        if session.get_bind().dialect.name == "postgresql":  # with SQLite, whoever claims waits for this transaction
            assert claim(sessions, "mill", KINDS, 30) is None
    assert take(sessions).key == "loom"


def test_a_claim_says_all_that_a_handler_needs(sessions: Sessions) -> None:
    with transaction(sessions) as session:
        enqueue(session, "carve", "loom", {"depth": 3, "名": "织机"})
    taken = take(sessions)
    assert (taken.kind, taken.key, taken.args, taken.attempt) == ("carve", "loom", {"depth": 3, "名": "织机"}, 1)
    assert taken.owner.startswith("mill ")
    row = job(sessions, "carve", "loom")
    assert (row.state, row.owner, row.attempt) == (JobState.RUNNING, taken.owner, 1)


def test_a_waiting_job_that_is_asked_for_again_keeps_its_better_place(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom", priority=5)
    ask("carve", "pump", priority=3)
    ask("carve", "anvil", delay=1000)
    first = job(sessions, "carve", "loom")
    with transaction(sessions) as session:
        enqueue(session, "carve", "loom", {"depth": 3}, delay=1000)
        enqueue(session, "carve", "pump", priority=7)
        enqueue(session, "carve", "anvil")
    again = job(sessions, "carve", "loom")
    assert (again.id, again.priority, again.run_at, again.args) == (first.id, 5, first.run_at, {"depth": 3})
    assert all_keys(sessions) == ["pump", "loom", "anvil"]


def test_a_job_that_has_ended_starts_afresh(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom", priority=5)
    end(sessions, take(sessions))
    first = job(sessions, "carve", "loom")
    assert (first.state, first.owner, first.lease_until, first.error) == (JobState.DONE, None, None, None)
    assert first.finished_at is not None
    ask("carve", "loom", priority=1)
    assert fail(sessions, take(sessions), Poison("the wood is rotten")) == JobState.FAILED
    ask("carve", "loom")
    fresh = job(sessions, "carve", "loom")
    assert (fresh.id, fresh.state, fresh.attempt, fresh.priority) == (first.id, JobState.QUEUED, 0, 0)
    assert (fresh.error, fresh.finished_at) == (None, None)
    assert take(sessions).attempt == 1


def test_a_running_job_that_is_asked_for_runs_once_more(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    taken = take(sessions)
    with transaction(sessions) as session:
        enqueue(session, "carve", "loom", {"depth": 3})
    assert claim(sessions, "other", KINDS, 30) is None
    end(sessions, taken)
    second = take(sessions)
    assert (second.attempt, second.args) == (1, {"depth": 3})
    end(sessions, second)
    assert job(sessions, "carve", "loom").state == JobState.DONE


def test_a_running_job_that_is_asked_for_runs_once_more_even_if_it_fails(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    taken = take(sessions)
    ask("carve", "loom", delay=1000)
    assert fail(sessions, taken, Poison("the wood is rotten")) == JobState.QUEUED
    assert claim(sessions, "mill", KINDS, 30) is None
    make_due(sessions)
    assert take(sessions).attempt == 1


def test_a_job_whose_worker_is_silent_is_taken_over(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    first = take(sessions, lease=0.2)
    second = until(lambda: claim(sessions, "other", KINDS, 30))
    assert (second.id, second.attempt) == (first.id, 2)
    assert second.owner.startswith("other ")
    with pytest.raises(Lost, match="carve loom"):
        beat(sessions, first, 30, {"step": "cut", "done": 1, "total": 2})
    with pytest.raises(Lost):
        end(sessions, first)
    with pytest.raises(Lost):
        fail(sessions, first, BadModel("no model"))
    with pytest.raises(Lost):
        give_back(sessions, first)
    row = job(sessions, "carve", "loom")
    assert (row.state, row.owner, row.progress) == (JobState.RUNNING, second.owner, None)
    end(sessions, second)
    with pytest.raises(Lost):
        end(sessions, second)


def test_a_silent_worker_that_nobody_replaced_goes_on(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    taken = take(sessions)
    make_due(sessions)
    beat(sessions, taken, 30, {"step": "cut", "done": 1, "total": 2})
    assert claim(sessions, "other", KINDS, 30) is None
    assert job(sessions, "carve", "loom").progress == {"step": "cut", "done": 1, "total": 2}
    beat(sessions, taken, 30)
    assert job(sessions, "carve", "loom").progress == {"step": "cut", "done": 1, "total": 2}


def test_the_same_worker_is_fenced_from_what_it_gave_back(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    first = take(sessions)
    give_back(sessions, first)
    second = take(sessions)
    assert second.attempt == first.attempt == 1
    with pytest.raises(Lost):
        end(sessions, first)
    end(sessions, second)


def test_a_failed_attempt_is_repeated_after_longer_and_longer_pauses(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    for pause in (2, 4, 8, 16):
        taken = take(sessions)
        before = clock(sessions)
        assert fail(sessions, taken, BadModel("the chisel broke")) == JobState.QUEUED
        row = job(sessions, "carve", "loom")
        assert before <= row.run_at - timedelta(seconds=pause) <= clock(sessions)
        assert (row.owner, row.lease_until, row.error) == (None, None, "the chisel broke")
        assert claim(sessions, "mill", KINDS, 30) is None
        make_due(sessions)
    assert fail(sessions, take(sessions), BadModel("the chisel broke")) == JobState.FAILED
    row = job(sessions, "carve", "loom")
    assert (row.attempt, row.error) == (5, "the chisel broke")
    assert row.finished_at is not None
    make_due(sessions)
    assert claim(sessions, "mill", KINDS, 30) is None


def test_a_pause_is_a_minute_at_most(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    with transaction(sessions) as session:
        row = job_of(session, "carve", "loom")
        assert row is not None
        row.attempt, row.max_attempts = 7, 100
    taken = take(sessions)
    fail(sessions, taken, BadModel("the chisel broke"))
    assert job(sessions, "carve", "loom").run_at <= clock(sessions) + timedelta(seconds=60)


def test_poison_is_not_tried_again(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    assert fail(sessions, take(sessions), Poison("the wood of 'loom'\0 is rotten \udc80")) == JobState.FAILED
    row = job(sessions, "carve", "loom")
    assert (row.attempt, row.error) == (1, "the wood of 'loom'\\0 is rotten \\udc80")


def test_what_nobody_expected_is_told_without_its_inner_words(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    fail(sessions, take(sessions), KeyError("secret"))
    assert job(sessions, "carve", "loom").error == "an unexpected KeyError; the log of the workers has more"


def test_a_job_that_kills_each_of_its_workers_ends_as_failed(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "bomb", "loom")
    for attempt in range(1, 6):
        taken = take(sessions)
        assert (taken.key, taken.attempt) == ("bomb", attempt)
        beat(sessions, taken, 30, {"step": "decode", "done": 0, "total": 1})
        make_due(sessions)
    assert take(sessions).key == "loom"
    row = job(sessions, "carve", "bomb")
    assert (row.state, row.error) == (JobState.FAILED, "the worker died during 'decode', at attempt 5 of 5")
    assert (row.owner, row.lease_until) == (None, None)
    assert row.finished_at is not None


def test_a_job_that_is_asked_for_while_its_last_worker_dies_has_all_attempts_again(
    sessions: Sessions, ask: Foreman
) -> None:
    ask("carve", "bomb")
    for _ in range(5):
        take(sessions)
        make_due(sessions)
    ask("carve", "bomb")
    make_due(sessions)
    assert take(sessions).attempt == 1


def test_who_takes_a_job_over_answers_the_second_request_too(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    take(sessions)
    ask("carve", "loom")
    make_due(sessions)
    end(sessions, take(sessions))
    assert job(sessions, "carve", "loom").state == JobState.DONE


def test_given_back_a_job_is_as_if_it_had_not_been_taken(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom")
    taken = take(sessions)
    beat(sessions, taken, 30, {"step": "cut", "done": 1, "total": 2})
    give_back(sessions, taken)
    row = job(sessions, "carve", "loom")
    assert (row.state, row.attempt, row.owner, row.lease_until) == (JobState.QUEUED, 0, None, None)
    assert (row.progress, row.error) == (None, None)
    assert take(sessions).key == "loom"


def test_jobs_are_found_by_what_they_are_done_to(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", "loom", "pump")
    ask("paint", "loom", "anvil")
    with transaction(sessions, reads_only=True) as session:
        found = jobs_of(session, ["loom", "pump", "none"])
        assert set(found) == {("carve", "loom"), ("paint", "loom"), ("carve", "pump")}
        assert jobs_of(session, []) == {}
        assert job_of(session, "paint", "pump") is None
        loom = job_of(session, "paint", "loom")
        assert loom is found["paint", "loom"]
        assert session.scalar(select(func.count()).select_from(Job)) == 4
