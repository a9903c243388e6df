"""Tokens over HTTP."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field
from sqlalchemy import select

from exhibit_api.accounts import tokens
from exhibit_api.accounts.deps import ActorDep
from exhibit_api.accounts.roles import Action, Role, require
from exhibit_api.accounts.tables import Token
from exhibit_api.documents import Document
from exhibit_api.text import Line, Slug
from exhibit_api.web.deps import ReadingDep, SessionDep
from exhibit_api.web.lists import Cursor, Limit, Listed, paged
from exhibit_api.web.problems import problems

router = APIRouter(prefix="/v1/tokens", tags=["accounts"])


class TokenBody(Document):
    """Whom to give which right."""

    role: Role
    organisation: Slug | None = Field(None, description="Where it holds; without one, over all organisations")
    label: Annotated[Line, Field(examples=["Upload station, Suzhou"])]
    days: Annotated[int, Field(ge=1, le=3650)] | None = Field(90, description="Until it expires; null: never")


class TokenOut(Document):
    """A token, without its secret."""

    id: str
    role: Role
    organisation: Slug | None = None
    label: str
    created_at: datetime
    created_by: str
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


class NewToken(TokenOut):
    """A token with its secret, which is never shown again."""

    token: str = Field(description="Send it as `Authorization: Bearer …`")


def _shown(token: Token) -> dict[str, object]:
    return {
        "id": token.id,
        "role": token.role,
        "organisation": token.organisation,
        "label": token.label,
        "createdAt": token.created_at,
        "createdBy": token.created_by,
        "expiresAt": token.expires_at,
        "revokedAt": token.revoked_at,
    }


@router.post("", status_code=201, responses=problems(401, 403, 409, 413, 422))
def create_token(body: TokenBody, actor: ActorDep, session: SessionDep, response: Response) -> NewToken:
    """Make a token. Its secret is shown in this answer and never again."""
    token, secret = tokens.grant(
        session,
        actor,
        role=body.role,
        organisation=body.organisation,
        label=body.label,
        lifetime=timedelta(days=body.days) if body.days else None,
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Location"] = f"/v1/tokens/{token.id}"
    return NewToken.model_validate(_shown(token) | {"token": secret})


@router.get("", responses=problems(401, 403, 422))
def list_tokens(actor: ActorDep, session: ReadingDep, cursor: Cursor = None, limit: Limit = 50) -> Listed[TokenOut]:
    """List the tokens that you may revoke."""
    require(actor, Action.GRANT, actor.organisation)
    query = select(Token)
    if actor.organisation is not None:
        query = query.where(Token.organisation == actor.organisation)
    rows, following = paged(session, query, Token.id, cursor, limit)
    return Listed(items=[TokenOut.model_validate(_shown(row)) for row in rows], next=following)


@router.delete("/{token_id}", status_code=204, responses=problems(401, 403, 404, 422))
def revoke_token(
    token_id: Annotated[str, Path(pattern="^[0-9a-f]{12}$")], actor: ActorDep, session: SessionDep
) -> None:
    """End a token now."""
    tokens.revoke(session, actor, token_id=token_id)
