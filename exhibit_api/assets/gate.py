"""The gate: the Khronos validator looks at a master, its report is stored whole, and the asset is ready or failed."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from exhibit_api.assets.due import ask_for_variants
from exhibit_api.assets.folders import job_folder
from exhibit_api.assets.masters import fetched
from exhibit_api.assets.places import place_for
from exhibit_api.assets.tables import Asset, State, asset_named, locked_asset, report_key
from exhibit_api.assets.verdict import enter_verdict
from exhibit_api.db import transaction
from exhibit_api.documents import canonical_bytes
from exhibit_api.errors import Conflict
from exhibit_api.jobs.queue import Poison
from exhibit_api.jobs.work import Work
from exhibit_api.pipeline import tools
from exhibit_api.pipeline.gate import verdicts
from exhibit_api.pipeline.outcome import Verdict
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.site import Site

STEPS = 2


def pass_gate(site: Site, work: Work) -> None:
    """The job "gate" of the asset whose SHA-256 is the key. One that has its verdict already is passed over."""
    with transaction(work.sessions, reads_only=True) as session:
        asset = session.get(Asset, work.key)
    if asset is None or asset.has_verdict:
        return
    if (reason := tools.missing()) is not None:
        raise Poison(f"the model cannot be checked on this machine: {reason}")
    with place_for(site, work) as place:
        work.progress("fetch", 0, STEPS)
        master = fetched(site.store, asset, place.folder)
        work.progress("validate", 1, STEPS)
        (verdict,) = verdicts([master], place.folder, stopping=place.stopping)
        keep_report(site.store, asset.sha256, verdict)
    with work.finishing() as session:
        enter(session, asset.sha256, verdict)


def check_now(site: Site, assets: Collection[str]) -> dict[str, State]:
    """Let many assets through the gate at once, by one tool: their SHA-256 → the state that follows.

    Those that have a verdict keep it; jobs that wait for the same find it done. Raises Conflict where the toolbox is missing.
    """
    if (reason := tools.missing()) is not None:
        raise Conflict(f"models cannot be checked on this machine: {reason}")
    with transaction(site.sessions, reads_only=True) as session:
        known = [session.get(Asset, sha256) for sha256 in sorted(assets)]
    due = [asset for asset in known if asset is not None and not asset.has_verdict]
    if due:
        with job_folder(site.settings.workshop, "check") as folder:
            found = verdicts([fetched(site.store, asset, folder) for asset in due], folder)
        for asset, verdict in zip(due, found, strict=True):
            keep_report(site.store, asset.sha256, verdict)
        with transaction(site.sessions) as session:
            for asset, verdict in zip(due, found, strict=True):
                enter(session, asset.sha256, verdict)
    with transaction(site.sessions, reads_only=True) as session:
        return {sha256: State(asset_named(session, sha256).state) for sha256 in assets}


def keep_report(store: ObjectStore, sha256: str, verdict: Verdict) -> None:
    """Store the validator's report whole, where it gave one."""
    if verdict.report is not None:
        store.put(report_key(sha256), canonical_bytes(verdict.report), "application/json")


def enter(session: Session, sha256: str, verdict: Verdict) -> None:
    """Enter the verdict on an asset that has none, and ask for its variants where it is ready."""
    asset = locked_asset(session, sha256)
    if asset is not None and not asset.has_verdict:
        enter_verdict(asset, verdict)
        session.flush()
        ask_for_variants(session, asset)
