"""The demo exhibition's words: every document is valid, every name resolves, both languages are there and read like text."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from exhibit_api.catalogue.schemas import BODIES, STAGES
from exhibit_api.demo.arrange import read_plans
from exhibit_api.halls.schemas import ExhibitionBody

MANIFESTS = Path(__file__).parents[2] / "manifests"
DEMO = MANIFESTS / "demo"
CATALOGUE = {
    kind: json.loads((DEMO / "catalogue" / f"{kind}.json").read_text(encoding="utf-8")) for kind in sorted(BODIES)
}
EXHIBITION = json.loads((DEMO / "exhibition.json").read_text(encoding="utf-8"))
PLANS = read_plans(MANIFESTS)
PLAN_FILES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (DEMO / "plans").glob("*.json")}
REGIONS = {"shanghai", "jiangsu", "zhejiang", "anhui"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PROSE = {"summary", "alt", "effect", "text", "narration", "requiredStatement"}


def texts(value, pointer=""):
    """Every language map in a JSON value, with its pointer."""
    if isinstance(value, dict):
        if "en" in value or "zh-Hans" in value:
            yield pointer, value
            return
        for name, part in value.items():
            yield from texts(part, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from texts(part, f"{pointer}/{index}")


ALL_TEXTS = [*texts(CATALOGUE), *texts(EXHIBITION, "/exhibition"), *texts(PLAN_FILES, "/plans")]
RECORDS = [(kind, slug, body) for kind, bodies in CATALOGUE.items() for slug, body in bodies.items()]
RECORD_IDS = {f"{kind}/{slug}" for kind, slug, _ in RECORDS}


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_every_record_is_a_valid_document_and_names_records_that_exist(kind):
    for slug, body in CATALOGUE[kind].items():
        document = BODIES[kind].model_validate(body)
        unknown = [(pointer, name) for pointer, name in document.names() if name not in RECORD_IDS]
        assert not unknown, f"{kind}/{slug}"
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)


def test_the_exhibition_is_valid_and_its_halls_belong_to_it():
    body = dict(EXHIBITION)
    assert body.pop("slug") == "yangtze-delta"
    assert f"organisations/{ExhibitionBody.model_validate(body).organisation}" in RECORD_IDS
    assert {plan.slug for plan in PLANS} == REGIONS | {"joint"}
    for plan in PLANS:
        assert plan.exhibition == "yangtze-delta"
        assert f"organisations/{plan.organisation}" in RECORD_IDS


def test_the_exhibition_has_the_numbers_that_it_promises():
    counts = {kind: len(bodies) for kind, bodies in CATALOGUE.items()}
    assert counts["organisations"] == 5
    assert counts["exhibits"] == 45
    assert counts["achievements"] >= 45
    assert counts["people"] == 24
    assert counts["awards"] == 8
    assert counts["studios"] == 6
    assert counts["selections"] == 2


def test_every_text_is_there_in_both_languages_and_differs():
    for pointer, text in ALL_TEXTS:
        assert set(text) == {"zh-Hans", "en"}, pointer
        assert text["zh-Hans"] != text["en"], pointer
        assert CHINESE.search(text["zh-Hans"]), pointer
        assert not CHINESE.search(text["en"]), pointer
        assert not re.search(r"[,;!?](?![0-9])|[A-Za-z]{12,}", text["zh-Hans"]), f"{pointer}: Latin punctuation"
        assert not re.search(r"[，。；：（）、]", text["en"]), f"{pointer}: Chinese punctuation"


def test_texts_are_neither_stubs_nor_essays():
    for pointer, text in ALL_TEXTS:
        prose = any(part in PROSE for part in pointer.split("/")[-1:])
        low, high = ((8, 30), (260, 600)) if prose else ((2, 3), (40, 90))
        assert low[0] <= len(text["zh-Hans"]) <= high[0], (pointer, len(text["zh-Hans"]))
        assert low[1] <= len(text["en"]) <= high[1], (pointer, len(text["en"]))


def test_no_text_is_said_twice_and_none_is_left_unfinished():
    said = Counter(
        t for p, text in ALL_TEXTS if p.split("/")[-1] in PROSE - {"requiredStatement"} for t in text.values()
    )
    assert [t for t, times in said.items() if times > 1] == []
    for pointer, text in ALL_TEXTS:
        for words in text.values():
            assert not re.search(r"lorem|ipsum|todo|fixme|xxx|tbd|待补|待定|\.\.\.|…$|  ", words, re.IGNORECASE), (
                pointer
            )
            assert words == words.strip(), pointer
        if pointer.split("/")[-1] in PROSE:
            assert text["en"].endswith((".", "!", "?")), pointer
            assert text["zh-Hans"].endswith(("。", "！", "？", "”")), pointer


@pytest.mark.parametrize("kind", ["organisations", "awards", "selections"])
def test_what_could_be_taken_for_real_says_in_its_label_that_it_is_a_demonstration(kind):
    for slug, body in CATALOGUE[kind].items():
        assert "演示" in body["label"]["zh-Hans"], slug
        assert "demonstration" in body["label"]["en"], slug


def test_the_exhibition_and_every_hall_say_that_people_and_results_are_invented():
    for words in [
        EXHIBITION["summary"],
        *(plan.summary for plan in PLANS),
        *(plan.required_statement for plan in PLANS),
    ]:
        assert "演示虚构" in words["zh-Hans"]
        assert "invented for demonstration" in words["en"]


def test_every_person_is_invented_and_has_a_life():
    for slug, person in CATALOGUE["people"].items():
        assert person["invented"] is True, slug
        assert "consent" not in person, slug
        assert {"title", "trade", "industry", "summary"} <= set(person), slug
        assert 4 <= len(person["story"]) <= 7, slug
        years = [int(step["date"][:4]) for step in person["story"]]
        assert years == sorted(years), slug
        assert years[-1] - years[0] >= 8, slug
        assert all("text" in step for step in person["story"]), slug


def test_every_exhibit_has_an_achievement_of_its_year_and_trade_and_open_rights():
    for slug, exhibit in CATALOGUE["exhibits"].items():
        assert exhibit["rights"] == "http://creativecommons.org/publicdomain/zero/1.0/", slug
        assert exhibit["alt"], slug
        achievements = [CATALOGUE["achievements"][name] for name in exhibit["achievements"]]
        assert any(a["year"] == exhibit["year"] and a["trade"] == exhibit["trade"] for a in achievements), slug
    for slug, achievement in CATALOGUE["achievements"].items():
        assert 2012 <= achievement["year"] <= 2025, slug
        assert achievement["people"], slug
        assert re.search(r"[0-9]|零|[一二两三四五六七八九十]", achievement["effect"]["zh-Hans"]), slug


def test_everybody_has_achieved_something_that_is_shown():
    shown = {name for exhibit in CATALOGUE["exhibits"].values() for name in exhibit["achievements"]}
    assert shown == set(CATALOGUE["achievements"])
    assert {p for a in CATALOGUE["achievements"].values() for p in a["people"]} == set(CATALOGUE["people"])


def test_trades_and_industries_are_a_small_vocabulary():
    described = [body for _, _, body in RECORDS if "trade" in body]
    assert 10 <= len({body["trade"] for body in described}) <= 12
    assert 9 <= len({body["industry"] for body in described}) <= 12


def test_selections_have_gone_through_all_stages_and_agree_with_the_awards():
    for slug, selection in CATALOGUE["selections"].items():
        assert [stage["stage"] for stage in selection["stages"]] == list(STAGES), slug
        assert selection["stages"][-1]["ends"] < "2026-01-01", slug
        for result in selection["results"]:
            assert ("award" in result) == (result["stage"] == "awarded"), result
            if "award" not in result:
                continue
            if person := result.get("person"):
                assert result["award"] in CATALOGUE["people"][person]["awards"], person
            if achievement := result.get("achievement"):
                assert result["award"] in CATALOGUE["achievements"][achievement]["awards"], achievement
    kinds = {kind for s in CATALOGUE["selections"].values() for r in s["results"] for kind in r}
    assert {"person", "achievement", "studio", "award"} <= kinds


def test_every_exhibit_stands_in_one_hall_and_every_person_and_studio_hangs_on_one_wall():
    placed = Counter(e for plan in PLANS for zone in plan.zones for row in zone.rows for e in row.exhibits)
    assert placed == Counter(list(CATALOGUE["exhibits"]))
    boards = Counter(board for plan in PLANS for row in plan.boards for board in row.boards)
    for kind in ("people", "studios", "selections"):
        hung = {name: times for name, times in boards.items() if name.startswith(f"{kind}/")}
        assert hung == {f"{kind}/{slug}": 1 for slug in CATALOGUE[kind]}
    assert boards["hall"] == len(PLANS)
    assert {a for plan in PLANS for honours in plan.honours.values() for a in honours.awards} == set(
        CATALOGUE["awards"]
    )


def test_halls_are_joined_both_ways_and_the_joint_hall_with_every_region():
    ways = {(plan.slug, door.to) for plan in PLANS for door in plan.doors}
    assert {(b, a) for a, b in ways} == ways
    assert {b for a, b in ways if a == "joint"} == REGIONS
    assert all(len({b for a, b in ways if a == region and b != "joint"}) == 2 for region in REGIONS)


def test_tours_have_six_to_nine_stops_at_things_of_their_hall():
    for plan in PLANS:
        exhibits = {e for zone in plan.zones for row in zone.rows for e in row.exhibits}
        boards = {board for row in plan.boards for board in row.boards}
        for tour in plan.tours:
            assert 6 <= len(tour.stops) <= 9
            assert all(stop.exhibit in exhibits or stop.board in boards for stop in tour.stops)
