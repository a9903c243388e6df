"""The tools of a visit: search, plan, halls, tours, dialogs."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.panel_visitor import in_order, tool
from tests.browser.walking import gaze, stand


def test_the_search_finds_a_person_in_either_language_and_opens_the_exhibit(hall: Page) -> None:
    page = in_order(hall, "zh-Hans")
    tool(page, "exhibits")
    expect(page.locator(".found [data-exhibit]")).to_have_count(9)
    for query in ("顾文", "gu WENLAN", "ｇｕ　ｗｅｎ"):
        page.get_by_role("searchbox").fill(query)
        expect(page.locator("[data-subject='people/gu-wenlan']")).to_be_visible()
    page.get_by_role("searchbox").fill("没有这样的东西")
    expect(page.locator(".found [data-subject], .found [data-exhibit]")).to_have_count(0)
    expect(page.locator(".exhibits [role=status]")).to_contain_text("没有这样的东西")
    page.get_by_role("searchbox").fill("示教法")
    page.locator("[data-subject='achievements/corner-seam-teaching']").click()
    expect(page.locator("h2.placard-title")).to_have_text("焊接机器人")


def test_the_plan_shows_where_one_is_and_leads_there(hall: Page) -> None:
    page = hall
    tool(page, "plan")
    expect(page.locator(".plan-dot")).to_have_count(9)
    expect(page.locator(".plan-door")).to_have_count(3)
    stand(page, 0.5, 6.0, yaw=0.0)
    expect(page.locator(".plan-here")).to_have_attribute("transform", re.compile(r"translate\(0\.5 6\) rotate\(-?0\)"))
    at = page.evaluate(
        """() => { const plan = document.querySelector(".plan");
            const { x, y } = new DOMPoint(0, 9).matrixTransform(plan.getScreenCTM()); return { x, y }; }"""
    )
    page.mouse.click(at["x"], at["y"])
    page.wait_for_function(
        "() => Math.hypot(exhibit.walker.gaze().position.x, exhibit.walker.gaze().position.z - 9) < 0.2"
    )
    assert gaze(page).distance(0, 9) < 0.2
    page.get_by_role("button", name="Turbofan", exact=False).first.press("Enter")
    expect(page.locator("h2.placard-title")).to_contain_text(re.compile("turbofan", re.IGNORECASE))


def test_arrow_keys_go_from_dot_to_dot_on_the_plan(hall: Page) -> None:
    page = hall
    tool(page, "plan")
    page.locator(".plan-dot[data-exhibit='exhibits/welding-robot']").focus()
    page.keyboard.press("ArrowRight")
    there = page.evaluate("() => document.activeElement.dataset.exhibit")
    assert there != "exhibits/welding-robot"
    assert page.evaluate("() => document.activeElement.querySelector('circle').cx.baseVal.value > -4.754")
    expect(page.locator(".plan-dot[tabindex='0']")).to_have_count(1)


@pytest.mark.parametrize("way", ["ar", "vr"])
def test_a_way_that_does_not_work_here_says_why(hall: Page, way: str) -> None:
    page = hall
    button = page.locator(f".tools [data-way={way}]")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.focus()
    why = page.locator(f"#why-{way}")
    expect(why).to_be_visible()
    expect(why).not_to_be_empty()
    button.press("Enter")
    expect(page.locator(".note-card.hint").last).to_contain_text(why.inner_text())


def test_a_tour_shows_its_words_and_can_be_stopped(hall: Page) -> None:
    page = hall
    tool(page, "tours")
    page.get_by_role("button", name="Start the tour").click()
    bar = page.locator(".tour-bar")
    expect(bar.locator(".tour-place")).to_have_text("Stop 1 of 7")
    bar.get_by_role("button", name="Next stop").click()
    expect(bar.locator(".tour-place")).to_have_text("Stop 2 of 7")
    expect(bar.locator(".tour-caption")).to_contain_text("Watch it pause in the corner")
    bar.get_by_role("button", name="Pause").press("Enter")
    expect(bar.get_by_role("button", name="Play")).to_be_focused()
    page.locator(".language[data-language='zh-Hans']").click()
    expect(bar.locator(".tour-caption")).to_contain_text("看它转角处那一顿")
    bar.get_by_role("button", name="结束导览").click()
    expect(bar).to_be_hidden()


def test_the_statement_and_the_licence_stand_in_the_about_dialog(hall: Page) -> None:
    page = hall
    tool(page, "more")
    page.get_by_role("button", name="About this hall").click()
    dialog = page.get_by_role("dialog", name="About this hall")
    expect(dialog).to_contain_text("invented for demonstration")
    expect(dialog.get_by_role("link", name="CC0 1.0")).to_be_visible()
    assert page.evaluate("() => exhibit.walker.enabled") is False
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.wait_for_function("() => exhibit.walker.enabled")
    expect(page.get_by_role("button", name="About this hall")).to_be_focused()


def test_a_theme_that_was_chosen_holds_at_once_and_on_the_next_visit(hall: Page) -> None:
    paper = "() => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()"
    light = hall.evaluate(paper)
    tool(hall, "more")
    hall.get_by_role("button", name="Settings").click()
    hall.get_by_role("radio", name="Dark").check(force=True)
    dark = hall.evaluate(paper)
    assert dark != light
    hall.reload()
    hall.wait_for_function("() => window.exhibit?.hall")
    assert hall.evaluate(paper) == dark


def test_the_halls_are_listed_and_another_opens_without_a_new_page(hall: Page) -> None:
    page = hall
    page.evaluate("() => window.stays = true")
    page.locator(".halls-button").click()
    expect(page.locator(".drawer .line")).to_have_count(5)
    expect(page.locator(".drawer [aria-current=page]")).to_contain_text("Shanghai hall")
    page.locator(".drawer .line", has_text="Anhui hall").click()
    expect(page.locator("h1")).to_contain_text("Anhui hall")
    page.wait_for_function("() => exhibit.hall.slug === 'anhui'")
    assert page.evaluate("() => window.stays")


def test_the_end_is_told_in_full_with_the_way_to_the_catalogue(visit: Callable[..., Page]) -> None:
    page = visit("shanghai", "?lang=en", built=False)
    page.evaluate("() => exhibit.tell('notice', { severity: 'end', text: 'The line is gone.' })")
    end = page.get_by_role("alert")
    expect(end).to_contain_text("The line is gone.")
    expect(end.get_by_role("button", name="Try again")).to_be_visible()
    expect(end.get_by_role("link", name="Read the catalogue")).to_have_attribute("href", re.compile("/catalogue/"))
