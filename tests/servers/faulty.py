"""An HTTP proxy in front of a real server that refuses requests or cuts the line, where a test asks for it."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

BLOCK = 64 * 1024


@dataclass(frozen=True)
class Refuse:
    """Answer `status` instead of asking the server."""

    status: int = 503


@dataclass(frozen=True)
class Cut:
    """Close the line after so many bytes of the answer's body, or of the request's, which the server never sees."""

    answer_after: int | None = None
    request_after: int | None = None


Fault = Refuse | Cut | None


@dataclass
class Faulty:
    """The proxy's address, what it does to each request (`fault(method, path)`), and the requests it saw."""

    url: str
    fault: Callable[[str, str], Fault] = lambda method, path: None
    seen: list[str] = field(default_factory=list)


@contextmanager
def faulty(upstream: str) -> Iterator[Faulty]:
    """A proxy in front of the http address `upstream`; it breaks nothing until `fault` is set."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    proxy = Faulty(f"http://127.0.0.1:{server.server_port}")
    server.proxy, server.upstream = proxy, urlsplit(upstream).netloc  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def _answer(self) -> None:
        proxy: Faulty = self.server.proxy
        proxy.seen.append(f"{self.command} {self.path}")
        fault = proxy.fault(self.command, self.path)
        length = int(self.headers.get("Content-Length", 0))
        if isinstance(fault, Cut) and fault.request_after is not None:
            self.rfile.read(min(length, fault.request_after))
            self.close_connection = True
            return
        body = self.rfile.read(length)
        if isinstance(fault, Refuse):
            self.send_response(fault.status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._pass_on(body, fault.answer_after if fault else None)

    def _pass_on(self, body: bytes, cut_after: int | None) -> None:
        # The headers go on as they came, the host included: it is signed.
        upstream = http.client.HTTPConnection(self.server.upstream, timeout=60)
        try:
            upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in ("connection", "expect"):
                    upstream.putheader(name, value)
            upstream.endheaders(body or None)
            answer = upstream.getresponse()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "transfer-encoding"):
                    self.send_header(name, value)
            content = answer.read()
            if answer.getheader("Content-Length") is None:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with suppress(ConnectionError):  # the client may have left
                self.wfile.write(content[:cut_after])
            self.close_connection = cut_after is not None
        finally:
            upstream.close()

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _answer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass
