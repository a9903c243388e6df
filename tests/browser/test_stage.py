"""The stage in a real browser: rest where nothing moves, the frame budget against real frames, a context that is lost."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import SCREEN
from tests.browser.looking import brightness, colours, difference, screenshot
from tests.browser.test_halls import ALL_DRAWN, DRAWN
from tests.browser.visitors import Visitors

Visit = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

QUIET = """async () => {
    const { stage } = window.exhibit;
    for (let round = 0; round < 200; round++) {
        const before = stage.stats().frames;
        await new Promise((done) => setTimeout(done, 500));
        if (stage.stats().frames === before) return true;
    }
    return false;
}"""


@pytest.fixture(scope="module")
def joint(visitors: Visitors) -> Iterator[Page]:
    """The joint hall with all its exhibits."""
    with visitors.alone("joint", "?lang=zh-Hans", viewport=SCREEN, looked_at=True) as page:
        page.wait_for_function(ALL_DRAWN)
        yield page


@pytest.fixture
def page(joint: Page) -> Page:
    """That hall, as it is at first: for tests that change nothing else."""
    joint.evaluate("() => window.exhibit.stage.prefer('auto')")
    return joint


def test_where_nothing_moves_no_frame_is_drawn(page: Page) -> None:
    assert page.evaluate(QUIET)
    page.evaluate(DRAWN)


def test_a_picture_that_stands_still_is_drawn_fine_whatever_the_quality(page: Page) -> None:
    page.evaluate("() => window.exhibit.stage.prefer('low')")
    page.evaluate(DRAWN)
    page.wait_for_function("() => window.exhibit.stage.canvas.width >= 1.5 * devicePixelRatio * innerWidth")


def test_the_canvas_follows_the_size_of_the_window(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 700})
    page.wait_for_function("() => Math.abs(window.exhibit.stage.camera.aspect - 400 / 700) < 0.01")
    page.wait_for_function(
        "() => { const { width, height } = window.exhibit.stage.canvas; return Math.abs(width / height - 400 / 700) < 0.02; }"
    )
    page.set_viewport_size(SCREEN)
    page.wait_for_function("() => Math.abs(window.exhibit.stage.camera.aspect - 960 / 540) < 0.01")


def test_a_lost_context_breaks_nothing_and_all_is_drawn_again(page: Page) -> None:
    page.evaluate("() => window.exhibit.stage.prefer('low')")
    assert page.evaluate(QUIET)
    part = {"x": 300, "y": 150, "width": 400, "height": 250}
    before = screenshot(page, clip=part)
    page.evaluate(
        """async () => {
            const { canvas, renderer, invalidate } = window.exhibit.stage;
            const lose = renderer.getContext().getExtension("WEBGL_lose_context");
            const told = (name) => new Promise((done) => canvas.addEventListener(name, done, { once: true }));
            const lost = told("webglcontextlost");
            lose.loseContext();
            await lost;
            window.exhibit.stage.invalidate();
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            const restored = told("webglcontextrestored");
            lose.restoreContext();
            await restored;
        }"""
    )
    page.evaluate(DRAWN)
    assert page.evaluate(QUIET)
    after = screenshot(page, clip=part)
    assert difference(before, after) < 0.02
    assert colours(after) > 40
    assert brightness(after) > 60


@pytest.mark.looked_at
def test_the_quality_goes_down_under_real_load_and_comes_back(new_context: NewContext, visit: Visit) -> None:
    page = new_context(viewport={"width": 320, "height": 200}).new_page()
    visit("joint", on=page)
    page.wait_for_function(ALL_DRAWN)
    # What the hall costs on this machine is not the matter here: the load is.
    page.evaluate(
        """() => {
            const { hall, stage } = window.exhibit;
            hall.root.visible = false;
            stage.keepDrawing();
        }"""
    )
    page.wait_for_function("() => window.exhibit.stage.quality.level >= 0.5")
    page.evaluate(
        """() => {
            window.unload = window.exhibit.stage.onFrame(() => {
                const until = performance.now() + 45;
                while (performance.now() < until);
            });
        }"""
    )
    page.wait_for_function("() => window.exhibit.stage.quality.level === 0")
    assert page.evaluate("() => window.exhibit.stage.quality.pixelRatio") < 1
    page.evaluate("() => window.unload()")
    page.wait_for_function("() => window.exhibit.stage.quality.level >= 0.25")


def test_the_visitor_may_choose_the_quality(page: Page) -> None:
    for wish, level in (("high", 1), ("low", 0)):
        page.evaluate("(wish) => window.exhibit.stage.prefer(wish)", wish)
        assert page.evaluate("() => window.exhibit.stage.quality.level") == level
    expect(page.locator("#stage")).to_be_visible()


def test_the_stage_tells_what_it_draws(page: Page) -> None:
    page.evaluate(DRAWN)
    told = page.evaluate("() => window.exhibit.stage.stats()")
    assert told["drawCalls"] > 0
    assert told["triangles"] > 1000
    assert 0 <= told["quality"] <= 1
