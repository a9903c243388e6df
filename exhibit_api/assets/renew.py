"""A new recipe, or new tools: models that portray exhibits get their variants anew, behind all other work. Published editions stay."""

from sqlalchemy import String, cast, false, or_, select
from sqlalchemy.orm import Session

from exhibit_api.assets.due import GATE, LATE, PROCESS, ask_for_what_is_due
from exhibit_api.assets.equipped import void_reasons
from exhibit_api.assets.tables import Asset, Portrayal, State
from exhibit_api.db import Sessions, transaction
from exhibit_api.jobs.tables import Job, JobState, job_of
from exhibit_api.pipeline import recipes


def enqueue_renewal(sessions: Sessions) -> int:
    """Ask for what the models of exhibits lack by today's recipes, where that is not asked for already; for how many it was.

    What another machine could not make, as pictures without OpenGL, is asked for again where this one can. What failed since its
    machine lacked the tools is, too, for a new start may be on one that has them. What ended its workers at each attempt is not, or
    each start would begin with it.
    """
    outdated = (Asset.state == State.READY) & (Asset.recipe < recipes.RECIPE_VERSION)
    shown = Asset.sha256.in_(select(Portrayal.sha256))
    reasons = cast(Asset.reasons, String)
    unmade = (Asset.state == State.READY) & or_(false(), *(reasons.contains(f'"{code}"') for code in void_reasons()))
    query = (
        select(Asset.sha256).where(shown, or_(outdated, unmade, Asset.state == State.RECEIVED)).order_by(Asset.sha256)
    )
    with transaction(sessions, reads_only=True) as session:
        candidates = session.scalars(query).all()
    asked = 0
    for sha256 in candidates:  # one by one, so that requests pass between
        with transaction(sessions) as session:
            asked += _ask(session, sha256)
    return asked


def _ask(session: Session, sha256: str) -> bool:
    asset = session.get(Asset, sha256)
    if asset is None or not _may_be_asked(job_of(session, PROCESS if asset.has_verdict else GATE, sha256)):
        return False
    ask_for_what_is_due(session, asset, priority=LATE)
    return True


def _may_be_asked(job: Job | None) -> bool:
    if job is None or job.state == JobState.DONE:
        return True
    is_for_another_recipe = job.kind == PROCESS and job.args.get("recipe") != recipes.RECIPE_VERSION
    return job.state == JobState.FAILED and (job.attempt < job.max_attempts or is_for_another_recipe)
