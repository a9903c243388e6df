"""The viewer's pages in front of the API: they need what is published and the built files, and neither framework nor database.

Pages are made when they are asked for and kept in memory under the digest of what they show.
"""

import asyncio
import re
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import parse_qs

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from exhibit_api.editions.budget import Keep
from exhibit_api.editions.shelf import Shelf
from exhibit_api.storage.base import ObjectStore
from exhibit_api.viewer.files import Files
from exhibit_api.viewer.page import Page
from exhibit_api.viewer.pages import Pages, Visit
from exhibit_api.viewer.routes import Route, is_ours, route_of
from exhibit_api.viewer.security import stores_of
from exhibit_api.web.asked import Asked, asked_by, decide
from exhibit_api.web.files import in_reader, send_bytes
from exhibit_api.web.negotiation import coding_for

KEPT_BYTES = 48 << 20
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")

log = structlog.get_logger()


class ViewerFront:
    """ASGI: answers GET and HEAD of the viewer's pages and files, and hands everything else to `app`."""

    def __init__(
        self,
        app: ASGIApp,
        shelf: Shelf,
        store: ObjectStore,
        public_base_url: str | None = None,
        files: Files | None = None,
    ) -> None:
        self._app = app
        self._shelf = shelf
        self._files = files or Files()
        self._pages = Pages(shelf, stores_of(store, public_base_url))
        self._kept: Keep[Page] = Keep(KEPT_BYTES)
        self._making: dict[str, asyncio.Task[Page]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        if not is_ours(path):
            await self._app(scope, receive, send)
            return
        asked = asked_by(scope["method"], scope["headers"])
        visit = _visit(scope, path)
        try:
            page = await self._page(route_of(path), visit)
        except Exception:  # what is published may be of any form, and a visitor is told so in plain words
            log.exception("a page could not be made", path=path)
            page = self._pages.broken(visit)
        self._shelf.hits[await _send_page(send, asked, page)] += 1

    async def _page(self, route: Route | None, visit: Visit) -> Page:
        if route is not None and route.kind in ("file", "worker", "icon"):
            name = {"worker": "service-worker.js", "icon": "icon.svg"}.get(route.kind, route.name)
            found = self._files.held(name) or await in_reader(self._files.read, name)
            return found or self._pages.missing(visit)
        key = self._pages.key(route, visit)
        if key is None:
            return await in_reader(self._pages.make, route, visit)
        return self._kept.get(key) or await self._made(key, route, visit)

    async def _made(self, key: str, route: Route | None, visit: Visit) -> Page:
        """The page, made once for all who ask for it at the same time."""
        task = self._making.get(key)
        if task is None:
            task = asyncio.ensure_future(in_reader(self._keep, key, route, visit))
            self._making[key] = task
            task.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(task)

    def _keep(self, key: str, route: Route | None, visit: Visit) -> Page:
        age = self._kept.age
        page = self._pages.make(route, visit)
        # An edition that was published meanwhile may be in the page: it must not stand under the name of the one before.
        if page.status == HTTPStatus.OK and self._pages.key(route, visit) == key:
            self._kept.put(key, page, page.size, age=age)
        return page


def _visit(scope: Scope, path: str) -> Visit:
    """Who asks, as far as pages differ by it. A host of another form than hosts have is not written into pages."""
    headers = {name: value for name, value in scope["headers"] if name in (b"host", b"accept-language", b"accept")}
    host = headers.get(b"host", b"").decode("latin-1")
    try:
        query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=20, errors="replace")
    except ValueError:  # too many fields
        query = {}
    return Visit(
        base=f"{scope.get('scheme', 'http')}://{host}{scope.get('root_path', '')}/" if _HOST.fullmatch(host) else None,
        root="../" * (path.count("/") - 1) or "./",
        accept_language=headers.get(b"accept-language", b"").decode("latin-1"),
        accept=headers.get(b"accept", b"").decode("latin-1"),
        query={name: values[0] for name, values in query.items()},
    )


async def _send_page(send: Send, asked: Asked, page: Page) -> int:
    whole = replace(asked, range=None)  # parts of pages are of use to nobody
    if page.status == HTTPStatus.OK:
        status, _ = decide(whole, page.etag, len(page.body))
        if status in (HTTPStatus.NOT_MODIFIED, HTTPStatus.PRECONDITION_FAILED):
            await send_bytes(send, status, [*page.kept])
            return status
    wanted = coding_for(asked.accept_encoding)
    ready = page.is_ready(wanted)
    coding, body = page.in_coding(wanted) if ready else await in_reader(page.in_coding, wanted)
    headers = [(b"content-type", page.media_type.encode()), (b"content-length", b"%d" % len(body)), *page.kept]
    if coding != "identity":
        headers.append((b"content-encoding", coding.encode()))
    await send_bytes(send, page.status, headers, b"" if asked.method == "HEAD" else body)
    return page.status
