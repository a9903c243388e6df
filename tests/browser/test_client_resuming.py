"""The library in a real browser, on lines that stall, break and are lost, and with pages that end what they began."""

import threading

import pytest
from playwright.sync_api import Page

from tests.browser.client_hall import POINTER, hall_of
from tests.browser.client_page import END, load_hall, open_hall
from tests.browser.client_server import (
    Answering,
    Behaviour,
    Origin,
    cutting,
    misbehaving,
    properly,
    silent,
    stalling,
    status,
    without_ranges,
    wrong_range,
)

pytest_plugins = ["tests.browser.client_fixtures"]


def test_a_stalled_file_goes_on_from_the_byte_where_it_ended(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100_000)
    origin.files |= hall.files
    origin.orders_for(hall.path("one"), stalling(60_000))
    told = load_hall(visitor, POINTER, stallSeconds=0.5)
    assert told["loaded"] == ["exhibits/one"]
    first, second = origin.asked_for(hall.path("one"))
    assert (first.status, first.sent) == (200, 60_000)
    assert (second.status, second.sent) == (206, 40_000)
    assert second.headers["range"] == "bytes=60000-"
    assert second.headers["if-range"] == f'"{hall.path("one").rpartition("/")[2].removesuffix(".glb")}"'


def test_a_file_whose_line_broke_goes_on_from_the_byte_where_it_ended(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100_000)
    origin.files |= hall.files
    break_now = threading.Event()
    origin.orders_for(hall.path("one"), cutting(60_000, break_now))
    open_hall(visitor, POINTER)
    visitor.wait_for_function("hall.progress.loaded === 60_000")
    break_now.set()
    assert visitor.evaluate(END)["loaded"] == ["exhibits/one"]
    assert [(asked.status, asked.sent) for asked in origin.asked_for(hall.path("one"))] == [
        (200, 60_000),
        (206, 40_000),
    ]


def test_a_line_that_breaks_again_and_again_wins_through_while_something_comes(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100_000)
    origin.files |= hall.files

    def some(to: Answering) -> None:
        begins = int(to.asked.headers.get("range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        rest = len(to.body) - begins
        about = f"bytes {begins}-{len(to.body) - 1}/{len(to.body)}"
        to.head(206 if begins else 200, Content_Length=str(rest), Content_Range=about)
        to.send(to.body[begins : begins + 20_000])
        to.origin.closing.wait(60)
        to.hang_up()

    origin.orders_for(hall.path("one"), some, some, some, some)
    assert load_hall(visitor, POINTER, stallSeconds=0.3, retries=1)["loaded"] == ["exhibits/one"]
    assert [asked.sent for asked in origin.asked_for(hall.path("one"))] == [20_000] * 5


@pytest.mark.parametrize("behaviour", [without_ranges, wrong_range, status(416)])
def test_a_server_that_cannot_go_on_is_asked_for_everything(
    visitor: Page, origin: Origin, behaviour: Behaviour
) -> None:
    hall = hall_of(100_000)
    origin.files |= hall.files
    origin.orders_for(hall.path("one"), stalling(60_000), behaviour)
    told = load_hall(visitor, POINTER, stallSeconds=0.4)
    assert told["loaded"] == ["exhibits/one"]
    steps = [progress["loaded"] for progress in told["told"]["progress"]]
    assert steps == sorted(steps)
    assert steps[-1] == 100_000


def test_a_file_that_became_another_one_meanwhile_is_not_pieced_together(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100_000)
    origin.files |= hall.files

    def other_then_stall(to: Answering) -> None:
        to.head(200, Content_Length="100000", ETag='"another"')
        to.send(b"y" * 60_000)
        to.origin.closing.wait(60)
        to.hang_up()

    origin.orders_for(hall.path("one"), other_then_stall)
    assert load_hall(visitor, POINTER, stallSeconds=0.4)["loaded"] == ["exhibits/one"]
    assert [asked.sent for asked in origin.asked_for(hall.path("one"))] == [60_000, 100_000]


def test_a_file_of_another_origin_goes_on_without_a_preflight(visitor: Page) -> None:
    hall = hall_of(100_000)
    with misbehaving(hall.files) as elsewhere:
        elsewhere.orders_for(hall.path("one"), stalling(60_000))
        told = load_hall(visitor, elsewhere.url + POINTER, stallSeconds=0.4)
        assert told["loaded"] == ["exhibits/one"]
        assert [asked.sent for asked in elsewhere.asked_for(hall.path("one"))] == [60_000, 40_000]


def test_a_line_that_is_lost_is_waited_for_and_loading_goes_on_when_it_is_back(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100_000, 50)
    origin.files |= hall.files
    break_now = threading.Event()
    origin.orders_for(hall.path("one"), cutting(60_000, break_now))
    visitor.evaluate(
        """() => {
            tries = 0, inVain = 0;
            const { fetch } = window;
            window.fetch = (...of) => (tries += 1, fetch(...of).catch((error) => { inVain += 1; throw error; }));
        }"""
    )
    open_hall(visitor, POINTER, retries=0, parallel=1)
    visitor.wait_for_function("hall.progress.loaded === 60_000")
    visitor.context.set_offline(True)
    break_now.set()
    visitor.wait_for_function("tries === 4 && inVain === 1")  # two documents, the file, and the other file in vain
    visitor.context.set_offline(False)
    told = visitor.evaluate(END)
    assert told["told"]["failures"] == []
    assert len(told["loaded"]) == 2
    assert [asked.sent for asked in origin.asked_for(hall.path("one"))] == [60_000, 40_000]


def test_abort_ends_every_request_and_leaves_nothing_behind(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100_000, 100_000, 3000)
    origin.files |= hall.files
    origin.orders_for(hall.path("one"), stalling(500))
    origin.orders_for(hall.path("two"), stalling(500))
    open_hall(visitor, POINTER, parallel=2)
    visitor.wait_for_function("hall.progress.loaded === 1000")
    visitor.evaluate("() => { window.asking = hall.model(hall.exhibit('three')).catch((error) => error.code) }")
    visitor.evaluate("stop.abort()")
    told = visitor.evaluate(END)
    assert told["error"]["code"] == "aborted"
    assert visitor.evaluate("window.asking") == "aborted"
    assert told["told"]["failures"] == []
    assert told["told"]["unhandled"] == []
    assert hall.path("three") not in origin.blobs_asked
    assert visitor.evaluate("hall.model(hall.exhibit('three')).catch((error) => error.code)") == "aborted"


def test_abort_before_the_manifest_came_refuses_the_hall(visitor: Page, origin: Origin) -> None:
    origin.files |= hall_of(10).files
    origin.orders_for(POINTER, silent)
    early = """async (url) => {
      const { loadHall } = await import("/exhibit-client.js");
      const stop = new AbortController();
      const loading = loadHall(url, { signal: stop.signal, profile: "master" }).catch((error) => error.code);
      setTimeout(() => stop.abort());
      return await loading;
    }"""
    assert visitor.evaluate(early, POINTER) == "aborted"
    assert visitor.evaluate(early.replace("setTimeout(() => stop.abort())", "stop.abort()"), POINTER) == "aborted"


def test_a_wish_that_is_taken_back_ends_the_request_only_where_nobody_else_waits(visitor: Page, origin: Origin) -> None:
    hall = hall_of(1000)
    origin.files |= hall.files
    go_on = threading.Event()

    def late(to: Answering) -> None:
        go_on.wait(60)
        properly(to)

    origin.orders_for(hall.path("one"), late)
    open_hall(visitor, POINTER, begin=False)
    visitor.evaluate("""() => {
      const variant = hall.variantOf(hall.exhibit("one"));
      const first = new AbortController();
      window.first = hall.blob(variant, { signal: first.signal }).catch((error) => error.code);
      window.second = hall.blob(variant).then(({ size }) => size);
      first.abort();
    }""")
    assert visitor.evaluate("window.first") == "aborted"
    go_on.set()
    assert visitor.evaluate("window.second") == 1000
    assert len(origin.blobs_asked) == 1


def test_a_file_that_stalls_for_all_is_not_in_the_way_of_the_next_try(visitor: Page, origin: Origin) -> None:
    hall = hall_of(1000, 2000, 3000)
    origin.files |= hall.files
    origin.orders_for(hall.path("one"), silent)
    told = load_hall(visitor, POINTER, parallel=1, stallSeconds=0.3)
    assert sorted(told["loaded"]) == ["exhibits/one", "exhibits/three", "exhibits/two"]
    assert origin.blobs_asked == [hall.path(slug) for slug in ("one", "two", "three", "one")]
