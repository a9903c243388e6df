"""Following the work on an asset over a real connection: progress as it happens, then the end."""

import itertools
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from exhibit_api.assets.routes import events as following
from exhibit_api.assets.work import handlers
from exhibit_api.jobs.worker import run_due
from tests.acting import House, words
from tests.gltf.building import box
from tests.serving import Service, serving

Event = dict[str, Any]
sizes = itertools.count(1)

pytestmark = pytest.mark.usefixtures("undrawn")


def sent(service: Service) -> str:
    """A model that nobody has sent before; its SHA-256."""
    slug = f"e{uuid.uuid4().hex}"
    for address, body in (
        (f"organisations/{slug}", {"label": words(slug)}),
        (f"exhibits/{slug}", {"label": words(slug), "organisation": slug}),
    ):
        answer = httpx2.put(f"{service.url}/v1/{address}", json=body, headers=service.headers, timeout=60)
        assert answer.status_code == 201, answer.text
    model = box((1, 1, next(sizes)))
    answer = httpx2.put(f"{service.url}/v1/exhibits/{slug}/model", content=model, headers=service.headers, timeout=60)
    assert answer.status_code == 202, answer.text
    sha256: str = answer.json()["sha256"]
    return sha256


def events(answer: httpx2.Response) -> Iterator[Event]:
    """The events of a stream, as a browser reads them."""
    event: Event = {}
    for line in answer.iter_lines():
        if not line and event:
            yield event
            event = {}
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            event[name] = json.loads(value) if name == "data" else value


def follow(service: Service, sha256: str, **headers: str) -> Any:
    return httpx2.stream(
        "GET", f"{service.url}/v1/assets/{sha256}/events", headers=service.headers | headers, timeout=60
    )


def work(service: Service) -> None:
    run_due(service.site.sessions, handlers(service.site))


def test_who_follows_hears_of_the_beginning_and_of_the_end(service: Service) -> None:
    sha256 = sent(service)
    with follow(service, sha256) as answer:
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")
        assert answer.headers["Cache-Control"] == "no-cache"
        stream = events(answer)
        first = next(stream)
        assert (first["event"], first["data"]["state"]) == ("progress", "received")
        assert [(work["kind"], work["state"]) for work in first["data"]["processing"]] == [("gate", "queued")]
        assert int(first["retry"]) > 0
        work(service)
        rest = list(stream)
    assert [event["event"] for event in rest[:-1]] == ["progress"] * (len(rest) - 1)
    assert (rest[-1]["event"], rest[-1]["data"]["state"]) == ("done", "ready")
    assert {work["state"] for work in rest[-1]["data"]["processing"]} == {"done"}
    told = [first["id"], *(event["id"] for event in rest)]
    assert len(set(told)) == len(told), "nothing is told twice"


def test_who_comes_when_all_is_done_is_told_that_at_once(service: Service) -> None:
    sha256 = sent(service)
    work(service)
    with follow(service, sha256) as answer:
        assert [event["event"] for event in events(answer)] == ["done"]


def test_who_comes_again_is_not_told_the_same_twice(service: Service) -> None:
    sha256 = sent(service)
    with follow(service, sha256) as answer:
        known = next(events(answer))
    with follow(service, sha256, **{"Last-Event-ID": known["id"]}) as answer:
        work(service)
        heard = list(events(answer))
    assert known["id"] not in [event["id"] for event in heard]
    assert heard[-1]["event"] == "done"


def test_many_who_follow_hold_up_nobody(service: Service) -> None:
    """More than the threads that answer requests: a stream must not keep one."""
    sha256 = sent(service)
    limits = httpx2.Limits(max_connections=100)
    with httpx2.Client(headers=service.headers, timeout=60, limits=limits) as client:
        address = f"{service.url}/v1/assets/{sha256}/events"
        streams = [client.send(client.build_request("GET", address), stream=True) for _ in range(60)]
        try:
            assert [next(events(stream))["event"] for stream in streams] == ["progress"] * 60
            assert client.get(f"{service.url}/v1/assets/{sha256}").status_code == 200
        finally:
            for stream in streams:
                stream.close()
    work(service)


@pytest.mark.parametrize(
    ("asset", "token", "status"), [("0" * 64, True, 404), ("0" * 64, False, 401), ("x", True, 422)]
)
def test_who_may_not_follow_gets_a_problem_and_no_stream(
    service: Service, asset: str, token: bool, status: int
) -> None:
    answer = httpx2.get(f"{service.url}/v1/assets/{asset}/events", headers=service.headers if token else {})
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


def test_a_service_that_ends_ends_its_streams(tmp_path: Path) -> None:
    with serving(tmp_path) as service:
        sha256 = sent(service)
        with follow(service, sha256) as answer:
            stream = events(answer)
            assert next(stream)["event"] == "progress"
            service.stop()
            assert list(stream) == [], "the line is closed in order, so that this is no error"


def test_a_service_with_workers_does_all_by_itself(tmp_path: Path) -> None:
    with serving(tmp_path, workers=1) as service:
        sha256 = sent(service)
        with follow(service, sha256) as answer:
            *_, last = events(answer)
        assert (last["event"], last["data"]["state"]) == ("done", "ready")
        asset = httpx2.get(f"{service.url}/v1/assets/{sha256}", headers=service.headers).json()
        assert {"webxr-mobile", "quick-look"} <= {variant["name"] for variant in asset["variants"]}
        assert list((tmp_path / "work").iterdir()) == []


def test_a_stream_does_not_outlive_its_right_for_long(laptop: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is closed while there is work to follow still; who comes again shows a token again."""
    monkeypatch.setattr(following, "LONGEST", 0.5)
    laptop.organisation("jiangsu")
    laptop.exhibit("loom")
    sha256 = laptop.admin.send("/v1/exhibits/loom/model", box()).json()["sha256"]
    told = laptop.admin.get(f"/v1/assets/{sha256}/events").text
    assert "event: progress" in told
    assert "event: done" not in told
