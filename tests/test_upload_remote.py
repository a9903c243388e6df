"""What a client says of a bucket's answers to parts."""

import io
import socket
import threading
import time
from datetime import timedelta

import pytest
from botocore import auth

from exhibit_api.sending.remote import Refused, Service, Stopped
from exhibit_api.storage.s3 import S3Store

GLB = "model/gltf-binary"


@pytest.fixture
def service() -> Service:
    """As a client has it; parts go to where they are signed."""
    return Service("http://127.0.0.1:9", "token", patience=1, waiting=lambda why: None)


def test_a_part_that_was_signed_by_a_clock_two_hours_behind(
    service: Service, swift_store: S3Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = swift_store.multipart.begin("vault/uploads/0f", GLB)
    real = auth.get_current_datetime
    monkeypatch.setattr(auth, "get_current_datetime", lambda: real() - timedelta(hours=2))
    address = swift_store.multipart.addresses("vault/uploads/0f", upload, {1: None}, 3600)[0]
    with pytest.raises(Refused, match="clocks of the service and of its bucket differ"):
        service.send(lambda: address, lambda: io.BytesIO(b"part"), 4)
    service.close()


def test_a_part_of_another_length_than_was_signed(service: Service, swift_store: S3Store) -> None:
    upload = swift_store.multipart.begin("vault/uploads/0f", GLB)
    address = swift_store.multipart.addresses("vault/uploads/0f", upload, {1: 4}, 3600)[0]
    with pytest.raises(Refused, match="the bucket answered 403 Forbidden: SignatureDoesNotMatch"):
        service.send(lambda: address, lambda: io.BytesIO(b"parts"), 5)
    service.close()


def test_a_piece_of_the_work_is_stopped_alone_and_with_the_whole(service: Service) -> None:
    one, other = service.piece(), service.piece()
    one.stop()
    with pytest.raises(Stopped):
        one.ask("GET", "/v1/uploads")
    other.go_on()
    service.go_on()
    service.stop()
    for piece in (other, service, service.piece()):
        with pytest.raises(Stopped):
            piece.go_on()
    service.close()


def test_a_line_that_is_slow_brings_a_part_all_the_same(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block has to get through in the time that a connection may take, and not all of them together."""
    monkeypatch.setattr(service._pool.connection_pool_kw["timeout"], "_connect", 0.3)
    size, listening = 8 << 20, socket.create_server(("127.0.0.1", 0))

    def receive() -> None:
        line, _ = listening.accept()
        with line:
            head = b""
            while b"\r\n\r\n" not in head:
                head += line.recv(1)
            left = size
            while left > 0:
                left -= len(line.recv(min(left, 64 << 10)))
                time.sleep(0.05)
            line.sendall(b'HTTP/1.1 200 OK\r\nETag: "slow"\r\nContent-Length: 0\r\n\r\n')

    receiver = threading.Thread(target=receive)
    receiver.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/part"
    assert service.send(lambda: address, lambda: io.BytesIO(bytes(size)), size) == '"slow"'
    receiver.join()
    listening.close()
    service.close()
