"""The protocol class on a real uvicorn: the same bytes as the slower way, whatever the request looks like."""

from collections.abc import Iterator
from typing import Any

import brotli
import pytest

from exhibit_api.editions import protocol
from exhibit_api.editions.protocol import http_protocol
from tests.editions.house import CURRENT, FROZEN, LARGE, MANIFEST, NARROW, House
from tests.editions.shown import GLB
from tests.web.serving import line, serving

TAG = f'"{FROZEN[-69:-5]}"'


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module", params=["uvloop", "asyncio"])
def port(house: House, request: pytest.FixtureRequest) -> Iterator[int]:
    with serving(house.app, http_protocol(house.shelf), request.param, timeout_keep_alive=60) as port:
        yield port


@pytest.fixture(scope="module")
def slow_port(house: House) -> Iterator[int]:
    with serving(house.app, "httptools", timeout_keep_alive=60) as port:
        yield port


PATHS = [
    CURRENT,
    FROZEN,
    "/v1/halls/joint",
    f"{CURRENT}?x=1",
    f"{CURRENT}?profile=master",
    "/v1/halls/%6Aoint",
    "/v1/halls/nobody",
    "blob",
]
HEADERS: list[dict[str, str]] = [
    {},
    {"accept-encoding": "gzip, deflate, br, zstd"},
    {"accept-encoding": "br;q=0, zstd;q=0.2, gzip;q=0.9"},
    {"Accept-Encoding": "identity;q=0"},
    {"if-none-match": TAG, "accept-encoding": "br"},
    {"if-none-match": f'W/"a", W/{TAG}'},
    {"if-none-match": "*"},
    {"if-none-match": '"other"'},
    {"if-match": '"other"'},
    {"range": "bytes=2-5"},
    {"range": "bytes=2-5", "if-range": '"other"'},
    {"range": "bytes=999999999-"},
    {"connection": "keep-alive"},
    {"content-length": "0"},
    {"authorization": "Bearer x", "cookie": "a=b", "x-long": "y" * 30_000},
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", PATHS)
def test_both_ways_send_the_same_bytes(house: House, port: int, slow_port: int, path: str, method: str) -> None:
    path = house.blob if path == "blob" else path
    with line(port) as fast, line(slow_port) as slow:
        for headers in HEADERS:
            assert fast.get(path, method, **headers) == slow.get(path, method, **headers), headers


def test_a_header_on_two_lines_is_one(port: int, slow_port: int) -> None:
    request = (
        f"GET {CURRENT} HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip;q=0.1\r\naccept-encoding: br\r\n\r\n".encode()
    )
    with line(port) as fast, line(slow_port) as slow:
        fast.send(request)
        slow.send(request)
        answer = fast.answer()
        assert answer == slow.answer()
        assert brotli.decompress(answer[1]) == MANIFEST


def test_the_published_is_answered_without_the_application(house: House) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError

    with serving(app, http_protocol(house.shelf)) as port, line(port) as one:
        before = house.shelf.hits[200]
        assert one.get(CURRENT)[1] == MANIFEST
        assert one.get(FROZEN, "HEAD")[1] == b""
        assert one.get(FROZEN, accept_encoding="br")[0].startswith(b"HTTP/1.1 200 OK")
        assert house.shelf.hits[200] == before + 3


def test_the_date_is_told(port: int) -> None:
    with line(port) as one:
        one.send(f"HEAD {CURRENT} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
        assert b"\r\ndate: " in one.socket.recv(65536)


def test_pipelined_requests_are_answered_in_order(house: House, port: int) -> None:
    asked = [CURRENT, "/hello", FROZEN, CURRENT, house.blob, CURRENT, "/hello", "/hello", house.blob, FROZEN]
    bodies = {CURRENT: MANIFEST, FROZEN: MANIFEST, "/hello": b"hello", house.blob: GLB}
    with line(port) as one:
        one.send(b"".join(f"GET {path} HTTP/1.1\r\nhost: x\r\n\r\n".encode() for path in asked))
        assert [one.answer()[1] for _ in asked] == [bodies[path] for path in asked]
        assert one.get("/hello")[1] == b"hello"


def test_a_request_in_single_bytes_is_read(port: int) -> None:
    with line(port) as one:
        for byte in f"GET {CURRENT} HTTP/1.1\r\nhost: x\r\n\r\n".encode():
            one.send(bytes([byte]))
        assert one.answer()[1] == MANIFEST


def test_connection_close_is_kept_to(port: int) -> None:
    with line(port) as one:
        head, body = one.get(CURRENT, connection="close")
        assert body == MANIFEST
        assert b"connection: close" in head
        assert one.ends()


@pytest.mark.parametrize("more", ["", "connection: keep-alive\r\n"])
def test_http_1_0_is_answered_and_closed(port: int, more: str) -> None:
    with line(port) as one:
        one.send(f"GET {CURRENT} HTTP/1.0\r\n{more}\r\n".encode())
        assert one.answer()[1] == MANIFEST
        assert one.ends()


def test_a_get_with_a_body_does_not_disturb_the_next(port: int) -> None:
    with line(port) as one:
        one.send(f"GET {CURRENT} HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nabcde".encode())
        one.send(
            f"GET {CURRENT} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".encode()
        )
        assert one.answer()[1] == one.answer()[1] == MANIFEST
        assert one.get("/hello")[1] == b"hello"


def test_expectations_are_met_on_both_ways(port: int) -> None:
    with line(port) as one:
        one.send(b"POST /echo HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n")
        assert one.answer()[0].startswith(b"HTTP/1.1 100 ")
        one.send(b"abc")
        assert one.answer()[1] == b"abc"
        assert one.get(CURRENT, expect="100-continue")[1] == MANIFEST


def test_the_absolute_form_and_encoded_paths_are_understood(port: int) -> None:
    with line(port) as one:
        assert one.get(f"http://x{CURRENT}")[1] == MANIFEST
        assert one.get("/v1/halls/%6Aoint/manifest")[1] == MANIFEST
        assert one.get("/public/blobs/%2e%2e/%2e%2e/@types/x")[0].startswith(b"HTTP/1.1 404")


def test_an_upgrade_that_nobody_offers_is_answered_plainly(port: int) -> None:
    with line(port) as one:
        assert one.get(CURRENT, connection="Upgrade, HTTP2-Settings", upgrade="h2c")[1] == MANIFEST


def test_a_head_without_end_is_refused(port: int) -> None:
    with line(port) as one:
        one.send(f"GET {CURRENT} HTTP/1.1\r\nhost: x\r\nx: ".encode())
        sent = 0
        try:
            while sent < 64 << 20:
                sent += one.socket.send(b"y" * 65536)
        except OSError:
            pass
        assert sent < 64 << 20


def test_nonsense_is_refused_and_the_line_closed(port: int) -> None:
    with line(port) as one:
        one.send(b"\x16\x03\x01nonsense\r\n\r\n")
        assert one.answer()[0].startswith(b"HTTP/1.1 400")
        assert one.ends()


def test_nonsense_behind_a_request_never_gets_into_its_answer(house: House, port: int) -> None:
    with line(port, receive_buffer=NARROW) as one:
        one.send(f"GET {house.large} HTTP/1.1\r\nhost: x\r\n\r\nnonsense\r\n\r\n".encode())
        received = b""
        try:
            while data := one.socket.recv(1 << 20):
                received += data
        except ConnectionResetError:
            pass
        assert LARGE.startswith(received.partition(b"\r\n\r\n")[2])


def test_an_idle_line_is_closed(house: House) -> None:
    with serving(house.app, http_protocol(house.shelf), timeout_keep_alive=1) as port, line(port) as one:
        one.get(CURRENT)
        assert one.get("/hello")[1] == b"hello"
        one.get(CURRENT)
        assert one.ends()


def test_who_asks_much_and_reads_nothing_is_held_back_and_loses_nothing(port: int) -> None:
    many = 2000
    request = f"GET {CURRENT} HTTP/1.1\r\nhost: x\r\n\r\n".encode()
    with line(port, receive_buffer=NARROW) as one:
        one.socket.setblocking(False)
        left = memoryview(request * many)
        for _ in range(200):
            try:
                left = left[one.socket.send(left) :]
            except BlockingIOError:
                break
        one.socket.settimeout(60)
        sent = len(request) * many - len(left)
        whole = sent // len(request)
        assert all(one.answer()[1] == MANIFEST for _ in range(whole))


def test_another_uvicorn_is_served_the_slower_way(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "KNOWN_UVICORN", "0.0.1")
    assert http_protocol(house.shelf) == "auto"
    monkeypatch.undo()
    monkeypatch.setattr(protocol, "HOOKS", ("on_headers_complete", "on_something_else"))
    assert http_protocol(house.shelf) == "auto"
