"""Bodies as they come over real sockets: lying, half, refused before they are read, and large ones in little memory."""

import hashlib
import struct
import time
import uuid
from collections.abc import Iterator

import httpx2
import pytest

from tests.acting import words
from tests.assets.sounding import wav
from tests.gltf.building import box
from tests.looking import keys, problem
from tests.serving import Service

LOOM = box((1, 1, 1))
MIB = 1 << 20


@pytest.fixture
def exhibit(service: Service) -> str:
    """A new exhibit without a model, of an organisation that may store 300 MiB."""
    slug = f"e{uuid.uuid4().hex}"
    body = {"label": words(slug), "quotaBytes": 300 * MIB}
    assert httpx2.put(f"{service.url}/v1/organisations/{slug}", json=body, headers=service.headers).status_code == 201
    body = {"label": words(slug), "organisation": slug}
    assert httpx2.put(f"{service.url}/v1/exhibits/{slug}", json=body, headers=service.headers).status_code == 201
    return slug


def head(service: Service, exhibit: str, what: str = "model", **headers: str) -> bytes:
    """The head of an upload."""
    fields = {"Host": "localhost", "Connection": "close"} | service.headers | headers
    lines = [f"PUT /v1/exhibits/{exhibit}/{what} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def told(service: Service, *parts: bytes) -> bytes:
    """What the service answers to these bytes, until it closes the line."""
    with service.connect() as line:
        for part in parts:
            line.sendall(part)
        answer = b""
        while b"\r\n\r\n" not in answer or not answer.rstrip().endswith(b"}"):
            received = line.recv(65536)
            if not received:
                break
            answer += received
        return answer


def assert_nothing_comes_of_it(service: Service, exhibit: str, before: set[str]) -> None:
    """Wait until the service has cleaned up; it lives, and keeps nothing of the upload."""
    staging = service.site.settings.data / "store" / "@staging"
    deadline = time.monotonic() + 60
    while any(staging.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert list(staging.iterdir()) == []
    assert keys(service.site.store) == before
    assert httpx2.get(f"{service.url}/healthz").status_code == 200
    assert httpx2.get(f"{service.url}/v1/exhibits/{exhibit}/model", headers=service.headers).status_code == 404


@pytest.fixture
def before(service: Service) -> set[str]:
    return keys(service.site.store)


@pytest.mark.parametrize("sent", [0, 1, 1000, len(LOOM)])
def test_a_body_that_stops_half_way_leaves_nothing(service: Service, exhibit: str, before: set[str], sent: int) -> None:
    with service.connect() as line:
        line.sendall(head(service, exhibit, **{"Content-Length": str(len(LOOM) + 1)}) + LOOM[:sent])
    assert_nothing_comes_of_it(service, exhibit, before)


def test_a_sound_that_stops_half_way_leaves_nothing(service: Service, exhibit: str, before: set[str]) -> None:
    sound = wav(MIB)
    with service.connect() as line:
        line.sendall(head(service, exhibit, "sounds/beat", **{"Content-Length": str(len(sound))}) + sound[:-1])
    assert_nothing_comes_of_it(service, exhibit, before)
    answer = httpx2.get(f"{service.url}/v1/exhibits/{exhibit}/sounds", headers=service.headers)
    assert answer.json() == {"sounds": []}


def test_a_chunked_body_that_stops_half_way_leaves_nothing(service: Service, exhibit: str, before: set[str]) -> None:
    with service.connect() as line:
        line.sendall(head(service, exhibit, **{"Transfer-Encoding": "chunked"}) + b"400\r\n" + bytes(1000))
    assert_nothing_comes_of_it(service, exhibit, before)


def test_a_large_body_that_stops_half_way_leaves_nothing(service: Service, exhibit: str, before: set[str]) -> None:
    with service.connect() as line:
        line.sendall(head(service, exhibit, **{"Content-Length": str(100 * MIB)}))
        for _ in range(20):
            line.sendall(bytes(MIB))
    assert_nothing_comes_of_it(service, exhibit, before)


def test_a_content_length_that_is_too_small_gives_a_cut_off_file(
    service: Service, exhibit: str, before: set[str]
) -> None:
    answer = told(service, head(service, exhibit, **{"Content-Length": "500"}), LOOM)
    assert answer.split(b" ")[1] in (b"400", b"422")
    assert_nothing_comes_of_it(service, exhibit, before)


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "12, 13", "９"])
def test_a_content_length_that_is_no_number_is_refused(
    service: Service, exhibit: str, before: set[str], length: str
) -> None:
    request = head(service, exhibit, **{"Content-Length": "LENGTH"}).replace(b"LENGTH", length.encode())
    # Without the body: who sends one to a closed door may have the line reset before the answer was read.
    assert told(service, request).split(b" ")[1] in (b"400", b"422")
    assert_nothing_comes_of_it(service, exhibit, before)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("none", {"Content-Length": str(100 * MIB)}, 404),
        ("", {"Content-Length": str(100 * MIB), "Authorization": "Bearer exhibit_wrong"}, 401),
        ("", {"Content-Length": str(1 << 40)}, 413),
        ("", {"Content-Length": str(100 * MIB), "Content-Type": "multipart/form-data; boundary=x"}, 415),
    ],
)
def test_what_cannot_be_taken_is_refused_before_the_body_comes(
    service: Service, exhibit: str, before: set[str], path: str, headers: dict[str, str], status: int
) -> None:
    answer = told(service, head(service, path or exhibit, Expect="100-continue", **headers))
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert b"application/problem+json" in answer
    assert_nothing_comes_of_it(service, exhibit, before)


def test_a_quota_is_enforced_while_the_body_comes(service: Service, exhibit: str, before: set[str]) -> None:
    body = {"label": words("small"), "quotaBytes": 2 * MIB}
    address = f"{service.url}/v1/organisations/{exhibit}"
    etag = httpx2.get(address, headers=service.headers).headers["ETag"]
    assert httpx2.put(address, json=body, headers=service.headers | {"If-Match": etag}).status_code == 200

    def chunks() -> Iterator[bytes]:
        yield from [bytes(MIB // 2)] * 8

    answer = httpx2.put(
        f"{service.url}/v1/exhibits/{exhibit}/model", content=chunks(), headers=service.headers, timeout=60
    )
    problem(answer, 413, exhibit, str(2 * MIB))
    assert_nothing_comes_of_it(service, exhibit, before)


def test_a_large_model_takes_little_memory(service: Service, exhibit: str) -> None:
    size = 200 * MIB
    json = b'{"asset":{"version":"2.0"},"buffers":[{"byteLength":%d}]}' % size
    json += b" " * (-len(json) % 4)
    start = struct.pack("<4sII", b"glTF", 2, 28 + len(json) + size) + struct.pack("<I4s", len(json), b"JSON") + json
    start += struct.pack("<I4s", size, b"BIN\0")
    block = bytes(range(256)) * 4096
    digest = hashlib.sha256(start)

    def chunks() -> Iterator[bytes]:
        yield start
        for _ in range(size // len(block)):
            digest.update(block)
            yield block

    service.forget_peak()
    used = service.memory("VmRSS")
    headers = service.headers | {"Content-Length": str(len(start) + size)}
    address = f"{service.url}/v1/exhibits/{exhibit}/model"
    answer = httpx2.put(address, content=chunks(), headers=headers, timeout=300)
    assert (answer.status_code, answer.json()["sha256"]) == (202, digest.hexdigest())
    assert service.memory("VmHWM") - used < 64 * MIB
    service.site.store.delete(f"vault/masters/{digest.hexdigest()}")
