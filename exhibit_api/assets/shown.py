"""An asset as it is answered, to those who may read it: the row, the words for its findings, its variants, and the work on it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, can
from exhibit_api.assets.progress import require_readable, work_on
from exhibit_api.assets.schemas import (
    AssetOut,
    IssueOut,
    MeasuresOut,
    ReasonOut,
    ValidationOut,
    VariantOut,
    WaiverOut,
)
from exhibit_api.assets.tables import Asset, Portrayal, State, asset_named, variants_of
from exhibit_api.assets.verdict import VALIDATOR, WORDS
from exhibit_api.catalogue.tables import Record
from exhibit_api.pipeline.explained import UNEXPLAINED, explain


def readable_asset(session: Session, actor: Actor, sha256: str) -> Asset:
    """The asset, if the actor may read drafts of an organisation that sent it. Raises NotFound or Forbidden."""
    asset = asset_named(session, sha256)
    require_readable(session, actor, sha256)
    return asset


def shown(session: Session, actor: Actor, asset: Asset) -> AssetOut:
    """All that is known of it."""
    query = select(Record).join(Portrayal, Portrayal.exhibit == Record.id).where(Portrayal.sha256 == asset.sha256)
    exhibits = [record.slug for record in session.scalars(query) if can(actor, Action.READ, record.organisation)]
    return AssetOut(
        url=f"/v1/assets/{asset.sha256}/file",
        sha256=asset.sha256,
        bytes=asset.bytes,
        media_type=asset.media_type,
        state=State(asset.state),
        measures=MeasuresOut.of(asset.measures),
        issues=tuple(IssueOut.of(in_words(issue)) for issue in asset.issues),
        validation=validation_of(asset),
        waivers=tuple(WaiverOut.of(waiver) for waiver in asset.waivers),
        variants=tuple(VariantOut.from_row(row) for row in variants_of(session, [asset.sha256]).get(asset.sha256, ())),
        reasons=tuple(ReasonOut.of(reason) for reason in asset.reasons),
        recipe=asset.recipe,
        processing=work_on(session, asset.sha256),
        repaired=asset.repaired,
        exhibits=tuple(sorted(exhibits)),
        created_at=asset.created_at,
    )


def in_words(issue: dict[str, Any]) -> dict[str, Any]:
    """A finding as it is kept, with what it means and how to mend it. The words are those of this version, not of the day it was found."""
    if issue.get("source") != VALIDATOR:
        return issue | WORDS.get(issue["code"], {})
    told = explain(issue["code"]) or UNEXPLAINED
    return issue | {"summary": told.summary, "remedy": told.remedy}


def validation_of(asset: Asset) -> ValidationOut | None:
    """The validator's report in numbers, with its address where there is one."""
    if asset.validation is None:
        return None
    address = f"/v1/assets/{asset.sha256}/report" if asset.has_verdict else ""
    return ValidationOut.of(asset.validation | {"report": address})
