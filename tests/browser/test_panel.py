"""The placard: what a visitor reads of an exhibit, and getting to it and away from it by keys."""

import re

from playwright.sync_api import Page, expect

from tests.browser.panel_visitor import select, tool


def test_a_placard_tells_what_was_achieved_with_what_effect_and_by_whom(hall: Page) -> None:
    placard = select(hall, "welding-robot").locator(".placard")
    expect(placard.locator("h2")).to_have_text("Welding robot")
    expect(placard).to_contain_text("Shanghai workers' innovation (demonstration) · 2021")
    expect(placard.locator(".achievement")).to_contain_text("Teaching a robot the corner seam")
    expect(placard.locator(".effect")).to_contain_text("35 minutes instead of four hours")
    person = placard.locator(".person", has_text="Gu Wenlan")
    expect(person.locator(".invented")).to_be_visible()
    expect(person.locator(".story li").first).to_contain_text("August 1997")
    expect(person.locator(".story li").first).to_contain_text("Apprenticeship")
    expect(person.locator(".awards")).to_contain_text("Delta craftsman (demonstration)")
    expect(placard.locator(".studio")).to_contain_text("Gu Wenlan welding studio")
    placard.locator(".facts summary").click()
    expect(placard.locator(".facts")).to_contain_text("m")
    expect(placard.locator(".facts")).to_contain_text(re.compile(r"1\.32 × 0\.71 × 1\.69 m"))
    expect(placard.locator(".facts a")).to_have_text("CC0 1.0")


def test_what_the_cards_say_is_not_said_twice(hall: Page) -> None:
    placard = select(hall, "welding-robot").locator(".placard")
    expect(placard.locator(".effect")).to_be_visible()
    text = placard.inner_text()
    assert text.count("35 minutes instead of four hours") == 1
    assert text.count("The fillet welds inside a ship's hull section") == 1


def test_escape_closes_the_placard_and_gives_the_keyboard_back(hall: Page) -> None:
    page = hall
    tool(page, "exhibits")
    opener = page.locator(".line[data-exhibit='exhibits/turbofan']")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h2.placard-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".sheet")).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_be_hidden()
    expect(page.locator(".tools [data-view=exhibits]")).to_be_focused()


def test_the_next_exhibit_is_one_press_away_and_pressed_again(hall: Page) -> None:
    page = select(hall, "welding-robot")
    following = page.get_by_role("button", name="Next exhibit")
    following.press("Enter")
    expect(page.locator("h2.placard-title")).not_to_have_text("Welding robot")
    second = page.locator("h2.placard-title").inner_text()
    expect(following).to_be_focused()
    following.press("Enter")
    expect(page.locator("h2.placard-title")).not_to_have_text(second)
    page.get_by_role("button", name="Previous exhibit").click()
    expect(page.locator("h2.placard-title")).to_have_text(second)


def test_a_sound_has_captions_in_sight_and_a_transcript(hall: Page) -> None:
    page = select(hall, "metro-bogie")
    sound = page.locator(".sound")
    expect(sound.locator("figcaption")).to_have_text("Wheels over rail joints")
    sound.locator("summary").click()
    expect(sound).to_contain_text("Nobody speaks.")
    expect(sound.locator("track")).to_have_attribute("srclang", "en")
    sound.locator("audio").evaluate("(audio) => { audio.muted = true; return audio.play(); }")
    expect(sound.locator(".captions")).to_be_visible()
    assert sound.locator(".captions").inner_text()
    page.evaluate("() => { document.querySelector('audio').same = true; exhibit.speak('zh-Hans'); }")
    expect(page.locator(".sound figcaption")).to_have_text("轮对驶过钢轨接缝")
    expect(page.locator(".sound track")).to_have_attribute("srclang", "zh-Hans")
    assert page.evaluate("() => document.querySelector('audio').same")
