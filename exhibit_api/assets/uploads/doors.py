"""Doors for browsers: a page sends a model without knowing a token, by an address that opens for uploads alone, and for a while."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from exhibit_api.accounts import tokens
from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.assets.uploads.tables import Door
from exhibit_api.catalogue.tables import record_named
from exhibit_api.errors import Forbidden, Unauthenticated
from exhibit_api.jobs.clock import moment

SECRET_BYTES = 24


def open_door(session: Session, actor: Actor, *, exhibit: str | None, hours: int) -> tuple[str, datetime]:
    """A new door for uploads of the actor, for one exhibit if one is named: its secret, and until when it opens.

    Raises Forbidden, NotFound.
    """
    if not actor.id.startswith(tokens.NAMES):
        raise Forbidden(f"{actor.describe()} has no token that a door could stand for")
    record = record_named(session, "exhibits", exhibit) if exhibit is not None else None
    require(actor, Action.WRITE, record.organisation if record else actor.organisation)
    session.execute(delete(Door).where(Door.expires_at < moment()))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    door = Door(
        hash=_digest(secret),
        token=actor.id.removeprefix(tokens.NAMES),
        exhibit=record.id if record else None,
        expires_at=moment(hours * 3600),
    )
    session.add(door)
    session.flush()
    session.refresh(door)
    return secret, door.expires_at


def through(session: Session, secret: str) -> tuple[Actor, str | None]:
    """Who sends through the door, and for which exhibit alone (a slug). Raises Unauthenticated where it is unknown or shut."""
    query = select(Door).where(Door.hash == _digest(secret), Door.expires_at > moment())
    door = session.scalar(query)
    if door is None:
        raise Unauthenticated("this address for uploads is unknown, or has expired; ask for a new one")
    actor = tokens.actor_by_id(session, door.token)
    return actor, door.exhibit.removeprefix("exhibits/") if door.exhibit else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
