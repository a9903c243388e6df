"""`Idempotency-Key`: a POST that is sent again, since its answer was lost, is done once and answered the same.

As draft-ietf-httpapi-idempotency-key-header has it. The key holds for one token and one day. An answer that must not be kept (a new
token's secret) is not: sent again, such a request is told that it was done.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import anyio.to_thread
import structlog
from sqlalchemy import LargeBinary, String, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from exhibit_api.db import Base, Sessions, now, transaction
from exhibit_api.errors import Conflict, ExhibitError, Interrupted, Rejected, TooLarge
from exhibit_api.web.answers import answer

KEEP = timedelta(days=1)
ABANDONED = timedelta(minutes=10)
"""After this, a request that was begun and never answered counts as crashed, and its key is free again."""

MAX_KEY_LENGTH = 200
MAX_KEPT = 256 << 10

log = structlog.get_logger()


class KeyedRequest(Base):
    """A request under its key: what was asked, and once it is done, what was answered."""

    __tablename__ = "idempotency_keys"

    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(MAX_KEY_LENGTH), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any]]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class Idempotency:
    """ASGI middleware for POSTs that carry the header; all else passes untouched."""

    def __init__(
        self, app: ASGIApp, sessions: Sessions, knows: Callable[[Sessions, str], bool], max_bytes: int = 4 << 20
    ) -> None:
        """`knows` says whether somebody carries this Authorization: nothing is read or kept for strangers."""
        self.app = app
        self.knows = knows
        self.sessions = sessions
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or let the request through and keep its answer."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key, authorization = headers.get("idempotency-key"), headers.get("authorization")
        if key is None or authorization is None:
            await self.app(scope, receive, send)
            return
        try:
            if not await anyio.to_thread.run_sync(self.knows, self.sessions, authorization):
                await self.app(scope, receive, send)
                return
            request = _Keyed(self.sessions, key, authorization)
            body = await _body(receive, self.max_bytes)
            known = await anyio.to_thread.run_sync(request.begin, _fingerprint(scope, body))
        except ExhibitError as error:
            await answer(error)(scope, receive, send)
            return
        if known is not None:
            await _replay(known, send)
            return
        await self._run(scope, receive, send, request, body)

    async def _run(self, scope: Scope, receive: Receive, send: Send, request: "_Keyed", body: bytes) -> None:
        start: Message = {}
        parts: list[bytes] = []
        unread = [body]

        async def again() -> Message:
            if unread:
                return {"type": "http.request", "body": unread.pop(), "more_body": False}
            return await receive()

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    try:
                        await anyio.to_thread.run_sync(request.end, start, b"".join(parts))
                    except ExhibitError as error:  # it is done: to say that it failed would have it done twice
                        log.warning("an answer could not be kept for its Idempotency-Key", error=error.detail)
                    await send(start)
                    await send({"type": "http.response.body", "body": b"".join(parts)})

        try:
            await self.app(scope, again, keep)
        except BaseException:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(request.forget)
            raise


class _Keyed:
    """One key of one token."""

    def __init__(self, sessions: Sessions, key: str, authorization: str) -> None:
        if not 1 <= len(key) <= MAX_KEY_LENGTH or not key.isprintable():
            raise Rejected(f"an Idempotency-Key has 1 to {MAX_KEY_LENGTH} printable characters")
        self.sessions = sessions
        self.where = (
            KeyedRequest.scope == hashlib.sha256(authorization.encode()).hexdigest(),
            KeyedRequest.key == key,
        )
        self.identity = {"scope": hashlib.sha256(authorization.encode()).hexdigest(), "key": key}

    def begin(self, fingerprint: str) -> KeyedRequest | None:
        """What was answered to this request before; None where it is the first. Raises Conflict while it is being done."""
        try:
            with transaction(self.sessions) as session:
                session.execute(delete(KeyedRequest).where(KeyedRequest.created_at < now() - KEEP))
                known = session.scalar(select(KeyedRequest).where(*self.where).with_for_update())
                if known is not None and known.status is None and known.created_at < now() - ABANDONED:
                    session.delete(known)
                    session.flush()
                    known = None
                if known is None:
                    session.add(KeyedRequest(**self.identity, fingerprint=fingerprint, headers={}))
                    return None
        except IntegrityError as error:
            raise Conflict("a request with this Idempotency-Key is being done at this moment") from error
        if known.fingerprint != fingerprint:
            raise Rejected("this Idempotency-Key was used for another request; take a new key")
        if known.status is None:
            raise Conflict("a request with this Idempotency-Key is being done at this moment")
        if known.body is None:
            raise Conflict("this request was done, and its answer cannot be shown again")
        return known

    def end(self, start: Message, body: bytes) -> None:
        """Keep the answer. A server's failure, or a missing right, is not kept: the request may be tried again."""
        status = int(start["status"])
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in start.get("headers", [])]
        if status >= 500 or status in (401, 403, 429):
            self.forget()
            return
        secret = status < 400 and any(name == "cache-control" and "no-store" in value for name, value in headers)
        with transaction(self.sessions) as session:
            known = session.scalar(select(KeyedRequest).where(*self.where))
            if known is not None:
                known.status = status
                known.headers = {"list": headers}
                known.body = None if secret or len(body) > MAX_KEPT else body

    def forget(self) -> None:
        """Free the key."""
        with transaction(self.sessions) as session:
            session.execute(delete(KeyedRequest).where(*self.where))


async def _body(receive: Receive, max_bytes: int) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Interrupted(f"the body stopped after {size} bytes; nothing was done, send it again")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > max_bytes:
            raise TooLarge(f"a document has at most {max_bytes} bytes")
        if not message.get("more_body"):
            return b"".join(parts)


def _fingerprint(scope: Scope, body: bytes) -> str:
    digest = hashlib.sha256(f"{scope['method']} {scope['path']}?".encode() + scope["query_string"] + b"\n")
    digest.update(body)
    return digest.hexdigest()


async def _replay(known: KeyedRequest, send: Send) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in known.headers["list"]]
    headers.append((b"idempotency-replayed", b"true"))
    await send({"type": "http.response.start", "status": known.status, "headers": headers})
    await send({"type": "http.response.body", "body": known.body or b""})
