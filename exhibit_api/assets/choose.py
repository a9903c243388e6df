"""Letting a known asset portray an exhibit, without sending it again."""

from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.assets.due import ask_for_what_is_due
from exhibit_api.assets.quotas import usage_of
from exhibit_api.assets.shown import readable_asset
from exhibit_api.assets.tables import Asset
from exhibit_api.assets.upload import hold, let_portray
from exhibit_api.audit import log
from exhibit_api.catalogue.tables import record_named
from exhibit_api.settings import Settings


def choose(session: Session, actor: Actor, *, exhibit: str, sha256: str, settings: Settings) -> Asset:
    """Make the asset the model of the exhibit, whose organisation holds it from then on.

    The actor must be allowed to read the asset. Raises NotFound, Forbidden, QuotaExceeded.
    """
    record = record_named(session, "exhibits", exhibit, lock=True)
    require(actor, Action.WRITE, record.organisation)
    asset = readable_asset(session, actor, sha256)
    hold(session, usage_of(session, record.organisation, settings, lock=True), asset)
    let_portray(session, record, asset)
    log.record(
        session, actor, "choose model", record.id, organisation=record.organisation, details={"sha256": asset.sha256}
    )
    ask_for_what_is_due(session, asset)
    return asset
