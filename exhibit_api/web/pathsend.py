"""uvicorn's HTTP protocol with files sent by the kernel: ASGI's `http.response.pathsend`, also for a part of a file.

The message may carry `offset` and `count` in bytes; the extension then says `parts`. Built on private classes of one known
version of uvicorn, which `editions/protocol.py` checks before this is used.
"""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import httptools
import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from exhibit_api.web import sendfile
from exhibit_api.web.answers import MEDIA_TYPE, problem_bytes
from exhibit_api.web.files import PATHSEND

LONGEST_HEAD = 128 << 10
"""Bytes that a request line and its headers may have, roughly; uvicorn itself would take any number into memory."""

OFFER = {PATHSEND: {"parts": True}}

App = Callable[[Any, Any, Any], Awaitable[None]]

log = structlog.get_logger()


class FileSendingProtocol(HttpToolsProtocol):
    """One connection whose application may answer with files."""

    _plain_socket: int | None = None
    _family: int = socket.AF_INET
    _in_head = False
    _head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if sendfile.AVAILABLE and transport.get_extra_info("sslcontext") is None:
            carrier = transport.get_extra_info("socket")
            if carrier is not None and carrier.type == socket.SOCK_STREAM:
                self._plain_socket, self._family = carrier.fileno(), carrier.family

    def data_received(self, data: bytes) -> None:
        if self._in_head:  # the last bytes ended within a head
            self._head_bytes += len(data)
            if self._head_bytes > LONGEST_HEAD:
                self._refuse_head()
                return
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserError:
            self.logger.warning("Invalid HTTP request received.")
            self.send_400_response("Invalid HTTP request received.")
        except httptools.HttpParserUpgrade:
            if self._should_upgrade():
                self.handle_websocket_upgrade()
            else:
                self._unsupported_upgrade_warning()

    def on_message_begin(self) -> None:
        self._in_head = True
        self._head_bytes = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """As uvicorn does it, but never into the middle of an answer that is under way."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.transport.abort()
        else:
            super().send_400_response(msg)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        super()._start_asgi_task(cycle, self._sending_files(cycle, app) if self._plain_socket is not None else app)

    def _sending_files(self, cycle: RequestResponseCycle, app: App) -> App:
        async def app_with_files(scope: Any, receive: Any, send: Any) -> None:
            async def send_also_files(message: Any) -> None:
                if message["type"] == PATHSEND:
                    await self._send_file(cycle, message, send)
                else:
                    await send(message)

            scope["extensions"] = {**scope.get("extensions", {}), **OFFER}
            await app(scope, receive, send_also_files)

        return app_with_files

    async def _send_file(self, cycle: RequestResponseCycle, message: dict[str, Any], send: Any) -> None:
        """Send the file behind what the transport still holds. A connection that fails half-way is closed."""
        if not cycle.disconnected and cycle.scope["method"] != "HEAD":
            try:
                await self._send_by_kernel(message)
            except OSError as error:
                if not cycle.disconnected:
                    log.debug("a file was not sent whole", path=message["path"], error=str(error))
                self.transport.abort()
                cycle.disconnected = True
        cycle.expected_content_length = 0  # the body has gone past uvicorn
        await send({"type": "http.response.body", "body": b""})

    async def _send_by_kernel(self, message: dict[str, Any]) -> None:
        file = os.open(message["path"], os.O_RDONLY | os.O_CLOEXEC)
        try:
            start = message.get("offset") or 0
            count = message.get("count")
            stop = os.fstat(file).st_size if count is None else start + count
            await self._flushed()
            if self.transport.is_closing() or self._plain_socket is None:
                raise ConnectionAbortedError("the client is gone")  # the number may be another file's by now
            out = self._own_socket(self._plain_socket)
        except BaseException:
            os.close(file)
            raise
        sent: asyncio.Future[None] = self.loop.create_future()

        def done(error: OSError | None) -> None:
            if not sent.done():
                sent.set_result(None) if error is None else sent.set_exception(error)

        sending = sendfile.Sending(out, file, start, stop, done)
        sending.begin()
        try:
            await sent
        except asyncio.CancelledError:
            sending.abandon()
            raise

    def _own_socket(self, number: int) -> socket.socket:
        """The connection again: the transport may close its descriptor at any time, and the number be taken by another."""
        return socket.socket(self._family, socket.SOCK_STREAM, 0, fileno=os.dup(number))

    async def _flushed(self) -> None:
        """Wait until the transport has handed everything to the kernel."""
        while self.transport.get_write_buffer_size() and not self.transport.is_closing():
            self.transport.set_write_buffer_limits(high=0)  # pauses us now, and resumes when nothing is left
            await self.flow.drain()
        if not self.transport.is_closing():
            self.transport.set_write_buffer_limits()

    def _refuse_head(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self.transport.abort()
            return
        detail = f"the request line and the headers have more than {LONGEST_HEAD} bytes"
        body = problem_bytes(431, "headers-too-large", "The headers are too large", detail)
        self.transport.write(
            b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: %s\r\ncontent-length: %d\r\n"
            b"connection: close\r\n\r\n%s" % (MEDIA_TYPE.encode(), len(body), body)
        )
        self.transport.close()
