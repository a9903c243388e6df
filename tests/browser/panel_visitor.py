"""One visitor for many tests of the interface: a hall is opened once, and put in order before each test."""

from playwright.sync_api import Page, expect

WIDE = {"width": 1440, "height": 760}
"""Room for drawer and placard at once."""


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
