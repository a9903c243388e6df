"""The entrance in a real browser: the halls, and what is found while one types."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.serving import Service

Axe = Callable[..., list[str]]
NewContext = Callable[..., BrowserContext]


@pytest.mark.parametrize("address", ["/?lang=zh-Hans", "/?lang=en", "/?q=bearing&lang=en", "/view/nowhere", "/?q=qqqq"])
def test_axe_finds_nothing_at_the_entrance(new_context: NewContext, service: Service, axe: Axe, address: str) -> None:
    page = new_context(bypass_csp=True, watch=False).new_page()  # a page that is not there is an error on the console
    page.goto(service.url + address)
    assert axe(page) == []


def test_every_hall_has_a_card_with_its_plan(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/?lang=en")
    assert page.locator("li.hall").count() == 5
    expect(page.get_by_role("img", name="Plan: Shanghai hall (demonstration)")).to_be_visible()
    page.get_by_role("link", name=re.compile("Read the catalogue.*Shanghai hall")).click()
    expect(page).to_have_url(f"{service.url}/catalogue/shanghai?lang=en")


def test_people_and_exhibits_are_found_while_one_types(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/?lang=en")
    expect(page.locator("#found")).to_be_hidden()
    field = page.get_by_role("searchbox", name="Search exhibits, people and achievements")
    field.press_sequentially("千分")
    expect(page.locator("#found-list a").first).to_have_text("Outside micrometer")
    field.fill("GU wen")
    found = page.locator("#found-list a").first
    expect(found).to_have_text("Gu Wenlan")
    found.click()
    expect(page.locator("[id='people/gu-wenlan']")).to_be_in_viewport()


def test_nothing_found_is_said_and_an_empty_field_closes_the_list(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/?lang=en")
    field = page.get_by_role("searchbox")
    field.fill("<b>nobody</b>")
    expect(page.get_by_role("status")).to_have_text(
        "Nothing found for “<b>nobody</b>”. Try another word, or a part of one."
    )
    field.fill("")
    expect(page.locator("#found")).to_be_hidden()


def test_the_search_works_without_scripts(new_context: NewContext, service: Service) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{service.url}/?lang=en")
    page.get_by_role("searchbox").fill("micrometer")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Outside micrometer")).to_be_visible()
