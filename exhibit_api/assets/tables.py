"""Assets: the masters that curators sent, whom they belong to, and which exhibit each one portrays."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from exhibit_api.db import Base, now
from exhibit_api.errors import NotFound

GLB = "model/gltf-binary"


class State(StrEnum):
    """How far an asset is. Only a ready one can be published."""

    RECEIVED = "received"
    READY = "ready"
    FAILED = "failed"


class Asset(Base):
    """A master: bytes that are never changed, named by their SHA-256 (hex). `measures` and `issues` are what was found in them."""

    __tablename__ = "assets"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(20))
    measures: Mapped[dict[str, Any]]
    issues: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def key(self) -> str:
        """Where the bytes stand in the store."""
        return master_key(self.sha256)


class Holding(Base):
    """That an organisation has sent this asset: it counts against its quota, and its members may read it."""

    __tablename__ = "holdings"

    organisation: Mapped[str] = mapped_column(String(80), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("assets.sha256", ondelete="CASCADE"), primary_key=True, index=True)


class Portrayal(Base):
    """Which asset is the model of an exhibit now."""

    __tablename__ = "portrayals"

    exhibit: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("assets.sha256", ondelete="RESTRICT"), index=True)
    changed_at: Mapped[datetime] = mapped_column(default=now)


def master_key(sha256: str) -> str:
    """Where a master stands in the store."""
    return f"vault/masters/{sha256}"


def asset_named(session: Session, sha256: str) -> Asset:
    """The asset. Raises NotFound."""
    asset = session.get(Asset, sha256)
    if asset is None:
        raise NotFound(f"there is no asset {sha256}")
    return asset


def holders(session: Session, sha256: str) -> set[str]:
    """The organisations that have sent this asset."""
    return set(session.scalars(select(Holding.organisation).where(Holding.sha256 == sha256)))


def used_bytes(session: Session, organisation: str) -> int:
    """What the organisation stores, each asset once."""
    query = (
        select(func.coalesce(func.sum(Asset.bytes), 0))
        .join(Holding, Holding.sha256 == Asset.sha256)
        .where(Holding.organisation == organisation)
    )
    return int(session.scalar(query) or 0)


def portrayed(session: Session, exhibits: list[str]) -> dict[str, Asset]:
    """Record id of an exhibit → its asset, for those that have one."""
    query = (
        select(Portrayal.exhibit, Asset)
        .join(Asset, Asset.sha256 == Portrayal.sha256)
        .where(Portrayal.exhibit.in_(exhibits))
    )
    return dict(iter(session.execute(query)))
