"""Taking in a raw body: counted and hashed while it streams to the store, never whole in memory, off the event loop."""

import asyncio
import hashlib
import os
import sys
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Protocol

from starlette.requests import ClientDisconnect, Request

from exhibit_api.errors import ExhibitError, Interrupted, Rejected, WrongMediaType
from exhibit_api.web.courtesy import Courtesy

BATCH = 1 << 20
"""Bytes that go to a worker thread at once: enough that the hand-over costs nothing, little enough to hold for many uploads."""

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")

NICE = 10
AT_ONCE = max(1, (os.cpu_count() or 2) // 2)
"""Bodies that are hashed at the same moment: each costs a core, and visitors want some too."""


def _step_back() -> None:
    """Let this thread yield to those that answer visitors. On Linux alone: elsewhere the whole process would."""
    if sys.platform == "linux":
        os.nice(NICE)


_threads = ThreadPoolExecutor(8, thread_name_prefix="upload", initializer=_step_back)
# Threads of their own: a slow store must not take the threads that answer other requests.
_hashing = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Received:
    """What came in: bytes counted, and their SHA-256 (hex)."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Allowance:
    """How many bytes may come, and the error for one more."""

    bytes: int
    refusal: ExhibitError


def refuse_forms(request: Request) -> None:
    """Raise WrongMediaType for a form: we take the file itself."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind in FORMS:
        raise WrongMediaType(f"send the file itself as the body (curl -T FILE), not as {kind}")


def declared_length(request: Request) -> int | None:
    """Content-Length, where there is one. Raises Rejected where it is no number."""
    value = request.headers.get("content-length")
    if value is None:
        return None
    if not value.isascii() or not value.isdigit():
        raise Rejected(f"Content-Length is no number of bytes: {value[:40]!r}")
    return int(value)


class Sink(Protocol):
    """Takes bytes one after the other, as staged objects and open files do."""

    def write(self, chunk: bytes, /) -> object:
        """Append."""


class Digest(Protocol):
    """What `hashlib` makes."""

    def update(self, data: bytes, /) -> object:
        """Hash on."""


async def receive(request: Request, sink: Sink, allowance: Allowance) -> Received:
    """Stream the body into `sink`. Raises as `take_in`."""
    digest = hashlib.sha256()
    size = await take_in(request, sink, allowance, [digest])
    return Received(size, digest.hexdigest())


async def take_in(request: Request, sink: Sink, allowance: Allowance, digests: Sequence[Digest]) -> int:
    """Stream the body into `sink` and all `digests`; how many bytes it has.

    Raises Interrupted when the sender stops, the allowance's error when it sends too much.
    """
    declared = declared_length(request)
    if declared is not None and declared > allowance.bytes:
        raise allowance.refusal
    loop = asyncio.get_running_loop()
    courtesy: Courtesy = request.app.state.courtesy
    total, wait = 0, 0.0

    def take(chunks: Sequence[bytes]) -> None:
        with _hashing:
            for chunk in chunks:
                for digest in digests:
                    digest.update(chunk)
        for chunk in chunks:
            sink.write(chunk)

    writing: asyncio.Future[None] | None = None
    try:
        async for chunks in _batched(request.stream()):
            size = sum(map(len, chunks))
            total += size
            if total > allowance.bytes:
                raise allowance.refusal
            if wait > 0:  # not after the last batch: who has sent everything waits for nobody
                await asyncio.sleep(wait)
            if writing is not None:
                await writing
            writing = loop.run_in_executor(_threads, take, chunks)
            wait = courtesy.wait_after(size)
        if writing is not None:
            await writing
    except ClientDisconnect as error:
        wanted = f" of {declared}" if declared is not None else ""
        raise Interrupted(f"the body stopped after {total}{wanted} bytes; nothing was kept, send it again") from error
    finally:
        if writing is not None:
            # The store is not closed under a write; what the write says no longer matters, for something else ended the upload.
            await asyncio.gather(writing, return_exceptions=True)
    return total


async def _batched(stream: AsyncIterator[bytes]) -> AsyncIterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    async for chunk in stream:
        if chunk:
            batch.append(chunk)
            size += len(chunk)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
