"""What operators look at: whether the instance lives, whether it is ready, and its metrics."""

import time
from contextlib import suppress
from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from pydantic import BaseModel
from sqlalchemy import func, select, text
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from exhibit_api.db import Sessions, transaction
from exhibit_api.errors import ExhibitError, StoreUnavailable
from exhibit_api.jobs.tables import Job, JobState
from exhibit_api.web.deps import ReadingDep, SiteDep, StoreDep
from exhibit_api.web.problems import problems

router = APIRouter(tags=["operation"])

REQUESTS = Counter("exhibit_requests_total", "Requests that the API answered", ("method", "route", "status"))
SECONDS = Histogram("exhibit_request_seconds", "Seconds until the API's answer was sent", ("method", "route"))
METHODS = frozenset({"GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"})


class Health(BaseModel):
    """That all is well."""

    status: Literal["ok"] = "ok"


@router.get("/healthz")
def healthz() -> Health:
    """Whether the process answers."""
    return Health()


@router.get("/readyz", responses=problems(503))
def readyz(session: ReadingDep, store: StoreDep) -> Health:
    """Whether the database and the store answer, so that requests can be sent here."""
    session.execute(text("SELECT 1"))
    try:
        store.check()
    except ExhibitError as error:
        raise StoreUnavailable(f"the store is not ready: {error.detail}") from error
    return Health()


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(request: Request, site: SiteDep) -> Response:
    """Counters in the Prometheus text format. What only the database knows is left out while that is away."""
    told = generate_latest(REGISTRY) + generate_latest(request.app.state.registry)
    with suppress(ExhibitError):
        told += generate_latest(_waiting(site.sessions))
    return Response(told, headers={"Content-Type": CONTENT_TYPE_LATEST})


def _waiting(sessions: Sessions) -> CollectorRegistry:
    """How many jobs there are that are not done."""
    registry = CollectorRegistry()
    gauge = Gauge("exhibit_jobs", "Jobs of all instances that are not done", ("kind", "state"), registry=registry)
    query = select(Job.kind, Job.state, func.count()).where(Job.state != JobState.DONE).group_by(Job.kind, Job.state)
    with transaction(sessions, reads_only=True) as session:
        for kind, state, count in session.execute(query):
            gauge.labels(kind, state).set(count)
    return registry


class Metered:
    """ASGI middleware that counts requests by the route's template, never by the path, which anyone can invent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, begun = 500, time.perf_counter()

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            method = scope["method"] if scope["method"] in METHODS else "other"
            REQUESTS.labels(method, route, str(status)).inc()
            SECONDS.labels(method, route).observe(time.perf_counter() - begun)
