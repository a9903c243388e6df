"""Serving: the application and the public front under uvicorn, with the protocol that answers visitors first."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable

import structlog
import uvicorn
from fastapi import FastAPI

from exhibit_api.app import make_app
from exhibit_api.editions import schema
from exhibit_api.editions.protocol import http_protocol
from exhibit_api.editions.serve import PublicFront
from exhibit_api.editions.shelf import Shelf
from exhibit_api.editions.showcase import Showcase
from exhibit_api.instance import close_site
from exhibit_api.web.deps import Site

GRACE_SECONDS = 20
"""How long requests under way may still take after the signal to stop."""

log = structlog.get_logger()


def make_showcase(site: Site) -> Showcase:
    """An empty shelf of this site; `refresh` fills it."""
    described_by = {
        "halls": "/" + schema.schema_key("hall-pointer"),
        "exhibitions": "/" + schema.schema_key("exhibition"),
    }
    return Showcase(site.sessions, site.store, Shelf(site.store, site.settings.shelf_bytes, described_by))


def front_of(site: Site, showcase: Showcase) -> PublicFront:
    """The ASGI application with the public front before it."""
    settings = site.settings
    app = make_app(site, showcase)
    app.router.lifespan_context = _lifespan(showcase)
    return PublicFront(app, showcase.shelf, site.store, settings.public_base_url, settings.presigned_seconds)


def serve(site: Site, bound: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal comes. `ready` is called when the first request can be answered."""
    showcase = make_showcase(site)
    showcase.mend()
    showcase.refresh()
    config = uvicorn.Config(
        front_of(site, showcase),
        http=http_protocol(showcase.shelf),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config, ready)
    try:
        server.run(sockets=[bound])
    finally:
        showcase.close()
        close_site(site)


def _lifespan(showcase: Showcase) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        showcase.watch()
        yield
        await asyncio.to_thread(showcase.close)

    return lifespan


class _Server(uvicorn.Server):
    """uvicorn that says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()
