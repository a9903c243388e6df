"""Writing, reading, listing and deleting a record of each kind, guarded against lost updates."""

from typing import Any

import pytest

from tests.acting import House, words
from tests.catalogue.records import KINDS, RECORDS, fill, pointers, slugs

ADDRESS = {name.split("/")[0]: f"/v1/{name}" for name in RECORDS}


def without_nulls(value: Any) -> Any:
    """A value without the members that are null, which nobody wrote."""
    if isinstance(value, list):
        return [without_nulls(part) for part in value]
    if isinstance(value, dict):
        return {name: without_nulls(part) for name, part in value.items() if part is not None}
    return value


ANHUI = {"label": words("Anhui")}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_a_record_is_read_as_it_was_written(house: House) -> None:
    fill(house)
    for name, body in RECORDS.items():
        found = house.admin.get(f"/v1/{name}").json()
        assert {member: without_nulls(found[member]) for member in body} == body
        assert (found["id"], found["slug"], found["revision"]) == (name, name.split("/")[1], 1)


def test_a_record_that_was_read_is_changed_and_sent_back(house: House) -> None:
    fill(house)
    for name in RECORDS:
        answer = house.admin.change(f"/v1/{name}", label=words("Anew"))
        assert (answer.status_code, answer.json()["revision"]) == (200, 2)
        assert answer.headers["ETag"] == house.admin.get(f"/v1/{name}").headers["ETag"]


def test_every_kind_is_listed_and_deleted_from_the_last_to_the_first(house: House) -> None:
    fill(house)
    for name in reversed(RECORDS):
        kind, slug = name.split("/")
        assert slugs(house.admin, f"/v1/{kind}") == [slug]
        assert house.admin.delete(f"/v1/{name}").status_code == 204
        assert house.admin.get(f"/v1/{name}").status_code == 404
        assert slugs(house.admin, f"/v1/{kind}") == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 428),
        ({"If-Match": '"0-00000000"'}, 412),
        ({"If-Match": "CURRENT"}, 200),
        ({"If-Match": '"old", CURRENT'}, 200),
        ({"If-Match": "W/CURRENT"}, 412),  # a weak tag says nothing certain of the state
        ({"If-Match": "*"}, 200),
        ({"If-Match": "nonsense"}, 412),
        ({"If-None-Match": "*"}, 412),
        ({"If-None-Match": "*", "If-Match": "*"}, 412),
    ],
)
def test_an_update_needs_to_know_the_present_state(open_house: House, headers: dict[str, str], status: int) -> None:
    admin = open_house.admin
    admin.delete("/v1/organisations/anhui")
    tag = admin.put("/v1/organisations/anhui", ANHUI, **{"If-None-Match": "*"}).headers["ETag"]
    claimed = {name: value.replace("CURRENT", tag) for name, value in headers.items()}
    answer = admin.put("/v1/organisations/anhui", {"label": words("Anhui anew")}, **claimed)
    assert answer.status_code == status
    if status != 200:
        assert tag in answer.json()["detail"]
        assert admin.get("/v1/organisations/anhui").headers["ETag"] == tag


def test_an_update_of_what_was_deleted_does_not_bring_it_back(house: House) -> None:
    tag = fill(house, "organisations")["organisations/jiangsu"]
    house.admin.delete("/v1/organisations/jiangsu")
    for claim in (tag, "*"):
        assert house.admin.put("/v1/organisations/jiangsu", ANHUI, **{"If-Match": claim}).status_code == 412
    assert house.admin.get("/v1/organisations/jiangsu").status_code == 404


def test_the_etag_of_a_record_that_was_made_anew_is_another(open_house: House) -> None:
    first = open_house.admin.put("/v1/organisations/shanghai", ANHUI).headers["ETag"]
    open_house.admin.delete("/v1/organisations/shanghai")
    second = open_house.admin.put("/v1/organisations/shanghai", {"label": words("Other")}).headers["ETag"]
    assert first != second


def test_a_deletion_may_be_guarded(open_house: House) -> None:
    tag = open_house.admin.put("/v1/organisations/zhejiang", ANHUI).headers["ETag"]
    assert open_house.admin.delete("/v1/organisations/zhejiang", **{"If-Match": '"9-00000000"'}).status_code == 412
    assert open_house.admin.delete("/v1/organisations/zhejiang", **{"If-Match": tag}).status_code == 204
    assert open_house.admin.delete("/v1/organisations/zhejiang").status_code == 404


def test_a_name_that_does_not_exist_is_refused_with_its_place(house: House) -> None:
    fill(house)
    jiangsu = {"organisation": "jiangsu", "label": words("Anew")}
    won = {"stage": "awarded", "person": "x", "award": "y"}
    for address, body, places in (
        (
            "/v1/people/wang",
            {"organisation": "anhui", "awards": ["golden-hammer", "no"]},
            ["/organisation", "/awards/1"],
        ),
        ("/v1/studios/s", {"leader": "x", "members": ["lin", "y"]}, ["/leader", "/members/1"]),
        ("/v1/exhibits/e", {"achievements": ["x"]}, ["/achievements/0"]),
        ("/v1/achievements/a", {"year": 2020, "studio": "x", "people": ["z"]}, ["/people/0", "/studio"]),
        ("/v1/selections/s", {"year": 2020, "results": [won]}, ["/results/0/person", "/results/0/award"]),
    ):
        answer = house.admin.put(address, jiangsu | body)
        assert (answer.status_code, pointers(answer)) == (422, places)
        assert house.admin.get(address).status_code == 404


def test_a_record_that_is_named_is_not_deleted(house: House) -> None:
    fill(house)
    answer = house.admin.delete("/v1/people/lin")
    assert answer.status_code == 409
    assert "achievements/seam, studios/lin-studio" in answer.json()["detail"]
    house.admin.change("/v1/studios/lin-studio", label=words("Renamed"))  # its names are written anew, and still hold
    assert house.admin.delete("/v1/people/lin").status_code == 409


def test_an_exhibit_in_a_hall_is_not_deleted(house: House) -> None:
    hall = house.hall()
    house.place(hall, house.exhibit("loom"))
    for address in ("/v1/exhibits/loom", "/v1/organisations/jiangsu"):
        assert house.admin.delete(address).status_code == 409
        assert house.admin.get(address).status_code == 200


def test_the_body_of_one_kind_is_not_taken_for_another(open_house: House, kind: str) -> None:
    answer = open_house.admin.put(
        ADDRESS[kind], RECORDS[next(n for n in RECORDS if n.startswith(kind))] | {"colour": "red"}
    )
    assert (answer.status_code, pointers(answer)) == (422, ["/colour"])
