"""From a body to an asset: who may send how much, what the file is, and how its row comes to stand beside its bytes."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.assets.due import ask_for_what_is_due
from exhibit_api.assets.masters import is_kept, require_kept
from exhibit_api.assets.quotas import Usage, usage_of
from exhibit_api.assets.schemas import IssueOut, MeasuresOut
from exhibit_api.assets.tables import GLB, Asset, Holding, Portrayal, State, master_key
from exhibit_api.audit import log
from exhibit_api.catalogue.tables import Record, record_named
from exhibit_api.db import Sessions, now, transaction
from exhibit_api.errors import Conflict, TooLarge
from exhibit_api.gltf.report import Report, inspect
from exhibit_api.settings import Settings
from exhibit_api.storage.base import ObjectStore, Staged
from exhibit_api.web.uploads import Allowance, Received

TRIES = 3


def allowance(session: Session, actor: Actor, *, exhibit: str, settings: Settings) -> Allowance:
    """How much the actor may send for this exhibit. Raises NotFound, Forbidden, QuotaExceeded."""
    record = record_named(session, "exhibits", exhibit)
    require(actor, Action.WRITE, record.organisation)
    room = usage_of(session, record.organisation, settings)
    limit = settings.max_model_bytes
    if room.left_bytes < limit:
        return Allowance(room.left_bytes, room.refusal("the model is larger"))
    way_out = "send it in parts: exhibit upload, or POST /v1/uploads/multipart"
    return Allowance(
        limit, TooLarge(f"the model has more than the {limit} bytes that are taken in one request; {way_out}")
    )


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
    sessions: Sessions,
    store: ObjectStore,
    actor: Actor,
    *,
    exhibit: str,
    received: Received,
    report: Report,
    settings: Settings,
) -> Asset:
    """Enter the asset, let it portray the exhibit, and ask for the gate. The bytes are in the store already.

    Raises QuotaExceeded.
    """
    for _ in range(TRIES):
        try:
            with transaction(sessions) as session:
                record = record_named(session, "exhibits", exhibit, lock=True)
                require(actor, Action.WRITE, record.organisation)
                return portray_in(session, store, actor, record, received, report, settings)
        except IntegrityError:
            continue  # someone entered the same asset at the same moment; the next try finds it
    raise Conflict(f"exhibits/{exhibit} is being changed by others at this moment; try again")


def portray_in(
    session: Session,
    store: ObjectStore,
    actor: Actor,
    record: Record,
    received: Received,
    report: Report,
    settings: Settings,
    *,
    instead_of: str | None = None,
) -> Asset:
    """As `portray`, in a transaction that has locked the exhibit's row; in the room of the collection that it came in, if one is named.

    Raises QuotaExceeded, StoreUnavailable.
    """
    room = usage_of(session, record.organisation, settings, lock=True, instead_of=instead_of)
    require_kept(session, store, {master_key(received.sha256): received.bytes})
    asset = entered(session, received, report)
    hold(session, room, asset)
    let_portray(session, record, asset)
    details = {"sha256": asset.sha256, "bytes": asset.bytes, "state": asset.state}
    log.record(session, actor, "upload model", record.id, organisation=record.organisation, details=details)
    ask_for_what_is_due(session, asset)
    return asset


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


def hold(session: Session, room: Usage, asset: Asset) -> None:
    """Let the organisation, whose row is locked, hold the asset. Raises QuotaExceeded."""
    if session.get(Holding, (room.organisation, asset.sha256)) is None:
        room.require(asset.bytes, "the model")
        session.add(Holding(organisation=room.organisation, sha256=asset.sha256))
        session.flush()


def let_portray(session: Session, record: Record, asset: Asset) -> None:
    """Make the asset the model of the exhibit, whose row is locked."""
    portrayal = session.scalar(select(Portrayal).where(Portrayal.exhibit == record.id))
    if portrayal is None:
        session.add(Portrayal(exhibit=record.id, sha256=asset.sha256))
    else:
        portrayal.sha256, portrayal.changed_at = asset.sha256, now()
    session.flush()
