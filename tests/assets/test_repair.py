"""Repair: a model with errors is written anew, and what comes of it is offered as a new asset."""

import hashlib
from typing import Any

import httpx2
import pytest
from sqlalchemy import delete, select, update

from exhibit_api.accounts.roles import Role
from exhibit_api.accounts.tables import Token
from exhibit_api.assets import repair
from exhibit_api.assets.due import PROCESS, REPAIR
from exhibit_api.assets.tables import Asset, Holding, holders
from exhibit_api.db import now, transaction
from exhibit_api.verify import verify_site
from tests.acting import House, Person, words
from tests.assets.broken import LYING, METALLIC, lying, lying_and_too_metallic, too_metallic
from tests.gltf.building import box, box_model, glb
from tests.looking import keys, problem

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture(autouse=True)
def _jiangsu(request: pytest.FixtureRequest) -> None:
    for name in {"house", "laptop"} & set(request.fixturenames):
        request.getfixturevalue(name).organisation("jiangsu")


def ask(person: Person, sha256: str) -> httpx2.Response:
    return person.post(f"/v1/assets/{sha256}/repair")


def repair_of(house: House, sha256: str) -> dict[str, Any]:
    """How far the repair is."""
    return next(work for work in house.asset(sha256)["processing"] if work["kind"] == REPAIR)


def choose(person: Person, exhibit: str, sha256: str) -> httpx2.Response:
    return person.put(f"/v1/exhibits/{exhibit}/model/asset", {"sha256": sha256})


def test_a_repaired_model_is_offered_taken_and_published(house: House) -> None:
    hall = house.hall()
    sha256 = house.send(house.exhibit("loom"), lying())
    house.place(hall, "loom")
    curator = house.person(Role.CURATOR, "jiangsu")
    answer = ask(curator, sha256)
    assert (answer.status_code, answer.json()["repaired"]) == (202, None)
    assert house.work(REPAIR) == 1

    old = house.asset(sha256)
    assert (old["state"], old["exhibits"]) == ("failed", ["loom"]), "the master is never changed"
    new = house.asset(old["repaired"])
    assert (new["state"], new["validation"]["errors"], new["exhibits"]) == ("ready", 0, [])
    assert house.client.get(new["url"], headers=curator.headers, follow_redirects=False).status_code in (200, 307)
    assert curator.get(f"/v1/assets/{new['sha256']}/report").json()["issues"]["numErrors"] == 0

    assert choose(curator, "loom", new["sha256"]).json()["exhibits"] == ["loom"]
    house.work(PROCESS)
    house.publish(hall)
    assert house.manifest(hall)["exhibits"][0]["model"]["variants"][0]["sha256"] == new["sha256"]
    entries = sorted(house.admin.get("/v1/audit?limit=200").json()["items"], key=lambda entry: entry["number"])
    told = [entry for entry in entries if entry["deed"] in ("repair model", "choose model")]
    assert [(entry["deed"], entry["role"], entry["details"]["sha256"]) for entry in told] == [
        ("repair model", "curator", new["sha256"]),
        ("choose model", "curator", new["sha256"]),
    ]
    assert not verify_site(house.site)
    assert list(house.site.settings.workshop.iterdir()) == []


def test_the_repaired_master_is_stored_under_its_own_hash(laptop: House) -> None:
    sha256 = laptop.send(laptop.exhibit("loom"), lying())
    ask(laptop.admin, sha256)
    laptop.work(REPAIR)
    new = laptop.asset(sha256)["repaired"]
    data = laptop.admin.get(f"/v1/assets/{new}/file").content
    assert hashlib.sha256(data).hexdigest() == new
    assert laptop.admin.get(f"/v1/assets/{sha256}/file").content == lying()


def test_where_nothing_could_be_mended_it_is_said(house: House) -> None:
    sha256 = house.send(house.exhibit("loom"), too_metallic())
    ask(house.admin, sha256)
    house.work(REPAIR)
    told = repair_of(house, sha256)
    assert told["state"] == "failed"
    assert "could mend nothing" in told["error"]
    assert METALLIC in told["error"]
    assert house.asset(sha256)["repaired"] is None
    assert keys(house.site.store, "vault/masters/") == {f"vault/masters/{sha256}"}


def test_what_is_mended_in_part_is_offered_with_what_stays(laptop: House) -> None:
    sha256 = laptop.send(laptop.exhibit("loom"), lying_and_too_metallic())
    ask(laptop.admin, sha256)
    laptop.work(REPAIR)
    new = laptop.asset(laptop.asset(sha256)["repaired"])
    assert new["state"] == "failed"
    codes = {issue["code"] for issue in new["issues"] if issue["severity"] == "error"}
    assert (METALLIC in codes, LYING in codes) == (True, False)


def test_a_repair_is_done_once(laptop: House) -> None:
    sha256 = laptop.send(laptop.exhibit("loom"), lying())
    for _ in range(2):
        assert ask(laptop.admin, sha256).status_code == 202
    assert laptop.work(REPAIR) == 1
    answer = ask(laptop.admin, sha256).json()
    assert answer["repaired"] == laptop.asset(sha256)["repaired"] is not None
    assert laptop.work(REPAIR) == 0


def test_the_organisations_of_the_old_one_hold_the_new_one(house: House) -> None:
    house.organisation("anhui")
    sha256 = house.send(house.exhibit("loom"), lying())
    house.send(house.exhibit("pump", organisation="anhui"), lying())
    ask(house.admin, sha256)
    house.work(REPAIR)
    new = house.asset(sha256)["repaired"]
    with transaction(house.site.sessions, reads_only=True) as session:
        assert holders(session, new) == {"jiangsu", "anhui"}


def test_a_repair_is_held_only_by_those_for_whom_its_asker_may_write(house: House) -> None:
    house.organisation("anhui")
    sha256 = house.send(house.exhibit("loom"), lying())
    house.send(house.exhibit("pump", organisation="anhui"), lying())
    ask(house.person(Role.CURATOR, "jiangsu"), sha256)
    house.work(REPAIR)
    new = house.asset(sha256)["repaired"]
    with transaction(house.site.sessions, reads_only=True) as session:
        assert holders(session, new) == {"jiangsu"}
    entries = house.admin.get("/v1/audit?limit=200").json()["items"]
    assert [entry["organisation"] for entry in entries if entry["deed"] == "repair model"] == ["jiangsu"]


def test_a_repair_for_which_nobody_is_left_to_hold_it_is_told(laptop: House) -> None:
    laptop.organisation("anhui")
    sha256 = laptop.send(laptop.exhibit("loom"), lying())
    laptop.send(laptop.exhibit("pump", organisation="anhui"), lying())
    ask(laptop.person(Role.CURATOR, "jiangsu"), sha256)
    with transaction(laptop.site.sessions) as session:
        session.execute(delete(Holding).where(Holding.organisation == "jiangsu"))
    laptop.work(REPAIR)
    assert "may not write" in repair_of(laptop, sha256)["error"]
    assert laptop.asset(sha256)["repaired"] is None


@pytest.mark.parametrize("when", ["before it is begun", "while it is done"])
def test_a_repair_is_done_by_the_rights_that_its_asker_has_then(
    laptop: House, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    sha256 = laptop.send(laptop.exhibit("loom"), lying())
    ask(laptop.person(Role.CURATOR, "jiangsu"), sha256)

    def revoke() -> None:
        with transaction(laptop.site.sessions) as session:
            session.execute(update(Token).where(Token.role == Role.CURATOR).values(revoked_at=now()))

    if when == "before it is begun":
        revoke()
    else:
        rewrite = repair.rewritten
        monkeypatch.setattr(repair, "rewritten", lambda *given, **more: (revoke(), rewrite(*given, **more))[1])
    laptop.work(REPAIR)
    told = repair_of(laptop, sha256)
    assert told["state"] == "failed"
    assert "who asked for the repair may not any more: the token was revoked at" in told["error"]
    assert laptop.asset(sha256)["repaired"] is None


def test_a_repair_that_no_quota_takes_is_told(laptop: House) -> None:
    body = {"label": words("Anhui"), "quotaBytes": len(lying())}
    assert laptop.admin.put("/v1/organisations/anhui", body).status_code == 201
    sha256 = laptop.send(laptop.exhibit("loom", organisation="anhui"), lying())
    ask(laptop.admin, sha256)
    laptop.work(REPAIR)
    told = repair_of(laptop, sha256)
    assert told["state"] == "failed"
    assert "anhui stores" in told["error"]
    with transaction(laptop.site.sessions, reads_only=True) as session:
        assert session.scalars(select(Asset.sha256)).all() == [sha256]


def test_what_cannot_be_repaired_is_told_at_once(laptop: House) -> None:
    laptop.organisation("anhui")
    sound = laptop.send(laptop.exhibit("loom"), box())
    problem(ask(laptop.admin, sound), 409, "no errors")
    json, data = box_model()
    json["materials"][0]["pbrMetallicRoughness"]["metallicFactor"] = 1.5
    foreign = laptop.send(laptop.exhibit("gear"), glb(json | {"extensionsUsed": ["FB_ngon_encoding"]}, data))
    problem(ask(laptop.admin, foreign), 409, "FB_ngon_encoding")
    laptop.exhibit("pump")
    waiting = laptop.admin.send("/v1/exhibits/pump/model", lying()).json()["sha256"]
    problem(ask(laptop.admin, waiting), 409, "not checked yet")
    problem(ask(laptop.admin, "0" * 64), 404)
    problem(ask(laptop.person(Role.CURATOR, "anhui"), sound), 403, "curator of anhui")
    problem(ask(laptop.person(Role.OPERATOR), sound), 403, "operator")
    problem(ask(laptop.visitor, sound), 401)


def test_only_what_one_may_read_can_be_chosen(laptop: House) -> None:
    laptop.organisation("anhui")
    sha256 = laptop.send(laptop.exhibit("loom"), box())
    laptop.exhibit("pump", organisation="anhui")
    anhui = laptop.person(Role.CURATOR, "anhui")
    problem(choose(anhui, "pump", sha256), 403, "curator of anhui")
    problem(choose(anhui, "loom", sha256), 403, "in jiangsu")
    problem(choose(laptop.admin, "pump", "0" * 64), 404)
    problem(choose(laptop.admin, "nothing", sha256), 404)
    problem(choose(laptop.visitor, "pump", sha256), 401)
    assert choose(laptop.admin, "pump", sha256).json()["exhibits"] == ["loom", "pump"]
    assert anhui.get(f"/v1/assets/{sha256}").json()["exhibits"] == ["pump"]


def test_a_chosen_asset_counts_against_the_quota(laptop: House) -> None:
    body = {"label": words("Anhui"), "quotaBytes": len(box()) - 1}
    assert laptop.admin.put("/v1/organisations/anhui", body).status_code == 201
    sha256 = laptop.send(laptop.exhibit("loom"), box())
    laptop.exhibit("pump", organisation="anhui")
    problem(choose(laptop.admin, "pump", sha256), 413, "anhui")
