"""uvicorn's protocol with the shelf before everything else. `protocol` says when it may be used, and what for."""

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
    """One connection; `shelf` is set by a subclass."""

    shelf: Shelf

    def on_headers_complete(self) -> None:
        document = self.shelf.table.get(self.url)
        if document is None or not self._answered(document):
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
        self._in_head = False
        if self.cycle is None:
            self.cycle = _ANSWERED
        head = answer.head(self.server_state.default_headers)
        if method == b"GET" and answer.body:
            self.transport.writelines((head, answer.body))
        else:
            self.transport.write(head)
        self.shelf.hits[answer.status] += 1
        self.on_response_complete()
        return True
