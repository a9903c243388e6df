"""How far the work on an asset is, as it happens: Server-Sent Events."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.assets.progress import Progress, progress_on
from exhibit_api.assets.routes.assets import Sha256Path
from exhibit_api.db import transaction
from exhibit_api.errors import ExhibitError
from exhibit_api.web.deps import SiteDep
from exhibit_api.web.problems import problems

router = APIRouter()

PERIOD = 1.0
"""Seconds between two looks."""

LONGEST = 600.0
"""Seconds after which a stream ends: who comes again is checked again, for a token may be gone by then."""

RETRY = 3000
"""Milliseconds after which a client whose line broke comes again."""


def _watched(sha256: Sha256Path, actor: ActorDep, site: SiteDep) -> Callable[[], Progress]:
    """What looks at the asset. The first look is taken here, so that who may not look gets a problem and no stream."""

    def look() -> Progress:
        with transaction(site.sessions, reads_only=True) as session:
            return progress_on(session, actor, sha256)

    look()
    return look


@router.get(
    "/assets/{sha256}/events",
    summary="Follow the work on an asset",
    response_class=EventSourceResponse,
    responses=problems(401, 403, 404, 422, 503),
    operation_id="get_asset_events",
)
async def get_asset_events(
    look: Annotated[Callable[[], Progress], Depends(_watched)],
    request: Request,
    last_event_id: Annotated[str | None, Header(description="The last event that you have", max_length=100)] = None,
) -> AsyncIterator[ServerSentEvent]:
    """`progress` at each change, then `done` when nothing is left to do; the data of both is the asset's state and its processing.

    While nothing changes, a comment keeps the line open. After ten minutes it is closed. Who comes again with Last-Event-ID is not
    told the same twice.
    """
    known, retry = last_event_id, RETRY
    clock = asyncio.get_running_loop().time
    end = clock() + LONGEST
    while clock() < end and not request.app.state.closing.is_set():
        try:
            progress = await run_in_threadpool(look)
        except ExhibitError:  # the right is gone, or the database away: who comes again is told
            return
        if progress.is_over:
            yield ServerSentEvent(event="done", data=progress, id=progress.tag, retry=retry)
            return
        if progress.tag != known:
            known = progress.tag
            yield ServerSentEvent(event="progress", data=progress, id=progress.tag, retry=retry)
        await asyncio.sleep(PERIOD)
