"""Assets: the masters that curators sent, whom they belong to, and which exhibit each one portrays."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from exhibit_api.db import Base, in_parts, now
from exhibit_api.errors import NotFound
from exhibit_api.pipeline.outcome import ENDINGS, GLB

__all__ = ["GLB", "Asset", "Holding", "Picture", "Portrayal", "Reservation", "State", "Variant"]


class State(StrEnum):
    """How far an asset is. Only a ready one can be published."""

    RECEIVED = "received"
    READY = "ready"
    FAILED = "failed"


class Asset(Base):
    """A master: bytes that are never changed, named by their SHA-256 (hex). `measures` and `issues` are what was found in them.

    `validation` sums up the Khronos validator's report, which stands whole at `report_key`; None until it ran. `waivers` are the
    codes that an admin lets pass. `recipe` is the version by which the variants were made, 0 before; `reasons` say why some were
    not. `repaired` is the asset (SHA-256) that the repair of this one gave.
    """

    __tablename__ = "assets"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(20))
    measures: Mapped[dict[str, Any]]
    issues: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    validation: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    waivers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    recipe: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    repaired: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def key(self) -> str:
        """Where the bytes stand in the store."""
        return master_key(self.sha256)

    @property
    def has_verdict(self) -> bool:
        """Whether the validator has spoken. Where it could not finish, it may be asked again."""
        return self.validation is not None and "failure" not in self.validation

    @property
    def errors(self) -> tuple[str, ...]:
        """Codes of the findings that forbid to publish it and that nobody waived, each once."""
        wrong = (issue for issue in self.issues if issue["severity"] == "error" and not issue.get("waived"))
        return tuple(sorted({issue["code"] for issue in wrong}))

    @property
    def report_key(self) -> str:
        """Where the validator's whole report stands in the store, once it ran."""
        return report_key(self.sha256)


class Variant(Base):
    """A file made from a master: for a profile ("webxr-mobile"), a level of detail ("lod1"), or a picture ("poster-512").

    `sha256` is the master's own where that serves the profile as it is. `measures` are those of a model (`MeasuresOut`), None of a
    picture; `form` holds what else there is to know: `static`, or a picture's `width`, `height` and `transparent`.
    """

    __tablename__ = "variants"

    asset: Mapped[str] = mapped_column(ForeignKey("assets.sha256", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(80))
    measures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    form: Mapped[dict[str, Any]]

    @property
    def key(self) -> str:
        """Where the bytes stand in the store."""
        return master_key(self.asset) if self.sha256 == self.asset else variant_key(self.sha256, self.media_type)


class Picture(Base):
    """A curator's own picture of an exhibit, in one size; it goes before the rendered poster."""

    __tablename__ = "pictures"

    exhibit: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), primary_key=True)
    width: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    height: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(80))

    @property
    def key(self) -> str:
        """Where the bytes stand in the store."""
        return variant_key(self.sha256, self.media_type)


class Holding(Base):
    """That an organisation has sent this asset: it counts against its quota, and its members may read it."""

    __tablename__ = "holdings"

    organisation: Mapped[str] = mapped_column(String(80), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("assets.sha256", ondelete="CASCADE"), primary_key=True, index=True)


class Reservation(Base):
    """Room in an organisation's quota for bytes that wait at `key` in the store to become something; uploads in parts keep their own."""

    __tablename__ = "reservations"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(80), index=True)
    bytes: Mapped[int] = mapped_column(BigInteger)


class Portrayal(Base):
    """Which asset is the model of an exhibit now."""

    __tablename__ = "portrayals"

    exhibit: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("assets.sha256", ondelete="RESTRICT"), index=True)
    changed_at: Mapped[datetime] = mapped_column(default=now)


def master_key(sha256: str) -> str:
    """Where a master stands in the store."""
    return f"vault/masters/{sha256}"


def report_key(sha256: str) -> str:
    """Where the validator's report on a master stands in the store."""
    return f"vault/reports/{sha256}.json"


def variant_key(sha256: str, media_type: str) -> str:
    """Where a file that was made from a master, or a curator's picture, stands in the store."""
    return f"vault/variants/{sha256}.{ENDINGS[media_type]}"


def asset_named(session: Session, sha256: str) -> Asset:
    """The asset. Raises NotFound."""
    asset = session.get(Asset, sha256)
    if asset is None:
        raise NotFound(f"there is no asset {sha256}")
    return asset


def locked_asset(session: Session, sha256: str) -> Asset | None:
    """The asset as it is now, locked against other writers until the transaction ends; None where there is none."""
    query = select(Asset).where(Asset.sha256 == sha256).with_for_update(key_share=True)
    return session.scalar(query.execution_options(populate_existing=True))


def holders(session: Session, sha256: str) -> set[str]:
    """The organisations that have sent this asset."""
    return set(session.scalars(select(Holding.organisation).where(Holding.sha256 == sha256)))


def portrayed(session: Session, exhibits: list[str]) -> dict[str, Asset]:
    """Record id of an exhibit → its asset, for those that have one."""
    query = (
        select(Portrayal.exhibit, Asset)
        .join(Asset, Asset.sha256 == Portrayal.sha256)
        .where(Portrayal.exhibit.in_(exhibits))
    )
    return dict(iter(session.execute(query)))


def variants_of(session: Session, assets: Sequence[str]) -> dict[str, list[Variant]]:
    """SHA-256 of a master → what was made from it, by name; nothing for those of which nothing was made yet."""
    found: dict[str, list[Variant]] = {}
    for part in in_parts(assets):
        query = select(Variant).where(Variant.asset.in_(part))
        for variant in session.scalars(query.order_by(Variant.asset, Variant.name)):
            found.setdefault(variant.asset, []).append(variant)
    return found


def variant_named(session: Session, asset: Asset, name: str) -> Variant:
    """What was made from the asset under this name. Raises NotFound."""
    variant = session.get(Variant, (asset.sha256, name))
    if variant is None:
        raise NotFound(f"asset {asset.sha256} has no variant {name!r}")
    return variant


def pictures_of(session: Session, exhibits: Sequence[str]) -> dict[str, list[Picture]]:
    """Record id of an exhibit → the curator's own pictures of it, small ones first."""
    found: dict[str, list[Picture]] = {}
    for part in in_parts(exhibits):
        query = select(Picture).where(Picture.exhibit.in_(part))
        for picture in session.scalars(query.order_by(Picture.exhibit, Picture.width)):
            found.setdefault(picture.exhibit, []).append(picture)
    return found
