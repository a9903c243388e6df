"""Imports at the same moment: by two workers, by two curators, beside those who write the same records by hand."""

import pytest
from sqlalchemy import update

from exhibit_api.accounts.roles import Role
from exhibit_api.db import transaction
from exhibit_api.importing.order import IMPORT
from exhibit_api.jobs.tables import Job, JobState
from tests.acting import House, words
from tests.editions.test_concurrent import all_at_once
from tests.importing.building import SMALL, apply, mistakes, send, told, xlsx
from tests.looking import keys


@pytest.fixture
def house(house: House) -> House:
    house.organisation("jiangsu")
    return house


@pytest.mark.parametrize("mode", ["all", "rows"])
def test_imports_of_the_same_rows_make_each_record_once_and_all_of_them_end_well(house: House, mode: str) -> None:
    curators = [house.person(Role.CURATOR, "jiangsu") for _ in range(3)]
    sent = [send(house, curator, xlsx(SMALL)) for curator in curators]
    for curator, one in zip(curators, sent, strict=True):
        assert curator.post(f"/v1/imports/{one['id']}/apply", {"mode": mode}).status_code == 202
    all_at_once([lambda: house.work("import")] * 3)
    house.work("import")
    ends = [told(curator, one["id"]) for curator, one in zip(curators, sent, strict=True)]
    for end in ends:
        assert (end["state"], mistakes(end)) == ("done", {}), end["problem"]
    made = [counts["new"] for end in ends for counts in end["report"]["tables"].values()]
    assert sum(made) == 5, "what another import had made is unchanged"
    for name in ("people/li-ming", "achievements/seam-tracking", "exhibits/welding-robot"):
        assert house.admin.get(f"/v1/{name}").json()["revision"] == 1


def test_what_changed_between_check_and_application_is_seen(house: House) -> None:
    sent = send(house, house.admin, xlsx(SMALL), organisation="jiangsu")
    house.admin.put("/v1/people/li-ming", {"organisation": "jiangsu", "label": words("Somebody else")})
    done = apply(house, house.admin, sent)
    assert done["report"]["tables"]["people"] == {"new": 1, "changed": 1, "unchanged": 0, "faulty": 0}
    assert house.admin.get("/v1/people/li-ming").json()["revision"] == 2


def test_a_right_that_was_lost_meanwhile_is_lost(house: House) -> None:
    house.organisation("anhui")
    curator = house.person(Role.CURATOR, "jiangsu")
    sent = send(house, curator, xlsx(SMALL))
    house.exhibit("welding-robot", organisation="anhui")
    refused = apply(house, curator, sent)
    assert refused["state"] == "checked"
    assert [one["cell"] for one in refused["report"]["mistakes"]] == ["exhibits!A2"]


def test_applying_twice_is_applying_once(house: House) -> None:
    sent = send(house, house.admin, xlsx(SMALL), organisation="jiangsu")
    answers = all_at_once(
        [lambda: house.admin.post(f"/v1/imports/{sent['id']}/apply", {"mode": "all"}).status_code] * 4
    )
    assert set(answers) == {202}
    house.work("import")
    assert house.admin.get("/v1/people/li-ming").json()["revision"] == 1
    assert house.admin.post(f"/v1/imports/{sent['id']}/apply", {"mode": "rows"}).status_code == 409


def test_a_curator_has_so_many_collections_at_work_and_no_more(laptop: House) -> None:
    laptop.organisation("jiangsu")
    address = "/v1/imports?filename=c.xlsx&organisation=jiangsu"
    answers = all_at_once(
        [lambda: laptop.client.post(address, content=b"x", headers=laptop.admin.headers).status_code] * 22
    )
    assert sorted(answers) == [202] * 10 + [409] * 12
    assert laptop.person(Role.CURATOR, "jiangsu").get("/v1/imports").json()["items"] == []
    laptop.work("import")
    sent = [send(laptop, laptop.admin, xlsx(SMALL), organisation="jiangsu")["id"] for _ in range(12)]
    waiting = {one["id"] for one in laptop.admin.get("/v1/imports").json()["items"] if one["state"] == "checked"}
    assert waiting == set(sent[2:]), "the oldest make room"


def test_an_import_whose_worker_failed_for_good_can_be_applied_again_or_forgotten(laptop: House) -> None:
    laptop.organisation("jiangsu")
    sent = send(laptop, laptop.admin, xlsx(SMALL), organisation="jiangsu")
    laptop.admin.post(f"/v1/imports/{sent['id']}/apply", {})
    assert laptop.admin.delete(f"/v1/imports/{sent['id']}").status_code == 409
    with transaction(laptop.site.sessions) as session:
        session.execute(update(Job).where(Job.kind == IMPORT).values(state=JobState.FAILED, error="the store was away"))
    assert told(laptop.admin, sent["id"])["processing"]["state"] == "failed"
    assert apply(laptop, laptop.admin, sent, "rows")["state"] == "done"


def test_a_token_that_was_revoked_meanwhile_writes_nothing(laptop: House) -> None:
    laptop.organisation("jiangsu")
    curator = laptop.person(Role.CURATOR, "jiangsu")
    sent = send(laptop, curator, xlsx(SMALL))
    assert curator.post(f"/v1/imports/{sent['id']}/apply", {}).status_code == 202
    assert laptop.admin.delete(f"/v1/tokens/{sent['actor'].removeprefix('tokens/')}").status_code == 204
    laptop.work(IMPORT)
    assert "was revoked" in told(laptop.admin, sent["id"])["problem"]["detail"]
    assert laptop.admin.get("/v1/people/li-ming").status_code == 404


def test_a_collection_is_not_looked_into_for_a_token_that_was_revoked_meanwhile(laptop: House) -> None:
    laptop.organisation("jiangsu")
    curator = laptop.person(Role.CURATOR, "jiangsu")
    sent = laptop.client.post("/v1/imports?filename=c.xlsx", content=xlsx(SMALL), headers=curator.headers).json()
    assert laptop.admin.delete(f"/v1/tokens/{sent['actor'].removeprefix('tokens/')}").status_code == 204
    laptop.work(IMPORT)
    refused = told(laptop.admin, sent["id"])
    assert (refused["state"], refused["report"]) == ("refused", None)
    assert "was revoked" in refused["problem"]["detail"]
    assert keys(laptop.site.store) == set()
