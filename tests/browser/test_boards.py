"""The boards in the hall: drawn where they are seen, in the visitor's language, within a bound of memory."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.walking import SMALL, drawn, on_screen
from tests.serving import Service
from tests.viewer.demo_halls import demo
from tests.viewer.modules import ask

HALL_BOARD = "halls/shanghai/placards/hall"
ABOUT = next(placard for placard in demo("shanghai")["placards"] if placard["id"] == HALL_BOARD)


@pytest.fixture
def before_the_board(small_page: Page) -> Page:
    """In front of the board that speaks of the hall, in Chinese."""
    small_page.evaluate("() => exhibit.speak('zh-Hans')")
    small_page.evaluate(
        "async (id) => { await exhibit.walker.visit({ placard: exhibit.hall.manifest.placards.find((one) => one.id === id) }); }",
        HALL_BOARD,
    )
    reads(small_page, HALL_BOARD, "zh-Hans")
    return small_page


def reads(page: Page, placard: str, language: str) -> Any:
    """Wait until the board is drawn in the language; what it says."""
    page.wait_for_function(
        "([id, language]) => exhibit.hall.boards.root.getObjectByName(id).userData.language === language",
        arg=[placard, language],
    )
    drawn(page)
    return page.evaluate("(id) => exhibit.hall.boards.root.getObjectByName(id).userData", placard)


def ink(page: Page, placard: str) -> list[int]:
    """The board's canvas as grey values, a few of them."""
    found: list[int] = page.evaluate(
        """(id) => {
            const { image } = exhibit.hall.boards.root.getObjectByName(id).material.map;
            const small = Object.assign(document.createElement("canvas"), { width: 96, height: 64 });
            const context = small.getContext("2d");
            context.drawImage(image, 0, 0, 96, 64);
            return [...context.getImageData(0, 0, 96, 64).data].filter((_, index) => index % 4 === 0);
        }""",
        placard,
    )
    return found


def test_a_board_says_its_title_in_both_languages_and_the_beginning_of_its_text(before_the_board: Page) -> None:
    said = before_the_board.evaluate("(id) => exhibit.hall.boards.root.getObjectByName(id).userData", HALL_BOARD)
    assert said["lines"][0] == ABOUT["label"]["zh-Hans"]
    assert said["lines"][1] == ABOUT["label"]["en"]
    assert ABOUT["body"]["zh-Hans"].startswith(said["lines"][2])
    grey = ink(before_the_board, HALL_BOARD)
    assert sum(value > 230 for value in grey) > len(grey) * 0.6, "mostly paper"
    assert sum(value < 160 for value in grey) > len(grey) * 0.01, "and ink on it"


def test_boards_change_their_language_at_once(before_the_board: Page) -> None:
    chinese = ink(before_the_board, HALL_BOARD)
    before_the_board.evaluate("() => exhibit.speak('en')")
    said = reads(before_the_board, HALL_BOARD, "en")
    assert said["lines"][0] == ABOUT["label"]["en"]
    english = ink(before_the_board, HALL_BOARD)
    assert sum(abs(a - b) > 40 for a, b in zip(chinese, english, strict=True)) > 50


def test_only_boards_that_are_seen_are_drawn_and_none_more_sharply_than_the_nearest(before_the_board: Page) -> None:
    boards = before_the_board.evaluate(
        "() => exhibit.hall.boards.root.children.filter((one) => one.userData.placard).map((one) => one.userData)"
    )
    assert len(boards) == len(demo("shanghai")["placards"])
    sharp = {board["placard"]: board.get("pixels", 0) for board in boards}
    assert 0 in sharp.values(), "boards at the other end of the hall are leaves of paper"
    assert sharp[HALL_BOARD] == max(sharp.values()) > 0


def test_a_board_can_be_clicked_and_opens_its_placard(before_the_board: Page) -> None:
    before_the_board.evaluate(
        """() => {
            window.chosen = [];
            // In a window so small the hint for newcomers lies over the board until it is closed.
            document.querySelector("[data-word='hint.mouse']")?.parentElement.querySelector("button")?.click();
            exhibit.select(undefined);
            exhibit.on("select", (found) => chosen.push(found?.placard?.id ?? null));
        }"""
    )
    before_the_board.mouse.click(*on_screen(before_the_board, *ABOUT["pose"]["translation"]))
    before_the_board.wait_for_function("(id) => chosen.at(-1) === id", arg=HALL_BOARD)
    before_the_board.evaluate("() => exhibit.select(undefined)")


def test_a_board_is_not_met_from_behind_nor_beside_it(before_the_board: Page) -> None:
    x, y, z = ABOUT["pose"]["translation"]
    met = before_the_board.evaluate(
        """([x, y, z]) => {
            const { boards } = exhibit.hall;
            const at = (...place) => exhibit.walker.gaze().position.set(...place);
            return [boards.at(at(x + 2, y, z), at(-1, 0, 0)), boards.at(at(x - 2, y, z), at(1, 0, 0)),
                    boards.at(at(x + 2, y + 0.7, z), at(-1, 0, 0)), boards.at(at(x + 2, y, z), at(1, 0, 0))]
                .map((hit) => hit && [hit.placard.id, hit.distance]);
        }""",
        [x, y, z],
    )
    assert met[0] == [HALL_BOARD, pytest.approx(2, abs=0.05)]
    assert HALL_BOARD not in [hit[0] for hit in met[1:] if hit]


def test_a_hundred_boards_are_held_within_a_bound() -> None:
    bounds = ask(
        """
        import { mostDrawn, sharpnessFor } from "VIEWER/boards/sharpness.ts";
        const levels = [0, 0.5, 1].map((level) => ({ level, pixelRatio: 1, shadows: false, detail: 1 }));
        const seen = [10, 300, 700, 1e6];
        answer(levels.map((quality) => [mostDrawn(quality), ...seen.map((pixels) => sharpnessFor(pixels, quality))]));
        """
    )
    assert bounds == [[10, 0, 320, 768, 768], [24, 0, 320, 768, 1280], [24, 0, 320, 768, 1920]]


def test_a_board_knows_which_way_its_language_runs() -> None:
    said = ask(
        """
        import { wordsOf } from "VIEWER/boards/content.ts";
        const words = wordsOf(data, data.placards[0], "ar");
        answer(words);
        """,
        {
            "languages": ["ar", "en"],
            "people": [],
            "awards": [],
            "placards": [
                {"label": {"ar": "رافعة", "en": "Crane"}, "body": {"ar": "نص"}, "people": ["people/gone"], "awards": []}
            ],
        },
    )
    assert said["title"] == {"text": "رافعة", "lang": "ar", "dir": "rtl"}
    assert said["body"]["dir"] == "rtl"
    assert said["echo"]["dir"] == "ltr"
    assert "names" not in said


def test_words_from_right_to_left_stand_at_the_right_and_long_ones_end_in_an_ellipsis(
    new_context: Callable[..., BrowserContext], service: Service
) -> None:
    context = new_context(viewport=SMALL)
    page = context.new_page()
    pointer = context.request.get(f"{service.url}/public/halls/shanghai.json").json()
    manifest = context.request.get(urljoin(f"{service.url}/public/halls/", pointer["manifest"]["url"])).json()
    manifest["languages"] = ["ar", "en"]
    board = next(placard for placard in manifest["placards"] if placard["id"] == HALL_BOARD)
    board["label"] = {"ar": "قاعة", "en": "<b>Hall</b>"}
    board["body"] = {"ar": "بحر " * 4000}
    page.route("**/public/halls/shanghai.json", lambda route: route.fulfill(json=manifest))
    page.goto(f"{service.url}/view/shanghai?lang=ar")
    page.wait_for_function("() => window.exhibit?.hall")
    page.evaluate("() => exhibit.speak('ar')")
    page.evaluate("(id) => exhibit.select(id, { fly: true })", HALL_BOARD)
    said = reads(page, HALL_BOARD, "ar")
    assert said["dir"] == "rtl"
    assert said["lines"][:2] == ["قاعة", "<b>Hall</b>"]
    assert said["lines"][-1].endswith("…")
    rows = [ink(page, HALL_BOARD)[row * 96 : (row + 1) * 96] for row in range(10, 20)]
    dark = [column for row in rows for column, value in enumerate(row) if value < 120]
    assert dark, "the title is there"
    assert min(dark) > 48, "and all of it in the right half"
