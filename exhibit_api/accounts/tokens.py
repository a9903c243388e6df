"""Making, recognising and revoking tokens: 256 random bits, shown once, stored as a SHA-256."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, Role, require
from exhibit_api.accounts.tables import Token
from exhibit_api.audit import log
from exhibit_api.db import now
from exhibit_api.errors import Forbidden, NotFound, Rejected, Unauthenticated

PREFIX = "exhibit_"
MAX_TOKEN_LENGTH = 200
NAMES = "tokens/"
"""What the ids of actors begin with that act by a token; its own id follows."""


def digest(secret: str) -> str:
    """What is stored of a token. It is random enough that a fast hash cannot be searched."""
    return hashlib.sha256(secret.encode()).hexdigest()


def grant(
    session: Session,
    actor: Actor,
    *,
    role: Role,
    organisation: str | None,
    label: str,
    lifetime: timedelta | None = None,
) -> tuple[Token, str]:
    """A new token and its secret, which nobody can read again. Nobody grants beyond the own organisation."""
    require(actor, Action.GRANT, organisation)
    if role is Role.OPERATOR and actor.organisation is not None:
        raise Forbidden(f"{actor.describe()} may not make operators")
    if lifetime is not None and lifetime <= timedelta(0):
        raise Rejected("the token would have expired before it was made")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token(
        id=secrets.token_hex(6),
        hash=digest(secret),
        role=role.value,
        organisation=organisation,
        label=label,
        created_by=actor.id,
        expires_at=now() + lifetime if lifetime else None,
    )
    session.add(token)
    session.flush()
    log.record(
        session,
        actor,
        "grant token",
        f"tokens/{token.id}",
        organisation=organisation,
        details={
            "role": role.value,
            "label": label,
            "expires": token.expires_at.isoformat() if token.expires_at else None,
        },
    )
    return token, secret


def actor_of(session: Session, secret: str, moment: datetime | None = None) -> Actor:
    """Who carries this token. Raises Unauthenticated where it is unknown, expired or revoked."""
    if len(secret) > MAX_TOKEN_LENGTH:
        raise Unauthenticated("this is no token of this service")
    token = session.scalar(select(Token).where(Token.hash == digest(secret)))
    if token is None or not hmac.compare_digest(token.hash, digest(secret)):
        raise Unauthenticated("the token is unknown")
    return _carrier(token, moment or now())


def actor_by_id(session: Session, token_id: str) -> Actor:
    """Who carries the token of this id, as long as it holds. Raises Unauthenticated."""
    token = session.scalar(select(Token).where(Token.id == token_id))
    if token is None:
        raise Unauthenticated("the token is unknown")
    return _carrier(token, now())


def actor_named(session: Session, name: str) -> Actor:
    """Who is called so (`Actor.id`), by the rights of now: a job that acts in someone's name goes by these, not by those of its beginning.

    Raises Unauthenticated where their token does not hold any more.
    """
    return actor_by_id(session, name.removeprefix(NAMES))


def _carrier(token: Token, moment: datetime) -> Actor:
    if token.revoked_at is not None:
        raise Unauthenticated(f"the token was revoked at {token.revoked_at:%Y-%m-%d %H:%M} UTC")
    if token.expires_at is not None and token.expires_at <= moment:
        raise Unauthenticated(f"the token expired at {token.expires_at:%Y-%m-%d %H:%M} UTC")
    return Actor(f"{NAMES}{token.id}", Role(token.role), token.organisation)


def revoke(session: Session, actor: Actor, *, token_id: str) -> None:
    """End a token now. Revoking twice is no error."""
    token = session.scalar(select(Token).where(Token.id == token_id).with_for_update())
    if token is None:
        raise NotFound(f"there is no token {token_id!r}")
    require(actor, Action.GRANT, token.organisation)
    if token.revoked_at is None:
        token.revoked_at = now()
        log.record(session, actor, "revoke token", f"tokens/{token.id}", organisation=token.organisation)
