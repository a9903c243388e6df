"""Serving: the public front and the API under uvicorn, with the protocol that answers visitors first.

Visitors need the store alone. So they are answered as soon as the shelf is filled from it, while the database is opened and the
framework loaded behind them; they go on being answered when the database is away.
"""

import asyncio
import contextlib
import gc
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog
import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from exhibit_api.editions.filling import fill
from exhibit_api.editions.protocol import http_protocol
from exhibit_api.editions.serve import PublicFront
from exhibit_api.editions.shelf import Shelf
from exhibit_api.errors import DatabaseBusy, ExhibitError
from exhibit_api.settings import Settings
from exhibit_api.storage import store_of
from exhibit_api.storage.base import ObjectStore
from exhibit_api.viewer.front import ViewerFront
from exhibit_api.web.answers import answer

if TYPE_CHECKING:
    from fastapi import FastAPI

    from exhibit_api.editions.showcase import Showcase
    from exhibit_api.jobs.worker import Workers
    from exhibit_api.web.site import Site

GRACE_SECONDS = 20
"""How long requests under way may still take after the signal to stop."""

RETRY_SECONDS = 2.0
FILL_SECONDS = 5.0
"""How long a start waits for the store. One that is slower fills the shelf while we listen."""

PATIENCE_SECONDS = 10.0
"""How long a request waits for the API to be made."""

STALE_SECONDS = 86_400.0
"""Age from which an upload that never ended is taken for dead."""

ALIVE = b'{"status":"ok"}'

log = structlog.get_logger()


def make_showcase(site: "Site", shelf: Shelf | None = None) -> "Showcase":
    """The shelf of this site in step with its database; `refresh` brings it there."""
    from exhibit_api.editions import schema
    from exhibit_api.editions.showcase import Showcase

    shelf = shelf or Shelf(site.store, site.settings.shelf_bytes)
    shelf.describe(
        {"halls": "/" + schema.schema_key("hall-pointer"), "exhibitions": "/" + schema.schema_key("exhibition")}
    )
    return Showcase(site.sessions, site.store, shelf)


def front_of(settings: Settings, store: ObjectStore, shelf: Shelf, app: ASGIApp) -> PublicFront:
    """The application with the viewer's pages before it, and the public front before both."""
    pages = ViewerFront(app, shelf, store, settings.public_base_url)
    return PublicFront(pages, shelf, store, settings.public_base_url, settings.presigned_seconds)


def serve(
    settings: Settings,
    bound: socket.socket,
    ready: Callable[[], None],
    site: "Site | None" = None,
    *,
    workers: int = 0,
    ending: Callable[[], None] = lambda: None,
) -> None:
    """Serve until a signal comes. `ready` is called when visitors can be answered. `site` may be open already.

    `ending` is called when the end begins, from another thread and perhaps twice at a time; the site stays open until it returns.

    With `workers`, so many models are worked on at a time, beside one that is checked; with 0, another process does that.

    Raises what makes it impossible: a database of another form, a wrong address.
    """
    store = site.store if site else store_of(settings)
    shelf = Shelf(store, settings.shelf_bytes)
    filling = threading.Thread(target=fill, args=(shelf, store), name="fill", daemon=True)
    filling.start()
    filling.join(FILL_SECONDS)
    api = _LaterApi(settings, shelf, store, site, workers, ending)
    config = uvicorn.Config(
        front_of(settings, store, shelf, api),
        http=http_protocol(shelf),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config, ready, api.end_work)
    api.when_impossible = server.stop
    try:
        server.run(sockets=[bound])
    finally:
        api.close()
        store.close()
    if api.refusal is not None:
        raise api.refusal


class _LaterApi:
    """The API, made while visitors are answered already. Until then its requests wait; without a database they get a 503."""

    def __init__(
        self,
        settings: Settings,
        shelf: Shelf,
        store: ObjectStore,
        site: "Site | None",
        workers: int,
        ending: Callable[[], None],
    ) -> None:
        self.refusal: ExhibitError | None = None
        self.when_impossible: Callable[[], None] = lambda: None
        self._settings = settings
        self._shelf = shelf
        self._store = store
        self._site = site
        self._showcase: Showcase | None = None
        self._app: FastAPI | None = None
        self._lanes = workers
        self._ending = ending
        self._workers: Workers | None = None
        self._is_ending = False
        self._lock = threading.Lock()
        self._trouble: DatabaseBusy | None = None
        self._tried = asyncio.Event()
        self._making: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if self._app is None and scope["type"] == "http" and scope["path"] == "/healthz":
            await Response(ALIVE, media_type="application/json")(scope, receive, send)
            return
        if self._app is None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._tried.wait(), PATIENCE_SECONDS)
        if self._app is not None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await answer(self._trouble or DatabaseBusy("the service is not ready; try again in a moment"))(
                scope, receive, send
            )

    def end_work(self) -> None:
        """End what would go on by itself: streams of events, what `ending` ends, and jobs, which are given back."""
        if self._app is not None:
            self._app.state.closing.set()
        self._ending()
        with self._lock:
            self._is_ending = True
            workers, self._workers = self._workers, None
            if workers is not None:
                workers.stop()

    def close(self) -> None:
        """Let go of the database."""
        self.end_work()
        if self._showcase is not None:
            self._showcase.close()
        if self._site is not None:
            self._site.sessions.kw["bind"].dispose()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._making = asyncio.create_task(self._make_until_it_works())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._tried.set()
        self._making.cancel()
        await asyncio.to_thread(self.close)
        await send({"type": "lifespan.shutdown.complete"})

    async def _make_until_it_works(self) -> None:
        while self._app is None:
            try:
                self._app = await asyncio.to_thread(self._make)
            except DatabaseBusy as error:
                log.warning("the API waits for the database; visitors are answered", error=error.detail)
                self._trouble = error
                self._tried.set()
                await asyncio.sleep(RETRY_SECONDS)
                await asyncio.to_thread(fill, self._shelf, self._store)
            except ExhibitError as error:
                self._give_up(error)
                return
            except Exception as error:
                log.exception("the API could not be made")
                self._give_up(ExhibitError(f"the service could not start: {error}"))
                return
        self._tried.set()
        await self._work_when_possible()
        with contextlib.suppress(ExhibitError):  # the store is asked again at the next start
            await asyncio.to_thread(self._store.sweep_staging, STALE_SECONDS)

    async def _work_when_possible(self) -> None:
        while self._lanes:
            try:
                await asyncio.to_thread(self._start_work)
            except ExhibitError as error:
                log.warning("the workers cannot begin; trying again", error=error.detail)
                await asyncio.sleep(RETRY_SECONDS)
            except Exception:  # whatever it is: a service without workers must say so
                log.exception("the workers cannot begin; trying again")
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return

    def _start_work(self) -> None:
        from exhibit_api.working import workers_of

        assert self._site is not None
        assert self._app is not None
        workers = workers_of(self._site, self._lanes)
        with self._lock:
            if not self._is_ending:
                self._workers = workers
                self._app.state.nudge = workers.nudge
                workers.start()

    def _give_up(self, error: ExhibitError) -> None:
        self.refusal = error
        self._tried.set()
        self.when_impossible()

    def _make(self) -> "FastAPI":
        from exhibit_api.app import make_app
        from exhibit_api.instance import open_site

        site = self._site = self._site or open_site(self._settings, store=self._store)
        showcase = make_showcase(site, self._shelf)
        showcase.watch()
        self._showcase = showcase
        app = make_app(site, showcase)
        # What stands now, stands to the end. A look of the garbage collector through its 270,000 objects is an eighth of a second in
        # which nobody is answered; it need not look at them again.
        gc.collect()
        gc.freeze()
        return app


class _Server(uvicorn.Server):
    """uvicorn that says when it listens, and when it begins to end."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self._ending = ending

    def stop(self) -> None:
        """End as at a signal."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        ending = asyncio.create_task(asyncio.to_thread(self._ending))
        await super().shutdown(sockets)
        await ending
