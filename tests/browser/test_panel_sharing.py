"""Sharing: the link, the QR code, the code for another page."""

import re
from html.parser import HTMLParser

from playwright.sync_api import Page, expect

from tests.browser.panel_qr import read
from tests.browser.panel_visitor import select
from tests.serving import Service


def modules_of(page: Page) -> set[tuple[int, int]]:
    """The dark modules of the drawn code, as row and column."""
    path = page.locator("dialog .qr path").get_attribute("d") or ""
    return {(int(row), int(column)) for column, row in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}


def open_share(page: Page) -> None:
    page.locator(".placard .actions button", has_text="Share").click()
    expect(page.locator("dialog .qr")).to_be_visible()


def test_the_qr_code_of_an_exhibit_says_its_address(hall: Page, service: Service) -> None:
    page = select(hall, "welding-robot")
    open_share(page)
    link = f"{service.url}/view/shanghai#exhibit=welding-robot"
    expect(page.get_by_label("Link")).to_have_value(link)
    assert read(modules_of(page)) == (link, "M")


def test_the_code_for_another_page_is_one_frame_of_the_exhibit(hall: Page, service: Service) -> None:
    page = select(hall, "welding-robot")
    open_share(page)
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Reader().feed(page.get_by_label("Code to embed").input_value())
    [(tag, attributes)] = found
    assert tag == "iframe"
    assert attributes["src"] == f"{service.url}/view/shanghai?embed=1#exhibit=welding-robot"
    assert attributes["title"] == "Welding robot"
    assert "xr-spatial-tracking" in (attributes["allow"] or "")


def test_the_link_is_copied_and_the_visitor_is_told(hall: Page, service: Service) -> None:
    page = select(hall, "welding-robot")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_share(page)
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("dialog [role=status]").first).to_have_text("Copied")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == f"{service.url}/view/shanghai#exhibit=welding-robot"
