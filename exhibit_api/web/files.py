"""Answering with one stored object: whole, by range, or not at all; by sendfile where the server can, else in chunks.

Blobs of published halls and private downloads share this. Nothing here asks who may read.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from exhibit_api.errors import ExhibitError, Stale, StoreError
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.answers import MEDIA_TYPE, problem_bytes
from exhibit_api.web.answers import answer as problem_response
from exhibit_api.web.asked import Asked, asked_by, decide
from exhibit_api.web.ranges import Span, content_range

PATHSEND = "http.response.pathsend"
PRESIGNED_SECONDS = 300

HeaderList = list[tuple[bytes, bytes]]
Given = TypeVar("Given")

# Threads of their own, so that visitors never wait for the threads in which curators' requests run.
_readers = ThreadPoolExecutor(8, thread_name_prefix="reader")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Stored:
    """One object as it is told to a client. `kept` are the headers of 200, 206 and 304 alike, its ETag among them."""

    key: str
    size: int
    media_type: bytes
    etag: bytes
    kept: tuple[tuple[bytes, bytes], ...]
    path: str | None = None


async def in_reader(work: Callable[..., Given], *arguments: Any) -> Given:
    """What `work` gives, called in one of the threads that read for visitors."""
    return await asyncio.get_running_loop().run_in_executor(_readers, work, *arguments)


async def send_stored(
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    store: ObjectStore,
    stored: Stored,
    asked: Asked,
    on_problem: tuple[tuple[bytes, bytes], ...] = (),
) -> int:
    """Answer with the object, or the part of it that is asked for. `on_problem`: more headers of a 412 or 416.

    Returns the status. Raises StoreError only before anything is sent.
    """
    status, span = decide(asked, stored.etag, stored.size)
    if status == HTTPStatus.NOT_MODIFIED:
        await send_bytes(send, status, [*stored.kept])
    elif status in (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE):
        await send_refusal(send, asked, status, stored.etag, stored.size, on_problem)
    elif asked.method == "HEAD" or not span.length:
        await send_bytes(send, status, headers_of(stored, status, span))
    elif stored.path is not None and _takes_files(scope, span, stored.size):
        await _send_file(send, status, headers_of(stored, status, span), stored.path, span)
    else:
        chunks = await in_reader(store.stream, stored.key, span.start, span.length)
        await send({"type": "http.response.start", "status": status, "headers": headers_of(stored, status, span)})
        await _send_chunks(receive, send, stored.key, chunks, span.length)
    return status


def headers_of(stored: Stored, status: int, span: Span) -> HeaderList:
    """The headers of a 200 or 206."""
    headers = [
        (b"content-type", stored.media_type),
        (b"content-length", b"%d" % span.length),
        (b"accept-ranges", b"bytes"),
        *stored.kept,
    ]
    if status == HTTPStatus.PARTIAL_CONTENT:
        headers.append((b"content-range", content_range(span, stored.size).encode()))
    return headers


async def send_bytes(send: Send, status: int, headers: HeaderList, body: bytes = b"") -> None:
    """One whole answer."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def send_error(send: Send, asked: Asked, error: ExhibitError, more: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    """One of our errors, as FastAPI's routes would tell it."""
    told = problem_response(error)
    await send_bytes(
        send, told.status_code, [*told.raw_headers, *more], b"" if asked.method == "HEAD" else bytes(told.body)
    )


async def send_refusal(
    send: Send, asked: Asked, status: int, etag: bytes, size: int, more: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    """The 412 or 416 of an object of `size` bytes."""
    if status == HTTPStatus.PRECONDITION_FAILED:
        here = etag.decode("latin-1")
        await send_error(
            send, asked, Stale(f"If-Match names another state than the one here, whose ETag is {here}"), more
        )
        return
    detail = f"nothing of the {size} bytes lies in the range that was asked for"
    body = problem_bytes(status, "range-not-satisfiable", "Nothing lies in that range", detail)
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", b"%d" % len(body)),
        (b"content-range", b"bytes */%d" % size),
        (b"cache-control", b"no-store"),
        *more,
    ]
    await send_bytes(send, status, headers, body)  # only a GET asks for ranges


def object_response(
    request: Request,
    store: ObjectStore,
    key: str,
    *,
    media_type: str,
    etag: str,
    cache_control: str,
    filename: str | None = None,
    presigned_seconds: int = PRESIGNED_SECONDS,
) -> Response:
    """The stored object as the answer of a route that has checked who asks; call it in a `def` route, it may wait for
    the store. `etag` with its quotes; `filename` makes it a download.

    A store with addresses of its own answers by a redirect to one that holds `presigned_seconds`. Raises NoSuchObject.
    """
    size = store.stat(key).size
    path = store.path(key)
    if path is None and request.method == "GET" and (address := store.presign(key, presigned_seconds)) is not None:
        return RedirectResponse(address, headers={"Cache-Control": "no-store"})
    kept = [(b"etag", etag.encode("latin-1")), (b"cache-control", cache_control.encode("latin-1"))]
    kept.append((b"x-content-type-options", b"nosniff"))
    if filename is not None:
        kept.append((b"content-disposition", f"attachment; filename*=UTF-8''{quote(filename, safe='')}".encode()))
    stored = Stored(
        key,
        size,
        media_type.encode("latin-1"),
        etag.encode("latin-1"),
        tuple(kept),
        None if path is None else str(path),
    )
    return ObjectResponse(store, stored)


class ObjectResponse(Response):
    """A response that sends a stored object when it is called. Made by `object_response`."""

    def __init__(self, store: ObjectStore, stored: Stored) -> None:
        super().__init__(None, HTTPStatus.OK)
        self._store = store
        self._stored = stored

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = asked_by(scope["method"], scope["headers"])
        try:
            await send_stored(scope, receive, send, store=self._store, stored=self._stored, asked=asked)
        except StoreError as error:
            await send_error(send, asked, error)


def _takes_files(scope: Scope, span: Span, size: int) -> bool:
    """Whether the server sends files itself. The extension as ASGI has it knows whole files; ours knows parts too."""
    offered = (scope.get("extensions") or {}).get(PATHSEND)
    return offered is not None and (bool(offered.get("parts")) or span == Span(0, size))


async def _send_file(send: Send, status: int, headers: HeaderList, path: str, span: Span) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": PATHSEND, "path": os.fspath(path), "offset": span.start, "count": span.length})


async def _send_chunks(receive: Receive, send: Send, key: str, chunks: Iterator[bytes], left: int) -> None:
    """Send a body of exactly `left` bytes. If the store fails half-way, or the client goes, the answer stays unfinished:
    the server then closes the connection, so that a client cannot take a part for the whole."""
    gone = asyncio.ensure_future(_gone(receive))
    try:
        while left and not gone.done():
            chunk = await in_reader(next, chunks, b"")
            if not chunk:
                log.warning("an object is shorter than the store said", key=key, missing_bytes=left)
                return
            left -= len(chunk)
            await send({"type": "http.response.body", "body": chunk, "more_body": left > 0})
    except StoreError as error:
        log.warning("the store failed while an object was sent", key=key, error=error.detail, missing_bytes=left)
    finally:
        gone.cancel()
        if (close := getattr(chunks, "close", None)) is not None:
            await asyncio.shield(in_reader(close))


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
