"""The five demo halls as visitors see them, and what happens where something is wrong."""

import hashlib
import json
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import brightness, colours, difference, screenshot, share_of_black
from tests.serving import Service

Visit = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

ALL_DRAWN = """() => [...window.exhibit.hall.exhibits.all.values()].every(
    (one) => ["lod", "full"].includes(one.state))"""
NO_EXHIBITS = "() => { window.exhibit.hall.exhibits.root.visible = false; window.exhibit.stage.invalidate(); }"
ALL_EXHIBITS = "() => { window.exhibit.hall.exhibits.root.visible = true; window.exhibit.stage.invalidate(); }"
DRAWN = """() => new Promise((done) => {
    const before = window.exhibit.stage.stats().frames;
    const look = () => window.exhibit.stage.stats().frames > before ? requestAnimationFrame(done) : requestAnimationFrame(look);
    window.exhibit.stage.invalidate();
    look();
})"""


@pytest.mark.looked_at
@pytest.mark.parametrize("hall", ["shanghai", "jiangsu", "zhejiang", "anhui", "joint"])
def test_every_demo_hall_is_seen_with_its_exhibits(visit: Visit, hall: str) -> None:
    page = visit(hall, "?lang=en")
    page.wait_for_function(ALL_DRAWN)
    page.evaluate(DRAWN)
    canvas = page.locator("#stage")
    seen = screenshot(canvas)
    page.evaluate(NO_EXHIBITS)
    page.evaluate(DRAWN)
    empty = screenshot(canvas)
    assert 60 < brightness(seen) < 245
    assert share_of_black(seen) < 0.05
    assert colours(seen) > 40
    assert difference(seen, empty) > 0.0005, "no exhibit is drawn in what is seen from the spawn"


def test_the_first_exhibit_is_seen_before_the_room_is_built_and_nothing_is_lost_by_it(
    new_context: NewContext, service: Service
) -> None:
    page = new_context().new_page()
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 3})  # walls take time, models come at once
    page.add_init_script(
        """window.seen = {};
        const wait = setInterval(() => {
            if (!window.exhibit) return;
            clearInterval(wait);
            window.exhibit.on("hall", ({ exhibits, room, boards }) => {
                const models = [...exhibits.all.values()].filter(({ state }) => state === "lod" || state === "full");
                seen.first = [models.length, room.root.children.map(({ name }) => name), boards.root.parent !== null];
            });
        }, 1);"""
    )
    page.goto(f"{service.url}/view/shanghai")
    page.wait_for_function("() => window.seen.first")
    asked, named = page.evaluate(
        """() => [
            performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => /viewer\\/[^/]+[.]js$/.test(name)),
            [...document.querySelectorAll("link[rel=modulepreload], script[src]")].map(({ href, src }) => href ?? src),
        ]"""
    )
    assert set(asked) == set(named), (
        "scripts that are needed at once are named by the page, so that they come side by side"
    )
    models, parts, has_boards = page.evaluate("() => window.seen.first")
    assert models >= 1
    assert parts == ["floor"]
    assert not has_boards
    page.evaluate("() => window.exhibit.hall.room.built")
    hall = page.evaluate_handle("() => window.exhibit.hall")
    assert hall.evaluate("({ room }) => room.root.children.map(({ name }) => name)") == [
        "floor",
        "walls",
        "ceiling",
        "plinths",
        "signs",
    ]
    assert hall.evaluate("({ boards, root }) => boards.root.parent === root")
    light = "({ room }) => room.floor.material.uniforms.light.value.image.width"
    assert hall.evaluate(light) > 1, "the floor has its light"


def test_a_page_whose_viewer_does_not_come_says_so_and_can_be_asked_again(
    new_context: NewContext, service: Service
) -> None:
    page = new_context(watch=False).new_page()
    said = page.get_by_text("The hall does not open?")
    for lost, is_told_by in (
        ("showing-*.js", None),
        ("viewer.js", "() => document.getAnimations().forEach((one) => one.finish())"),
    ):
        page.route(f"**/viewer/{lost}", lambda route: route.abort())
        page.goto(f"{service.url}/view/shanghai?lang=en")
        if is_told_by:  # after half a minute, by the style sheet alone
            expect(said).to_be_hidden()
            page.evaluate(is_told_by)
        expect(said).to_be_visible()
        page.unroute_all()
        page.get_by_role("link", name="try again").click()
        page.wait_for_function("() => window.exhibit?.hall")
        expect(said).to_have_count(0)


def test_the_exhibit_that_a_link_leads_to_comes_before_all_others(new_context: NewContext, service: Service) -> None:
    def order(rest: str) -> list[str]:
        """The exhibits of the hall, as their models were asked for."""
        page = new_context().new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
        page.goto(f"{service.url}/view/shanghai{rest}")
        page.wait_for_function("() => window.exhibit?.hall")
        page.wait_for_function(ALL_DRAWN)
        exhibits = page.evaluate("() => window.exhibit.hall.manifest.exhibits")
        files = {
            file["url"].rsplit("/", 1)[1]: one["id"].removeprefix("exhibits/")
            for one in exhibits
            for file in [*one["model"]["variants"], *one["model"]["lods"]]
        }
        page.context.close()
        return list(dict.fromkeys(files[name] for name in asked if name in files))

    usual = order("")
    assert len(usual) == 9
    assert order(f"#exhibit={usual[-1]}")[0] == usual[-1]


def test_placards_are_read_in_both_languages(visit: Visit) -> None:
    page = visit("shanghai", "?lang=zh-Hans#exhibit=welding-robot")
    manifest = page.evaluate("() => window.exhibit.hall.manifest")
    robot = next(one for one in manifest["exhibits"] if one["id"].endswith("/welding-robot"))
    interface = page.locator("#interface")
    expect(interface).to_contain_text(robot["label"]["zh-Hans"])
    expect(interface).to_contain_text(robot["summary"]["zh-Hans"])
    page.evaluate("() => window.exhibit.speak('en')")
    expect(interface).to_contain_text(robot["label"]["en"])
    expect(interface).to_contain_text(robot["summary"]["en"])
    expect(page).to_have_title(manifest["hall"]["label"]["en"])


def test_back_closes_a_placard_and_then_leads_to_the_hall_before(visit: Visit) -> None:
    page = visit("shanghai")
    page.evaluate("() => window.exhibit.open('jiangsu', { from: 'shanghai' })")
    page.wait_for_function("() => window.exhibit.hall.slug === 'jiangsu'")
    page.evaluate("() => window.exhibit.select('offshore-wind-turbine')")
    assert page.url.endswith("/view/jiangsu#exhibit=offshore-wind-turbine")
    page.go_back()
    page.wait_for_function("() => location.hash === ''")
    assert page.evaluate("() => window.exhibit.hall.slug") == "jiangsu"
    page.go_back()
    page.wait_for_function("() => window.exhibit.hall.slug === 'shanghai'")
    assert page.url.endswith("/view/shanghai")


def test_a_reloaded_page_shows_the_exhibit_that_was_looked_into(visit: Visit) -> None:
    page = visit("shanghai")
    page.evaluate("() => window.exhibit.select('turbofan')")
    page.reload()
    page.wait_for_function("() => window.exhibit?.hall")
    label = page.evaluate(
        "() => window.exhibit.hall.manifest.exhibits.find((one) => one.id.endsWith('/turbofan')).label['zh-Hans']"
    )
    expect(page.get_by_role("heading", name=label).first).to_be_visible()


def stands_in(page: Page, service: Service, manifest: bytes) -> None:
    """Let the pointer of the Anhui hall name these bytes, with their digest, and answer with them."""
    pointer = page.request.get(f"{service.url}/public/halls/anhui.json").json()
    pointer["manifest"] |= {"sha256": hashlib.sha256(manifest).hexdigest(), "bytes": len(manifest)}
    page.route("**/public/halls/anhui.json", lambda route: route.fulfill(json=pointer))
    page.route("**/public/manifests/*.json", lambda route: route.fulfill(body=manifest))


def test_a_hall_that_is_gone_is_told_in_plain_words(new_context: NewContext, service: Service) -> None:
    page = new_context(watch=False).new_page()
    page.route("**/public/halls/anhui.json", lambda route: route.fulfill(status=404, body="{}"))
    page.goto(f"{service.url}/view/anhui?lang=en")
    expect(page.locator("#interface")).to_contain_text("no such hall")


BAD: dict[str, tuple[Callable[[dict[str, object]], bytes], str]] = {
    "truncated": (lambda manifest: json.dumps(manifest).encode()[:900], "not whole"),
    "of a newer version": (lambda manifest: json.dumps(manifest | {"version": "2.0"}).encode(), "newer form"),
    "of another kind": (lambda _: b'{"type": "Invoice"}', "cannot be read"),
}


@pytest.mark.parametrize("wrong", BAD)
def test_a_manifest_that_cannot_be_shown_is_told_in_plain_words(
    new_context: NewContext, service: Service, wrong: str
) -> None:
    change, told = BAD[wrong]
    page = new_context(watch=False).new_page()
    stands_in(page, service, change(page.request.get(f"{service.url}/v1/halls/anhui/manifest").json()))
    page.goto(f"{service.url}/view/anhui?lang=en")
    expect(page.locator("#interface")).to_contain_text(told)
    expect(page.get_by_role("link", name="catalogue").first).to_be_attached()


def test_one_model_that_fails_leaves_all_others(new_context: NewContext, service: Service, visit: Visit) -> None:
    context = new_context(watch=False)
    page = context.new_page()
    pointer = context.request.get(f"{service.url}/v1/halls/shanghai/manifest").json()
    broken = next(one for one in pointer["exhibits"] if one["id"].endswith("/turbofan"))
    for variant in broken["model"]["variants"]:
        name = variant["url"].rsplit("/", 1)[1]
        page.route(f"**/{name}", lambda route: route.fulfill(status=404, body="gone"))
    visit("shanghai", on=page)
    page.wait_for_function(
        """() => [...window.exhibit.hall.exhibits.all.values()].every(
            (one) => one.id.endsWith("/turbofan") ? one.state === "failed" : ["lod", "full"].includes(one.state))"""
    )
    assert page.evaluate("() => window.exhibit.hall.exhibits.all.get('exhibits/turbofan').fault")


def test_a_browser_without_webgl_is_led_to_the_catalogue(new_context: NewContext, service: Service) -> None:
    page = new_context().new_page()
    page.add_init_script(
        """const before = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
            return kind.startsWith("webgl") ? null : before.call(this, kind, ...rest);
        };"""
    )
    page.goto(f"{service.url}/view/zhejiang?lang=en")
    page.wait_for_url("**/catalogue/zhejiang**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Zhejiang")


def test_a_hall_that_does_not_open_leaves_the_one_that_is_open(new_context: NewContext, visit: Visit) -> None:
    page = new_context(watch=False).new_page()
    visit("shanghai", "?lang=en", on=page)
    page.evaluate("() => window.exhibit.open('no-such-hall')")
    expect(page.locator("#interface")).to_contain_text("no such hall")
    assert page.evaluate("() => window.exhibit.hall.slug") == "shanghai"
    assert page.url.split("?")[0].endswith("/view/shanghai")
