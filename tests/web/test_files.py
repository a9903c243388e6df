"""A stored object as the answer of a route that has checked who asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.testclient import TestClient

from exhibit_api.errors import StoreUnavailable
from exhibit_api.storage.base import ObjectStore
from exhibit_api.storage.local import LocalStore
from exhibit_api.web.files import object_response
from exhibit_api.web.problems import handle_problems

KEY = "vault/masters/" + "a" * 64
DATA = bytes(range(256)) * 9000  # more than two chunks
TAG = '"' + "a" * 64 + '"'


def client_of(store: ObjectStore) -> TestClient:
    app = FastAPI()
    handle_problems(app)

    @app.api_route("/master/{name}", methods=["GET", "HEAD"])
    def master(name: str, request: Request) -> Response:
        return object_response(
            request,
            store,
            f"vault/masters/{name}",
            media_type="model/gltf-binary",
            etag=TAG,
            cache_control="private, no-store",
            filename="焊接 robot.glb",
        )

    return TestClient(app, follow_redirects=False)


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    store = LocalStore(tmp_path)
    store.put(KEY, DATA, "model/gltf-binary")
    return store


@pytest.fixture
def client(store: LocalStore) -> Iterator[TestClient]:
    with client_of(store) as client:
        yield client


URL = "/master/" + "a" * 64


def test_a_private_object_comes_whole_and_is_not_kept(client: TestClient) -> None:
    told = client.get(URL)
    assert told.status_code == 200
    assert told.content == DATA
    assert told.headers["etag"] == TAG
    assert told.headers["cache-control"] == "private, no-store"
    assert told.headers["content-type"] == "model/gltf-binary"
    assert told.headers["content-disposition"] == "attachment; filename*=UTF-8''%E7%84%8A%E6%8E%A5%20robot.glb"
    assert told.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in told.headers


def test_a_private_object_comes_in_parts(client: TestClient) -> None:
    told = client.get(URL, headers={"range": f"bytes=100-{len(DATA)}"})
    assert told.status_code == 206
    assert told.content == DATA[100:]
    assert told.headers["content-range"] == f"bytes 100-{len(DATA) - 1}/{len(DATA)}"
    assert told.headers["etag"] == TAG


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if-none-match": TAG}, 304),
        ({"if-match": '"b"'}, 412),
        ({"range": f"bytes={len(DATA)}-"}, 416),
        ({"range": "bytes=0-1", "if-range": '"b"'}, 200),
        ({"range": "bytes=0-1,5-6"}, 200),
    ],
)
def test_preconditions_are_weighed_as_for_the_public(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.get(URL, headers=headers).status_code == status


def test_head_has_the_length_and_no_body(client: TestClient) -> None:
    told = client.head(URL)
    assert (told.status_code, told.headers["content-length"], told.content) == (200, str(len(DATA)), b"")


def test_what_is_not_there_is_a_problem(client: TestClient) -> None:
    told = client.get("/master/nothing")
    assert told.status_code == 404
    assert told.headers["content-type"] == "application/problem+json"


class Signing(LocalStore):
    """A store without files that signs addresses."""

    def path(self, key: str) -> None:  # type: ignore[override]
        return None

    def presign(self, key: str, seconds: int) -> str:  # type: ignore[override]
        return f"https://bucket.example/{key}?seconds={seconds}"


def test_a_store_with_addresses_sends_by_itself_and_the_redirect_is_not_kept(tmp_path: Path) -> None:
    store = Signing(tmp_path)
    store.put(KEY, DATA, "model/gltf-binary")
    with client_of(store) as client:
        told = client.get(URL)
        assert told.status_code == 307
        assert told.headers["location"] == f"https://bucket.example/{KEY}?seconds=300"
        assert told.headers["cache-control"] == "no-store"
        assert client.head(URL).headers["content-length"] == str(len(DATA))


class Failing(LocalStore):
    """A store that knows the object and cannot read it."""

    def path(self, key: str) -> None:  # type: ignore[override]
        return None

    def stream(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        raise StoreUnavailable("the disk does not answer")


def test_a_store_that_fails_before_the_first_byte_is_a_503(tmp_path: Path) -> None:
    store = Failing(tmp_path)
    store.put(KEY, DATA, "model/gltf-binary")
    with client_of(store) as client:
        told = client.get(URL)
        assert told.status_code == 503
        assert told.json()["type"] == "/problems/store-unavailable"
