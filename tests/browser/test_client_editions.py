"""The library in a real browser: a hall that is published again while someone stands in it."""

from playwright.sync_api import Page

from tests.browser.client_hall import POINTER, MadeHall, hall_of
from tests.browser.client_page import END, open_hall
from tests.browser.client_server import Origin, status

pytest_plugins = ["tests.browser.client_fixtures"]

FOLLOW = """() => {
  window.editions = [];
  hall.on("edition", ({ hall, changed }) => {
    window.next = hall;
    window.editions.push({ edition: hall.edition, changed });
  });
}"""
NEXT = """async () => {
  const { loaded, failed } = await window.next.finished;
  return { loaded: loaded.length, failed: failed.length, progress: window.next.progress, ...window.editions.at(-1) };
}"""


def standing_in(visitor: Page, origin: Origin, hall: MadeHall, url: str = POINTER) -> None:
    """Load the hall, and look for new editions all the time."""
    origin.files |= hall.files
    open_hall(visitor, url, follow=0.1)
    visitor.evaluate(FOLLOW)
    assert len(visitor.evaluate(END)["loaded"]) == len(hall.models)
    origin.asked.clear()


def test_a_new_edition_loads_only_what_changed(visitor: Page, origin: Origin) -> None:
    hall = hall_of(10_000, 20_000, 30_000)
    standing_in(visitor, origin, hall)
    later = hall.with_model("two", b"another model").with_model("new", b"a new one").without("three").moving("one")
    origin.files |= later.files
    visitor.wait_for_function("window.next")
    told = visitor.evaluate(NEXT)
    assert told["edition"] == later.edition
    assert told["changed"] == {
        "added": ["exhibits/new"],
        "removed": ["exhibits/three"],
        "moved": ["exhibits/one"],
        "changed": ["exhibits/two"],
    }
    assert sorted(origin.blobs_asked) == sorted([later.path("two"), later.path("new")])
    assert told["loaded"] == 3
    assert told["progress"] == {"loaded": later.total, "total": later.total, "files": 3, "of": 3}


def test_the_pointer_is_asked_for_with_its_etag_and_answers_304(visitor: Page, origin: Origin) -> None:
    standing_in(visitor, origin, hall_of(10))
    visitor.wait_for_function(
        "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/halls/')).length > 3"
    )
    looks = origin.asked_for(POINTER)
    assert {look.status for look in looks[:2]} == {304}
    assert visitor.evaluate("window.editions") == []


def test_a_hall_that_was_opened_by_its_manifest_is_followed_by_its_pointer(visitor: Page, origin: Origin) -> None:
    hall = hall_of(10, 20)
    address = next(path for path in hall.files if "/manifests/" in path)
    standing_in(visitor, origin, hall, address)
    origin.files |= hall.without("two").files
    visitor.wait_for_function("window.next")
    assert visitor.evaluate(NEXT)["changed"]["removed"] == ["exhibits/two"]
    assert origin.blobs_asked == []


def test_one_edition_follows_the_other(visitor: Page, origin: Origin) -> None:
    hall = hall_of(10, 20)
    standing_in(visitor, origin, hall)
    second = hall.moving("one")
    origin.files |= second.files
    visitor.wait_for_function("window.next")
    visitor.evaluate("hall = window.next; window.next = undefined")
    visitor.evaluate(FOLLOW)
    origin.files |= second.with_model("three", b"third").files
    visitor.wait_for_function("window.next")
    assert visitor.evaluate(NEXT)["edition"] == 3
    assert visitor.evaluate("window.editions.length") == 1


def test_trouble_at_looking_leaves_the_hall_as_it_is_and_the_next_look_sees(visitor: Page, origin: Origin) -> None:
    hall = hall_of(10, 20)
    standing_in(visitor, origin, hall)
    origin.orders_for(POINTER, status(500), status(404), status(503))
    later = hall.moving("two")
    origin.files |= later.files
    visitor.wait_for_function("window.next")
    assert visitor.evaluate(NEXT)["changed"]["moved"] == ["exhibits/two"]
    assert visitor.evaluate("told.unhandled") == []


def test_nobody_looks_while_the_page_is_hidden_or_after_an_abort(visitor: Page, origin: Origin) -> None:
    hall = hall_of(10, 20)
    origin.files |= hall.files
    visitor.clock.install()
    visitor.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })")
    open_hall(visitor, POINTER, follow=60)
    visitor.evaluate(FOLLOW)
    visitor.evaluate(END)
    visitor.clock.fast_forward(600_000)
    origin.files |= hall.moving("one").files
    visitor.evaluate("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))")
    visitor.clock.fast_forward(1)
    visitor.wait_for_function("window.next")
    assert len(origin.asked_for(POINTER)) == 2
    visitor.evaluate("window.next.on('edition', () => {}); hall.abort(); window.next.abort()")
    visitor.clock.fast_forward(600_000)
    visitor.evaluate("fetch('/').then(({ status }) => status)")
    assert len(origin.asked_for(POINTER)) == 2
