"""A real uvicorn in a thread, and raw sockets to talk to it."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import uvicorn

PATIENCE = 60.0
"""Seconds after which a test gives up; nothing waits so long unless it is broken."""


class _Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


@contextlib.contextmanager
def serving(app: Any, http: Any, loop: Any = "uvloop", **options: Any) -> Iterator[int]:
    """The application on a port of 127.0.0.1, which is given."""
    config = uvicorn.Config(
        app,
        http=http,
        loop=loop,
        log_level="error",
        access_log=False,
        server_header=False,
        lifespan="off",
        log_config=None,
        **options,
    )
    server = _Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert server.listening.wait(PATIENCE)
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            server.force_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive()


@dataclass
class Line:
    """One connection."""

    socket: socket.socket
    read: bytes = b""
    closed: bool = field(default=False)

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[bytes, bytes]:
        """Ask, and read the answer: its head without Date, and its body."""
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        self.send(f"{method} {path} HTTP/1.1\r\nhost: x\r\n{lines}\r\n".encode("latin-1"))
        return self.answer(has_body=method != "HEAD")

    def answer(self, *, has_body: bool = True) -> tuple[bytes, bytes]:
        """The next answer: its head without Date, and its body."""
        while b"\r\n\r\n" not in self.read:
            self._more()
        head, _, self.read = self.read.partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"date:")]
        length = next((int(line[16:]) for line in lines if line.lower().startswith(b"content-length: ")), 0)
        if not has_body or lines[0].startswith(b"HTTP/1.1 304"):
            length = 0
        while len(self.read) < length:
            self._more()
        body, self.read = self.read[:length], self.read[length:]
        return b"\r\n".join(lines), body

    def ends(self) -> bool:
        """Whether the server closes the line and sends nothing more."""
        try:
            return self.read + self.socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def _more(self) -> None:
        data = self.socket.recv(1 << 20)
        if not data:
            raise EOFError(f"the server closed the line after {self.read[:200]!r}… ({len(self.read)} bytes)")
        self.read += data


@contextlib.contextmanager
def line(port: int, tls: ssl.SSLContext | None = None, receive_buffer: int | None = None) -> Iterator[Line]:
    """A connection to the port."""
    with socket.socket() as plain:
        plain.settimeout(PATIENCE)
        if receive_buffer is not None:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        plain.connect(("127.0.0.1", port))
        if tls is None:
            yield Line(plain)
        else:
            with tls.wrap_socket(plain, server_hostname="localhost") as wrapped:
                yield Line(wrapped)
