"""Who may touch what in the catalogue: each federation's curators keep to their own records."""

import pytest

from exhibit_api.accounts.roles import Role
from tests.acting import House, Person, words
from tests.catalogue.records import RECORDS, fill, slugs

OWNED = [name for name in RECORDS if name.split("/")[0] not in ("organisations", "awards", "selections")]


@pytest.fixture
def anhui(laptop: House) -> Person:
    """A curator of Anhui, in a catalogue that is Jiangsu's."""
    fill(laptop)
    laptop.organisation("anhui")
    return laptop.person(Role.CURATOR, "anhui")


def test_a_curator_of_anhui_cannot_touch_jiangsus_records(laptop: House, anhui: Person) -> None:
    for name, body in RECORDS.items():
        before = laptop.admin.get(f"/v1/{name}")
        assert anhui.put(f"/v1/{name}", body, **{"If-Match": "*"}).status_code == 403
        assert anhui.delete(f"/v1/{name}").status_code == 403
        assert laptop.admin.get(f"/v1/{name}").content == before.content


def test_a_curator_of_anhui_cannot_read_jiangsus_drafts(anhui: Person) -> None:
    for name in OWNED:
        assert anhui.get(f"/v1/{name}").status_code == 403
        kind = name.split("/")[0]
        assert slugs(anhui, f"/v1/{kind}") == []
        assert slugs(anhui, f"/v1/{kind}?organisation=jiangsu") == []


def test_shared_records_are_read_by_all(anhui: Person) -> None:
    for name in RECORDS.keys() - set(OWNED):
        assert anhui.get(f"/v1/{name}").status_code == 200


def test_nobody_steals_a_record_by_writing_the_own_name_into_it(laptop: House, anhui: Person) -> None:
    for name in ("exhibits/robot", "people/lin", "awards/golden-hammer"):
        assert (
            anhui.put(f"/v1/{name}", RECORDS[name] | {"organisation": "anhui"}, **{"If-Match": "*"}).status_code == 403
        )
        assert laptop.admin.get(f"/v1/{name}").json()["organisation"] == "jiangsu"


def test_nobody_gives_a_record_away_or_makes_one_for_others(laptop: House, anhui: Person) -> None:
    body = {"organisation": "anhui", "label": words("Lamp")}
    assert anhui.put("/v1/exhibits/lamp", body).status_code == 201
    tag = {"If-Match": "*"}
    assert anhui.put("/v1/exhibits/lamp", body | {"organisation": "jiangsu"}, **tag).status_code == 403
    assert anhui.put("/v1/exhibits/other", body | {"organisation": "jiangsu"}).status_code == 403
    assert laptop.admin.get("/v1/exhibits/lamp").json()["organisation"] == "anhui"


def test_an_organisation_words_itself_and_does_not_set_its_quota(laptop: House, anhui: Person) -> None:
    assert laptop.admin.change("/v1/organisations/anhui", quotaBytes=1000).status_code == 200
    assert anhui.change("/v1/organisations/anhui", label=words("Anhui anew")).status_code == 200
    for quota in (2000, None, 0):
        assert anhui.change("/v1/organisations/anhui", quotaBytes=quota).status_code == 403
    assert laptop.admin.get("/v1/organisations/anhui").json()["quotaBytes"] == 1000
    assert anhui.put("/v1/organisations/hubei", {"label": words("Hubei")}).status_code == 403
    assert anhui.delete("/v1/organisations/anhui").status_code == 403


def test_an_operator_reads_drafts_and_writes_none(laptop: House, anhui: Person) -> None:
    operator = laptop.person(Role.OPERATOR)
    assert operator.get("/v1/exhibits/robot").status_code == 200
    assert operator.put("/v1/exhibits/robot", RECORDS["exhibits/robot"], **{"If-Match": "*"}).status_code == 403
    assert operator.delete("/v1/exhibits/robot").status_code == 403


def test_a_visitor_reads_and_writes_no_draft(laptop: House, anhui: Person) -> None:
    for name, body in RECORDS.items():
        kind = name.split("/")[0]
        for answer in (
            laptop.visitor.get(f"/v1/{name}"),
            laptop.visitor.get(f"/v1/{kind}"),
            laptop.visitor.put(f"/v1/{name}", body),
            laptop.visitor.delete(f"/v1/{name}"),
        ):
            assert answer.status_code == 401
            assert "label" not in answer.text


def test_a_curator_of_anhui_cannot_show_what_jiangsu_keeps_by_naming_it(laptop: House, anhui: Person) -> None:
    hall = laptop.hall("hefei", "anhui")
    laptop.exhibit("secret-loom")
    placed = anhui.put(f"/v1/halls/{hall}/placements/loom", {"exhibit": "secret-loom", "translation": [0, 0, 0]})
    assert (placed.status_code, placed.json()["type"]) == (403, "/problems/forbidden")
    person = next(name for name in RECORDS if name.startswith("people/")).removeprefix("people/")
    board = {"label": words("board"), "pose": {}, "people": [person]}
    named = anhui.put(f"/v1/halls/{hall}/placards/board", board)
    assert (named.status_code, named.json()["detail"]) == (
        403,
        f"a curator of anhui may not name people/{person}, which jiangsu keeps",
    )
    achievement = {"organisation": "anhui", "label": words("it"), "year": 2024, "people": [person]}
    assert anhui.put("/v1/achievements/ours", achievement).status_code == 403
    assert laptop.admin.put(f"/v1/halls/{hall}/placards/board", board).status_code == 201
