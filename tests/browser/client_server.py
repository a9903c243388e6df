"""A real small HTTP server that serves files as it should, and misbehaves where it is told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.browser.client_hall import digest

TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript",
    "json": "application/json",
    "glb": "model/gltf-binary",
}


@dataclass
class Asked:
    """One request that came, and how many bytes of a body were sent for it."""

    path: str
    headers: dict[str, str]
    status: int = 0
    sent: int = 0


@dataclass
class Answering:
    """One request being answered: what the file is, and the connection."""

    asked: Asked
    body: bytes
    handler: BaseHTTPRequestHandler
    origin: "Origin"

    def head(self, status: int, **headers: str) -> None:
        """Send status and headers; a name is written with `_` for `-`."""
        self.asked.status = status
        self.handler.send_response(status)
        kind = TYPES.get(self.asked.path.rpartition(".")[2], "text/html; charset=utf-8")
        standing = {"Content_Type": kind, "Cache_Control": "no-store", "Access_Control_Allow_Origin": "*"}
        for name, value in (standing | headers).items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def send(self, data: bytes) -> None:
        """Send bytes of the body."""
        self.handler.wfile.write(data)
        self.handler.wfile.flush()
        self.asked.sent += len(data)

    def hang_up(self) -> None:
        """End the connection after this answer."""
        self.handler.close_connection = True


Behaviour = Callable[[Answering], None]


@dataclass
class Origin:
    """The server as tests see it: its files, what it is to do next, what was asked of it."""

    url: str
    files: dict[str, bytes]
    asked: list[Asked] = field(default_factory=list)
    orders: dict[str, list[Behaviour]] = field(default_factory=dict)
    closing: threading.Event = field(default_factory=threading.Event)

    def orders_for(self, path: str, *behaviours: Behaviour) -> None:
        """The next requests for `path` are answered so, one after the other; those after them as they should be."""
        self.orders[path] = list(behaviours)

    def asked_for(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    @property
    def blobs_asked(self) -> list[str]:
        return [asked.path for asked in self.asked if "/blobs/" in asked.path]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = urlsplit(handler.path).path
        asked = Asked(path, {name.lower(): value for name, value in handler.headers.items()})
        self.asked.append(asked)
        answering = Answering(asked, self.files.get(path, b""), handler, self)
        if path not in self.files:
            status(404)(answering)
            return
        orders = self.orders.get(path, [])
        (orders.pop(0) if orders else properly)(answering)


def properly(to: Answering) -> None:
    """As a good server answers: strong ETag, 304, one range, If-Range."""
    etag = f'"{digest(to.body)}"'
    headers = to.asked.headers
    if headers.get("if-none-match") == etag:
        to.head(304, ETag=etag)
        return
    begins = headers.get("range", "").removeprefix("bytes=").removesuffix("-")
    if begins.isdecimal() and headers.get("if-range", etag) == etag:
        rest = to.body[int(begins) :]
        if not rest:
            to.head(416, Content_Length="0", Content_Range=f"bytes */{len(to.body)}")
            return
        about = f"bytes {begins}-{len(to.body) - 1}/{len(to.body)}"
        to.head(206, Content_Length=str(len(rest)), Content_Range=about, ETag=etag)
        to.send(rest)
        return
    to.head(200, Content_Length=str(len(to.body)), ETag=etag, Accept_Ranges="bytes")
    to.send(to.body)


def status(code: int, **headers: str) -> Behaviour:
    """Refuse."""

    def refuse(to: Answering) -> None:
        to.head(code, Content_Length="0", **headers)

    return refuse


def stalling(after: int) -> Behaviour:
    """Send the first bytes, then nothing, and keep the connection."""

    def stall(to: Answering) -> None:
        to.head(200, Content_Length=str(len(to.body)), ETag=f'"{digest(to.body)}"')
        to.send(to.body[:after])
        to.origin.closing.wait(60)
        to.hang_up()

    return stall


def silent(to: Answering) -> None:
    """Say nothing at all."""
    to.origin.closing.wait(60)
    to.hang_up()


def cutting(after: int, when: threading.Event | None = None) -> Behaviour:
    """Promise everything, send the first bytes, and hang up (when told)."""

    def cut(to: Answering) -> None:
        to.head(200, Content_Length=str(len(to.body)), ETag=f'"{digest(to.body)}"')
        to.send(to.body[:after])
        if when is not None:
            when.wait(60)
        to.hang_up()

    return cut


def saying(data: bytes) -> Behaviour:
    """Send other bytes than the file's, properly framed."""

    def say(to: Answering) -> None:
        to.head(200, Content_Length=str(len(data)))
        to.send(data)

    return say


def without_ranges(to: Answering) -> None:
    """Send everything, whatever was asked."""
    to.head(200, Content_Length=str(len(to.body)))
    to.send(to.body)


def wrong_range(to: Answering) -> None:
    """Say 206, and begin somewhere else."""
    to.head(206, Content_Length="10", Content_Range=f"bytes 5-14/{len(to.body)}")
    to.send(to.body[5:15])


@contextmanager
def misbehaving(files: dict[str, bytes]) -> Iterator[Origin]:
    """Serve `files` on a port of their own until the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else head and body, written apart, wait 40 ms for each other

        def do_GET(self) -> None:
            origin.answer(self)

        def log_message(self, *_: object) -> None:
            """Requests are kept in `Origin.asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    origin = Origin(f"http://localhost:{server.server_port}", files)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield origin
    finally:
        origin.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
