"""From a body to an asset: who may send how much, what the file is, and how its row comes to stand beside its bytes."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.assets.due import ask_for_what_is_due
from exhibit_api.assets.masters import is_kept
from exhibit_api.assets.schemas import IssueOut, MeasuresOut
from exhibit_api.assets.tables import GLB, Asset, Holding, Portrayal, State, master_key, used_bytes
from exhibit_api.audit import log
from exhibit_api.catalogue.tables import Record, record_named
from exhibit_api.db import Sessions, now, transaction
from exhibit_api.errors import Conflict, QuotaExceeded, TooLarge
from exhibit_api.gltf.report import Report, inspect
from exhibit_api.settings import Settings
from exhibit_api.storage.base import ObjectStore, Staged
from exhibit_api.web.uploads import Allowance, Received

TRIES = 3


def quota_of(organisation: Record, settings: Settings) -> int:
    """How many bytes the organisation may store."""
    own = organisation.document.get("quotaBytes")
    return settings.default_quota_bytes if own is None else int(own)


def allowance(session: Session, actor: Actor, *, exhibit: str, settings: Settings) -> Allowance:
    """How much the actor may send for this exhibit. Raises NotFound, Forbidden, QuotaExceeded."""
    record = record_named(session, "exhibits", exhibit)
    require(actor, Action.WRITE, record.organisation)
    quota = quota_of(record_named(session, "organisations", record.organisation), settings)
    used = used_bytes(session, record.organisation)
    left = max(0, quota - used)
    if left < settings.max_model_bytes:
        refusal = QuotaExceeded(
            f"{record.organisation} stores {used} of {quota} bytes; {left} are left, and the model is larger"
        )
        return Allowance(left, refusal)
    limit = settings.max_model_bytes
    return Allowance(limit, TooLarge(f"the model has more than the {limit} bytes that are taken in one request"))


def examine(staged: Staged, received: Received) -> Report:
    """Look into the file. Raises BadModel."""
    with staged.reader() as file:
        return inspect(file, received.bytes)


def keep(store: ObjectStore, staged: Staged, received: Received) -> None:
    """Make the bytes the master of their hash, unless they are already."""
    key = master_key(received.sha256)
    if not is_kept(store, key, received.bytes):
        staged.keep(key, GLB)


def portray(
    sessions: Sessions, actor: Actor, *, exhibit: str, received: Received, report: Report, settings: Settings
) -> Asset:
    """Enter the asset, let it portray the exhibit, and ask for the gate. The bytes are in the store already.

    Raises QuotaExceeded.
    """
    for _ in range(TRIES):
        try:
            with transaction(sessions) as session:
                record = record_named(session, "exhibits", exhibit, lock=True)
                require(actor, Action.WRITE, record.organisation)
                owner = record_named(session, "organisations", record.organisation, lock=True)
                asset = entered(session, received, report)
                hold(session, owner, asset, settings)
                let_portray(session, record, asset)
                details = {"sha256": asset.sha256, "bytes": asset.bytes, "state": asset.state}
                log.record(session, actor, "upload model", record.id, organisation=record.organisation, details=details)
                ask_for_what_is_due(session, asset)
                return asset
        except IntegrityError:
            continue  # someone entered the same asset at the same moment; the next try finds it
    raise Conflict(f"exhibits/{exhibit} is being changed by others at this moment; try again")


def entered(session: Session, received: Received, report: Report) -> Asset:
    """The asset of these bytes, with a new row where they are new. Our own errors fail it at once; the validator speaks later."""
    asset = session.get(Asset, received.sha256)
    if asset is None:
        asset = Asset(
            sha256=received.sha256,
            bytes=received.bytes,
            media_type=GLB,
            state=State.RECEIVED if report.publishable else State.FAILED,
            measures=MeasuresOut.from_measures(report.measures).plain(),
            issues=[IssueOut.from_issue(issue).plain() for issue in report.issues],
            waivers=[],
            reasons=[],
            recipe=0,
        )
        session.add(asset)
        session.flush()
    return asset


def hold(session: Session, owner: Record, asset: Asset, settings: Settings) -> None:
    """Let the organisation, whose row is locked, hold the asset. Raises QuotaExceeded."""
    if session.get(Holding, (owner.slug, asset.sha256)) is not None:
        return
    used, quota = used_bytes(session, owner.slug), quota_of(owner, settings)
    if used + asset.bytes > quota:
        raise QuotaExceeded(
            f"{owner.slug} stores {used} of {quota} bytes; {asset.bytes} more do not fit; ask for a larger quota"
        )
    session.add(Holding(organisation=owner.slug, sha256=asset.sha256))
    session.flush()


def let_portray(session: Session, record: Record, asset: Asset) -> None:
    """Make the asset the model of the exhibit, whose row is locked."""
    portrayal = session.scalar(select(Portrayal).where(Portrayal.exhibit == record.id))
    if portrayal is None:
        session.add(Portrayal(exhibit=record.id, sha256=asset.sha256))
    else:
        portrayal.sha256, portrayal.changed_at = asset.sha256, now()
    session.flush()
