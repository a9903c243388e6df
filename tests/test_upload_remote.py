"""What a client says of a bucket's answers to parts."""

import io
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
