"""`Idempotency-Key`: a POST that is sent twice is done once and answered twice."""

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from exhibit_api.accounts.roles import Role
from exhibit_api.db import now, transaction
from exhibit_api.errors import DatabaseBusy
from exhibit_api.web.idempotency import ABANDONED, KEEP, Idempotency, KeyedRequest
from tests.acting import House
from tests.gltf.building import box

KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
TOKEN = {"role": "curator", "label": "Upload station"}


@pytest.fixture
def hall(house: House) -> str:
    """A hall that can be published."""
    name = house.hall()
    house.place(name, house.exhibit("loom", box((1, 1, 1))))
    return name


def test_a_publication_that_is_sent_again_is_answered_the_same_and_done_once(house: House, hall: str) -> None:
    first = house.admin.post(f"/v1/halls/{hall}/editions", {"note": "New"}, **KEY)
    again = house.admin.post(f"/v1/halls/{hall}/editions", {"note": "New"}, **KEY)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert again.headers["Location"] == first.headers["Location"]
    assert "Idempotency-Replayed" not in first.headers
    deeds = [entry["deed"] for entry in house.admin.get(f"/v1/audit?subject=halls/{hall}").json()["items"]]
    assert deeds.count("publish") == 1


def test_a_key_stands_for_one_request(house: House, hall: str) -> None:
    house.admin.post(f"/v1/halls/{hall}/editions", {"note": "New"}, **KEY)
    for address, body in (
        (f"/v1/halls/{hall}/editions", {"note": "Other"}),
        (f"/v1/halls/{hall}/editions?x=1", {"note": "New"}),
        (f"/v1/halls/{hall}/rollback", {"note": "New"}),
    ):
        answer = house.admin.post(address, body, **KEY)
        assert answer.status_code == 422
        assert "another request" in answer.json()["detail"]


def test_the_same_key_of_another_token_is_another_key(house: House) -> None:
    other = house.person(Role.ADMIN)
    assert house.admin.post("/v1/tokens", TOKEN, **KEY).status_code == 201
    assert other.post("/v1/tokens", TOKEN | {"label": "Other"}, **KEY).status_code == 201


def test_a_secret_is_not_kept_and_not_made_twice(house: House) -> None:
    secret = house.admin.post("/v1/tokens", TOKEN, **KEY).json()["token"]
    again = house.admin.post("/v1/tokens", TOKEN, **KEY)
    assert (again.status_code, again.json()["detail"]) == (
        409,
        "this request was done, and its answer cannot be shown again",
    )
    assert len(house.admin.get("/v1/tokens").json()["items"]) == 2
    with house.site.sessions() as session:
        [kept] = session.scalars(select(KeyedRequest)).all()
    assert secret not in f"{kept.body!r} {kept.headers}"


def test_of_many_at_once_one_is_done(house: House) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: house.admin.post("/v1/tokens", TOKEN, **KEY), range(8)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 7}
    assert len(house.admin.get("/v1/tokens").json()["items"]) == 2


def test_a_refusal_is_kept_and_a_missing_right_is_not(house: House) -> None:
    bad = TOKEN | {"role": "king"}
    first, again = (house.admin.post("/v1/tokens", bad, **KEY) for _ in range(2))
    assert (first.status_code, again.content) == (422, first.content)
    curator = house.person(Role.CURATOR)
    for _ in range(2):
        answer = curator.post("/v1/tokens", TOKEN, **KEY)
        assert (answer.status_code, "Idempotency-Replayed" in answer.headers) == (403, False)


def age(house: House, by: timedelta) -> None:
    """Let time pass for what is kept."""
    with house.site.sessions.begin() as session:
        session.execute(update(KeyedRequest).values(created_at=now() - by))


def test_a_key_holds_for_a_day(house: House) -> None:
    house.admin.post("/v1/tokens", TOKEN, **KEY)
    age(house, KEEP - timedelta(minutes=1))
    assert house.admin.post("/v1/tokens", TOKEN, **KEY).status_code == 409
    age(house, KEEP + timedelta(minutes=1))
    assert house.admin.post("/v1/tokens", TOKEN, **KEY).status_code == 201


def test_a_request_that_crashed_can_be_sent_again_after_a_while(house: House) -> None:
    house.admin.post("/v1/tokens", TOKEN, **KEY)
    with house.site.sessions.begin() as session:  # as if the process had died before the answer
        session.execute(update(KeyedRequest).values(status=None, body=None, headers={}))
    age(house, ABANDONED - timedelta(minutes=1))
    answer = house.admin.post("/v1/tokens", TOKEN, **KEY)
    assert (answer.status_code, "being done" in answer.json()["detail"]) == (409, True)
    age(house, ABANDONED + timedelta(minutes=1))
    assert house.admin.post("/v1/tokens", TOKEN, **KEY).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb"])
def test_a_key_that_is_none_is_refused(open_house: House, key: str) -> None:
    answer = open_house.admin.post("/v1/tokens", TOKEN, **{"Idempotency-Key": key})
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")


class Desk:
    """An application behind the middleware, that counts what it does."""

    def __init__(self, error: Exception | None = None) -> None:
        self.done = 0
        self.error = error

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        assert (await receive())["body"] == b"{}"
        self.done += 1
        if self.error:
            raise self.error
        await send({"type": "http.response.start", "status": 201, "headers": [(b"x-done", b"%d" % self.done)]})
        for part in (b"do", b"ne"):
            await send({"type": "http.response.body", "body": part, "more_body": part == b"do"})


def ask(app: Idempotency) -> list[dict[str, Any]]:
    """What the middleware sends for one POST."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/x",
        "query_string": b"",
        "headers": [(b"idempotency-key", b"k"), (b"authorization", b"Bearer x")],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


def test_a_request_that_raised_frees_its_key(house: House) -> None:
    desk = Desk(RuntimeError("power cut"))
    app = Idempotency(desk, house.site.sessions, knows=lambda *_: True)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="power cut"):
            ask(app)
    desk.error = None
    assert ask(app)[0]["status"] == 201
    assert dict(ask(app)[0]["headers"])[b"x-done"] == b"3"
    assert desk.done == 3


def test_what_was_done_is_answered_even_if_the_answer_cannot_be_kept(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that is told of a failure would send it again under another key, and it would be done twice."""
    desk = Desk()
    app = Idempotency(desk, house.site.sessions, knows=lambda *_: True)
    with monkeypatch.context() as patched:
        patched.setattr("exhibit_api.web.idempotency._Keyed.end", fails)
        assert ask(app)[0]["status"] == 201
    assert ask(app)[0]["status"] == 409  # the key is still held
    assert desk.done == 1


def fails(*_: Any) -> None:
    raise DatabaseBusy("the database is busy")


def test_nothing_is_kept_for_a_stranger(house: House) -> None:
    stranger = {"Authorization": "Bearer exhibit_made_up", "Idempotency-Key": "k"}
    assert house.client.post("/v1/tokens", json={}, headers=stranger).status_code == 401
    with transaction(house.site.sessions) as session:
        assert session.scalar(select(func.count()).select_from(KeyedRequest)) == 0
