"""The switch of language: everything at once, without a new page."""

from playwright.sync_api import Page, expect

from tests.browser.panel_visitor import in_order, select


def test_the_switch_turns_everything_into_the_other_language_at_once(hall: Page) -> None:
    page = select(in_order(hall, "zh-Hans"), "welding-robot")
    page.evaluate("() => window.stays = true")
    expect(page.locator("h2.placard-title")).to_have_text("焊接机器人")
    expect(page.locator(".effect")).to_contain_text("转角返修率由 6.2% 降到 0.9%")
    expect(page.locator("h1")).to_contain_text("上海展厅")
    expect(page.locator(".tools")).to_contain_text("平面图")
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.locator("h2.placard-title")).to_have_text("Welding robot")
    expect(page.locator(".effect")).to_contain_text("from 6.2 to 0.9 per cent")
    expect(page.locator("h1")).to_contain_text("Shanghai hall")
    expect(page.locator(".tools")).to_contain_text("Plan")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#interface")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="EN", exact=True)).to_be_focused()
    assert page.evaluate("() => window.stays")


def test_no_word_of_the_other_language_is_left_without_saying_so(hall: Page) -> None:
    page = select(in_order(hall, "zh-Hans"), "welding-robot")
    page.locator(".tools [data-view=exhibits]").click()
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.locator(".drawer")).to_contain_text("Welding robot")
    chinese = page.evaluate(
        """() => { const found = [];
            const words = document.createTreeWalker(document.querySelector("#interface"), NodeFilter.SHOW_TEXT);
            while (words.nextNode()) {
                const { textContent, parentElement } = words.currentNode;
                const said = parentElement.closest("[lang]").lang;
                if (/\\p{Script=Han}/u.test(textContent) && !said.startsWith("zh")) found.push(textContent);
            }
            return found; }"""
    )
    assert chinese == []
    names = page.evaluate(
        """() => [...document.querySelectorAll("#interface [aria-label]:not([lang^=zh])")]
            .map((one) => one.getAttribute("aria-label")).filter((name) => /\\p{Script=Han}/u.test(name))"""
    )
    assert names == []


def test_every_text_says_its_language(hall: Page) -> None:
    page = select(hall, "welding-robot")
    expect(page.locator("h2.placard-title")).to_have_attribute("lang", "en")
    expect(page.locator(".placard-other")).to_have_text("焊接机器人")
    expect(page.locator(".placard-other")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator(".person h4").first).to_have_attribute("lang", "en")


def test_an_open_story_stays_open_and_the_page_stays_where_it_was(hall: Page) -> None:
    page = select(in_order(hall, "zh-Hans"), "welding-robot")
    facts = page.locator(".facts")
    facts.locator("summary").click()
    page.locator(".sheet-body").evaluate("(body) => body.scrollTop = 400")
    page.get_by_role("button", name="EN", exact=True).click()
    expect(facts).to_contain_text("Triangles")
    assert facts.evaluate("(one) => one.open")
    assert page.locator(".sheet-body").evaluate("(body) => body.scrollTop") > 0
