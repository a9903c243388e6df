"""A real Chromium in front of the real service with the demo exhibition. Every page is watched: see `watched`."""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from ctypes.util import find_library
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.browser.demonstration import copy_of, demonstration
from tests.browser.headset import Headset, Wardrobe
from tests.browser.panel_visitor import WIDE, in_order
from tests.browser.visitors import PATIENCE, Visitors, new_visitor, stand_in
from tests.browser.walking import SMALL, at_rest
from tests.browser.watching import Watch
from tests.serving import Service, serving

RENDERER = (
    ("--use-gl=angle", "--use-angle=gl-egl")  # Mesa's keeps what it compiled: a page costs it half
    if find_library("EGL")
    else ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
)
ARGUMENTS = (
    *RENDERER,
    "--disable-gpu-compositing",  # the processor puts pages together sooner without playing a graphics card
    "--ignore-gpu-blocklist",
    "--no-sandbox",
    "--autoplay-policy=no-user-gesture-required",
    "--js-flags=--no-turbofan",  # pages live for seconds: the compiler for those that live longer costs each a tenth
)
"""WebGL drawn by the processor, so that a machine without a graphics card sees the same; no sandbox, for CI runs as root."""

SCREEN: ViewportSize = {"width": 960, "height": 540}
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these are of the browser: `pytest -m browser`, `pytest -m "not browser"`.

    Those that need no demonstration are put in the middle: where two workers begin with a half each, one makes the demonstration while
    the other has something to do.
    """
    here = Path(__file__).parent
    places = [at for at, item in enumerate(items) if here in item.path.parents]
    ours: list[Any] = [items[at] for at in places]
    shown = [item for item in ours if "demo_data" in item.fixturenames]
    bare = [item for item in ours if "demo_data" not in item.fixturenames]
    half = len(ours) // 2
    for at, item in zip(places, [*shown[:half], *bare, *shown[half:]], strict=True):
        item.add_marker(pytest.mark.browser)
        items[at] = item


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is. Without one these tests are skipped, and fail where CI is set.

    The same browser without windows (Debian's chromium-headless-shell) goes first: each visitor costs it a tenth.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        reason = "no Chromium: apt-get install chromium-headless-shell, or chromium"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def demo_data() -> Path:
    """The demo exhibition's data folder, shared by all: copy it before you change it."""
    return demonstration()


@pytest.fixture(scope="session")
def service(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service with the demo exhibition, for reading alone: all tests of this worker share it."""
    with serving(copy_of(demo_data, tmp_path_factory.mktemp("shown") / "data")) as running:
        yield running


@pytest.fixture
def own_service(demo_data: Path, tmp_path: Path) -> Iterator[Service]:
    """A running service with the demo exhibition that the test may change, and stop."""
    with serving(copy_of(demo_data, tmp_path / "data")) as running:
        yield running


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of this worker."""
    with sync_playwright() as playwright:
        loop = asyncio.get_running_loop()
        # One thread of the software renderer in each: the cores are shared by workers, services and browsers.
        environment = os.environ | {"LP_NUM_THREADS": "1"}
        launched = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS), env=dict(environment))
        yield launched
        asyncio._set_running_loop(loop)  # the worker's last test may have been another's: see tests/conftest.py
        launched.close()


@pytest.fixture
def new_context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., BrowserContext]]:
    """Makes visitors: a context each, with nothing kept from others. `watch=False` where errors are what is tested.

    What they see is sketched, save in tests that are marked `looked_at`.
    """
    looked_at = request.node.get_closest_marker("looked_at") is not None
    opened: list[BrowserContext] = []
    watches: list[Watch] = []

    def new(*, watch: bool = True, **options: Any) -> BrowserContext:
        context = new_visitor(browser, looked_at=looked_at, **{"viewport": SCREEN} | options)
        opened.append(context)
        if watch:
            watches.append(Watch(context))
        return context

    yield new
    for context in opened:
        context.close()
    found = [trouble for watch in watches for trouble in watch.troubles]
    assert not found, "\n".join(found)


@pytest.fixture(scope="session")
def visitors(browser: Browser, service: Service) -> Visitors:
    """Those who stand in a hall already, for all tests of this worker; they go with the browser."""
    return Visitors(browser, service.url)


@pytest.fixture
def small_page(visitors: Visitors) -> Iterator[Page]:
    """The Shanghai hall on a small screen, which is drawn quickly, in Chinese, at rest."""
    with visitors.share("shanghai", "?lang=zh-Hans", viewport=SMALL) as page:
        yield at_rest(page)


@pytest.fixture
def hall(visitors: Visitors) -> Iterator[Page]:
    """The Shanghai hall on a wide screen, in English, with nothing open."""
    with visitors.share("shanghai", "?lang=en", viewport=WIDE, locale="en-GB") as page:
        yield in_order(page)


@pytest.fixture(scope="session")
def wardrobe(browser: Browser, tools: Path, service: Service) -> Wardrobe:
    """Headsets and phones with AR, worn by visitors who stand in a hall already; they go with the browser."""
    return Wardrobe(browser, tools, service.url)


@pytest.fixture
def wearing(wardrobe: Wardrobe) -> Iterator[Callable[..., Headset]]:
    """Puts a device on a visitor: `wearing("shanghai", features=PHONE)`. Nothing may go wrong in any of their pages."""
    yield wardrobe.wear
    wardrobe.check()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A visitor's page, watched: no console error, no violation of the content security policy, no request elsewhere."""
    return new_context().new_page()


@pytest.fixture
def axe(tools: Path) -> Callable[..., list[str]]:
    """What axe-core finds wrong with a page, one line for each rule and element: `axe(page)`; `axe(page, "#menu")` of a part."""
    script = (tools / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def violations(page: Page, part: str = "html") -> list[str]:
        page.evaluate(script)
        found = page.evaluate(
            """async (part) => (await axe.run(part, {
                resultTypes: ["violations"],
                runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            })).violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html} (${node.failureSummary})`))""",
            part,
        )
        lines: list[str] = found
        return lines

    return violations


@pytest.fixture
def visit(page: Page, service: Service) -> Callable[..., Page]:
    """Opens a hall in the viewer and waits until it stands: `visit("shanghai", "#exhibit=welding-robot")`."""

    def go(hall: str = "shanghai", rest: str = "", *, on: Page | None = None, built: bool = True) -> Page:
        shown = on or page
        stand_in(shown, hall, f"{service.url}/view/{hall}{rest}", built=built)
        return shown

    return go
