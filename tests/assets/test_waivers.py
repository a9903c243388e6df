"""Waivers: an admin of everybody concerned lets named errors pass, on the record, and takes them back."""

from typing import Any

import httpx2
import pytest
from sqlalchemy import delete

from exhibit_api.accounts.roles import Role
from exhibit_api.assets.due import PROCESS
from exhibit_api.assets.tables import Asset, Holding
from exhibit_api.db import transaction
from exhibit_api.verify import verify_site
from tests.acting import House, Person
from tests.assets.broken import LYING, METALLIC, lying_and_too_metallic, too_metallic
from tests.gltf.building import box, document, glb
from tests.looking import problem

REASON = "seen on all our devices, and no harm"

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture(autouse=True)
def _jiangsu(request: pytest.FixtureRequest) -> None:
    for name in {"house", "laptop"} & set(request.fixturenames):
        request.getfixturevalue(name).organisation("jiangsu")


def waive(person: Person, sha256: str, *codes: str, reason: str = REASON) -> httpx2.Response:
    return person.put(f"/v1/assets/{sha256}/waivers", {"codes": codes, "reason": reason})


def deeds(house: House) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = house.admin.get("/v1/audit?limit=200").json()["items"]
    return [entry for entry in entries if "waive" in entry["deed"]]


def test_a_waived_error_lets_the_model_pass_and_is_on_the_record(house: House) -> None:
    hall = house.hall()
    sha256 = house.send(house.exhibit("loom"), too_metallic())
    house.place(hall, "loom")
    assert house.asset(sha256)["state"] == "failed"

    answer = waive(house.admin, sha256, METALLIC)
    assert answer.status_code == 200
    asset = answer.json()
    assert asset["state"] == "ready"
    (waiver,) = asset["waivers"]
    assert (waiver["code"], waiver["reason"]) == (METALLIC, REASON)
    assert [issue["waived"] for issue in asset["issues"] if issue["code"] == METALLIC] == [True]
    assert house.work(PROCESS) == 1
    assert house.asset(sha256)["variants"]
    house.publish(hall)
    (entry,) = deeds(house)
    assert (entry["deed"], entry["subject"], entry["organisation"]) == ("waive errors", f"assets/{sha256}", "jiangsu")
    assert entry["details"] == {"codes": [METALLIC], "reason": REASON, "state": "ready"}
    assert waiver["by"] == entry["actor"]
    assert not verify_site(house.site)


def test_waivers_that_are_taken_back_fail_the_model_again(laptop: House) -> None:
    sha256 = laptop.send(laptop.exhibit("loom"), too_metallic())
    waive(laptop.admin, sha256, METALLIC)
    answer = waive(laptop.admin, sha256, reason="it does harm")
    assert (answer.json()["state"], answer.json()["waivers"]) == ("failed", [])
    assert [entry["deed"] for entry in deeds(laptop)] == ["take waivers back", "waive errors"]
    assert laptop.work(PROCESS) == 1, "the job that was asked for finds nothing to do"
    assert laptop.asset(sha256)["variants"] == []
    waive(laptop.admin, sha256, METALLIC)
    laptop.work(PROCESS)
    assert laptop.asset(sha256)["variants"]


def test_a_waiver_keeps_who_gave_it_first(laptop: House) -> None:
    sha256 = laptop.send(laptop.exhibit("loom"), too_metallic())
    (first,) = waive(laptop.admin, sha256, METALLIC).json()["waivers"]
    other = laptop.person(Role.ADMIN, "jiangsu")
    assert waive(other, sha256, METALLIC, METALLIC, reason="again").json()["waivers"] == [first]


@pytest.mark.parametrize("code", ["ACCESSOR_NON_UNIT", "SCALE_SUSPECT"])
def test_only_errors_that_the_validator_found_here_can_be_waived(laptop: House, code: str) -> None:
    sha256 = laptop.send(laptop.exhibit("loom"), too_metallic())
    told = problem(waive(laptop.admin, sha256, METALLIC, code), 422, code, METALLIC)
    assert [fault["pointer"] for fault in told["errors"]] == ["/codes/1"]
    assert laptop.asset(sha256)["waivers"] == []


def test_our_own_errors_cannot_be_waived(laptop: House) -> None:
    sha256 = laptop.send(laptop.exhibit("loom"), glb(document(scenes=[{"name": "empty"}], scene=0)))
    codes = [issue["code"] for issue in laptop.asset(sha256)["issues"] if issue["severity"] == "error"]
    assert codes
    problem(waive(laptop.admin, sha256, *codes), 422, "there is none")


def test_one_error_of_two_is_not_enough(laptop: House) -> None:
    sha256 = laptop.send(laptop.exhibit("loom"), lying_and_too_metallic())
    assert waive(laptop.admin, sha256, METALLIC).json()["state"] == "failed"
    assert waive(laptop.admin, sha256, METALLIC, LYING).json()["state"] == "ready"


def test_everybody_concerned_must_be_able_to_publish(house: House) -> None:
    house.organisation("anhui")
    sha256 = house.send(house.exhibit("loom"), too_metallic())
    house.send(house.exhibit("pump", organisation="anhui"), too_metallic())
    jiangsu, everywhere = house.person(Role.ADMIN, "jiangsu"), house.person(Role.ADMIN)
    problem(waive(jiangsu, sha256, METALLIC), 403, "publish in anhui")
    problem(waive(house.person(Role.CURATOR), sha256, METALLIC), 403, "curator", "publish")
    problem(waive(house.visitor, sha256, METALLIC), 401)
    problem(waive(everywhere, "0" * 64, METALLIC), 404)
    assert deeds(house) == []
    assert waive(everywhere, sha256, METALLIC).json()["state"] == "ready"
    assert {entry["organisation"] for entry in deeds(house)} == {"jiangsu", "anhui"}


@pytest.mark.parametrize(
    "body",
    [{"codes": [METALLIC]}, {"codes": ["small"], "reason": REASON}, {"codes": [METALLIC], "reason": ""}, {}],
)
def test_a_waiver_needs_its_codes_and_a_reason(laptop: House, body: dict[str, Any]) -> None:
    sha256 = laptop.send(laptop.exhibit("loom"), too_metallic())
    problem(laptop.admin.put(f"/v1/assets/{sha256}/waivers", body), 422)


def test_a_model_that_was_not_checked_yet_has_nothing_to_waive(laptop: House) -> None:
    laptop.exhibit("loom")
    sha256 = laptop.admin.send("/v1/exhibits/loom/model", box()).json()["sha256"]
    problem(waive(laptop.admin, sha256), 409, "not checked yet")
    with transaction(laptop.site.sessions) as session:
        asset = session.get(Asset, sha256)
        assert asset is not None
        asset.state = "ready"  # as it was before there was a gate
    problem(waive(laptop.admin, sha256), 409, "not checked yet")
    assert laptop.asset(sha256)["state"] == "ready"


def test_nobody_answers_for_a_model_that_nobody_holds(laptop: House) -> None:
    sha256 = laptop.send(laptop.exhibit("loom"), too_metallic())
    with transaction(laptop.site.sessions) as session:
        session.execute(delete(Holding))
    problem(waive(laptop.admin, sha256, METALLIC), 403, "no organisation holds")
