"""What the catalogue takes as text, date, order and number, and the place that it names where it does not."""

from typing import Any

import pytest

from tests.acting import House, words
from tests.catalogue.records import pointers


@pytest.mark.parametrize(
    ("label", "place", "said"),
    [
        ({"zh_CN": "焊接"}, "/label", "'zh-Hans' is probably meant"),
        ({"EN_us": "Weld"}, "/label", "'en-US' is probably meant"),
        ({"zh_TW": "焊接"}, "/label", "'zh-Hant' is probably meant"),
        ({"EN": "Weld"}, "/label", "'EN' is written 'en'"),
        ({"zh-hans": "焊接"}, "/label", "'zh-Hans'"),
        ({"english": "Weld"}, "/label", "'english'"),
        ({"qq": "Weld"}, "/label", "no language that is registered"),
        ({"": "Weld"}, "/label", "no BCP 47 language tag"),
        ({"en\n": "Weld"}, "/label", "no BCP 47 language tag"),
        ({"en": ""}, "/label/en", "at least 1 character"),
        ({"en": "   "}, "/label/en", "at least 1 character"),
        ({"en": "a\u0000b"}, "/label/en", "control characters"),
        ({"en": "a\u001bb"}, "/label/en", "control characters"),
        ({"en": "a\u007fb"}, "/label/en", "control characters"),
        ({"en": "a\u0085b"}, "/label/en", "control characters"),
        ({"en": 5}, "/label/en", "valid string"),
        ({"en": "x" * 20_001}, "/label/en", "at most 20000"),
        ("Weld", "/label", "map from language tag to text"),
        ({}, "/label", "at least 1 item"),
        (None, "/label", "valid dictionary"),
        ([], "/label", "valid dictionary"),
    ],
)
def test_a_language_map_that_is_none_is_refused_with_what_was_meant(
    open_house: House, label: Any, place: str, said: str
) -> None:
    answer = open_house.admin.put("/v1/organisations/jiangsu", {"label": label})
    assert (answer.status_code, pointers(answer)) == (422, [place])
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("tag", ["zh-Hans", "en", "zh-Hant-TW", "de-1996", "sr-Latn", "es-419", "nan-Hant"])
def test_a_registered_language_tag_is_taken(open_house: House, tag: str) -> None:
    answer = open_house.admin.put(f"/v1/organisations/in-{tag.lower()}", {"label": {tag: "  江苏\n  "}})
    assert (answer.status_code, answer.json()["label"]) == (201, {tag: "江苏"})


@pytest.mark.parametrize(
    "raw",
    [b'{"label": {"en": "\\ud800"}}', b'{"label": {"\\ud800": "a"}}', b'{"\\ud800": 1, "label": {"en": "a"}}'],
)
def test_half_a_character_is_refused(open_house: House, raw: bytes) -> None:
    answer = open_house.admin.send("/v1/organisations/jiangsu", raw, **{"Content-Type": "application/json"})
    assert answer.status_code == 422


@pytest.mark.parametrize("date", ["1998", "1998-12", "1998-02-28", "2000-02-29"])
def test_a_step_is_dated_by_year_month_or_day(open_house: House, date: str) -> None:
    story = [{"date": date, "label": words("Apprentice")}]
    body = {"organisation": "jiangsu", "label": words("Lin"), "story": story}
    assert open_house.admin.put(f"/v1/people/born-{date}", body).status_code == 201


@pytest.mark.parametrize(
    "date", ["98", "1998-13", "1998-00", "1998-2-3", "2023-02-29", "1998-04-31", "0000", "１９９８", "1998-", ""]
)
def test_a_date_that_no_calendar_has_is_refused(open_house: House, date: str) -> None:
    story = [{"date": "1990", "label": words("Apprentice")}, {"date": date, "label": words("Master")}]
    answer = open_house.admin.put("/v1/people/lin", {"organisation": "jiangsu", "label": words("Lin"), "story": story})
    assert (answer.status_code, pointers(answer)) == (422, ["/story/1/date"])


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        (["1998", "1998-05", "1998-05-02", "1999"], 201),
        (["1998-05", "1998", "1998-06"], 201),  # "in 1998" may be any day of it
        (["1998", "1998"], 201),
        (["1999", "1998"], 422),
        (["1998-05-02", "1998-05-01"], 422),
        (["1998-05", "1998", "1998-01"], 422),  # the last comes before the first, whatever stands between
        (["1999-01", "1998-12-31"], 422),
    ],
)
def test_the_steps_of_a_growth_story_are_told_in_order(open_house: House, dates: list[str], status: int) -> None:
    story = [{"date": date, "label": words("Step")} for date in dates]
    body = {"organisation": "jiangsu", "label": words("Lin"), "story": story}
    answer = open_house.admin.put(f"/v1/people/with-{len(dates)}-{dates[-1]}-{dates[0]}", body)
    assert answer.status_code == status
    if status == 422:
        assert "in order of date" in answer.json()["detail"]


def stage(name: str, begins: str, ends: str) -> dict[str, str]:
    return {"stage": name, "begins": begins, "ends": ends}


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ([stage("awarded", "2024-02-01", "2024-02-02"), stage("nominated", "2024-03-01", "2024-03-02")], "each once"),
        ([stage("nominated", "2024-02-01", "2024-02-02")] * 2, "each once"),
        ([stage("nominated", "2024-02-03", "2024-02-02")], "ends before it begins"),
        (
            [stage("nominated", "2024-02-03", "2024-02-04"), stage("awarded", "2024-01-01", "2024-05-02")],
            "begins before",
        ),
        ([stage("nominated", "2024-02-30", "2024-02-30")], "date"),
        ([stage("rumoured", "2024-02-01", "2024-02-02")], "'nominated', 'shortlisted'"),
    ],
)
def test_the_stages_of_a_selection_follow_each_other(
    open_house: House, stages: list[dict[str, str]], said: str
) -> None:
    body = {"organisation": "jiangsu", "label": words("Selection"), "year": 2024, "stages": stages}
    answer = open_house.admin.put("/v1/selections/delta", body)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("result", [{}, {"person": "lin", "studio": "lin"}, {"award": "golden"}])
def test_a_result_names_one_laureate(open_house: House, result: dict[str, str]) -> None:
    body = {"organisation": "jiangsu", "label": words("S"), "year": 2024, "results": [{"stage": "awarded"} | result]}
    answer = open_house.admin.put("/v1/selections/delta", body)
    assert (answer.status_code, pointers(answer)) == (422, ["/results/0"])


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("quotaBytes", -1),
        ("quotaBytes", 10**30),
        ("quotaBytes", 1.5),
        ("homepage", "javascript:alert(1)"),
        ("homepage", "https://a.example/\u0000"),
        ("homepage", "https://a b.example/"),
        ("region", "Jiang Su"),
    ],
)
def test_a_member_of_the_wrong_kind_is_named(open_house: House, member: str, value: Any) -> None:
    answer = open_house.admin.put("/v1/organisations/jiangsu", {"label": words("Jiangsu"), member: value})
    assert (answer.status_code, pointers(answer)) == (422, [f"/{member}"])


@pytest.mark.parametrize(
    "slug",
    [
        "..",
        "%2e%2e",
        "a%2Fb",
        "..%2Fhalls",
        "a%00b",
        "Lin",
        "林",
        "a--b",
        "-a",
        "a_b",
        "x" * 81,
        "x" * 300,
        "a%0A",
        "a.",
    ],
)
def test_a_slug_is_a_plain_word_and_no_path(open_house: House, slug: str) -> None:
    answer = open_house.admin.put(f"/v1/organisations/{slug}", {"label": words("Trick")})
    assert answer.status_code in (404, 405, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert all(found["label"] != words("Trick") for found in open_house.admin.get("/v1/organisations").json()["items"])


def test_the_longest_slug_is_taken(house: House) -> None:
    slug = "x" * 80
    assert house.admin.put(f"/v1/organisations/{slug}", {"label": words("Long")}).status_code == 201
    assert house.admin.get(f"/v1/organisations/{slug}").status_code == 200
