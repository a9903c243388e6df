"""Files that are refused, and bodies that are: each with its reason, and with nothing kept."""

import asyncio
import gc
import hashlib
import subprocess
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import Message

from exhibit_api.accounts import tokens
from exhibit_api.accounts.roles import Role
from exhibit_api.assets.tables import Asset
from exhibit_api.db import transaction
from exhibit_api.errors import TooLarge
from exhibit_api.instance import OWNER
from exhibit_api.storage.local import LocalStore
from exhibit_api.storage.s3 import S3Store
from exhibit_api.web.courtesy import Courtesy
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Allowance, receive
from tests.acting import House, Person, words
from tests.gltf.building import box, document, glb
from tests.gltf.hostile import HOSTILE
from tests.looking import keys, left_over, problem
from tests.servers.faulty import Cut, Faulty, Refuse, faulty
from tests.servers.swift import Swift

MIB = 1 << 20
LOOM = box((1, 1, 1))
Table = dict[str, tuple[Callable[[], bytes], str]]

NO_MODELS: Table = {
    "empty": (lambda: b"", "0 bytes"),
    "a text": (lambda: b"not a model at all, and longer than a header", "glTF"),
    "a header only": (lambda: LOOM[:12], "truncated: it has 12 bytes"),
    "cut off": (lambda: LOOM[:-1], "bytes"),
    "glTF 1": (lambda: LOOM[:4] + b"\1\0\0\0" + LOOM[8:], "version 1"),
    "a length that lies": (lambda: LOOM[:8] + b"\xff\xff\xff\0" + LOOM[12:], "bytes"),
    "something behind the end": (lambda: LOOM + b"more", "bytes"),
    "JSON with NaN": (lambda: glb(b'{"asset": {"version": "2.0"}, "x": NaN}'), "JSON"),
    "100,000 nested arrays": (lambda: glb(b"[" * 100_000 + b"]" * 100_000), "depth"),
    "a JSON that is none": (lambda: glb(b"{"), "JSON"),
}


def enter_exhibit(house: House) -> None:
    house.organisation("jiangsu")
    house.exhibit("loom")


def assert_nothing_is_kept(site: Site) -> None:
    assert keys(site.store) == set()
    assert left_over(site) == 0
    with transaction(site.sessions, reads_only=True) as session:
        assert session.scalars(select(Asset)).all() == []


@pytest.mark.parametrize("files", [NO_MODELS, HOSTILE], ids=["no models", "hostile models"])
def test_a_file_that_is_refused_is_told_why_and_not_kept(laptop: House, files: Table) -> None:
    enter_exhibit(laptop)
    taken = {}
    for name, (build, sentence) in files.items():
        answer = laptop.admin.send("/v1/exhibits/loom/model", build())
        if answer.status_code != 422 or sentence not in answer.json()["detail"]:
            taken[name] = answer.text
        else:
            assert answer.json()["type"] == "/problems/bad-model"
    assert not taken
    assert_nothing_is_kept(laptop.site)
    assert laptop.admin.get("/v1/exhibits/loom/model").status_code == 404


def test_a_refused_file_leaves_the_model_that_was_there(house: House) -> None:
    house.organisation("jiangsu")
    house.exhibit("loom", LOOM)
    before = keys(house.site.store)
    problem(house.admin.send("/v1/exhibits/loom/model", LOOM[:-4]), 422)
    assert keys(house.site.store) == before
    assert left_over(house.site) == 0
    assert house.admin.get("/v1/exhibits/loom/model").json()["sha256"] == hashlib.sha256(LOOM).hexdigest()


@pytest.fixture
def narrow(embedded: Site) -> Iterator[House]:
    """A service that takes models of at most 10,000 bytes."""
    settings = embedded.settings.model_copy(update={"max_model_bytes": 10_000})
    with House(replace(embedded, settings=settings)) as house:
        yield house


@pytest.mark.parametrize("chunked", [False, True])
def test_a_model_beyond_the_limit_is_refused(narrow: House, chunked: bool) -> None:
    enter_exhibit(narrow)
    body = iter([bytes(1000)] * 11) if chunked else bytes(10_001)
    answer = narrow.client.put("/v1/exhibits/loom/model", content=body, headers=narrow.admin.headers)
    problem(answer, 413, "10000 bytes")
    assert_nothing_is_kept(narrow.site)


def test_a_model_of_exactly_the_limit_is_taken(narrow: House) -> None:
    enter_exhibit(narrow)
    frame = len(glb(document(extras="")))
    model = glb(document(extras="x" * (10_000 - frame)))
    assert len(model) == 10_000
    assert narrow.admin.send("/v1/exhibits/loom/model", model).status_code == 202


def test_a_json_body_has_a_limit_of_its_own(embedded: Site) -> None:
    settings = embedded.settings.model_copy(update={"max_document_bytes": 500})
    with House(replace(embedded, settings=settings)) as house:
        enter_exhibit(house)
        body = {"organisation": "jiangsu", "label": words("x" * 500)}
        assert house.admin.put("/v1/exhibits/pump", body).status_code == 413
        assert house.admin.send("/v1/exhibits/loom/model", LOOM).status_code == 202


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_form_is_refused_with_a_hint(laptop: House, kind: str) -> None:
    enter_exhibit(laptop)
    answer = laptop.admin.send("/v1/exhibits/loom/model", LOOM, **{"Content-Type": kind})
    problem(answer, 415, "curl -T", kind.split(";")[0])
    assert_nothing_is_kept(laptop.site)


def test_who_may_not_send_is_told(laptop: House) -> None:
    enter_exhibit(laptop)
    laptop.organisation("anhui")
    with transaction(laptop.site.sessions) as session:
        lifetime = timedelta(microseconds=1)
        _, expired = tokens.grant(session, OWNER, role=Role.ADMIN, organisation=None, label="x", lifetime=lifetime)
    stranger, operator = laptop.person(Role.CURATOR, "anhui"), laptop.person(Role.OPERATOR)
    problem(stranger.send("/v1/exhibits/loom/model", LOOM), 403, "curator of anhui", "in jiangsu")
    problem(operator.send("/v1/exhibits/loom/model", LOOM), 403, "operator")
    problem(laptop.visitor.send("/v1/exhibits/loom/model", LOOM), 401)
    problem(Person(laptop.client, expired).send("/v1/exhibits/loom/model", LOOM), 401, "expired")
    problem(Person(laptop.client, "exhibit_wrong").send("/v1/exhibits/loom/model", LOOM), 401)
    problem(laptop.admin.send("/v1/exhibits/none/model", LOOM), 404, "exhibits/none")
    for slug in ("..%2Fx", "Loom", "a--b", "loom%00", "织机"):
        assert laptop.admin.send(f"/v1/exhibits/{slug}/model", LOOM).status_code in (404, 422)
    assert_nothing_is_kept(laptop.site)


@pytest.fixture
def cramped(embedded: Site, tmp_path: Path) -> Iterator[House]:
    """A service that takes models of 6 MiB, on a disk of 4 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", disk], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted: {mounted.stderr.strip()}")
    settings = embedded.settings.model_copy(update={"max_model_bytes": 6 * MIB})
    try:
        with House(replace(embedded, settings=settings, store=LocalStore(disk / "store"))) as house:
            enter_exhibit(house)
            yield house
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_full_disk_is_told_and_nothing_is_half_written(cramped: House) -> None:
    problem(cramped.admin.send("/v1/exhibits/loom/model", bytes(6 * MIB)), 507, "No space left")
    assert_nothing_is_kept(cramped.site)
    assert cramped.admin.send("/v1/exhibits/loom/model", LOOM).status_code == 202


def test_a_full_disk_and_too_large_a_model_at_once_are_one_error(cramped: House) -> None:
    parts = [5 * MIB, 2 * MIB]
    unheard: list[dict[str, Any]] = []

    async def next_part() -> Message:
        return {"type": "http.request", "body": bytes(parts.pop(0)), "more_body": bool(parts)}

    async def send() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context))
        app = Starlette()
        app.state.courtesy = Courtesy(lambda: 0)
        request = Request({"type": "http", "method": "PUT", "headers": [], "app": app}, next_part)
        with cramped.site.store.stage() as staged, pytest.raises(TooLarge, match="too large"):
            await receive(request, staged, Allowance(6 * MIB, TooLarge("too large")))
        gc.collect()

    asyncio.run(send())
    assert unheard == [], "the disk's error does not come up later, as a traceback in the log"
    assert_nothing_is_kept(cramped.site)


@pytest.fixture
def proxy(swift: Swift) -> Iterator[Faulty]:
    with faulty(swift.http) as between:
        yield between


@pytest.fixture
def shaky(embedded: Site, swift: Swift, bucket: str, proxy: Faulty) -> Iterator[House]:
    """A service whose line to S3 can be disturbed; every request is tried once."""
    options = {**swift.options("http"), "endpoint_url": proxy.url}
    store = S3Store(bucket, prefix=uuid.uuid4().hex, attempts=1, **options)
    with House(replace(embedded, store=store)) as house:
        yield house
    store.close()


@pytest.mark.parametrize("fault", [Refuse(503), Refuse(500), Cut(request_after=100)])
def test_a_store_that_fails_is_told_and_the_next_try_succeeds(shaky: House, proxy: Faulty, fault: Refuse | Cut) -> None:
    enter_exhibit(shaky)
    proxy.fault = lambda method, path: fault if method in ("PUT", "POST") else None
    answer = shaky.admin.send("/v1/exhibits/loom/model", LOOM)
    told = problem(answer, answer.status_code, "store")
    assert told["status"] in (502, 503)
    assert (told["status"] == 503) == ("Retry-After" in answer.headers)
    with transaction(shaky.site.sessions, reads_only=True) as session:
        assert session.scalars(select(Asset)).all() == []
    proxy.fault = lambda method, path: None
    assert shaky.admin.send("/v1/exhibits/loom/model", LOOM).status_code == 202
    assert left_over(shaky.site) == 0
