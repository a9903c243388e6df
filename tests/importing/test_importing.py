"""A collection in one spreadsheet: checked cell by cell, written at once, and updated when it comes again."""

import pytest

from exhibit_api.accounts.roles import Role
from tests.acting import House, Person
from tests.importing.building import (
    ACHIEVEMENTS,
    EXHIBITS,
    PEOPLE,
    SMALL,
    apply,
    changed,
    looked_into,
    mistakes,
    saved,
    send,
    workbook,
    xlsx,
)


@pytest.fixture
def curator(house: House) -> Person:
    house.organisation("jiangsu")
    house.organisation("anhui")
    return house.person(Role.CURATOR, "jiangsu")


def test_a_collection_is_checked_then_written_then_known(house: House, curator: Person) -> None:
    sent = send(house, curator, xlsx(SMALL))
    assert sent["state"] == "checked"
    assert sent["report"]["mistakes"] == []
    assert {kind: counts["new"] for kind, counts in sent["report"]["tables"].items()} == {
        "people": 2,
        "awards": 1,
        "achievements": 1,
        "exhibits": 1,
    }
    assert curator.get("/v1/people/li-ming").status_code == 404  # nothing is written by a look

    assert apply(house, curator, sent)["state"] == "done"
    li_ming = curator.get("/v1/people/li-ming").json()
    assert li_ming["label"] == {"zh-Hans": "李明", "en": "Li Ming"}
    assert li_ming["organisation"] == "jiangsu"
    assert li_ming["story"][1] == {"date": "2016", "label": {"en": "Led a team"}, "text": {"en": "Of twelve"}}
    assert curator.get("/v1/achievements/seam-tracking").json()["people"] == ["li-ming", "wang-fang"]
    assert curator.get("/v1/exhibits/welding-robot").json()["achievements"] == ["seam-tracking"]

    again = send(house, curator, xlsx(SMALL))
    assert again["report"]["changes"] == []
    apply(house, curator, again)
    assert curator.get("/v1/people/li-ming").json()["revision"] == 1
    assert curator.get(f"/v1/imports/{sent['id']}").json()["state"] == "done"


def test_a_row_updates_what_its_table_has_columns_for(house: House, curator: Person) -> None:
    apply(house, curator, send(house, curator, xlsx(SMALL)))
    people = [["slug", "label (en)", "title (en)"], ["li-ming", "Li Ming the Elder", None]]
    sent = send(house, curator, xlsx({"people": people}))
    assert sent["report"]["changes"] == [
        {"record": "people/li-ming", "cell": "people!A2", "change": "changed", "fields": ["label", "title"]}
    ]
    apply(house, curator, sent)
    li_ming = curator.get("/v1/people/li-ming").json()
    assert li_ming["label"] == {"zh-Hans": "李明", "en": "Li Ming the Elder"}
    assert "title" not in li_ming or li_ming["title"] is None
    assert len(li_ming["story"]) == 2


def test_one_mistake_keeps_all_rows_out_or_its_own_alone(house: House, curator: Person) -> None:
    broken = dict(SMALL) | {"people": changed(PEOPLE, A3="Wang Fang")}
    sent = send(house, curator, xlsx(broken))
    assert mistakes(sent) == {
        "people!A3": "'Wang Fang' is no slug, which has small letters, digits and single hyphens alone; 'wang-fang' is probably meant"
    }
    refused = apply(house, curator, sent)
    assert refused["state"] == "checked"
    assert "nothing was written" in refused["problem"]["detail"]
    assert curator.get("/v1/people/li-ming").status_code == 404

    done = apply(house, curator, refused, "rows")
    assert done["state"] == "done"
    assert curator.get("/v1/people/li-ming").status_code == 200
    assert curator.get("/v1/achievements/seam-tracking").status_code == 404
    assert [one["waitsFor"] for one in done["report"]["held"]] == ["people/wang-fang", "achievements/seam-tracking"]


def test_a_faulty_row_is_no_mistake_of_those_who_name_it(house: House, curator: Person) -> None:
    broken = dict(SMALL) | {"people": changed(PEOPLE, F3="perhaps")}
    sent = send(house, curator, xlsx(broken))
    assert mistakes(sent) == {"people!F3": "'perhaps' is neither yes nor no (是, 否)"}
    assert [one["waitsFor"] for one in sent["report"]["held"]] == ["people/wang-fang", "achievements/seam-tracking"]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "meant"),
    [
        ("awards", "D2", 45123, "as spreadsheets count days it is 2023-07-16; '2023' is probably meant"),
        ("awards", "D2", "２０２４年", "'2024' is probably meant"),
        ("awards", "E2", "provnce", "'province' is probably meant"),
        ("awards", "E2", "Delta", "'delta' is probably meant"),
        ("people", "E2", "2009/5: Learned", "'2009-05' is probably meant"),
        ("people", "E2", "2009年5月: Learned", "'2009-05' is probably meant"),
        ("people", "E2", "2016: Led\n2009: Learned", "in order of date"),
        ("people", "C1", "lable (en)", "'label (en)' is probably meant"),
        ("people", "C1", "label", "does not say its language"),
        ("people", "B1", "label (zh_CN)", "'zh-Hans' is probably meant"),
        ("awards", "A1", "Slugg", "'slug' is probably meant"),
        ("people", "A3", None, "the slug is missing; 'wang-fang' is probably meant"),
        ("people", "A3", "#REF!", "the error #REF!"),
        ("achievements", "E2", "li-ming; wang-fan", "'wang-fang' is probably meant"),
        ("achievements", "F2", "golden-ger", "'golden-gear' is probably meant"),
        ("achievements", "D2", None, "year is missing"),
        ("exhibits", "B2", None, None),
        ("exhibits", "C2", "x" * 20_001, "at most 20000"),
    ],
)
def test_a_mistake_is_told_once_at_its_cell_with_what_was_meant(
    open_house: House,
    sheet: str,
    cell: str,
    value: object,
    meant: str | None,
) -> None:
    broken = dict(SMALL) | {sheet: changed(SMALL[sheet], **{cell: value})}
    found = looked_into(open_house, xlsx(broken))
    if meant is None:
        assert found == {}
    else:
        assert list(found) == [f"{sheet}!{cell}"]
        assert meant in found[f"{sheet}!{cell}"]


def test_merged_cells_are_one_mistake(open_house: House) -> None:
    book = workbook(SMALL)
    book["people"].merge_cells("B2:C3")
    found = looked_into(open_house, saved(book))
    assert found == {
        "people!B2": "the cells from here to C3 are merged; unmerge them, and write into each what is meant"
    }


def test_formulas_count_by_their_results(open_house: House) -> None:
    book = workbook(SMALL)
    book["awards"]["D2"] = "=2000+24"  # openpyxl writes no result, as a program that never calculated
    found = looked_into(open_house, saved(book))
    assert found == {
        "awards!D2": "a formula without a result; open the file in a spreadsheet program, save it, and send it again"
    }


def test_nobody_writes_into_what_others_keep(house: House, curator: Person) -> None:
    house.exhibit("loom", organisation="anhui")
    exhibits = changed(EXHIBITS, A2="loom")
    found = mistakes(send(house, curator, xlsx(dict(SMALL) | {"exhibits": exhibits})))
    assert list(found) == ["exhibits!A2"]
    assert "is kept by anhui" in found["exhibits!A2"]
    owned = [[*line, owner] for line, owner in zip(ACHIEVEMENTS, ("organisation", "anhui"), strict=True)]
    found = mistakes(send(house, curator, xlsx(dict(SMALL) | {"achievements": owned})))
    assert found == {"achievements!G2": "a curator of jiangsu may not write into anhui"}
    assert curator.post("/v1/imports?organisation=anhui", None).status_code == 403
    sent = send(house, curator, xlsx(SMALL))
    other = house.person(Role.CURATOR, "jiangsu")
    assert other.get(f"/v1/imports/{sent['id']}").status_code == 404
    assert other.post(f"/v1/imports/{sent['id']}/apply", {}).status_code == 404
    assert house.admin.post(f"/v1/imports/{sent['id']}/apply", {}).status_code == 409


def test_a_record_that_stands_twice_is_taken_once(open_house: House) -> None:
    doubled = [*PEOPLE, PEOPLE[1]]
    found = looked_into(open_house, xlsx(dict(SMALL) | {"people": doubled}))
    assert found == {"people!A4": "people/li-ming stands in people!A2 already; take one of them out"}


def test_a_story_is_told_anew_in_one_language_and_kept_in_the_others(house: House, curator: Person) -> None:
    both = [
        ["slug", "label (en)", "story (zh)", "story (en)"],
        ["li-ming", "Li Ming", "2009: 学徒：焊接\n2016: 班组长", "2009: Apprentice\n2012: Fitter\n2016: Foreman"],
    ]
    sent = send(house, curator, xlsx({"people": both}))
    assert mistakes(sent) == {}
    apply(house, curator, sent)
    story = curator.get("/v1/people/li-ming").json()["story"]
    assert [step["date"] for step in story] == ["2009", "2012", "2016"]
    assert story[0]["label"] == {"zh-Hans": "学徒：焊接", "en": "Apprentice"}
    english = [["slug", "story (en)"], ["li-ming", "2009: Apprentice in a yard"]]
    apply(house, curator, send(house, curator, xlsx({"people": english})))
    assert curator.get("/v1/people/li-ming").json()["story"] == [
        {"date": "2009", "label": {"zh-Hans": "学徒：焊接", "en": "Apprentice in a yard"}, "text": None},
        {"date": "2016", "label": {"zh-Hans": "班组长"}, "text": None},
    ]


def test_an_empty_organisation_takes_a_record_from_nobody(house: House, curator: Person) -> None:
    house.exhibit("loom", organisation="anhui")
    rows = [["slug", "organisation", "label (en)"], ["loom", None, "Power loom"]]
    sent = send(house, house.admin, xlsx({"exhibits": rows}), organisation="jiangsu")
    apply(house, house.admin, sent)
    assert house.admin.get("/v1/exhibits/loom").json()["organisation"] == "anhui"


def test_what_is_too_long_is_told_in_its_own_language(open_house: House) -> None:
    rows = [["slug", "label (en)", "story (zh)", "story (en)"], ["li", "Li", "2009: 学徒", "2009: " + "x" * 20_001]]
    assert list(looked_into(open_house, xlsx({"people": rows}))) == ["people!D2"]
