"""The queue: asking for work, taking it under a lease, keeping the lease, and ending it. Each verb is safe against all others.

Who takes a job over gets a new owner and attempt; writes of the one before are refused from then on ("fenced"). Rows of jobs are
locked last in a transaction, after those of their cause or result, and in the order of their keys where there are several: so no two
transactions wait for each other.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from exhibit_api.db import Sessions, transaction
from exhibit_api.errors import ExhibitError
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.tables import Job, JobState

LONGEST_PAUSE = 60.0
"""Seconds between two attempts at most."""

ERROR_LENGTH = 2000


class Lost(Exception):
    """Another worker has the job now, or it was given back: nothing that this one still does may count."""


class Poison(Exception):
    """A job that would fail at every attempt. Raised by a handler, it ends the job as failed, with this message for people."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do a job, for as long as the lease is kept. `owner` and `attempt` are the fence; `attempt` counts from 1."""

    id: int
    kind: str
    key: str
    args: dict[str, Any]
    owner: str
    attempt: int


def enqueue(
    session: Session, kind: str, key: str, args: dict[str, Any] | None = None, *, priority: int = 0, delay: float = 0.0
) -> Job:
    """Ask for work in the transaction of its cause, in `delay` seconds at the soonest; higher priorities are done first.

    A job that waits already stays one: it keeps its place if that is better. One that runs is run once more afterwards, since
    it may have read what has changed now. One that has ended starts afresh. The newest arguments hold.
    """
    job = _locked(session, kind, key)
    soonest = moment(delay)
    if job.state == JobState.QUEUED or job.again:
        job.priority = max(job.priority, priority)
        job.run_at = case((Job.run_at < soonest, Job.run_at), else_=soonest)
    else:
        job.priority, job.run_at = priority, soonest
    job.args = args or {}
    if job.state == JobState.RUNNING:
        job.again = True
    else:
        _start_afresh(job)
    session.flush()
    return job


def claim(sessions: Sessions, owner: str, kinds: Collection[str], lease: float) -> Claim | None:
    """Take the first job of these kinds that is due, or whose worker has not been heard of, for `lease` seconds; None: there is none.

    Ends those as failed whose workers died at each attempt. `owner` is the worker's name, for people.
    """
    with transaction(sessions, reads_only=True) as session:  # the idle do not take SQLite's only lock
        if session.scalar(_due(kinds).with_only_columns(Job.id)) is None:
            return None
    with transaction(sessions) as session:
        while (job := session.scalar(_due(kinds).with_for_update(skip_locked=True))) is not None:
            if job.state == JobState.RUNNING:
                job.error = _told_of_death(job)
                if job.attempt >= job.max_attempts:
                    _end(job, JobState.FAILED, job.error)
                    session.flush()
                    continue
            job.state, job.again, job.attempt, job.progress = JobState.RUNNING, False, job.attempt + 1, None
            job.lease_until = moment(lease)
            job.owner = f"{owner} {secrets.token_hex(4)}"
            return Claim(job.id, job.kind, job.key, job.args, job.owner, job.attempt)
    return None


def beat(sessions: Sessions, claim: Claim, lease: float, progress: dict[str, Any] | None = None) -> None:
    """Keep the job for `lease` more seconds, and tell how far it is. Raises Lost."""
    with transaction(sessions) as session:
        job = held(session, claim)
        job.lease_until = moment(lease)
        if progress is not None:
            job.progress = progress


def finish(session: Session, claim: Claim) -> None:
    """End the job in the transaction of its results, as its last step: both are written, or neither. Raises Lost."""
    _end(held(session, claim), JobState.DONE)
    session.flush()


def fail(sessions: Sessions, claim: Claim, error: Exception) -> JobState:
    """Put the job back for another attempt, after 2, 4, 8 … 60 seconds; or end it after the last one, or at Poison. Raises Lost.

    Answers what became of it.
    """
    with transaction(sessions) as session:
        job = held(session, claim)
        if job.again or isinstance(error, Poison) or job.attempt >= job.max_attempts:
            _end(job, JobState.FAILED, _told(error))
        else:
            job.state, job.owner, job.lease_until, job.error = JobState.QUEUED, None, None, _told(error)
            job.run_at = moment(min(2.0**job.attempt, LONGEST_PAUSE))
        return JobState(job.state)


def give_back(sessions: Sessions, claim: Claim) -> None:
    """Put the job back as if it had not been taken: its worker stops. Raises Lost."""
    with transaction(sessions) as session:
        job = held(session, claim)
        job.state, job.owner, job.lease_until, job.progress = JobState.QUEUED, None, None, None
        job.attempt -= 1


def _locked(session: Session, kind: str, key: str) -> Job:
    """The row of the job, locked until the end of the transaction; a new one is made as one that has ended."""
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[session.get_bind().dialect.name]
    place = dialect.insert(Job).values(kind=kind, key=key, args={}, state=JobState.DONE)
    session.execute(place.on_conflict_do_nothing(index_elements=["key", "kind"]))
    query = select(Job).where(Job.key == key, Job.kind == kind).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def held(session: Session, claim: Claim) -> Job:
    """The job, locked, if the claim to it holds. Raises Lost."""
    fence = (Job.id == claim.id, Job.owner == claim.owner, Job.attempt == claim.attempt, Job.state == JobState.RUNNING)
    job = session.scalar(select(Job).where(*fence).with_for_update().execution_options(populate_existing=True))
    if job is None:
        raise Lost(f"{claim.kind} {claim.key}: {claim.owner} does not have it any more")
    return job


def _due(kinds: Collection[str]) -> Select[Job]:
    waits = and_(Job.state == JobState.QUEUED, Job.run_at <= moment())
    was_left = and_(Job.state == JobState.RUNNING, Job.lease_until < moment())
    order = (Job.priority.desc(), Job.run_at, Job.id)
    return select(Job).where(Job.kind.in_(kinds), or_(waits, was_left)).order_by(*order).limit(1)


def _start_afresh(job: Job) -> None:
    job.state, job.again, job.attempt = JobState.QUEUED, False, 0
    job.progress = job.error = job.finished_at = None


def _end(job: Job, state: JobState, error: str | None = None) -> None:
    job.owner = job.lease_until = None
    if job.again:
        _start_afresh(job)
    else:
        job.state, job.error, job.finished_at = state, error, moment()
        job.progress = None if state == JobState.DONE else job.progress


def _told(error: Exception) -> str:
    """The error in words for people, that any database can store. What we did not expect is told in the log alone."""
    if not isinstance(error, ExhibitError | Poison):
        return f"an unexpected {type(error).__name__}; the log of the workers has more"
    return str(error).encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")[:ERROR_LENGTH]


def _told_of_death(job: Job) -> str:
    step = f" during {job.progress['step']!r}" if job.progress else ""
    return f"the worker died{step}, at attempt {job.attempt} of {job.max_attempts}"
