"""The interface where it is used: on a phone, in another page's frame, by people who cannot see or use a mouse."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.panel_visitor import WIDE, in_order, select, tool
from tests.browser.visitors import Visitors
from tests.serving import Service

Axe = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def phone(visitors: Visitors) -> Iterator[Page]:
    size = {"width": 360, "height": 640}
    with visitors.alone("shanghai", "?lang=en", viewport=size, locale="en-GB", has_touch=True, is_mobile=True) as page:
        yield page


@pytest.fixture(scope="module")
def computer(visitors: Visitors) -> Iterator[Page]:
    with visitors.alone("joint", "?lang=en", viewport=WIDE, locale="en-GB") as page:
        yield page


def test_a_phone_keeps_the_middle_free_and_the_sheet_can_be_drawn_up(phone: Page) -> None:
    page = select(in_order(phone), "welding-robot")
    box = page.locator(".sheet").bounding_box()
    assert box is not None
    assert box["y"] > 320
    page.get_by_role("button", name="Enlarge the placard").click()
    page.wait_for_function("() => document.querySelector('.sheet').getBoundingClientRect().top < 100")
    page.get_by_role("button", name="Make the placard smaller").click()
    page.wait_for_function("() => document.querySelector('.sheet').getBoundingClientRect().top > innerHeight / 2")


def test_what_is_looked_at_stays_in_the_middle_of_what_is_free(phone: Page, computer: Page) -> None:
    shift = (
        "() => { const { view } = exhibit.stage.camera; return view?.enabled ? [view.offsetX, view.offsetY] : [0, 0]; }"
    )
    select(in_order(phone), "welding-robot")
    phone.wait_for_function("() => exhibit.stage.camera.view?.enabled")
    x, y = phone.evaluate(shift)
    assert x == 0
    assert 0.15 < y < 0.3
    select(in_order(computer), "four-gears")
    computer.wait_for_function("() => exhibit.stage.camera.view?.enabled")
    x, y = computer.evaluate(shift)
    assert x > 0.1
    assert y == 0
    in_order(computer)
    computer.wait_for_function("() => !exhibit.stage.camera.view?.enabled")


def test_what_is_pressed_is_large_enough_for_a_finger(phone: Page) -> None:
    page = select(in_order(phone), "welding-robot")
    small = page.evaluate(
        """() => [...document.querySelectorAll("#interface button:not(.grip), #interface a.button, summary")]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 0)
            .filter((one) => one.getBoundingClientRect().height < 43.5 || one.getBoundingClientRect().width < 43.5)
            .map((one) => one.outerHTML)"""
    )
    assert small == []


def test_a_tour_on_a_phone_leaves_the_placard_for_when_it_is_wished(phone: Page) -> None:
    page = in_order(phone)
    page.evaluate("() => exhibit.guide.start('from-sparks-to-hairs', 1)")
    expect(page.locator(".tour-place")).to_have_text("Stop 2 of 7")
    expect(page.locator(".sheet")).to_be_hidden()
    page.get_by_role("button", name="Read the placard").click()
    expect(page.locator("h2.placard-title")).to_have_text("Welding robot")
    expect(page.locator(".sheet")).to_be_visible()


def test_in_a_frame_there_is_a_small_bar_that_leads_to_the_whole(visitors: Visitors, service: Service) -> None:
    with visitors.alone("shanghai", "?embed=1&lang=en", viewport=WIDE, locale="en-GB") as page:
        expect(page.locator(".tools, .drawer")).to_have_count(0)
        expect(page.locator("h1")).to_have_text("Shanghai hall (demonstration)")
        expect(page.get_by_role("link", name="Open in full")).to_have_attribute("href", f"{service.url}/view/shanghai")


def test_a_selection_tells_its_stages_and_who_was_chosen(computer: Page) -> None:
    placard = select(in_order(computer), "selections-delta-craftsmen-2024").locator(".placard")
    expect(placard.locator(".stages li")).to_have_count(4)
    expect(placard.locator(".stages li").first).to_contain_text("Nominated")
    expect(placard.locator(".stages li").first).to_contain_text("March 1, 2024")
    expect(placard.locator("details[open] .results")).to_contain_text("Zhuang Yumin")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_no_rule_of_accessibility_is_broken(computer: Page, axe: Axe, language: str, scheme: str) -> None:
    page = in_order(computer, language)
    page.emulate_media(color_scheme=scheme)
    select(page, "selections-delta-craftsmen-2024")
    assert axe(page) == []
    select(page, "four-gears")
    page.evaluate("() => document.querySelectorAll('.placard details').forEach((one) => one.open = true)")
    for view in ("exhibits", "plan", "tours", "more"):
        tool(page, view)
        assert axe(page) == [], view
    for dialog in (1, 2, 3, 4):
        page.locator(".more .button").nth(dialog).click()
        expect(page.locator("dialog")).to_be_visible()
        assert axe(page) == [], dialog
        page.keyboard.press("Escape")


def test_a_phone_is_accessible_too(phone: Page, axe: Axe) -> None:
    page = select(in_order(phone), "metro-bogie")
    assert axe(page) == []
    in_order(phone)
    tool(page, "plan")
    assert axe(page) == []


def test_all_is_reached_by_keys_alone(computer: Page) -> None:
    page = in_order(computer)
    page.set_viewport_size(WIDE)
    page.evaluate("() => document.activeElement.blur()")
    reached = set()
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.className || document.activeElement.id"))
    assert {"halls-button", "language", "button tool", "stage"} <= reached
