"""Who asks: the actor behind the bearer token of a request."""

from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param
from starlette.requests import Request

from exhibit_api.accounts import tokens
from exhibit_api.accounts.roles import Actor
from exhibit_api.db import Sessions, transaction
from exhibit_api.errors import Unauthenticated
from exhibit_api.web.deps import SiteDep

_bearer = HTTPBearer(auto_error=False, description="A token from `exhibit token` or `POST /v1/tokens`")


def _actor(
    request: Request, site: SiteDep, _credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
) -> Actor:
    scheme, secret = get_authorization_scheme_param(request.headers.get("Authorization"))
    if not secret or scheme.lower() != "bearer":
        raise Unauthenticated("send a token: Authorization: Bearer exhibit_…")
    with transaction(site.sessions, reads_only=True) as session:
        return tokens.actor_of(session, secret)


def is_known(sessions: Sessions, authorization: str) -> bool:
    """Whether a token that holds stands in this Authorization header."""
    scheme, secret = get_authorization_scheme_param(authorization)
    if scheme.lower() != "bearer":
        return False
    try:
        with transaction(sessions, reads_only=True) as session:
            tokens.actor_of(session, secret)
    except Unauthenticated:
        return False
    return True


ActorDep = Annotated[Actor, Depends(_actor)]
