"""What the jobs of these tests leave behind: a row for each result, without any rule that would hide a doubled one."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Column, MetaData, String, Table, insert, select, text, update
from sqlalchemy.orm import Session

from exhibit_api.db import Sessions, transaction
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.tables import Job, job_of
from exhibit_api.jobs.worker import Work

Found = TypeVar("Found")

results = Table("results", MetaData(), Column("key", String(80)), Column("by", String(200)))


def carve(work: Work) -> None:
    """A handler whose result is a row."""
    with work.finishing() as session:
        write(session, work)


def write(session: Session, work: Work) -> None:
    """The result of a job, in the transaction of its end."""
    session.execute(insert(results).values(key=work.key, by=work.claim.owner))


def written(sessions: Sessions) -> list[str]:
    """The keys of all results, sorted."""
    with transaction(sessions, reads_only=True) as session:
        return sorted(session.scalars(select(results.c.key)))


def job(sessions: Sessions, kind: str, key: str) -> Job:
    """The job as it stands in the database."""
    with transaction(sessions, reads_only=True) as session:
        found = job_of(session, kind, key)
    assert found is not None
    return found


def clock(sessions: Sessions) -> datetime:
    """This moment, by the database."""
    with transaction(sessions, reads_only=True) as session:
        said = session.scalar(select(moment()))
    assert said is not None
    return said


def make_due(sessions: Sessions) -> None:
    """Let the time pass that jobs wait for: all leases run out, all pauses are over."""
    with transaction(sessions) as session:
        session.execute(update(Job).where(Job.run_at > moment()).values(run_at=moment(-1)))
        session.execute(update(Job).where(Job.lease_until > moment()).values(lease_until=moment(-1)))


def bury(sessions: Sessions) -> None:
    """Wait until the database has noticed that a process was killed: its server may still hold a transaction of the dead."""
    held = text(
        "SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
    )

    def nobody() -> bool:
        with transaction(sessions, reads_only=True) as session:
            return session.get_bind().dialect.name != "postgresql" or bool(session.scalar(held))

    until(nobody)


def until(look: Callable[[], Found | None], seconds: float = 60) -> Found:
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)
    return found
