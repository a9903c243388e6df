"""From a ready model to its variants: made, stored, entered once, read by those with a right."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from exhibit_api.accounts.roles import Role
from exhibit_api.assets.due import GATE, LATE, PROCESS
from exhibit_api.assets.renew import enqueue_renewal
from exhibit_api.assets.tables import Asset, Variant, variant_key
from exhibit_api.db import transaction
from exhibit_api.jobs.queue import enqueue
from exhibit_api.jobs.tables import Job, JobState, job_of
from exhibit_api.pipeline import recipes
from tests.acting import House
from tests.gltf.building import box, box_model, glb, png, triangle
from tests.looking import keys, left_over, problem
from tests.pipeline.drawing import require_graphics

NEXT = recipes.RECIPE_VERSION + 1
PROFILES = {"webxr-high", "webxr-mobile", "scene-viewer", "mini-program", "quick-look"}

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture(autouse=True)
def _jiangsu(request: pytest.FixtureRequest) -> None:
    for name in {"house", "laptop"} & set(request.fixturenames):
        request.getfixturevalue(name).organisation("jiangsu")


def processed(house: House, slug: str, model: bytes) -> dict[str, Any]:
    """The asset of a new exhibit's model after all work on it."""
    sha256 = house.send(house.exhibit(slug), model)
    assert house.work(PROCESS) == 1
    return house.asset(sha256)


def job(house: House, sha256: str) -> Job | None:
    with transaction(house.site.sessions, reads_only=True) as session:
        return job_of(session, PROCESS, sha256)


def names(asset: dict[str, Any]) -> list[str]:
    return [variant["name"] for variant in asset["variants"]]


def read(house: House, address: str, **headers: str) -> httpx2.Response:
    answer = house.client.get(address, headers=house.admin.headers | headers, follow_redirects=False)
    return httpx2.get(answer.headers["Location"], headers=headers) if answer.status_code == 307 else answer


def test_a_model_is_received_then_ready_then_has_its_variants(house: House) -> None:
    asset = processed(house, "loom", triangle(png(64, 64)))
    assert (asset["state"], asset["recipe"]) == ("ready", NEXT - 1)
    made = {variant["name"]: variant for variant in asset["variants"]}
    assert set(made) >= PROFILES
    assert ("poster", "NO_GRAPHICS") in {(reason["name"], reason["code"]) for reason in asset["reasons"]}
    assert [(work["kind"], work["state"]) for work in asset["processing"]] == [("gate", "done"), ("process", "done")]
    for name, variant in made.items():
        answer = read(house, variant["url"])
        assert hashlib.sha256(answer.content).hexdigest() == variant["sha256"], name
        assert (len(answer.content), answer.headers["Content-Type"]) == (variant["bytes"], variant["mediaType"])
        assert (variant["measures"] is None) == (variant["mediaType"] == "image/webp")
    assert made["quick-look"]["mediaType"] == "model/vnd.usdz+zip"
    for reason in asset["reasons"]:
        assert reason["message"].keys() == {"zh-Hans", "en"}
    workshop = house.site.settings.workshop
    assert list(workshop.iterdir()) == []
    assert left_over(house.site) == 0


def test_the_master_serves_where_nothing_better_can_be_made(house: House) -> None:
    asset = processed(house, "loom", box())
    reasons = {(reason["name"], reason["code"]) for reason in asset["reasons"]}
    assert ("webxr-mobile", "MASTER_IS_BEST") in reasons
    made = {variant["name"]: variant for variant in asset["variants"]}
    assert made["webxr-mobile"]["sha256"] == asset["sha256"]
    assert read(house, made["webxr-mobile"]["url"]).content == box()
    assert f"vault/variants/{asset['sha256']}.glb" not in keys(house.site.store)


def test_a_variant_is_read_by_range_and_by_its_tag(laptop: House) -> None:
    asset = processed(laptop, "loom", box())
    address = f"/v1/assets/{asset['sha256']}/variants/quick-look"
    whole = laptop.admin.get(address)
    part = laptop.admin.get(address, Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert laptop.admin.get(address, **{"If-None-Match": whole.headers["ETag"]}).status_code == 304
    assert whole.headers["Cache-Control"] == "private, no-store"
    head = laptop.client.head(address, headers=laptop.admin.headers)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(whole.content)))
    problem(laptop.admin.get(f"/v1/assets/{asset['sha256']}/variants/hologram"), 404, "'hologram'")
    problem(laptop.admin.get(f"/v1/assets/{'0' * 64}/variants/quick-look"), 404)


def test_variants_of_a_draft_are_for_those_who_may_read_it(laptop: House) -> None:
    laptop.organisation("anhui")
    asset = processed(laptop, "loom", box())
    stranger = laptop.person(Role.CURATOR, "anhui")
    for variant in asset["variants"]:
        problem(stranger.get(variant["url"]), 403, "curator of anhui")
        problem(laptop.visitor.get(variant["url"]), 401)
        ending = variant["mediaType"].removeprefix("model/").removeprefix("image/")
        assert laptop.fetch(f"/public/blobs/{variant['sha256']}.{ending}").status_code == 404


def test_a_model_with_an_extension_that_the_tools_do_not_know_is_published_as_it_is(laptop: House) -> None:
    json, data = box_model()
    asset = processed(laptop, "loom", glb(json | {"extensionsUsed": ["FB_ngon_encoding"]}, data))
    assert asset["validation"]["unknownExtensions"] == ["FB_ngon_encoding"]
    unknown = {reason["name"] for reason in asset["reasons"] if reason["code"] == "UNKNOWN_EXTENSION"}
    assert unknown >= PROFILES
    assert not PROFILES & {variant["name"] for variant in asset["variants"]}


def test_what_was_made_once_is_not_made_again(house: House) -> None:
    asset = processed(house, "loom", box())
    stored = {key: house.site.store.stat(key).modified for key in keys(house.site.store)}
    house.send(house.exhibit("pump"), box())
    assert house.work(PROCESS) == 1, "it asks whether pictures can be drawn now"
    assert house.asset(asset["sha256"])["variants"] == asset["variants"]
    with transaction(house.site.sessions) as session:
        enqueue(session, PROCESS, asset["sha256"])
    assert house.work(PROCESS) == 1
    again = house.asset(asset["sha256"])
    assert again["variants"] == asset["variants"]
    assert {key: house.site.store.stat(key).modified for key in keys(house.site.store)} == stored


def test_a_file_sent_by_many_at_once_is_processed_once(house: House) -> None:
    exhibits = [house.exhibit(f"loom-{at}") for at in range(4)]
    together = Barrier(len(exhibits))

    def send(exhibit: str) -> int:
        together.wait()
        return house.admin.send(f"/v1/exhibits/{exhibit}/model", box()).status_code

    with ThreadPoolExecutor(len(exhibits)) as pool:
        assert list(pool.map(send, exhibits)) == [202] * len(exhibits)
    assert (house.work(GATE), house.work(PROCESS)) == (1, 1)
    with transaction(house.site.sessions, reads_only=True) as session:
        assert session.scalar(select(func.count()).select_from(Asset)) == 1
        names = session.scalars(select(Variant.name)).all()
    assert len(names) == len(set(names))


def test_a_new_recipe_makes_the_variants_of_shown_models_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = processed(house, "loom", box())
    replaced = processed(house, "pump", box((2, 2, 2)))
    house.send("pump", box())
    house.work()
    assert enqueue_renewal(house.site.sessions) == 0
    monkeypatch.setattr(recipes, "RECIPE_VERSION", NEXT)
    assert enqueue_renewal(house.site.sessions) == 1
    renewal = job(house, shown["sha256"])
    assert renewal is not None
    assert (renewal.state, renewal.priority) == ("queued", LATE)
    house.work()
    assert house.asset(shown["sha256"])["recipe"] == NEXT
    assert names(house.asset(shown["sha256"])) == names(shown)
    assert house.asset(replaced["sha256"])["recipe"] == NEXT - 1
    assert enqueue_renewal(house.site.sessions) == 0


def test_a_new_recipe_leaves_published_editions_as_they_are(laptop: House, monkeypatch: pytest.MonkeyPatch) -> None:
    hall = laptop.hall()
    laptop.place(hall, laptop.exhibit("loom", triangle(png(64, 64))))
    laptop.work()
    laptop.publish(hall)
    before = {key: laptop.site.store.read(key) for key in keys(laptop.site.store, "public/")}
    monkeypatch.setattr(recipes, "RECIPE_VERSION", NEXT)
    assert enqueue_renewal(laptop.site.sessions) == 1
    laptop.work()
    assert {key: laptop.site.store.read(key) for key in keys(laptop.site.store, "public/")} == before


def entered_reason(house: House, sha256: str, code: str) -> None:
    """As if the tools had not been able to make everything."""
    with transaction(house.site.sessions) as session:
        asset = session.get(Asset, sha256)
        assert asset is not None
        asset.reasons = [{"name": "lod1", "code": code, "message": {"zh-Hans": "无", "en": "none"}}]


def test_what_this_machine_can_make_now_is_asked_for_at_the_next_start(house: House) -> None:
    sha256 = processed(house, "loom", box())["sha256"]
    assert enqueue_renewal(house.site.sessions) == 0, "it cannot draw still"
    entered_reason(house, sha256, "NO_TOOLBOX")
    assert enqueue_renewal(house.site.sessions) == 1
    house.work()
    assert {reason["code"] for reason in house.asset(sha256)["reasons"]} >= {"NO_GRAPHICS"}
    entered_reason(house, sha256, "TOOL_STOPPED")
    assert enqueue_renewal(house.site.sessions) == 0


@pytest.mark.parametrize(("code", "again"), [("TOOL_STOPPED", True), ("NO_TOOLBOX", True), ("TOO_HEAVY", False)])
def test_a_model_that_comes_again_is_tried_again_where_that_may_help(laptop: House, code: str, again: bool) -> None:
    sha256 = processed(laptop, "loom", box())["sha256"]
    laptop.exhibit("pump")
    for come_again in (
        lambda: laptop.send("loom", box()),
        lambda: laptop.admin.put("/v1/exhibits/pump/model/asset", {"sha256": sha256}),
    ):
        entered_reason(laptop, sha256, code)
        come_again()
        assert laptop.work(PROCESS) == again
        codes = {reason["code"] for reason in laptop.asset(sha256)["reasons"]}
        assert (code in codes) is not again


def test_a_poster_is_made_once_there_are_graphics(laptop: House, monkeypatch: pytest.MonkeyPatch) -> None:
    sha256 = processed(laptop, "loom", box())["sha256"]
    monkeypatch.undo()
    require_graphics()
    assert enqueue_renewal(laptop.site.sessions) == 1
    laptop.work()
    asset = laptop.asset(sha256)
    assert "poster-512" in names(asset)
    assert enqueue_renewal(laptop.site.sessions) == 0


def test_a_gate_that_failed_is_tried_again_at_the_next_start(laptop: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as unequipped:
        unequipped.setattr("exhibit_api.pipeline.tools.SCRIPT", Path("/nowhere"))
        sha256 = laptop.send(laptop.exhibit("loom"), box())
    assert laptop.asset(sha256)["state"] == "received"
    assert enqueue_renewal(laptop.site.sessions) == 1
    laptop.work(GATE)
    assert laptop.asset(sha256)["state"] == "ready"


def test_a_start_does_not_ask_for_what_waits_runs_or_ended_its_workers(house: House) -> None:
    sha256 = house.send(house.exhibit("loom"), box())
    for state, attempt, asked in (
        (JobState.QUEUED, 0, 0),
        (JobState.RUNNING, 1, 0),
        (JobState.FAILED, 5, 0),
        (JobState.FAILED, 1, 1),
    ):
        with transaction(house.site.sessions) as session:
            found = job_of(session, PROCESS, sha256)
            assert found is not None
            found.state, found.attempt, found.again = state, attempt, False
        assert enqueue_renewal(house.site.sessions) == asked, state
        found = job(house, sha256)
        assert found is not None
        assert (found.state, found.again) == (JobState.QUEUED if asked else state, False)


def test_rows_name_objects_that_are_there(house: House) -> None:
    asset = processed(house, "loom", triangle(png(64, 64)))
    stored = keys(house.site.store, "vault/variants/")
    made = {
        variant_key(variant["sha256"], variant["mediaType"])
        for variant in asset["variants"]
        if variant["sha256"] != asset["sha256"]
    }
    assert made == stored
