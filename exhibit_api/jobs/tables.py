"""The lease table: a row for each piece of work, and the look-ups of how far it is."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Exists, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from exhibit_api.db import Base
from exhibit_api.jobs.clock import moment


class JobState(StrEnum):
    """How far a job is. One that waits for its next attempt is queued too, and says why in `error`."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """A piece of work: `kind` says which handler does it, `key` what it is done to. One row for each pair, used again and again.

    A running job belongs to `owner` until `lease_until`; then anyone may take it over. `again` says that it was asked for anew
    during its run, and is to be run once more. `progress` is {"step", "done", "total"}, and None once it is done. All moments are the
    database's.
    """

    __tablename__ = "jobs"
    __table_args__ = (UniqueConstraint("key", "kind"), Index("ix_jobs_state_run_at", "state", "run_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(200))
    args: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(20))
    priority: Mapped[int] = mapped_column(default=0)
    run_at: Mapped[datetime] = mapped_column(default=moment())
    again: Mapped[bool] = mapped_column(default=False)
    attempt: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int] = mapped_column(default=5)
    lease_until: Mapped[datetime | None]
    owner: Mapped[str | None] = mapped_column(String(200))
    progress: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=moment())
    finished_at: Mapped[datetime | None]


UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


def is_under_way(session: Session, kind: str, key: str) -> bool:
    """Whether the job of this kind and key waits or is being done."""
    job = job_of(session, kind, key)
    return job is not None and job.state in UNDER_WAY


def at_work(kind: str, key: InstrumentedAttribute[str]) -> Exists:
    """For queries: that the job of this kind, whose key stands in a column of another table, waits or is being done."""
    return select(Job.id).where(Job.kind == kind, Job.key == key, Job.state.in_(UNDER_WAY)).exists()


def job_of(session: Session, kind: str, key: str) -> Job | None:
    """The job of this kind and key, or None if it was never asked for."""
    return session.scalar(select(Job).where(Job.key == key, Job.kind == kind))


def jobs_of(session: Session, keys: Collection[str]) -> dict[tuple[str, str], Job]:
    """All jobs of these keys, of every kind: (kind, key) → job."""
    return {(job.kind, job.key): job for job in session.scalars(select(Job).where(Job.key.in_(keys)))}
