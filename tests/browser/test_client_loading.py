"""The library in a real browser: profiles, the load plan, its order, its progress, what is kept for the next visit."""

import gzip
import json
import threading
import urllib.request
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser.client_hall import POINTER, MadeHall, hall_of
from tests.browser.client_page import BLANK, CLIENT, END, SCRIPT, load_hall, open_hall
from tests.browser.client_server import Answering, Origin, misbehaving, properly
from tests.serving import Service

pytest_plugins = ["tests.browser.client_fixtures"]


def test_the_library_alone_is_under_15_kb_gzipped() -> None:
    assert len(gzip.compress(CLIENT.read_bytes(), 9)) < 15_000


def test_a_hall_is_loaded_with_progress_that_ends_exactly_at_the_total(visitor: Page, origin: Origin) -> None:
    hall = hall_of(300_000, 200_000, 5)
    origin.files |= hall.files
    told = load_hall(visitor, POINTER)
    assert sorted(told["loaded"]) == ["exhibits/one", "exhibits/three", "exhibits/two"]
    assert sorted(size for _, size, _ in told["told"]["models"]) == [5, 200_000, 300_000]
    assert {kind for _, _, kind in told["told"]["models"]} == {"model/gltf-binary"}
    steps = [progress["loaded"] for progress in told["told"]["progress"]]
    assert steps == sorted(steps)
    assert told["told"]["progress"][-1] == {"loaded": 500_005, "total": 500_005, "files": 3, "of": 3}
    assert told["progress"] == told["told"]["progress"][-1]


def test_progress_is_told_while_a_large_file_comes(visitor: Page, origin: Origin) -> None:
    hall = hall_of(400_000)
    origin.files |= hall.files
    go_on = threading.Event()

    def halfway(to: Answering) -> None:
        to.head(200, Content_Length=str(len(to.body)))
        to.send(to.body[:150_000])
        go_on.wait(60)
        to.send(to.body[150_000:])

    origin.orders_for(hall.path("one"), halfway)
    open_hall(visitor, POINTER)
    visitor.wait_for_function("hall.progress.loaded === 150_000")
    assert visitor.evaluate("hall.progress") == {"loaded": 150_000, "total": 400_000, "files": 0, "of": 1}
    go_on.set()
    assert visitor.evaluate(END)["progress"]["loaded"] == 400_000


def test_the_same_file_twice_is_loaded_and_counted_once(visitor: Page, origin: Origin) -> None:
    model = b"a model that stands in two places"
    hall = MadeHall({"left": model, "right": model, "other": b"another"})
    origin.files |= hall.files
    told = load_hall(visitor, POINTER)
    assert sorted(identity for identity, _, _ in told["told"]["models"]) == [
        "exhibits/left",
        "exhibits/other",
        "exhibits/right",
    ]
    assert told["progress"] == {"loaded": 40, "total": 40, "files": 2, "of": 2}
    assert len(origin.blobs_asked) == 2


def test_a_second_visit_asks_for_no_file_again_and_counts_what_was_kept(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100_000, 50_000)
    origin.files |= hall.files
    load_hall(visitor, POINTER)
    assert len(origin.blobs_asked) == 2
    visitor.reload()
    told = load_hall(visitor, POINTER)
    assert len(told["loaded"]) == 2
    assert told["progress"] == {"loaded": 150_000, "total": 150_000, "files": 2, "of": 2}
    assert len(origin.blobs_asked) == 2


def test_what_is_kept_lies_by_its_address_in_the_cache_that_the_service_worker_shares(
    visitor: Page, origin: Origin
) -> None:
    hall = hall_of(1000)
    origin.files |= hall.files
    load_hall(visitor, POINTER)
    keys = visitor.evaluate("caches.open('exhibit-blobs').then((c) => c.keys()).then((k) => k.map((r) => r.url))")
    assert keys == [origin.url + hall.path("one")]


def test_nothing_is_kept_where_the_cache_is_switched_off(visitor: Page, origin: Origin) -> None:
    hall = hall_of(1000)
    origin.files |= hall.files
    load_hall(visitor, POINTER, cache=False)
    assert visitor.evaluate("caches.keys()") == []


def test_a_kept_file_that_went_bad_is_thrown_away_and_fetched_again(visitor: Page, origin: Origin) -> None:
    hall = hall_of(1000)
    origin.files |= hall.files
    load_hall(visitor, POINTER)
    spoil = """async () => {
      const cache = await caches.open("exhibit-blobs");
      for (const key of await cache.keys()) await cache.put(key, new Response(new Uint8Array(1000)));
    }"""
    visitor.evaluate(spoil)
    visitor.reload()
    assert len(load_hall(visitor, POINTER)["loaded"]) == 1
    assert len(origin.blobs_asked) == 2
    visitor.reload()
    assert len(load_hall(visitor, POINTER)["loaded"]) == 1
    assert len(origin.blobs_asked) == 2


def test_a_cache_without_room_never_breaks_loading(visitor: Page, origin: Origin) -> None:
    hall = hall_of(1000, 2000)
    origin.files |= hall.files
    visitor.evaluate(
        "() => { Cache.prototype.put = () => Promise.reject(new DOMException('no room', 'QuotaExceededError')) }"
    )
    told = load_hall(visitor, POINTER)
    assert len(told["loaded"]) == 2
    assert told["told"]["unhandled"] == []


def test_no_more_requests_run_at_a_time_than_allowed(visitor: Page, origin: Origin) -> None:
    hall = hall_of(*[100 + size for size in range(12)])
    origin.files |= hall.files
    running, most, lock = set[str](), [0], threading.Lock()

    def counted(to: Answering) -> None:
        with lock:
            running.add(to.asked.path)
            most[0] = max(most[0], len(running))
        visitor_sees.wait(0.05)
        with lock:
            running.discard(to.asked.path)
        properly(to)

    visitor_sees = threading.Event()
    for slug in hall.models:
        origin.orders_for(hall.path(slug), counted)
    assert len(load_hall(visitor, POINTER, parallel=3)["loaded"]) == 12
    assert most[0] == 3


def test_models_come_in_the_order_of_the_load_plan(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100, 200, 300, 400)
    origin.files |= hall.files
    load_hall(visitor, POINTER, parallel=1)
    assert origin.blobs_asked == [hall.path(slug) for slug in ("one", "two", "three", "four")]


def test_who_comes_next_is_asked_whenever_a_place_is_free(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100, 200, 300, 400)
    origin.files |= hall.files
    ranked = """async () => {
      const { loadHall } = await import("/exhibit-client.js");
      let turned = false;
      const looks = { "exhibits/three": 5, "exhibits/one": 1 };
      const turns = { "exhibits/two": 9, "exhibits/four": 1 };
      const hall = await loadHall("/public/halls/test.json", { parallel: 1, profile: "master", follow: false });
      hall.rank(({ id }) => (turned ? turns : looks)[id] ?? 0);
      hall.on("model", () => turned = true);
      await hall.finished;
    }"""
    visitor.evaluate(ranked)
    assert origin.blobs_asked == [hall.path(slug) for slug in ("three", "two", "four", "one")]


def test_a_model_that_is_asked_for_comes_before_all_that_waits(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100, 200, 300, 400)
    origin.files |= hall.files
    asked = """async () => {
      const { loadHall } = await import("/exhibit-client.js");
      const hall = await loadHall("/public/halls/test.json", { parallel: 1, profile: "master", follow: false });
      const { data, variant, exhibit, url } = await hall.model(hall.exhibit("four"));
      await hall.finished;
      return [data.size, variant.profile, exhibit.id, url.pathname];
    }"""
    assert visitor.evaluate(asked) == [400, "master", "exhibits/four", hall.path("four")]
    assert origin.blobs_asked[0] == hall.path("four")
    assert len(origin.blobs_asked) == 4


def test_only_what_the_page_wants_is_in_the_plan_and_the_rest_can_still_be_had(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100, 200)
    origin.files |= hall.files
    some = """async () => {
      const { loadHall } = await import("/exhibit-client.js");
      const only = ({ id }) => id === "exhibits/one";
      const hall = await loadHall("/public/halls/test.json", { only, profile: "master", follow: false });
      const { loaded } = await hall.finished;
      const { total } = hall.progress;
      return [loaded.length, total, (await hall.model(hall.exhibit("two"))).data.size];
    }"""
    assert visitor.evaluate(some) == [1, 100, 200]


def test_nothing_is_loaded_before_begin_where_the_page_said_so(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100, 200)
    origin.files |= hall.files
    open_hall(visitor, POINTER, begin=False)
    assert visitor.evaluate("hall.model(hall.exhibit('two')).then(({ data }) => data.size)") == 200
    assert origin.blobs_asked == [hall.path("two")]
    visitor.evaluate("hall.begin()")
    assert len(visitor.evaluate(END)["loaded"]) == 2


def test_any_resource_can_be_had_and_is_fetched_once_for_all_who_ask(visitor: Page, origin: Origin) -> None:
    hall = hall_of(5000)
    origin.files |= hall.files
    open_hall(visitor, POINTER, begin=False)
    asked = """async () => {
      const variant = hall.variantOf(hall.exhibit("one"));
      const blobs = await Promise.all([hall.blob(variant), hall.blob(variant, { rank: 3 }), hall.blob(variant)]);
      return [blobs.map(({ size }) => size), hall.url(variant).href];
    }"""
    assert visitor.evaluate(asked) == [[5000, 5000, 5000], origin.url + hall.path("one")]
    assert len(origin.blobs_asked) == 1


def test_a_hall_of_1000_exhibits_is_loaded_whole(visitor: Page, origin: Origin) -> None:
    hall = hall_of(*[200 + size for size in range(1000)])
    origin.files |= hall.files
    told = load_hall(visitor, POINTER)
    assert len(told["loaded"]) == 1000
    assert told["progress"] == {"loaded": hall.total, "total": hall.total, "files": 1000, "of": 1000}
    assert len(origin.blobs_asked) == 1000


def test_a_listener_that_throws_does_not_stop_the_others(visitor: Page, origin: Origin) -> None:
    origin.files |= hall_of(100, 200).files
    throwing = """async () => {
      const { loadHall } = await import("/exhibit-client.js");
      const hall = await loadHall("/public/halls/test.json", { profile: "master", follow: false });
      hall.on("model", () => { throw new Error("the page's own mistake"); });
      hall.rank(() => { throw new Error("another"); });
      return (await hall.finished).loaded.length;
    }"""
    assert visitor.evaluate(throwing) == 2


def test_files_of_another_origin_are_loaded_too(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100_000, 200)
    with misbehaving(hall.files) as elsewhere:
        told = load_hall(visitor, elsewhere.url + POINTER)
        assert len(told["loaded"]) == 2
        assert len(elsewhere.blobs_asked) == 2


def test_a_demo_hall_of_the_real_service_is_loaded_by_every_address_it_has(
    new_context: Callable[..., BrowserContext], service: Service
) -> None:
    manifest = _json(f"{service.url}/v1/halls/shanghai/manifest")
    planned = sum(step["bytes"] for step in manifest["loadPlan"]["webxr-mobile"])
    ways = ("public/halls/shanghai.json", "v1/halls/shanghai", "v1/halls/shanghai/manifest")
    for way in (*ways, "v1/halls/shanghai/manifest?profile=webxr-mobile"):
        page = new_context().new_page()
        page.route("**/test-page", lambda route: route.fulfill(body=BLANK, content_type="text/html"))
        page.route(f"**{SCRIPT}", lambda route: route.fulfill(path=CLIENT))
        page.goto(f"{service.url}/test-page")
        told: dict[str, Any] = load_hall(page, f"/{way}", profile="webxr-mobile", verify=True)
        assert told["profile"] == "webxr-mobile", way
        assert len(told["loaded"]) == len(manifest["exhibits"]), way
        assert told["progress"]["loaded"] == told["progress"]["total"] == planned, way
        assert page.evaluate("hall.manifest.hall.slug") == "shanghai"


def _json(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url) as answer:
        read: dict[str, Any] = json.load(answer)
    return read
