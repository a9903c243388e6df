"""uvicorn's protocol with the shelf before everything else. `protocol` says when it may be used, and what for."""

from asyncio import TimerHandle
from types import SimpleNamespace
from typing import Any, cast

from exhibit_api.editions.published import Published
from exhibit_api.editions.shelf import Shelf
from exhibit_api.web.negotiation import coding_for, has_already
from exhibit_api.web.pathsend import FileSendingProtocol

NOT_PLAIN = frozenset(
    {b"content-length", b"expect", b"if-match", b"if-range", b"range", b"transfer-encoding", b"upgrade"}
)

# Stands where uvicorn looks for the state of the last answer, on connections that had none of its own.
_ANSWERED = cast("Any", SimpleNamespace(response_complete=True, message_event=SimpleNamespace(set=lambda: None)))


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
        self.expect_100_continue = False

    def on_headers_complete(self) -> None:
        document = self.shelf.table.get(self.url)
        if document is None or not self._answered(document):
            read = self.url, self.headers, self.expect_100_continue
            super().on_message_begin()
            self.url, self.headers, self.expect_100_continue = read
            self.scope["headers"] = self.headers
            super().on_headers_complete()

    def _answered(self, document: Published) -> bool:
        """Answer the request if it is a plain one, at a moment when nothing else is being sent."""
        parser = self.parser
        method = parser.get_method()
        if (
            method not in (b"GET", b"HEAD")
            or parser.get_http_version() != "1.1"
            or not parser.should_keep_alive()
            or (self.cycle is not None and not self.cycle.response_complete)
            or self.flow.write_paused  # it does not read what it was sent: let the usual way hold it back
            or self.transport.is_closing()
        ):
            return False
        accepted, known = b"", None
        for name, value in self.headers:
            if name in NOT_PLAIN:
                return False
            if name == b"accept-encoding":
                accepted = accepted + b", " + value if accepted else value
            elif name == b"if-none-match":
                known = value if known is None else known + b", " + value
        if known is not None and has_already(known, document.etag):
            answer = document.unchanged
        else:
            answer = document.whole[coding_for(accepted)]
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

    def on_response_complete(self) -> None:
        self._idle_since = self.loop.time()
        self._stop_looking()
        super().on_response_complete()

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
        if left > 0:
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
