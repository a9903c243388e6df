"""How far the work on an asset is, in little: what those who follow it are told at each change."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, can
from exhibit_api.assets.due import KINDS
from exhibit_api.assets.schemas import ProcessingOut
from exhibit_api.assets.tables import Asset, State, holders
from exhibit_api.documents import Document, canonical_bytes
from exhibit_api.errors import Forbidden, NotFound
from exhibit_api.jobs.tables import UNDER_WAY, Job, JobState, jobs_of


class Progress(Document):
    """The state of an asset, and the work that was asked for on it, in the order in which it is done."""

    state: State
    processing: tuple[ProcessingOut, ...]

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return not any(work.state in UNDER_WAY for work in self.processing)

    @property
    def tag(self) -> str:
        """Another one for each progress."""
        return hashlib.sha256(canonical_bytes(self.plain())).hexdigest()[:16]


def progress_on(session: Session, actor: Actor, sha256: str) -> Progress:
    """How far it is, for those who may read the asset. Reads little, for it is asked often. Raises NotFound or Forbidden."""
    state = session.scalar(select(Asset.state).where(Asset.sha256 == sha256))
    if state is None:
        raise NotFound(f"there is no asset {sha256}")
    require_readable(session, actor, sha256)
    return Progress(state=State(state), processing=work_on(session, sha256))


def require_readable(session: Session, actor: Actor, sha256: str) -> None:
    """Raise Forbidden unless the actor may read drafts of an organisation that sent the asset."""
    if not any(can(actor, Action.READ, organisation) for organisation in holders(session, sha256)):
        raise Forbidden(f"{actor.describe()} may not {Action.READ} of the organisations that sent this asset")


def work_on(session: Session, sha256: str) -> tuple[ProcessingOut, ...]:
    """The work that was asked for on the asset, in the order in which it is done."""
    jobs = jobs_of(session, [sha256])
    return tuple(progress_of(jobs[kind, sha256]) for kind in KINDS if (kind, sha256) in jobs)


def progress_of(job: Job) -> ProcessingOut:
    """How far a job is. One that is done has no step any more."""
    progress = (job.progress or {}) if job.state in (JobState.RUNNING, JobState.FAILED) else {}
    return ProcessingOut.of(
        {"kind": job.kind, "state": job.state, "attempt": job.attempt, "error": job.error, **progress}
    )
