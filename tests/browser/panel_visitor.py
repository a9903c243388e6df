"""One visitor for many tests of the interface: a hall is opened once, and put in order before each test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BUILT, CALM, PATIENCE
from tests.browser.sketching import sketch
from tests.browser.watching import Watch
from tests.serving import Service

WIDE = {"width": 1440, "height": 760}
"""Room for drawer and placard at once."""


@contextmanager
def visitor(browser: Browser, service: Service, rest: str = "shanghai?lang=en", **options: Any) -> Iterator[Page]:
    """A watched page in which the hall stands; nothing may have gone wrong in it when it is left."""
    options = {**CALM, "viewport": WIDE, "locale": "en-GB"} | options
    context = sketch(browser.new_context(**options))
    context.set_default_timeout(PATIENCE)
    watch = Watch(context)
    page = context.new_page()
    page.goto(f"{service.url}/view/{rest}")
    page.wait_for_function("() => window.exhibit?.hall")
    page.evaluate(BUILT)
    yield page
    context.close()
    assert not watch.troubles, "\n".join(watch.troubles)


def in_order(page: Page, language: str = "en") -> Page:
    """Nothing is open or under way, and the language is that one."""
    page.evaluate(
        """(language) => {
            exhibit.guide.end();
            document.querySelectorAll("dialog").forEach((dialog) => dialog.close());
            document.querySelector(".drawer:not([hidden]) .drawer-head button")?.click();
            exhibit.select(undefined);
            exhibit.speak(language);
        }""",
        language,
    )
    page.wait_for_function("() => location.hash === '' && document.querySelector('.sheet').hidden")
    return page


def select(page: Page, what: str) -> Page:
    """Look into an exhibit or a placard."""
    page.evaluate("(what) => exhibit.select(what)", what)
    expect(page.locator(".sheet")).to_be_visible()
    return page


def tool(page: Page, view: str) -> None:
    """Open a view of the drawer."""
    page.locator(f".tools [data-view={view}]").click()
    expect(page.locator(f".drawer[data-view={view}]")).to_be_visible()
