"""Off-line: what was visited is there again, whole, and what is new comes when the line is back."""

from collections.abc import Callable, Iterator

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import SCREEN
from tests.browser.visitors import new_visitor
from tests.browser.watching import Watch
from tests.serving import Service

NewContext = Callable[..., BrowserContext]

STANDS = "(slug) => window.exhibit?.hall?.slug === slug"
LOADED = """() => {
    const { loader } = window.exhibit.hall;
    loader.begin();  // all of the plan, also what is too far away to be wanted
    return loader.finished.then(({ loaded, failed }) => [loaded.length, failed.length]);
}"""
KEPT = """async (part) => {
    const pages = await (await caches.open("exhibit-pages-1")).keys();
    return pages.some((page) => page.url.includes(part));
}"""
PICTURES = """() => Promise.all([...document.querySelectorAll("main .exhibit img")].map(async (picture) => {
    picture.loading = "eager";
    await picture.decode();
    return picture.naturalWidth;
}))"""
ALL_PICTURES = """async () => {
    const { manifest, loader } = window.exhibit.hall;
    const cache = await caches.open("exhibit-blobs");
    const onGround = (one) => (one.pictures ?? []).filter((picture) => !picture.transparent);
    const smallest = (one) => onGround(one).sort((a, b) => a.width - b.width)[0] ?? one.poster;
    const pictures = manifest.exhibits.map(smallest).filter(Boolean);
    const kept = await Promise.all(pictures.map((one) => cache.match(loader.url(one), { ignoreVary: true })));
    return kept.every(Boolean);
}"""
FIRST_MODEL = """async () => {
    const cache = await caches.open("exhibit-blobs");
    for (const { url } of await cache.keys()) {
        const blob = await (await cache.match(url)).blob();
        if (blob.type === "model/gltf-binary") return [url, blob.size];
    }
}"""
SOUND = """async ([address, range]) => {
    const answer = await fetch(address, { headers: range ? { Range: range } : {} });
    return [answer.status, answer.headers.get("Content-Range"), (await answer.arrayBuffer()).byteLength];
}"""


def visit_and_keep(page: Page, service: Service, hall: str = "shanghai") -> None:
    """A first visit, until all that is kept of it is there."""
    page.goto(f"{service.url}/view/{hall}")
    page.wait_for_function(STANDS, arg=hall)
    assert page.evaluate(LOADED)[1] == 0
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    until(page, KEPT, f"/catalogue/{hall}")
    until(page, ALL_PICTURES, hall)
    page.evaluate(
        "() => window.exhibit.hall.loader.abort()"
    )  # what it would fetch in quiet is not cut off with the line


def until(page: Page, question: str, argument: object = None) -> None:
    """Ask the page again until it says yes; the question may take its time to answer."""
    asking = f"""async (argument) => {{
        const ask = {question};
        while (!await ask(argument)) await new Promise((soon) => setTimeout(soon, 50));
    }}"""
    page.evaluate(asking, argument)


@pytest.fixture(scope="module")
def returning(browser: Browser, service: Service) -> Iterator[BrowserContext]:
    """The browser of someone who has seen the Shanghai hall, and has no line any more: for tests that leave alone what is kept."""
    context = new_visitor(browser, service_workers="allow", viewport=SCREEN)
    watch = Watch(context)
    page = context.new_page()
    visit_and_keep(page, service)
    page.close()
    assert not watch.troubles
    context.set_offline(True)
    yield context
    context.close()


@pytest.fixture
def back(returning: BrowserContext) -> Iterator[Page]:
    """A new page in that browser."""
    page = returning.new_page()
    yield page
    page.close()


def test_a_visited_hall_stands_again_without_a_network(returning: BrowserContext, back: Page, service: Service) -> None:
    watch = Watch(returning)
    back.goto(f"{service.url}/view/shanghai")
    back.wait_for_function(STANDS, arg="shanghai")
    assert back.evaluate(LOADED) == [9, 0]
    assert not watch.troubles


def test_its_catalogue_reads_without_a_network_with_its_pictures(new_context: NewContext, service: Service) -> None:
    context = new_context(service_workers="allow", device_scale_factor=2)
    page = context.new_page()
    visit_and_keep(page, service)
    context.set_offline(True)
    page.goto(f"{service.url}/catalogue/shanghai?lang=zh-Hans")
    expect(page.get_by_role("heading", level=1)).to_have_text("上海展厅（演示）")
    assert min(page.evaluate(PICTURES), default=1) > 0


def test_a_page_that_was_never_visited_says_so(back: Page, service: Service) -> None:
    back.goto(f"{service.url}/view/anhui")
    expect(back.get_by_text("You are off-line")).to_be_visible()
    back.get_by_role("link", name="To the entrance").click()
    expect(back.get_by_role("searchbox")).to_be_visible()


def test_a_kept_file_is_given_in_parts_as_players_ask(back: Page, service: Service) -> None:
    back.goto(f"{service.url}/catalogue/shanghai")
    address, size = back.evaluate(FIRST_MODEL)
    assert back.evaluate(SOUND, [address, None]) == [200, None, size]
    assert back.evaluate(SOUND, [address, "bytes=0-99"]) == [206, f"bytes 0-99/{size}", 100]
    assert back.evaluate(SOUND, [address, "bytes=-7"]) == [206, f"bytes {size - 7}-{size - 1}/{size}", 7]
    assert back.evaluate(SOUND, [address, f"bytes=5-{size * 9}"]) == [206, f"bytes 5-{size - 1}/{size}", size - 5]
    assert back.evaluate(SOUND, [address, f"bytes={size}-"])[:2] == [416, f"bytes */{size}"]


def test_a_new_edition_is_shown_when_the_line_is_back(new_context: NewContext, own_service: Service) -> None:
    context = new_context(service_workers="allow")
    page = context.new_page()
    visit_and_keep(page, own_service)
    edition = page.evaluate("() => window.exhibit.hall.loader.edition")
    context.set_offline(True)
    publish_anew(own_service, "A robot of another name")
    page.goto(f"{own_service.url}/view/shanghai?lang=en")
    page.wait_for_function(STANDS, arg="shanghai")
    assert page.evaluate("() => window.exhibit.hall.loader.edition") == edition
    context.set_offline(False)
    page.goto(f"{own_service.url}/catalogue/shanghai?lang=en")
    expect(page.locator("#welding-robot h3")).to_contain_text("A robot of another name")
    page.goto(f"{own_service.url}/view/shanghai?lang=en")
    page.wait_for_function(STANDS, arg="shanghai")
    assert page.evaluate("() => window.exhibit.hall.loader.edition") == edition + 1


def test_what_nobody_looked_at_is_kept_too_when_all_is_quiet(new_context: NewContext, service: Service) -> None:
    page = new_context(service_workers="allow").new_page()
    page.goto(f"{service.url}/?lang=en")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.goto(f"{service.url}/view/shanghai")
    page.wait_for_function(STANDS, arg="shanghai")
    page.wait_for_function(
        "() => { const { loaded, total } = window.exhibit.hall.loader.progress; return total > 0 && loaded === total; }"
    )


def test_a_hall_that_was_withdrawn_is_forgotten(new_context: NewContext, own_service: Service) -> None:
    context = new_context(service_workers="allow", watch=False)
    page = context.new_page()
    visit_and_keep(page, own_service)
    with httpx2.Client(base_url=own_service.url, headers=own_service.headers, timeout=120) as api:
        state = api.get("/v1/halls/shanghai/editions").raise_for_status()
        api.delete(
            "/v1/halls/shanghai/edition", headers={"If-Match": state.headers.get("etag", "*")}
        ).raise_for_status()
    page.evaluate(
        "(address) => fetch(address, { cache: 'no-cache' }).then(() => true)", "../public/halls/shanghai.json"
    )
    until(page, f"async (part) => !await ({KEPT})(part)", "/catalogue/shanghai")
    until(
        page,
        "async () => !(await (await caches.open('exhibit-documents-1')).keys()).some((one) => one.url.includes('/manifests/'))",
    )


def publish_anew(service: Service, label: str) -> None:
    """Another edition of the hall, in which the robot is called so."""
    with httpx2.Client(base_url=service.url, headers=service.headers, timeout=120) as api:
        told = api.get("/v1/exhibits/welding-robot").raise_for_status()
        exhibit = told.json()
        exhibit["label"]["en"] = label
        etag = told.headers["etag"]
        api.put("/v1/exhibits/welding-robot", json=exhibit, headers={"If-Match": etag}).raise_for_status()
        api.post("/v1/halls/shanghai/editions", json={}).raise_for_status()
