"""Languages, days, licences, codes, plans and searches: the small laws that pages rest on."""

import re

import pytest
import segno

from exhibit_api.viewer import wording
from exhibit_api.viewer.codes import code
from exhibit_api.viewer.languages import choose, direction, tell
from exhibit_api.viewer.plan import plan_of
from exhibit_api.viewer.search import entries_of, search
from exhibit_api.viewer.words import WORDS
from tests.viewer.shown import golden, manifest_of

BOTH = ("zh-Hans", "en")


@pytest.mark.parametrize(
    ("asked", "accept_language", "chosen"),
    [
        (None, "", "zh-Hans"),
        (None, "en", "en"),
        (None, "en-US,en;q=0.9", "en"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        (None, "zh-TW", "zh-Hans"),
        (None, "fr;q=0.9, en;q=0.1, *;q=0.5", "zh-Hans"),
        (None, "en;q=0, zh", "zh-Hans"),
        (None, "en;q=nonsense", "zh-Hans"),
        (None, ";;,,*", "zh-Hans"),
        (None, "x" * 100_000, "zh-Hans"),
        ("en", "zh-CN", "en"),
        ("EN", "zh-CN", "en"),
        ("../../etc", "en", "en"),
        ("", "en", "en"),
    ],
)
def test_a_visitor_is_answered_in_the_best_language_there_is(
    asked: str | None, accept_language: str, chosen: str
) -> None:
    assert choose(asked, accept_language, BOTH) == chosen


def test_a_text_that_lacks_the_language_comes_in_the_halls_first() -> None:
    assert tell({"de": "Halle", "zh-Hans": "展厅"}, "en", BOTH) == tell({"zh-Hans": "展厅"}, "en")
    assert tell({"ar": "قاعة"}, "en", BOTH).dir == "rtl"  # type: ignore[union-attr]
    assert tell({}, "en") is None


@pytest.mark.parametrize(
    ("tag", "runs"), [("ar", "rtl"), ("he", "rtl"), ("az-Arab", "rtl"), ("en", "ltr"), ("zh-Hans", "ltr")]
)
def test_scripts_run_their_way(tag: str, runs: str) -> None:
    assert direction(tag) == runs


def test_every_word_of_the_pages_is_there_in_both_languages() -> None:
    for name, words in WORDS.items():
        assert set(words) == set(BOTH), name
        fields = [set(re.findall(r"\{\w+\}", text)) for text in words.values()]
        assert fields[0] == fields[1], name


@pytest.mark.parametrize(
    ("when", "chinese", "english"),
    [
        ("2007", "2007年", "2007"),
        ("2007-07", "2007年7月", "July 2007"),
        ("2007-07-09", "2007年7月9日", "9 July 2007"),
        ("about 2007", "about 2007", "about 2007"),
        ("2007-13", "2007-13", "2007-13"),
    ],
)
def test_days_are_written_as_people_write_them(when: str, chinese: str, english: str) -> None:
    assert (wording.day(when, "zh-Hans"), wording.day(when, "en")) == (chinese, english)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC BY-NC-SA 4.0"),
        ("https://museum.example/rights", "https://museum.example/rights"),
    ],
)
def test_licences_have_their_names(address: str, name: str) -> None:
    assert wording.licence(address) == name


def test_a_code_draws_every_dark_module_and_no_other() -> None:
    text = "https://museum.example/view/shanghai#exhibit=welding-robot"
    symbol = segno.make(text, micro=False, error="m", boost_error=False, mask=3)
    expected = {(x + 4, y + 4) for y, row in enumerate(symbol.matrix) for x, dark in enumerate(row) if dark}
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1", str(code(text)))
    drawn = {(int(x) + step, int(y)) for x, y, length in runs for step in range(int(length))}
    assert drawn == expected


def test_walls_stand_open_where_doors_are() -> None:
    document = golden()
    wall = {"start": [0, 0], "end": [10, 0], "thickness": 0.2}
    doors = [
        {"start": 6, "end": 8, "height": 2},
        {"start": 1, "end": 2, "height": 2},
        {"start": 9, "end": 30, "height": 2},
    ]
    document["space"]["walls"] = [wall | {"openings": doors}, wall | {"end": [0, 0], "openings": []}]
    assert plan_of(manifest_of(document), {}).walls == "M0 0L1 0 M2 0L6 0 M8 0L9 0"


def test_the_plan_is_as_large_as_the_floor_and_a_margin() -> None:
    document = golden()
    document["space"]["floor"] = [[-3, -5], [3, -5], [3, 5], [-3, 5]]
    assert plan_of(manifest_of(document), {}).view_box == "-3.6 -5.6 7.2 11.2"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("千分尺", "exhibits/micrometer"),
        ("MICROMETER outside", "exhibits/micrometer"),
        ("ＭＩＣＲＯ", "exhibits/micrometer"),
        ("顾文", "people/gu-wenlan"),
        ("Listening trolley", "achievements/axle-box-listening"),
    ],
)
def test_things_are_found_by_parts_of_their_names_in_any_language(question: str, found: str) -> None:
    assert search(entries_of(manifest_of(golden())), question)[0].id == found


def test_all_words_must_be_met() -> None:
    entries = entries_of(manifest_of(golden()))
    assert search(entries, "micrometer propeller") == []
    assert search(entries, "  ") == []


def test_a_person_of_two_halls_is_found_once() -> None:
    entries = entries_of(manifest_of(golden("shanghai"))) + entries_of(manifest_of(golden("joint")))
    ids = [entry.id for entry in search(entries, "gu wenlan") if entry.kind == "person"]
    assert ids.count("people/gu-wenlan") == 1


@pytest.mark.parametrize("address", ["https://[bad", "http://[x]y/", "javascript:alert(1)", "", None])
def test_what_is_no_address_of_the_web_is_no_link(address: str | None) -> None:
    assert wording.web_address(address) is None
