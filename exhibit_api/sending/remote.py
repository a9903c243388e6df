"""The service as a client sees it: its answers as JSON, its problems as our errors, and patience while it does not answer."""

import copy
import random
import re
import threading
import time
import uuid
import weakref
from collections.abc import Callable, Collection
from http import HTTPStatus
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import orjson
import urllib3
from urllib3.exceptions import HTTPError, LocationParseError

from exhibit_api.errors import ExhibitError, Rejected

CONNECT_SECONDS, READ_SECONDS = 20.0, 120.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 20.0
BLOCK = 64 << 10
"""Bytes that are handed to the line at once. On a new connection each has to get through in CONNECT_SECONDS: 3 kB/s are enough."""
PASSING = (408, 425, 429, 500, 502, 503, 504, 507)
"""Answers after which the same request may go well."""
STALLED = (400, 401)
"""Of a part: a body that a bad line held up, or a signed address that expired meanwhile."""

BUCKET = re.compile(rb"<Code>([^<]{1,80})</Code>"), re.compile(rb"<Message>([^<]{1,300})</Message>")
SKEWED = ("RequestTimeTooSkewed", "RequestExpired")
"""A bucket's word where a request was signed by a clock that is off."""
EXPIRED = b"Request has expired"


class Unreachable(ExhibitError):
    """The service, or the store behind it, did not answer for as long as we wait."""


class Stopped(ExhibitError):
    """Another part was refused, or the user has had enough: the rest need not go on."""


class Refused(ExhibitError):
    """The service says no."""

    def __init__(self, detail: str, status: int) -> None:
        super().__init__(detail)
        self.status = status


class Service:
    """A service at an address, for the holder of a token. `patience` is how many seconds one request is tried again.

    `waiting` is told why, before each pause. May be used from several threads. `stop` ends all requests soon, with Stopped; those of a
    `piece` can be stopped alone.
    """

    def __init__(
        self, address: str, token: str, *, patience: float, waiting: Callable[[str], None], connections: int = 4
    ) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Rejected(f"{address!r} is no address of a service; it begins with https:// or http://")
        self._address = address.rstrip("/")
        self._token = token
        self._patience = patience
        self._waiting = waiting
        self._stopped = threading.Event()
        self._pieces = weakref.WeakSet[Service]()
        self._lock = threading.Lock()
        self._pool = urllib3.PoolManager(
            maxsize=connections + 1,
            retries=False,
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
            blocksize=BLOCK,
        )

    def piece(self) -> "Service":
        """The same service, for a piece of the work that can be stopped by itself."""
        piece = copy.copy(self)
        piece._stopped, piece._pieces, piece._lock = threading.Event(), weakref.WeakSet(), threading.Lock()
        with self._lock:
            self._pieces.add(piece)
            is_stopped = self._stopped.is_set()
        if is_stopped:
            piece.stop()
        return piece

    def stop(self) -> None:
        """Have all requests end soon, those of its pieces too."""
        with self._lock:
            self._stopped.set()
            pieces = list(self._pieces)
        for piece in pieces:
            piece.stop()

    def go_on(self) -> None:
        """Raise Stopped if it was stopped."""
        if self._stopped.is_set():
            raise Stopped("the upload was stopped")

    def ask(self, method: str, path: str, body: Any = None, *, is_once: bool = False) -> Any:
        """The JSON that is answered. Bytes are sent as they are, all else as JSON; then a POST whose answer was lost is done once: by the
        service's memory, which `is_once` spares it where to do it twice is to do it once.

        Raises Refused, Unreachable, Stopped.
        """
        is_file = isinstance(body, bytes)
        data = body if body is None or is_file else orjson.dumps(body)
        kind = "application/octet-stream" if is_file else "application/json"
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": kind}
        if method == "POST" and not is_file and not is_once:
            headers["Idempotency-Key"] = str(uuid.uuid4())
        answer = self._tried(lambda: self._pool.request(method, self._address + path, body=data, headers=headers))
        try:
            return orjson.loads(answer.data or b"null")
        except orjson.JSONDecodeError as error:
            raise Refused(f"{self._address} does not answer as the service does; is the address right?", 502) from error

    def send(self, sign: Callable[[], str], part: Callable[[], BinaryIO], length: int) -> str:
        """Send a part to the address that `sign` gives, anew at each try; the ETag of the answer. Raises Refused, Unreachable, Stopped."""

        def put() -> urllib3.BaseHTTPResponse:
            headers = {"Content-Length": str(length), "Content-Type": "application/octet-stream"}
            with part() as body:
                return self._pool.request("PUT", sign(), body=body, headers=headers, redirect=False)

        etag = self._tried(put, also=STALLED).headers.get("ETag")
        if etag is None:
            raise Refused("a part was taken without an ETag in the answer: the bucket must show it", 502)
        return etag

    def close(self) -> None:
        """Let go of all connections."""
        self._pool.clear()

    def _tried(
        self, request: Callable[[], urllib3.BaseHTTPResponse], also: Collection[int] = ()
    ) -> urllib3.BaseHTTPResponse:
        pause, deadline, had_expired = FIRST_PAUSE, time.monotonic() + self._patience, False
        while True:
            self.go_on()
            try:
                answer = request()
                if answer.status < 300:
                    return answer
                trouble = _told(answer)
                is_being_done = answer.status == HTTPStatus.CONFLICT and "Idempotency-Key" in trouble
                has_expired = (
                    bool(also) and EXPIRED in answer.data and not had_expired
                )  # a machine that slept has old addresses
                had_expired = had_expired or has_expired
                if answer.status not in PASSING and answer.status not in also and not is_being_done and not has_expired:
                    raise Refused(trouble, answer.status)
            except LocationParseError as error:
                raise Rejected(f"the service's address cannot be used: {error}") from error
            except HTTPError as error:
                trouble = f"{urlsplit(self._address).netloc} does not answer ({_cause(error)})"
            if time.monotonic() + pause > deadline:
                raise Unreachable(f"{trouble}; run the same command again to go on")
            self._waiting(trouble)
            self._stopped.wait(pause * random.uniform(0.75, 1.25))  # noqa: S311 - so that many clients do not come back at once
            pause = min(2 * pause, LONGEST_PAUSE)


def is_missing(error: Refused) -> bool:
    """Whether what was asked for is not there, or not for us."""
    return error.status in (403, 404)


def _told(answer: urllib3.BaseHTTPResponse) -> str:
    """What went wrong in the service's words, or in the store's."""
    try:
        told = orjson.loads(answer.data)
        return str(told["detail"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        said = f"{answer.status} {answer.reason or ''}".rstrip()
    code, message = (found[1].decode(errors="replace") if (found := tag.search(answer.data)) else "" for tag in BUCKET)
    if code in SKEWED or message.startswith("Request has expired"):  # of an address that was signed a moment ago
        return f"the clocks of the service and of its bucket differ by too much ({said}: {message}); its operator can set them right"
    return f"the bucket answered {said}: {code} {message}".rstrip() if code else f"the answer was {said}"


def _cause(error: HTTPError) -> str:
    inner = getattr(error, "reason", None) or error.__cause__ or error
    return type(inner).__name__
