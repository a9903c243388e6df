"""What every route is given: a session, the store, the settings, the guards of the request."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Header, Request
from sqlalchemy.orm import Session

from exhibit_api.db import transaction
from exhibit_api.guards import Guard
from exhibit_api.settings import Settings
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.site import Site

# What does not wait is asynchronous: the framework has a thread do what is not, which costs more than all of it.


async def site_of(request: Request) -> Site:
    """The instance that serves this request."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


SiteDep = Annotated[Site, Depends(site_of)]


def _session(site: SiteDep) -> Iterator[Session]:
    with transaction(site.sessions) as session:
        yield session


def _reading(site: SiteDep) -> Iterator[Session]:
    with transaction(site.sessions, reads_only=True) as session:
        yield session


async def _store(site: SiteDep) -> ObjectStore:
    return site.store


async def _settings(site: SiteDep) -> Settings:
    return site.settings


async def _guard(
    if_match: Annotated[str | None, Header(description="The ETag of the state that is to be changed")] = None,
    if_none_match: Annotated[str | None, Header(description="`*`: only if it does not exist yet")] = None,
) -> Guard:
    return Guard(if_match, if_none_match)


# scope="function": the commit comes before the response leaves, so that a 2xx means "it is saved".
SessionDep = Annotated[Session, Depends(_session, scope="function")]
ReadingDep = Annotated[Session, Depends(_reading, scope="function")]
StoreDep = Annotated[ObjectStore, Depends(_store)]
SettingsDep = Annotated[Settings, Depends(_settings)]
GuardDep = Annotated[Guard, Depends(_guard)]
