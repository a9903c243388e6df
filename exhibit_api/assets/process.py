"""From a master to its variants: made in the job's folder, stored under their hashes, entered together with the job's end."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from exhibit_api.assets.due import lacks_variants
from exhibit_api.assets.equipped import is_worth_a_try
from exhibit_api.assets.masters import fetched, keep_file, require_kept
from exhibit_api.assets.places import place_for
from exhibit_api.assets.schemas import MeasuresOut, ReasonOut, ValidationOut
from exhibit_api.assets.tables import Asset, State, Variant, locked_asset, variant_key
from exhibit_api.db import transaction
from exhibit_api.jobs.queue import Poison
from exhibit_api.jobs.work import Work
from exhibit_api.pipeline import recipes, tools
from exhibit_api.pipeline.make import make
from exhibit_api.pipeline.outcome import Outcome, Product
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.site import Site


def make_variants(site: Site, work: Work) -> None:
    """The job "process" of the asset whose SHA-256 is the key. What cannot be published, or has all there is, is passed over."""
    with transaction(work.sessions, reads_only=True) as session:
        asset = session.get(Asset, work.key)
    if asset is None or not (lacks_variants(asset) or is_worth_a_try(asset)):
        return
    if (reason := tools.missing()) is not None:
        raise Poison(f"variants cannot be made on this machine: {reason}")
    with place_for(site, work) as place:
        work.progress("fetch", 0, 1)
        master = fetched(site.store, asset, place.folder)
        unknown = tuple(ValidationOut.of(asset.validation).unknown_extensions)
        outcome = make(master, place.folder, unknown_extensions=unknown, report=work.progress, stopping=place.stopping)
        for at, product in enumerate(outcome.products):
            work.progress("store", at, len(outcome.products))
            keep(site.store, asset, product)
    with work.finishing() as session:
        enter(session, site.store, asset.sha256, outcome)


def keep(store: ObjectStore, asset: Asset, product: Product) -> None:
    """Store a product, unless it is the master itself, which is there."""
    if product.sha256 != asset.sha256:
        key = variant_key(product.sha256, product.media_type)
        keep_file(store, product.path, key, product.media_type, product.bytes)


def enter(session: Session, store: ObjectStore, sha256: str, outcome: Outcome) -> None:
    """Let the rows say what came of it, in place of what they said; nothing of an asset that failed, went or was renewed meanwhile."""
    asset = locked_asset(session, sha256)
    if asset is None or asset.state != State.READY or asset.recipe > recipes.RECIPE_VERSION:
        return
    rows = [row_of(asset, product) for product in outcome.products]
    require_kept(session, store, {row.key: row.bytes for row in rows})
    session.execute(delete(Variant).where(Variant.asset == sha256))
    session.add_all(rows)
    asset.reasons = [
        ReasonOut(name=reason.name, code=reason.code.value, message=dict(reason.words)).plain()
        for reason in outcome.reasons
    ]
    asset.recipe = recipes.RECIPE_VERSION
    session.flush()


def row_of(asset: Asset, product: Product) -> Variant:
    """The row of a product."""
    form: dict[str, Any] = {"static": True} if product.static else {}
    if product.measures is None:
        form |= {"width": product.width, "height": product.height, "transparent": product.transparent}
    return Variant(
        asset=asset.sha256,
        name=product.name,
        sha256=product.sha256,
        bytes=product.bytes,
        media_type=product.media_type,
        measures=MeasuresOut.from_measures(product.measures).plain() if product.measures else None,
        form=form,
    )
