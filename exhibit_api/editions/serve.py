"""The public read path, in front of FastAPI: published documents from memory, blobs from files or by redirect. No SQL.

GET, HEAD and the preflights of public addresses are answered here if what they name exists; everything else goes on to the
application behind, which also says 404. What it answers to readers of public addresses is open to any page too, so that the page
learns what is wrong. `protocol` answers the plainest of these requests even before, with the same bytes.
"""

import asyncio
import re
from collections.abc import Callable, Hashable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from exhibit_api.editions.addresses import SLUG, Current, Place, place_of
from exhibit_api.editions.blobs import Blobs
from exhibit_api.editions.published import OPEN, Published
from exhibit_api.editions.shelf import Shelf
from exhibit_api.errors import ExhibitError, NoSuchObject, NotFound, StoreError, StoreUnavailable
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.answers import status_of
from exhibit_api.web.asked import Asked, asked_by, decide
from exhibit_api.web.files import Stored, in_reader, send_bytes, send_error, send_refusal, send_stored
from exhibit_api.web.negotiation import coding_for, has_already
from exhibit_api.web.ranges import content_range

PREFLIGHT = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD, OPTIONS"),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"86400"),
)

LISTS = re.compile(rf"/v1/exhibitions|/v1/halls/{SLUG}/editions")
"""What the application behind answers, and any page may read."""

Found = TypeVar("Found")

log = structlog.get_logger()


class PublicFront:
    """ASGI: answers what is public, and hands everything else to `app`.

    Blobs of a store without files are redirected below `public_base_url`, where the public tree hangs, or to an address
    that the store signs for `presigned_seconds`.
    """

    def __init__(
        self,
        app: ASGIApp,
        shelf: Shelf,
        store: ObjectStore,
        public_base_url: str | None = None,
        presigned_seconds: int = 3600,
    ) -> None:
        self._app = app
        self._shelf = shelf
        self._store = store
        self._blobs = Blobs(store, public_base_url, presigned_seconds)
        self._fetching: dict[Hashable, asyncio.Task[Any]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            document = self._shelf.table.get(scope["raw_path"])
            if document is not None and not scope["query_string"]:
                asked = asked_by(scope["method"], scope["headers"])
                self._shelf.hits[await _send_document(send, asked, document)] += 1
                return
        path = _read_path(scope)
        place = None if path is None else place_of(path)
        if path is None or (place is None and not LISTS.fullmatch(path)):
            await self._app(scope, receive, send)
            return
        asked = asked_by(scope["method"], scope["headers"])
        try:
            if asked.method == "OPTIONS":
                self._shelf.hits[204] += 1
                await send_bytes(send, 204, [*PREFLIGHT])
            elif place is None:
                await self._app(scope, receive, _opened(send))
            elif isinstance(place, Place) and place.folder == "blobs":
                self._shelf.hits[await self._send_blob(scope, receive, send, place, asked)] += 1
            elif (document := await self._document(scope, place)) is not None:
                self._shelf.hits[await _send_document(send, asked, document)] += 1
            else:
                await self._app(scope, receive, _opened(send))
        except ExhibitError as error:
            told = _for_visitors(error)
            self._shelf.hits[status_of(told)[0]] += 1
            await send_error(send, asked, told, OPEN)

    async def _document(self, scope: Scope, place: Place | Current) -> Published | None:
        if isinstance(place, Current):
            query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            if "profile" in query:
                return await self._once(self._shelf.fetch_profile, place.hall, query["profile"][0])
        found = self._shelf.held(place)
        if found is None and isinstance(place, Place) and place.folder in ("manifests", "schemas"):
            found = await self._once(self._shelf.fetch, place)
        return found

    async def _send_blob(self, scope: Scope, receive: Receive, send: Send, place: Place, asked: Asked) -> int:
        found = self._blobs.located(place)
        if found is None or (isinstance(found, Stored) and not _still_there(found)):
            found = await self._once(self._blobs.locate, place)
            if isinstance(found, Stored) and found.path is not None:
                self._shelf.remember_file(scope["raw_path"], found)
        if isinstance(found, Stored):
            return await send_stored(
                scope, receive, send, store=self._store, stored=found, asked=asked, on_problem=OPEN
            )
        if asked.method == "HEAD" and not found.answers_head:
            return await send_stored(scope, receive, send, store=self._store, stored=found.stored, asked=asked)
        if asked.if_none_match is not None and has_already(asked.if_none_match, found.stored.etag):
            await send_bytes(send, HTTPStatus.NOT_MODIFIED, [*found.stored.kept])
            return HTTPStatus.NOT_MODIFIED
        location = (b"location", found.address.encode("ascii"))
        headers = [location, (b"cache-control", found.cache_control), (b"content-length", b"0"), *OPEN]
        await send_bytes(send, HTTPStatus.TEMPORARY_REDIRECT, headers)
        return HTTPStatus.TEMPORARY_REDIRECT

    async def _once(self, work: Callable[..., Found], *arguments: Hashable) -> Found:
        """What `work` gives, from a thread; those who ask for the same at the same time wait for the same."""
        key = (work.__name__, arguments)
        task = self._fetching.get(key)
        if task is None:
            task = asyncio.ensure_future(in_reader(work, *arguments))
            self._fetching[key] = task
            task.add_done_callback(lambda _: self._fetching.pop(key, None))
        found: Found = await asyncio.shield(task)
        return found


def _read_path(scope: Scope) -> str | None:
    """The path that the request reads, None where it does anything else."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD", "OPTIONS"):
        return None
    if scope["method"] == "OPTIONS" and not _is_preflight_of_reading(scope):
        return None
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def _is_preflight_of_reading(scope: Scope) -> bool:
    """The preflight of a write is the authenticated API's, which answers configured origins only."""
    wanted = [value for name, value in scope["headers"] if name == b"access-control-request-method"]
    return wanted in ([b"GET"], [b"HEAD"])


def _opened(send: Send) -> Send:
    """`send`, with the headers that let any page read the answer, where the application has not its own."""

    async def send_opened(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            named = {name.lower() for name, _ in headers}
            message = {**message, "headers": [*headers, *(header for header in OPEN if header[0] not in named)]}
        await send(message)

    return send_opened


async def _send_document(send: Send, asked: Asked, document: Published) -> int:
    answer = document.whole[coding_for(asked.accept_encoding)]
    if asked.range is not None and answer is not document.whole["identity"]:
        asked = replace(asked, range=None)  # parts are of the plain form only
    size = len(answer.body)
    status, span = decide(asked, document.etag, size)
    if status in (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE):
        await send_refusal(send, asked, status, document.etag, size, OPEN)
    elif status == HTTPStatus.PARTIAL_CONTENT:
        length = (b"content-length", b"%d" % span.length)
        headers = [length if name == length[0] else (name, value) for name, value in answer.headers]
        headers.append((b"content-range", content_range(span, size).encode()))
        await send_bytes(send, status, headers, answer.body[span.start : span.stop])
    elif status == HTTPStatus.NOT_MODIFIED:
        await send_bytes(send, status, document.unchanged.headers)
    else:
        await send_bytes(send, status, answer.headers, b"" if asked.method == "HEAD" else answer.body)
    return status


def _still_there(stored: Stored) -> bool:
    """A withdrawn blob must be gone at once. Its directory entry is in memory, for it was read before."""
    if stored.path is None:
        return True
    try:
        return Path(stored.path).stat().st_size == stored.size
    except OSError:
        return False


def _for_visitors(error: ExhibitError) -> ExhibitError:
    if isinstance(error, NoSuchObject):
        return NotFound("there is no such file in the exhibition, or no more")
    if isinstance(error, StoreError):
        log.warning("the store failed a visitor", error=error.detail, cause=repr(error.__cause__))
        return StoreUnavailable("the exhibition's store does not answer now; try again in a moment")
    return error
