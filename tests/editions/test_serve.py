"""What visitors are answered, by the ASGI application in front."""

import asyncio
import gzip
from pathlib import Path
from typing import Any

import brotli
import pytest

from exhibit_api.editions.serve import PublicFront
from exhibit_api.editions.shelf import Shelf
from exhibit_api.storage.local import LocalStore
from tests.editions.shown import (
    GLB,
    MANIFEST,
    SCHEMA,
    SCHEMA_NAME,
    Told,
    ask,
    asking,
    behind,
    is_open,
    manifest_of,
    put_manifest,
    sha256,
)

FROZEN = f"/public/manifests/{sha256(MANIFEST)}.json"
CURRENT = "/v1/halls/joint/manifest"
TAG = f'"{sha256(MANIFEST)}"'


@pytest.mark.parametrize("path", [CURRENT, FROZEN, "/v1/halls/joint", "/v1/exhibitions/delta"])
def test_a_document_is_told_whole_with_all_its_headers(front: PublicFront, path: str) -> None:
    told = ask(front, path, accept_encoding="br")
    assert told.status == 200
    assert is_open(told)
    assert told.headers["content-type"] == "application/json"
    assert told.headers["vary"] == "Accept-Encoding"
    assert told.headers["content-length"] == str(len(told.body))
    assert told.finished
    assert len(told.names) == len(set(told.names))
    plain = ask(front, path)
    assert plain.headers["etag"] == told.headers["etag"] == f'"{sha256(plain.body)}"'
    assert "content-encoding" not in plain.headers


def test_the_coding_is_the_one_liked_best(front: PublicFront) -> None:
    assert brotli.decompress(ask(front, CURRENT, accept_encoding="gzip, br").body) == MANIFEST
    assert gzip.decompress(ask(front, CURRENT, accept_encoding="gzip, br;q=0.5").body) == MANIFEST
    assert ask(front, CURRENT, accept_encoding="deflate").body == MANIFEST


@pytest.mark.parametrize("known", [TAG, f"W/{TAG}", f'"x", {TAG}', "*"])
@pytest.mark.parametrize("path", [CURRENT, FROZEN])
def test_who_has_it_is_told_so_with_the_tag(front: PublicFront, path: str, known: str) -> None:
    told = ask(front, path, if_none_match=known, accept_encoding="br")
    assert (told.status, told.body) == (304, b"")
    assert told.headers["etag"] == TAG
    assert told.headers["vary"] == "Accept-Encoding"
    assert "max-age" in told.headers["cache-control"]
    assert is_open(told)
    assert not {"content-length", "content-encoding", "content-type"} & set(told.names)


def test_an_unquoted_tag_is_no_tag(front: PublicFront) -> None:
    assert ask(front, CURRENT, if_none_match=TAG.strip('"')).status == 200


def test_head_tells_what_get_would(front: PublicFront, blob: str) -> None:
    for path in (CURRENT, blob, f"{CURRENT}?x=y"):
        path, _, query = path.partition("?")
        get, head = ask(front, path, query=query), ask(front, path, "HEAD", query=query)
        assert (head.status, head.headers, head.body) == (200, get.headers, b"")
    assert ask(front, blob, "HEAD", range="bytes=0-3").headers["content-length"] == str(len(GLB))


def test_a_document_is_sent_in_parts_in_its_plain_form_only(front: PublicFront) -> None:
    part = ask(front, CURRENT, range="bytes=2-9")
    assert (part.status, part.body) == (206, MANIFEST[2:10])
    assert part.headers["content-range"] == f"bytes 2-9/{len(MANIFEST)}"
    assert part.headers["content-length"] == "8"
    assert (part.headers["etag"], part.headers["content-type"]) == (TAG, "application/json")
    whole = ask(front, CURRENT, range="bytes=2-9", accept_encoding="br")
    assert whole.status == 200
    assert brotli.decompress(whole.body) == MANIFEST
    assert "accept-ranges" not in whole.headers
    assert ask(front, CURRENT, range="bytes=999999-").headers["content-range"] == f"bytes */{len(MANIFEST)}"


def test_if_match_guards_a_read(front: PublicFront, blob: str) -> None:
    assert ask(front, CURRENT, if_match=TAG).status == 200
    for path in (CURRENT, blob):
        refused = ask(front, path, if_match='"other"')
        assert refused.status == 412
        assert refused.json()["type"] == "/problems/stale"
        assert is_open(refused)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/halls/nobody",
        "/v1/halls/nobody/manifest",
        f"/public/manifests/{'0' * 64}.json",
        "/public/halls/../../vault/masters/x",
        "/v1/exhibits",
        "/healthz",
    ],
)
def test_what_is_not_shown_goes_on_to_the_application(front: PublicFront, path: str) -> None:
    assert ask(front, path).headers["x-behind"] == "yes"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path",
    [
        "/v1/halls/nobody",
        "/v1/halls/nobody/manifest",
        "/public/halls/nobody.json",
        f"/public/manifests/{'0' * 64}.json",
        "/v1/exhibitions",
        "/v1/halls/joint/editions",
    ],
)
def test_what_the_application_tells_readers_of_public_addresses_any_page_may_read(
    front: PublicFront, path: str, method: str
) -> None:
    told = ask(front, path, method)
    assert is_open(told)
    assert told.headers["x-behind"] == "yes"


@pytest.mark.parametrize("path", ["/v1/exhibits", "/v1/halls/joint/draft", "/v1/exhibitions/delta/draft", "/healthz"])
def test_what_is_not_public_is_not_opened(front: PublicFront, path: str) -> None:
    assert ask(front, path).headers == {"x-behind": "yes"}
    preflight = ask(front, path, "OPTIONS", origin="https://a.example", access_control_request_method="GET")
    assert preflight.headers == {"x-behind": "yes"}


def test_a_header_that_the_application_set_stays_as_it_is(shelf: Shelf, store: LocalStore) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        own = [(b"Access-Control-Allow-Origin", b"https://a.example")]
        await send({"type": "http.response.start", "status": 404, "headers": own})
        await send({"type": "http.response.body", "body": b""})

    told = ask(PublicFront(app, shelf, store), "/v1/halls/nobody")
    assert [name for name in told.names if name.lower() == "access-control-allow-origin"] == [
        "Access-Control-Allow-Origin"
    ]
    assert told.headers["timing-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_go_on_to_the_application(front: PublicFront, method: str) -> None:
    assert ask(front, "/v1/halls/joint", method).headers == {"x-behind": "yes"}


def test_preflights_of_reading_are_answered_and_of_writing_passed_on(front: PublicFront, blob: str) -> None:
    for path in (CURRENT, blob, "/v1/halls/joint", "/v1/exhibitions", "/v1/halls/joint/editions"):
        told = ask(front, path, "OPTIONS", origin="https://a.example", access_control_request_method="GET")
        assert told.status == 204
        assert told.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in told.headers
    passed = ask(front, "/v1/halls/joint", "OPTIONS", origin="https://a.example", access_control_request_method="PUT")
    assert passed.headers == {"x-behind": "yes"}


def test_other_scopes_pass_through(front: PublicFront, shelf: Shelf, store: LocalStore) -> None:
    seen = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    async def both() -> None:
        for kind in ("lifespan", "websocket"):
            await PublicFront(app, shelf, store)({"type": kind, "path": CURRENT}, None, None)  # type: ignore[arg-type]

    asyncio.run(both())
    assert seen == ["lifespan", "websocket"]


def test_a_query_that_means_nothing_is_ignored(front: PublicFront, blob: str) -> None:
    assert ask(front, CURRENT, query="v=2").body == MANIFEST
    assert ask(front, blob, query="v=2").body == GLB


def test_a_profile_is_served_with_its_own_tag_in_every_form(front: PublicFront) -> None:
    told = ask(front, CURRENT, query="profile=webxr-mobile")
    assert told.status == 200
    document = told.json()
    assert [[v["profile"] for v in e["model"]["variants"]] for e in document["exhibits"]] == [
        ["webxr-mobile"],
        ["master"],
    ]
    assert document["loadPlan"] == {"webxr-mobile": [{"step": "rest"}]}
    assert document["budget"] == {"webxr-mobile": {"bytes": 1}}
    assert told.headers["etag"] == f'"{sha256(told.body)}"' != TAG
    assert told.headers["content-location"] == f"{CURRENT}?profile=webxr-mobile"
    assert brotli.decompress(ask(front, CURRENT, query="profile=webxr-mobile", accept_encoding="br").body) == told.body
    again = ask(front, CURRENT, query="profile=webxr-mobile", if_none_match=told.headers["etag"])
    assert again.status == 304


def test_a_profile_that_no_model_has_falls_back_to_the_masters(front: PublicFront) -> None:
    document = ask(front, CURRENT, query="profile=quick-look").json()
    assert [[v["profile"] for v in e["model"]["variants"]] for e in document["exhibits"]] == [["master"], ["master"]]
    assert list(document["loadPlan"]) == list(document["budget"]) == ["master"]


@pytest.mark.parametrize("query", ["profile=webxr_mobile", "profile=", "profile=%ff%fe"])
def test_an_unknown_profile_names_those_there_are(front: PublicFront, query: str) -> None:
    told = ask(front, CURRENT, query=query)
    assert told.status == 422
    assert (
        "master, webxr-high, webxr-mobile, scene-viewer, quick-look, mini-program, fallback-2d" in told.json()["detail"]
    )
    assert told.json()["errors"][0]["pointer"] == "?profile"
    assert is_open(told)


def test_a_profile_of_an_unknown_hall_goes_on_to_the_application(front: PublicFront) -> None:
    assert ask(front, "/v1/halls/nobody/manifest", query="profile=master").headers["x-behind"] == "yes"


def test_schemas_and_old_editions_come_from_the_store(front: PublicFront, store: LocalStore) -> None:
    store.put(f"public/schemas/{SCHEMA_NAME}", SCHEMA, "application/schema+json")
    told = ask(front, f"/public/schemas/{SCHEMA_NAME}")
    assert (told.body, told.headers["content-type"]) == (SCHEMA, "application/schema+json")
    old = manifest_of("joint", 7)
    assert brotli.decompress(ask(front, put_manifest(store, old), accept_encoding="br").body) == old


class Counting(LocalStore):
    """A store that counts what is read."""

    reads = 0

    def read(self, key: str) -> bytes:
        self.reads += 1
        return super().read(key)


def test_many_who_ask_at_once_make_the_store_read_once(tmp_path: Path) -> None:
    store = Counting(tmp_path)
    path = put_manifest(store, MANIFEST)
    front = PublicFront(behind, Shelf(store, 1 << 20), store)

    async def crowd() -> list[Told]:
        return await asyncio.gather(*(asking(front, path) for _ in range(50)))

    assert {told.body for told in asyncio.run(crowd())} == {MANIFEST}
    assert store.reads == 4  # the document and its three forms


def test_every_answer_is_counted(front: PublicFront, shelf: Shelf, blob: str) -> None:
    ask(front, CURRENT)
    ask(front, CURRENT, if_none_match=TAG)
    ask(front, blob, range="bytes=0-1")
    ask(front, f"/public/blobs/{'0' * 64}.glb")
    ask(front, "/elsewhere")
    assert shelf.hits == {200: 1, 304: 1, 206: 1, 404: 1}
