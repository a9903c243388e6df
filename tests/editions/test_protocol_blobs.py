"""Blobs from a real uvicorn by sendfile: whole, in parts, to slow readers, and to those who leave."""

import os
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from exhibit_api.editions.protocol import http_protocol
from tests.editions.house import CURRENT, LARGE, MANIFEST, NARROW, House
from tests.editions.shown import put_blob
from tests.web.serving import line, serving


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module", params=["uvloop", "asyncio"])
def port(house: House, request: pytest.FixtureRequest) -> Iterator[int]:
    with serving(house.app, http_protocol(house.shelf), request.param, timeout_keep_alive=60) as port:
        yield port


class TestBlobs:
    def test_come_whole_and_in_parts_on_one_line(self, house: House, port: int) -> None:
        with line(port) as one:
            assert one.get(house.large)[1] == LARGE
            assert one.get(house.large, range="bytes=5-10000004")[1] == LARGE[5:10000005]
            assert one.get(house.large, "HEAD")[1] == b""
            assert one.get(house.large, range="bytes=-3")[1] == LARGE[-3:]
            assert one.get(CURRENT)[1] == MANIFEST
            assert one.get("/file")[1] == LARGE

    def test_come_to_a_slow_reader_while_others_are_served(self, house: House, port: int) -> None:
        with line(port, receive_buffer=NARROW) as slow, line(port) as quick:
            slow.send(f"GET {house.large} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
            slow.socket.recv(10)
            assert quick.get(CURRENT)[1] == MANIFEST
            assert quick.get(house.large)[1] == LARGE
            rest = 0
            while rest < len(LARGE):
                rest += len(slow.socket.recv(1 << 20))

    def test_come_to_more_slow_readers_than_there_are_threads(self, house: House, port: int) -> None:
        request = f"GET {house.large} HTTP/1.1\r\nhost: x\r\n\r\n".encode()
        lines = [line(port, receive_buffer=NARROW) for _ in range(40)]
        opened = [one.__enter__() for one in lines]
        try:
            for one in opened:
                one.send(request)
                one.socket.recv(10)
            with line(port) as quick:
                assert quick.get(house.large, range="bytes=1-2")[1] == LARGE[1:3]
                assert quick.get(house.large)[1] == LARGE
        finally:
            for one in lines:
                one.__exit__(None, None, None)

    def test_behind_another_answer_wait_for_it(self, house: House, port: int) -> None:
        with line(port, receive_buffer=NARROW) as one:
            paths = [house.large, CURRENT, house.large, "/hello"]
            one.send(b"".join(f"GET {path} HTTP/1.1\r\nhost: x\r\n\r\n".encode() for path in paths))
            assert [one.answer()[1] for _ in paths] == [LARGE, MANIFEST, LARGE, b"hello"]

    def test_that_are_not_in_memory_come_from_the_disk(self, house: House, port: int) -> None:
        file = os.open(str(house.store.path(house.large[1:])), os.O_RDONLY)
        try:
            os.fsync(file)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(file)
        with line(port) as one:
            assert one.get(house.large)[1] == LARGE

    def test_of_clients_who_leave_cost_no_descriptor(self, house: House, port: int) -> None:
        def descriptors() -> int:
            return sum(str(name).endswith(".glb") for name in map(_target, Path("/proc/self/fd").iterdir()))

        for _ in range(20):
            with line(port, receive_buffer=NARROW) as one:
                one.send(f"GET {house.large} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
                one.socket.recv(10)
                one.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        for _ in range(1000):
            with line(port) as one:
                assert one.get("/hello")[1] == b"hello"
            if not descriptors():
                break
        assert descriptors() == 0

    def test_that_end_too_early_close_the_line(self, house: House, port: int) -> None:
        path = put_blob(house.store, LARGE + b"!")
        with line(port, receive_buffer=NARROW) as one:
            one.send(f"GET {path} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
            one.socket.recv(10)
            os.truncate(str(house.store.path(path[1:])), 100)
            one.read = b"HTTP/1.1 2"
            with pytest.raises((EOFError, ConnectionResetError)):
                one.answer()

    def test_come_over_tls_without_sendfile(self, house: House, tmp_path: Path) -> None:
        authority = trustme.CA()
        certificate = authority.issue_cert("localhost")
        keys, chain = tmp_path / "key.pem", tmp_path / "chain.pem"
        certificate.private_key_pem.write_to_path(str(keys))
        for part in certificate.cert_chain_pems:
            part.write_to_path(str(chain), append=True)
        trust = ssl.create_default_context()
        authority.configure_trust(trust)
        options: dict[str, Any] = {"ssl_keyfile": str(keys), "ssl_certfile": str(chain), "timeout_keep_alive": 60}
        with serving(house.app, http_protocol(house.shelf), **options) as port, line(port, trust) as one:
            assert one.get(house.large)[1] == LARGE
            assert one.get(house.large, range="bytes=7-9")[1] == LARGE[7:10]
            assert one.get(CURRENT)[1] == MANIFEST


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""
