"""Serving: the application and the public front under uvicorn, with the protocol that answers visitors first."""

import asyncio
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from exhibit_api.editions import schema
from exhibit_api.editions.protocol import http_protocol
from exhibit_api.editions.serve import PublicFront
from exhibit_api.editions.shelf import Shelf
from exhibit_api.editions.showcase import Showcase
from exhibit_api.instance import close_site
from exhibit_api.web.site import Site

GRACE_SECONDS = 20
"""How long requests under way may still take after the signal to stop."""


def make_showcase(site: Site) -> Showcase:
    """An empty shelf of this site; `refresh` fills it."""
    described_by = {
        "halls": "/" + schema.schema_key("hall-pointer"),
        "exhibitions": "/" + schema.schema_key("exhibition"),
    }
    return Showcase(site.sessions, site.store, Shelf(site.store, site.settings.shelf_bytes, described_by))


def front_of(site: Site, showcase: Showcase, app: ASGIApp) -> PublicFront:
    """The application with the public front before it."""
    settings = site.settings
    return PublicFront(app, showcase.shelf, site.store, settings.public_base_url, settings.presigned_seconds)


def serve(site: Site, bound: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal comes. `ready` is called when the first request can be answered."""
    showcase = make_showcase(site)
    showcase.mend()
    showcase.refresh()
    config = uvicorn.Config(
        front_of(site, showcase, _LaterApp(site, showcase)),
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


class _LaterApp:
    """The API, made while visitors are answered already: to load the framework takes longer than all else at a start."""

    def __init__(self, site: Site, showcase: Showcase) -> None:
        self._site = site
        self._showcase = showcase
        self._making: asyncio.Future[ASGIApp] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        assert self._making is not None, "the server starts before it takes requests"
        app = await asyncio.shield(self._making)
        await app(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._making = asyncio.get_running_loop().run_in_executor(None, self._make)
        self._showcase.watch()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await asyncio.to_thread(self._showcase.close)
        await send({"type": "lifespan.shutdown.complete"})

    def _make(self) -> ASGIApp:
        from exhibit_api.app import make_app

        return make_app(self._site, self._showcase)


class _Server(uvicorn.Server):
    """uvicorn that says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()
