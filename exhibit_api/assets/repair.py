"""Repair: a model with errors is written anew; if that mends any, what came of it is offered as an asset of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, can
from exhibit_api.accounts.tokens import actor_named
from exhibit_api.assets.due import REPAIR, SOON, ask_for_variants
from exhibit_api.assets.gate import keep_report
from exhibit_api.assets.masters import fetched, keep_file, require_kept
from exhibit_api.assets.places import place_for
from exhibit_api.assets.progress import require_readable
from exhibit_api.assets.quotas import usage_of
from exhibit_api.assets.schemas import IssueOut
from exhibit_api.assets.tables import GLB, Asset, holders, locked_asset, master_key
from exhibit_api.assets.upload import entered, hold
from exhibit_api.assets.verdict import enter_verdict, errors_of, found_in
from exhibit_api.audit import log
from exhibit_api.db import transaction
from exhibit_api.errors import BadModel, Conflict, Forbidden, NotFound, QuotaExceeded, Rejected, Unauthenticated
from exhibit_api.gltf.report import Report, inspect
from exhibit_api.jobs.queue import Poison, enqueue
from exhibit_api.jobs.work import Work
from exhibit_api.pipeline import repair as rewrite
from exhibit_api.pipeline import tools
from exhibit_api.pipeline.gate import verdicts
from exhibit_api.pipeline.judge import sha256_of
from exhibit_api.pipeline.outcome import Verdict
from exhibit_api.settings import Settings
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Received

STEPS = 4


@dataclass(frozen=True, slots=True)
class Mended:
    """What the rewriting gave."""

    path: Path
    received: Received
    report: Report
    verdict: Verdict


def ask_for_repair(session: Session, actor: Actor, sha256: str) -> Asset:
    """Have the asset repaired, by someone who may write for an organisation that sent it. What was repaired before stays repaired.

    Raises NotFound, Forbidden, or Conflict where nothing is known to be wrong with it.
    """
    asset = locked_asset(session, sha256)
    if asset is None:
        raise NotFound(f"there is no asset {sha256}")
    require_readable(session, actor, sha256)
    if not any(can(actor, Action.WRITE, organisation) for organisation in holders(session, sha256)):
        raise Forbidden(f"{actor.describe()} may not {Action.WRITE} of the organisations that sent this asset")
    if asset.validation is None:
        raise Conflict(f"asset {sha256} was not checked yet; ask for its repair when it was")
    if not errors_of(asset.issues):
        raise Conflict(f"asset {sha256} has no errors, so there is nothing to repair")
    if asset.validation.get("unknownExtensions"):
        names = ", ".join(asset.validation["unknownExtensions"])
        raise Conflict(f"asset {sha256} uses {names}, which a repair would lose; mend it where it was made")
    if asset.repaired is None:
        enqueue(session, REPAIR, sha256, {"actor": actor.id}, priority=SOON)
    return asset


def repair(site: Site, work: Work) -> None:
    """The job "repair" of the asset whose SHA-256 is the key. Ends as failed, in words, where nothing could be mended.

    It acts in the name of who asked for it, by the rights that they have now.
    """
    with transaction(work.sessions, reads_only=True) as session:
        asset = session.get(Asset, work.key)
        asker_of(session, work)
    if asset is None or asset.repaired is not None:
        return
    if (reason := tools.missing()) is not None:
        raise Poison(f"the model cannot be repaired on this machine: {reason}")
    with place_for(site, work) as place:
        work.progress("fetch", 0, STEPS)
        master = fetched(site.store, asset, place.folder)
        work.progress("rewrite", 1, STEPS)
        path = rewritten(master, place.folder, stopping=place.stopping)
        work.progress("validate", 2, STEPS)
        mended = examined(path, place.folder, stopping=place.stopping)
        require_better(asset, mended)
        work.progress("store", 3, STEPS)
        key, size = master_key(mended.received.sha256), mended.received.bytes
        keep_file(site.store, mended.path, key, GLB, size)
        keep_report(site.store, mended.received.sha256, mended.verdict)
    with work.finishing() as session:
        offer(session, site.store, asset.sha256, mended, asker_of(session, work), site.settings)


def rewritten(master: Path, folder: Path, *, stopping: Callable[[], bool]) -> Path:
    """The model, written anew. Raises Poison where it cannot be."""
    try:
        return rewrite.repair(master, folder, stopping=stopping)
    except Rejected as error:
        raise Poison(f"the model cannot be written anew: {error.detail}") from error


def examined(path: Path, folder: Path, *, stopping: Callable[[], bool]) -> Mended:
    """What is to be said of the rewritten model. Raises Poison where it is none."""
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            report = inspect(file, size)
    except BadModel as error:
        raise Poison(f"the repair gave no model that can be taken: {error.detail}") from error
    (verdict,) = verdicts([path], folder, stopping=stopping)
    return Mended(path, Received(size, sha256_of(path)), report, verdict)


def require_better(asset: Asset, mended: Mended) -> None:
    """Raise Poison, with the codes that stay, unless the rewritten model has fewer errors."""
    issues = [*(IssueOut.from_issue(issue).plain() for issue in mended.report.issues), *found_in(mended.verdict)]
    before, after = errors_of(asset.issues), errors_of(issues)
    if after and after.total() >= before.total():
        raise Poison(f"the repair could mend nothing: {', '.join(sorted(after))} stay; export the model anew")


def offer(session: Session, store: ObjectStore, sha256: str, mended: Mended, actor: Actor, settings: Settings) -> None:
    """Enter the new asset for those organisations that sent the old one and for which the actor may write, and name it there.

    Others' quotas are not touched. Raises Poison where there is no such organisation, or no quota of theirs takes it.
    """
    asset = locked_asset(session, sha256)
    if asset is None:
        return
    holding = sorted(holders(session, sha256))
    organisations = [organisation for organisation in holding if can(actor, Action.WRITE, organisation)]
    if not organisations:
        raise Poison(f"{actor.describe()} may not {Action.WRITE} of the organisations that hold the model now")
    rooms = [usage_of(session, organisation, settings, lock=True) for organisation in organisations]
    require_kept(session, store, {master_key(mended.received.sha256): mended.received.bytes})
    new = entered(session, mended.received, mended.report)
    if not new.has_verdict:
        enter_verdict(new, mended.verdict)
    taken, refusals = [], []
    for room in rooms:
        try:
            hold(session, room, new)
            taken.append(room.organisation)
        except QuotaExceeded as error:
            refusals.append(error.detail)
    if not taken:
        raise Poison("; ".join(refusals))
    asset.repaired = new.sha256
    session.flush()
    for organisation in taken:
        details = {"sha256": new.sha256, "bytes": new.bytes, "state": new.state}
        log.record(session, actor, "repair model", f"assets/{sha256}", organisation=organisation, details=details)
    ask_for_variants(session, new)


def asker_of(session: Session, work: Work) -> Actor:
    """Who asked for the repair, as they are now. Raises Poison where their token does not hold any more."""
    try:
        return actor_named(session, work.args["actor"])
    except Unauthenticated as error:
        raise Poison(f"who asked for the repair may not any more: {error.detail}; ask for it anew") from error
