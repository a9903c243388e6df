"""A curator's own picture of an exhibit: drawn anew in our sizes, and shown before the rendered poster."""

from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.assets.masters import keep_file, require_kept
from exhibit_api.assets.quotas import require_no_more, usage_of
from exhibit_api.assets.tables import Picture, pictures_of, variant_key
from exhibit_api.audit import log
from exhibit_api.catalogue.tables import record_named
from exhibit_api.db import Sessions, transaction
from exhibit_api.errors import NotFound, TooLarge
from exhibit_api.pipeline.outcome import Product
from exhibit_api.pipeline.pictures import redraw
from exhibit_api.settings import Settings
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.uploads import Allowance

MOST_BYTES = 20_000_000


def allowance(session: Session, actor: Actor, *, exhibit: str) -> Allowance:
    """How much the actor may send. Raises NotFound or Forbidden."""
    require(actor, Action.WRITE, record_named(session, "exhibits", exhibit).organisation)
    return Allowance(MOST_BYTES, TooLarge(f"a picture has at most {MOST_BYTES} bytes"))


def redrawn(source: Path, folder: Path) -> tuple[Product, ...]:
    """The picture in our sizes and format, without what else stands in its file. Raises Rejected where it is none that we take."""
    by_width = {product.width: product for product in redraw(source, folder)}  # a small one has one size only
    return tuple(by_width[width] for width in sorted(by_width))


def keep(store: ObjectStore, products: tuple[Product, ...]) -> None:
    """Store the pictures."""
    for product in products:
        key = variant_key(product.sha256, product.media_type)
        keep_file(store, product.path, key, product.media_type, product.bytes)


def show(
    sessions: Sessions,
    store: ObjectStore,
    actor: Actor,
    *,
    exhibit: str,
    products: tuple[Product, ...],
    settings: Settings,
) -> list[Picture]:
    """Let these picture the exhibit, in place of others. Their bytes are in the store already.

    Raises NotFound, Forbidden, QuotaExceeded.
    """
    with transaction(sessions) as session:
        record = record_named(session, "exhibits", exhibit, lock=True)
        require(actor, Action.WRITE, record.organisation)
        room = usage_of(session, record.organisation, settings, lock=True)
        session.execute(delete(Picture).where(Picture.exhibit == record.id))
        sizes = {variant_key(product.sha256, product.media_type): product.bytes for product in products}
        require_kept(session, store, sizes)
        session.add_all(_row(record.id, product) for product in products)
        session.flush()
        require_no_more(room, usage_of(session, record.organisation, settings))
        details = {"sha256": [product.sha256 for product in products]}
        log.record(session, actor, "send picture", record.id, organisation=record.organisation, details=details)
        return pictures_of(session, [record.id])[record.id]


def remove(session: Session, actor: Actor, *, exhibit: str) -> None:
    """Show the rendered poster again. Raises NotFound where the exhibit has no picture of a curator's."""
    record = record_named(session, "exhibits", exhibit, lock=True)
    require(actor, Action.WRITE, record.organisation)
    own_pictures(session, record.id)
    session.execute(delete(Picture).where(Picture.exhibit == record.id))
    log.record(session, actor, "remove picture", record.id, organisation=record.organisation)


def own_pictures(session: Session, exhibit: str) -> list[Picture]:
    """The curator's pictures of the exhibit (a record id), small ones first. Raises NotFound where there is none."""
    found = pictures_of(session, [exhibit]).get(exhibit)
    if not found:
        slug = exhibit.removeprefix("exhibits/")
        raise NotFound(f"{exhibit} has no picture of its own; send one with PUT /v1/exhibits/{slug}/picture")
    return found


def fitting(pictures: list[Picture], width: int) -> Picture:
    """The smallest that is at least so many pixels wide, else the largest."""
    return next((picture for picture in pictures if picture.width >= width), pictures[-1])


def _row(exhibit: str, product: Product) -> Picture:
    return Picture(
        exhibit=exhibit,
        width=product.width,
        height=product.height,
        sha256=product.sha256,
        bytes=product.bytes,
        media_type=product.media_type,
    )
