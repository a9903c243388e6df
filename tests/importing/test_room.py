"""Collections that wait to be imported take room: in an organisation's quota, or of those that one sender may have waiting."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from exhibit_api.accounts.roles import Role
from exhibit_api.db import transaction
from exhibit_api.importing.order import IMPORT
from exhibit_api.importing.tables import FOLDER, Import
from exhibit_api.sweep import sweep
from tests.acting import House, Person
from tests.editions.test_concurrent import all_at_once
from tests.gltf.building import box_model, glb
from tests.importing.building import EXHIBITS, SMALL, apply, changed, mistakes, send, told, xlsx
from tests.importing.test_zips import packed
from tests.looking import keys, problem

SHEETS = xlsx(SMALL)
LIGHT = 60_000
"""Bytes of a model, which a zip holds as they are."""


def heavy() -> bytes:
    """A model that a zip packs to next to nothing."""
    json, data = box_model((1, 2, 1))
    data += bytes(LIGHT)
    return glb(json | {"buffers": [{"byteLength": len(data)}]}, data)


ROBOT = heavy()
ZIPPED = packed(
    {"collection.xlsx": xlsx(dict(SMALL) | {"exhibits": changed(EXHIBITS, F2="robot.glb")}), "robot.glb": ROBOT}
)


@pytest.fixture
def house(house: House) -> House:
    house.organisation("jiangsu")
    return house


@pytest.fixture
def curator(house: House) -> Person:
    return house.person(Role.CURATOR, "jiangsu")


def quota(house: House, size: int) -> None:
    assert house.admin.change("/v1/organisations/jiangsu", quotaBytes=size).status_code == 200


def usage(house: House) -> dict[str, Any]:
    found: dict[str, Any] = house.admin.get("/v1/organisations/jiangsu/usage").json()
    return found


def books(house: House) -> tuple[int, int, int]:
    """Bytes that Jiangsu stores, has reserved in all, and for collections."""
    found = usage(house)
    return found["usedBytes"], found["reservedBytes"], found["collectionBytes"]


def post(house: House, person: Person, data: bytes | Iterator[bytes], query: str = "") -> httpx2.Response:
    return house.client.post(f"/v1/imports?filename=c.xlsx{query}", content=data, headers=person.headers)


def test_a_collection_counts_until_it_is_written(house: House, curator: Person) -> None:
    sent = send(house, curator, SHEETS)
    assert books(house) == (0, len(SHEETS), len(SHEETS))
    assert usage(house)["reservedFiles"] == 0, "files are what stays"
    assert apply(house, curator, sent)["state"] == "done"
    assert books(house) == (0, 0, 0)


def test_whose_rows_they_are_that_is_whose_room_it_takes(house: House) -> None:
    house.organisation("anhui")
    send(house, house.admin, SHEETS, organisation="jiangsu")
    assert books(house)[2] == len(SHEETS)
    assert house.admin.get("/v1/organisations/anhui/usage").json()["collectionBytes"] == 0


def test_a_collection_that_cannot_be_read_gives_its_room_back(house: House, curator: Person) -> None:
    assert send(house, curator, b"no spreadsheet at all")["state"] == "refused"
    assert books(house) == (0, 0, 0)


def test_a_collection_that_is_forgotten_gives_its_room_back(house: House, curator: Person) -> None:
    sent = send(house, curator, SHEETS)
    assert curator.delete(f"/v1/imports/{sent['id']}").status_code == 204
    assert books(house) == (0, 0, 0)


def test_a_collection_that_nobody_applies_gives_its_room_back(house: House, curator: Person) -> None:
    send(house, curator, SHEETS)
    list(sweep(house.site))
    assert books(house)[2] == len(SHEETS)
    list(sweep(house.site, hours=0))
    assert books(house) == (0, 0, 0)


def test_the_oldest_that_make_room_for_new_ones_give_theirs(laptop: House) -> None:
    laptop.organisation("jiangsu")
    for _ in range(12):
        send(laptop, laptop.admin, SHEETS, organisation="jiangsu")
    assert books(laptop)[2] == 10 * len(SHEETS)


def test_room_of_an_import_that_an_older_worker_ended_is_given_back_by_a_sweep(house: House, curator: Person) -> None:
    sent = send(house, curator, SHEETS)
    other = send(house, curator, SHEETS)
    with transaction(house.site.sessions) as session:
        session.get_one(Import, sent["id"]).state = "done"
    list(sweep(house.site))
    assert books(house)[2] == len(SHEETS), other["id"]


def test_what_goes_beyond_the_quota_is_refused_and_not_kept(house: House, curator: Person) -> None:
    quota(house, 2 * len(SHEETS) - 1)
    assert post(house, curator, SHEETS).status_code == 202
    refused = post(house, curator, SHEETS)
    problem(refused, 413, f"collections of {len(SHEETS)} that wait to be imported; {len(SHEETS) - 1} are left")
    assert "delete collections that nobody applies (GET /v1/imports" in refused.json()["detail"]
    assert len(keys(house.site.store)) == 1
    problem(post(house, curator, iter([SHEETS])), 413, "are left")  # of a length that it does not tell


def test_what_waits_is_in_the_way_of_models(house: House, curator: Person) -> None:
    house.exhibit("loom")
    quota(house, len(ROBOT) + len(SHEETS) - 1)
    sent = send(house, curator, SHEETS)
    problem(house.admin.send("/v1/exhibits/loom/model", ROBOT), 413, "collections of")
    assert curator.delete(f"/v1/imports/{sent['id']}").status_code == 204
    assert house.admin.send("/v1/exhibits/loom/model", ROBOT).status_code == 202


def test_collections_sent_at_once_never_go_beyond_the_quota(house: House) -> None:
    quota(house, 3 * len(SHEETS))
    curators = [house.person(Role.CURATOR, "jiangsu") for _ in range(6)]
    answers = all_at_once([lambda one=one: post(house, one, SHEETS).status_code for one in curators])  # type: ignore[misc]
    assert set(answers) <= {202, 413, 503}
    assert 0 < answers.count(202) <= 3
    assert books(house) == (0, answers.count(202) * len(SHEETS), answers.count(202) * len(SHEETS))
    assert len([key for key in keys(house.site.store) if key.startswith(FOLDER)]) == answers.count(202)


@pytest.mark.parametrize("mode", ["all", "rows"])
def test_models_of_a_collection_count_instead_of_it_and_not_beside_it(house: House, curator: Person, mode: str) -> None:
    quota(house, len(ROBOT))
    sent = send(house, curator, ZIPPED, "collection.zip")
    assert mistakes(sent) == {}
    assert apply(house, curator, sent, mode)["state"] == "done"
    assert books(house) == (len(ROBOT), 0, 0)


@pytest.mark.parametrize("mode", ["all", "rows"])
def test_other_collections_are_in_the_way_of_its_models(house: House, curator: Person, mode: str) -> None:
    quota(house, len(ROBOT) + len(SHEETS) - 1)
    sent = send(house, curator, ZIPPED, "collection.zip")
    send(house, curator, SHEETS)
    refused = apply(house, curator, sent, mode)
    assert "that wait to be imported" in mistakes(refused)["exhibits!F2"]
    assert books(house)[0] == 0


def test_who_writes_for_all_and_names_no_organisation_has_the_room_of_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(house.site.settings.__dict__, "default_quota_bytes", 2 * len(SHEETS))
    answers = all_at_once([lambda: post(house, house.admin, SHEETS).status_code] * 4)
    assert set(answers) <= {202, 413, 503}
    assert 0 < answers.count(202) <= 2
    while answers.count(202) < 2:
        answers.append(post(house, house.admin, SHEETS).status_code)
    problem(post(house, house.admin, SHEETS), 413, f"name no organisation have {2 * len(SHEETS)} bytes")
    assert books(house) == (0, 0, 0)
    assert post(house, house.admin, SHEETS, "&organisation=jiangsu").status_code == 202
    assert post(house, house.person(Role.ADMIN), SHEETS).status_code == 202, "another sender's are another's"
    house.work(IMPORT)
    waiting = house.admin.get("/v1/imports").json()["items"][0]["id"]
    assert told(house.admin, waiting)["state"] == "checked"
    assert house.admin.delete(f"/v1/imports/{waiting}").status_code == 204


def test_a_model_of_an_exhibit_that_moves_with_its_row_counts_where_it_moves_to(house: House) -> None:
    house.exhibit("welding-robot", organisation=house.organisation("anhui"))
    moving = [["slug", "organisation", "model"], ["welding-robot", "jiangsu", "robot.glb"]]
    zipped = packed({"c.xlsx": xlsx({"exhibits": moving}), "robot.glb": ROBOT})
    assert apply(house, house.admin, send(house, house.admin, zipped, "c.zip"))["state"] == "done"
    assert usage(house)["usedBytes"] == len(ROBOT)
    assert house.admin.get("/v1/organisations/anhui/usage").json()["usedBytes"] == 0
