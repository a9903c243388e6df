"""Waivers: an admin lets named errors of the validator's pass for one asset, and takes them back."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.assets.due import ask_for_variants
from exhibit_api.assets.schemas import WaiverOut
from exhibit_api.assets.tables import Asset, holders, locked_asset
from exhibit_api.assets.verdict import is_waivable, judge
from exhibit_api.audit import log
from exhibit_api.db import now
from exhibit_api.errors import Conflict, Fault, Forbidden, NotFound, Rejected


def waive(session: Session, actor: Actor, sha256: str, *, codes: Collection[str], reason: str) -> Asset:
    """Let exactly these codes pass; what was waived before stays as it was noted. No code takes all waivers back.

    Whoever publishes with the asset is concerned, so one must be allowed to publish for every organisation that sent it. Raises
    NotFound, Forbidden, Conflict where the validator has not run, or Rejected for a code that is no error of the validator's here.
    """
    asset = locked_asset(session, sha256)
    if asset is None:
        raise NotFound(f"there is no asset {sha256}")
    organisations = sorted(holders(session, sha256))
    for organisation in organisations:
        require(actor, Action.PUBLISH, organisation)
    if not organisations:
        raise Forbidden(f"no organisation holds asset {sha256}, so nobody can answer for its errors")
    if asset.validation is None:
        raise Conflict(f"asset {sha256} was not checked yet; waive its errors when it was")
    waivable = {issue["code"] for issue in asset.issues if is_waivable(issue)}
    faults = tuple(
        Fault(f"/codes/{at}", f"{code} is no error that the validator found in this asset and that can be waived")
        for at, code in enumerate(codes)
        if code not in waivable
    )
    if faults:
        there = f"; there are {', '.join(sorted(waivable))}" if waivable else "; there is none"
        raise Rejected("; ".join(fault.detail for fault in faults[:5]) + there, faults=faults)
    before = {waiver["code"]: waiver for waiver in asset.waivers}
    asset.waivers = [before.get(code) or _waiver(code, reason, actor) for code in sorted(set(codes))]
    judge(asset)
    session.flush()
    for organisation in organisations:
        log.record(
            session,
            actor,
            "waive errors" if codes else "take waivers back",
            f"assets/{sha256}",
            organisation=organisation,
            details={"codes": sorted(set(codes)), "reason": reason, "state": asset.state},
        )
    ask_for_variants(session, asset)
    return asset


def _waiver(code: str, reason: str, actor: Actor) -> dict[str, str]:
    return WaiverOut(code=code, reason=reason, by=actor.id, at=now()).plain()
