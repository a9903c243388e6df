"""Every error is an answer that says what is wrong: problem+json with the right status, and never a secret."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient

from exhibit_api import errors
from exhibit_api.logs import set_up_logging
from exhibit_api.settings import Settings
from exhibit_api.web.answers import MEDIA_TYPE, STATUS, answer
from exhibit_api.web.problems import handle_problems
from tests.acting import House, words
from tests.gltf.building import box

JSON = {"Content-Type": "application/json"}
ADDRESS = "/v1/organisations/anhui"


def kinds_of(kind: type[errors.ExhibitError]) -> Iterator[type[errors.ExhibitError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from kinds_of(below)


KINDS = [
    kind
    for kind in kinds_of(errors.ExhibitError)
    # Those of `exhibit upload` and `exhibit import` are told by a client to its user, and answer nobody.
    if kind is not errors.ExhibitError and not kind.__module__.startswith("exhibit_api.sending.")
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_has_its_answer(kind: type[errors.ExhibitError]) -> None:
    told = answer(kind("the press has 9 bolts", faults=(errors.Fault("/bolts", "too many"),)))
    body = json.loads(told.body)
    assert kind in STATUS
    assert told.media_type == MEDIA_TYPE
    assert 400 <= told.status_code == body["status"] < 600
    assert (body["detail"], body["errors"]) == ("the press has 9 bolts", [{"pointer": "/bolts", "detail": "too many"}])
    assert body["type"].startswith("/problems/")
    assert told.headers["Cache-Control"] == "no-store"


def test_no_two_kinds_of_error_have_the_same_type() -> None:
    types = [json.loads(answer(kind("x")).body)["type"] for kind in KINDS]
    assert len(set(types)) == len(types)


def test_busy_says_when_to_come_again_and_a_missing_token_how_to_come() -> None:
    assert answer(errors.DatabaseBusy("x")).headers["Retry-After"] == "5"
    assert answer(errors.StoreUnavailable("x")).headers["Retry-After"] == "5"
    assert answer(errors.Unauthenticated("x")).headers["WWW-Authenticate"] == 'Bearer realm="exhibit"'


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/no-such", 404),
        ("GET", "/v1/no-such", 404),
        ("GET", "/v1/halls/no-such", 404),
        ("GET", "/v1/exhibitions/no-such", 404),
        ("GET", "/v1/halls/no-such/manifest", 404),
        ("GET", "/public/blobs/../../vault", 404),
        ("PATCH", ADDRESS, 405),
        ("POST", ADDRESS, 405),
        ("DELETE", "/healthz", 405),
        ("GET", "/v1/organisations/no-such", 404),
        ("GET", "/v1/organisations/%ff", 422),
    ],
)
def test_what_is_not_there_is_a_problem(open_house: House, method: str, address: str, status: int) -> None:
    told = open_house.client.request(method, address, headers=open_house.admin.headers)
    assert (told.status_code, told.headers["Content-Type"]) == (status, MEDIA_TYPE)
    assert told.json()["status"] == status
    if status == 405:
        assert told.headers["Allow"]


@pytest.mark.parametrize(
    ("body", "headers", "statuses"),
    [
        (b"", JSON, {422}),
        (b"{", JSON, {422}),
        (b"null", JSON, {422}),
        (b"[]", JSON, {422}),
        (b'"text"', JSON, {422}),
        (b'{"label": NaN}', JSON, {422}),
        (b'{"label": {"en": "A"}, "quotaBytes": NaN}', JSON, {422}),
        (b'{"label": {"en": "A"}, "quotaBytes": Infinity}', JSON, {422}),
        (b'{"label": {"en": "A"}, "quotaBytes": 1e999}', JSON, {422}),
        (b'{"label": {"en": "A"}, "quotaBytes": ' + b"9" * 5000 + b"}", JSON, {422}),
        (b"\xff\xfe{", JSON, {422}),
        (b'{"label": {"en": "\xff"}}', JSON, {422}),
        (b"[" * 100_000 + b"]" * 100_000, JSON, {422}),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, JSON, {422}),
        (b'{"label": {"en": "A"}}', {"Content-Type": "text/plain"}, {415, 422}),
        (b'{"label": {"en": "A"}}', {"Content-Type": "application/x-www-form-urlencoded"}, {415, 422}),
        (b'{"label": {"en": "A"}}', {"Content-Type": "nonsense"}, {415, 422}),
        (b'{"label": {"en": "A"}}', {}, {415, 422}),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_body_that_cannot_be_read_is_the_senders_fault(
    open_house: House, body: bytes, headers: dict[str, str], statuses: set[int]
) -> None:
    told = open_house.admin.send(ADDRESS, body, **headers)
    assert told.headers["Content-Type"] == MEDIA_TYPE
    assert told.status_code in statuses
    assert told.json()["detail"]
    assert open_house.admin.get(ADDRESS).status_code == 404


def test_many_faults_are_counted_and_the_first_are_named(open_house: House) -> None:
    body = {"label": words("A")} | {f"x{i}": i for i in range(100)}
    told = open_house.admin.put(ADDRESS, body).json()
    assert len(told["errors"]) == 50
    assert told["detail"].endswith("; and 97 more")


def test_a_form_is_no_model(open_house: House) -> None:
    open_house.exhibit("form")
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    told = open_house.admin.send("/v1/exhibits/form/model", b"--x--", **headers)
    assert (told.status_code, told.headers["Content-Type"]) == (415, MEDIA_TYPE)


def in_pieces(size: int) -> Iterator[bytes]:
    """A body whose length is not declared."""
    for _ in range(0, size, 1000):
        yield b" " * 1000


@pytest.fixture
def small(embedded: Any) -> Iterator[House]:
    """A service that takes documents of 10 kB, and larger models."""
    chosen = embedded.settings.model_copy(update={"max_document_bytes": 10_000})
    with House(type(embedded)(chosen, embedded.sessions, embedded.store)) as house:
        yield house


def test_a_document_that_is_too_large_is_refused_declared_or_not(small: House) -> None:
    for body in (lambda: b" " * 10_001, lambda: in_pieces(20_000)):
        for headers in ({}, {"Idempotency-Key": "a"}):
            told = small.client.post("/v1/tokens", content=body(), headers=small.admin.headers | JSON | headers)
            assert (told.status_code, told.headers["Content-Type"]) == (413, MEDIA_TYPE)
            assert told.json()["type"] == "/problems/too-large"
            assert "10000 bytes" in told.json()["detail"]


def test_the_largest_document_is_taken(small: House) -> None:
    body = json.dumps({"label": words("Anhui")}).encode().ljust(10_000)
    assert small.admin.send(ADDRESS, body, **JSON).status_code == 201


def test_a_model_may_be_larger_than_a_document(small: House) -> None:
    small.organisation("jiangsu")
    model = box((1, 1, 1))
    padded = small.site.settings.model_copy(update={"max_document_bytes": len(model) - 1})
    with House(type(small.site)(padded, small.site.sessions, small.site.store)) as house:
        small.exhibit("loom")
        assert house.admin.send("/v1/exhibits/loom/model", model).status_code == 202


SECRET = "exhibit_abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def broken() -> Iterator[TestClient]:
    """An application with a fault of its own, where a token is in a local variable."""
    app = FastAPI(telemetry={"tracing": False})
    handle_problems(app)

    @app.get("/broken")
    def fails() -> None:
        token = SECRET
        raise ValueError(f"it broke after {len(token)} steps")

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_a_fault_of_the_service_is_told_without_its_reasons(broken: TestClient) -> None:
    told = broken.get("/broken")
    assert (told.status_code, told.headers["Content-Type"]) == (500, MEDIA_TYPE)
    assert told.json()["type"] == "/problems/internal"
    assert "steps" not in told.text
    assert "Traceback" not in told.text


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """What a test sets up of logging does not outlive it."""
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.usefixtures("logging_as_before")
@pytest.mark.parametrize("form", ["console", "json"])
def test_the_log_tells_where_it_broke_and_holds_no_token(
    broken: TestClient, capsys: pytest.CaptureFixture[str], form: str, tmp_path: Path
) -> None:
    set_up_logging(Settings.model_validate({"data": tmp_path, "log_format": form}))
    broken.get("/broken", headers={"Authorization": f"Bearer {SECRET}"})
    try:
        token = SECRET
        raise ValueError("uvicorn's own")
    except ValueError:
        del token
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    said = capsys.readouterr().err
    for part in ("it broke after 34 steps", "in fails", "uvicorn's own", "Traceback"):
        assert part in said
    assert SECRET not in said
    if form == "json":
        assert all(json.loads(line)["event"] for line in said.splitlines())


def test_a_log_that_nobody_set_up_holds_no_token_either(broken: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    structlog.reset_defaults()
    broken.get("/broken", headers={"Authorization": f"Bearer {SECRET}"})
    said = "".join(capsys.readouterr())
    assert "it broke after 34 steps" in said
    assert SECRET not in said
