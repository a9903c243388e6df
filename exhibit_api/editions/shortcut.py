"""uvicorn's protocol with the shelf before everything else. `protocol` says when it may be used, and what for."""

import os
from asyncio import TimerHandle
from types import SimpleNamespace
from typing import Any, cast

import structlog

from exhibit_api.editions.published import Published
from exhibit_api.editions.shelf import Shelf
from exhibit_api.web import sendfile
from exhibit_api.web.asked import asked_by, decide
from exhibit_api.web.files import Stored, headers_of
from exhibit_api.web.negotiation import coding_for, has_already
from exhibit_api.web.pathsend import FileSendingProtocol

WITH_BODY = frozenset({b"content-length", b"expect", b"transfer-encoding", b"upgrade"})
NOT_PLAIN = WITH_BODY | {b"if-match", b"if-range", b"range"}

# Stands where uvicorn looks for the state of the last answer, on connections that had none of its own.
_ANSWERED = cast("Any", SimpleNamespace(response_complete=True, message_event=SimpleNamespace(set=lambda: None)))


STATUS_LINES = {200: b"HTTP/1.1 200 OK\r\n", 206: b"HTTP/1.1 206 Partial Content\r\n"}

log = structlog.get_logger()


class ShelfProtocol(FileSendingProtocol):
    """One connection; `shelf` is set by a subclass.

    Two habits of uvicorn cost more than the answer itself and are put off: the scope is made only for a request that goes
    the usual way, and the timer that closes an idle connection runs on and looks at the clock instead of being set anew
    with every request.
    """

    shelf: Shelf
    _idle_since = 0.0

    def on_message_begin(self) -> None:
        self._in_head = True
        self._head_bytes = 0
        self.url = b""
        self.headers = []

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        document = self.shelf.table.get(self.url)
        if document is not None and self._answered(document):
            return
        stored = self.shelf.files.get(self.url)
        if stored is not None and self._sent_file(stored):
            return
        self._begin_again()
        super().on_headers_complete()

    def _begin_again(self) -> None:
        """Bring the state to what uvicorn expects at this point."""
        url, headers = self.url, self.headers
        super().on_message_begin()
        super().on_url(url)
        for name, value in headers:
            super().on_header(name, value)

    def _answered(self, document: Published) -> bool:
        """Answer the request if it is a plain one, at a moment when nothing else is being sent."""
        parser = self.parser
        method = parser.get_method()
        if (method != b"GET" and method != b"HEAD") or not self._is_free():
            return False
        accepted, known = b"", None
        for name, value in self.headers:
            if name in NOT_PLAIN:
                return False
            if name == b"accept-encoding":
                accepted = accepted + b", " + value if accepted else value
            elif name == b"if-none-match":
                known = value if known is None else known + b", " + value
            elif name == b"connection" and parser.get_http_version() != "1.1":
                return False  # HTTP/1.0 that would stay connected: without this header it would not
        has_it = known is not None and has_already(known, document.etag)
        answer = document.unchanged if has_it else document.whole[coding_for(accepted)]
        usual = self.server_state.default_headers
        self.transport.write(answer.wire(usual) if method == b"GET" else answer.head(usual))
        self._in_head = False
        if self.cycle is None:
            self.cycle = _ANSWERED
        self.shelf.hits[answer.status] += 1
        self.server_state.total_requests += 1
        self._idle_since = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._look_again_in(self.timeout_keep_alive)
        return True

    def _is_free(self) -> bool:
        """Whether an answer may be sent now, and the connection goes on after it."""
        return (
            (self.cycle is None or self.cycle.response_complete)
            and self.parser.should_keep_alive()
            and not self.flow.write_paused  # it does not read what it was sent: let the usual way hold it back
            and not self.transport.is_closing()
        )

    def _sent_file(self, stored: Stored) -> bool:
        """Begin to send a blob, or the part of it that is asked for, if that is all the request wants."""
        if (
            self._plain_socket is None
            or self.parser.get_method() != b"GET"
            or self.parser.get_http_version() != "1.1"
            or not self._is_free()
            or self.transport.get_write_buffer_size()
            or any(name in WITH_BODY for name, _ in self.headers)
        ):
            return False
        status, span = decide(asked_by("GET", self.headers), stored.etag, stored.size)
        if not span.length or (file := _opened(stored)) is None:
            return False
        lines = b"".join(
            b"%s: %s\r\n" % header for header in (*self.server_state.default_headers, *headers_of(stored, status, span))
        )
        head = b"%s%s\r\n" % (STATUS_LINES[status], lines)
        transfer = _Transfer(self)
        self._in_head = False
        self.cycle = cast("Any", transfer)
        self.shelf.hits[status] += 1
        sendfile.Sending(self._own_socket(self._plain_socket), file, span.start, span.stop, transfer.end, head).begin()
        return True

    def on_response_complete(self) -> None:
        self._idle_since = self.loop.time()
        if self.pipeline or self.timeout_keep_alive_task is None:
            self._stop_looking()
            super().on_response_complete()
        else:  # the same, with the timer that runs already
            self.server_state.total_requests += 1
            if not self.transport.is_closing():
                self.flow.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_looking()
        super().connection_lost(exc)

    def _unset_keepalive_if_required(self) -> None:
        """Leave the timer: the handler sees whether the connection is idle."""

    def timeout_keep_alive_handler(self) -> None:
        self.timeout_keep_alive_task = None
        if self._in_head or (self.cycle is not None and not self.cycle.response_complete):
            return  # a request is under way; its answer sets the timer
        left = self._idle_since + self.timeout_keep_alive - self.loop.time()
        if self.transport.get_write_buffer_size():
            self._look_again_in(self.timeout_keep_alive)  # still being read
        elif left > 0:
            self._look_again_in(left)
        else:
            super().timeout_keep_alive_handler()

    def _look_again_in(self, seconds: float) -> None:
        timer: TimerHandle = self.loop.call_later(seconds, self.timeout_keep_alive_handler)
        self.timeout_keep_alive_task = timer

    def _stop_looking(self) -> None:
        if self.timeout_keep_alive_task is not None:
            self.timeout_keep_alive_task.cancel()
            self.timeout_keep_alive_task = None


class _Transfer:
    """A blob on its way past uvicorn, in the place where uvicorn has the state of an answer."""

    def __init__(self, protocol: ShelfProtocol) -> None:
        self._protocol = protocol
        self.response_complete = self.disconnected = False
        self.keep_alive = self.more_body = True
        self.message_event = _ANSWERED.message_event

    def end(self, error: OSError | None) -> None:
        """Let the connection go on to the next request, or end it where the blob was not sent whole."""
        self.response_complete = True
        transport = self._protocol.transport
        if error is not None:
            log.debug("a blob was not sent whole", error=str(error))
            transport.abort()
            return
        if not self.keep_alive:
            transport.close()
        self._protocol.on_response_complete()


def _opened(stored: Stored) -> int | None:
    """The blob's file, if it is still there. Its directory entry is in memory, for it was read before."""
    try:
        file = os.open(str(stored.path), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    if os.fstat(file).st_size == stored.size:
        return file
    os.close(file)
    return None
