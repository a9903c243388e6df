"""An exported folder on a plain static server, with no service anywhere: a working exhibition."""

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from exhibit_api.settings import Settings
from exhibit_api.storage import store_of
from exhibit_api.viewer.export import export
from tests.browser.static_server import static_server


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A visitor whose browser keeps what was seen."""
    return new_context(service_workers="allow").new_page()


@pytest.fixture(scope="module")
def folder(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo exhibition, exported."""
    store = store_of(Settings(data=demo_data, store_url=None))
    with contextlib.closing(store):
        return export(store, tmp_path_factory.mktemp("export") / "deep" / "below" / "museum").folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where `python -m http.server` shows it: below a folder, as many hosts do."""
    with static_server(folder.parent) as server:
        yield f"{server}/museum"


def test_a_hall_is_walked_into_from_the_entrance(page: Page, address: str) -> None:
    page.goto(f"{address}/en/")
    page.get_by_role("link", name=re.compile("Enter the hall.*Shanghai hall")).click()
    page.wait_for_function("() => window.exhibit?.hall?.slug === 'shanghai'")
    page.wait_for_function(
        """() => {
            const all = [...window.exhibit.hall.exhibits.all.values()];
            return all.length === 9 && all.every((one) => ["lod", "full"].includes(one.state));
        }"""
    )


def test_the_catalogue_reads_in_both_languages(page: Page, address: str) -> None:
    page.goto(f"{address}/catalogue/shanghai/")
    expect(page.get_by_role("heading", level=1)).to_have_text("上海展厅（演示）")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Shanghai hall (demonstration)")
    page.locator("#welding-robot img").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('#welding-robot img').naturalWidth > 0")


def test_the_entrance_searches(page: Page, address: str) -> None:
    page.goto(f"{address}/en/")
    field = page.get_by_role("searchbox")
    field.fill("micrometer")
    field.press("Enter")
    found = page.get_by_role("link", name="Outside micrometer")
    expect(found).to_be_visible()
    found.click()
    expect(page).to_have_url(f"{address}/catalogue/shanghai/en/#micrometer")
    expect(page.locator("#micrometer")).to_be_in_viewport()


def test_a_hall_whose_address_names_the_file_stays_open(page: Page, address: str) -> None:
    page.goto(f"{address}/view/shanghai/index.html")
    page.wait_for_function("() => window.exhibit?.hall?.slug === 'shanghai'")
    page.evaluate("() => { location.hash = 'exhibit=welding-robot'; }")
    page.go_back()
    assert page.evaluate("() => window.exhibit.hall.slug") == "shanghai"
    expect(page.get_by_text("这个展厅不存在")).to_have_count(0)
