"""The gate: a model that was sent is validated, and is ready or failed, with the reasons in words."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from exhibit_api.accounts.roles import Role
from exhibit_api.assets.due import GATE, PROCESS
from exhibit_api.assets.gate import check_now
from exhibit_api.assets.tables import Asset, master_key
from exhibit_api.assets.verdict import STOPPED
from exhibit_api.db import transaction
from exhibit_api.jobs.tables import Job
from exhibit_api.pipeline import gate, tools
from exhibit_api.pipeline.child import Caps
from tests.acting import House
from tests.assets.broken import LYING, METALLIC, lying, too_metallic
from tests.gltf.building import box, document, glb
from tests.looking import keys, left_over, problem

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture(autouse=True)
def _jiangsu(request: pytest.FixtureRequest) -> None:
    for name in {"house", "laptop"} & set(request.fixturenames):
        request.getfixturevalue(name).organisation("jiangsu")


def folders(house: House) -> list[Path]:
    """What lies in the workers' folder."""
    workshop = house.site.settings.workshop
    return sorted(workshop.iterdir()) if workshop.exists() else []


def test_a_sound_model_is_received_then_ready_and_its_variants_are_asked_for(house: House) -> None:
    house.exhibit("loom")
    sent = house.admin.send("/v1/exhibits/loom/model", box()).json()
    assert (sent["state"], sent["validation"], sent["recipe"]) == ("received", None, 0)
    assert house.work(GATE) == 1
    asset = house.asset(sent["sha256"])
    assert (asset["state"], asset["validation"]["errors"]) == ("ready", 0)
    assert asset["validation"]["validatorVersion"]
    told = [(work["kind"], work["state"], work["error"]) for work in asset["processing"]]
    assert told == [("gate", "done", None), ("process", "queued", None)]
    assert folders(house) == []
    assert left_over(house.site) == 0


def test_the_report_is_served_whole(house: House) -> None:
    house.exhibit("loom", too_metallic())
    sha256 = house.admin.get("/v1/exhibits/loom/model").json()["sha256"]
    answer = house.admin.get(f"/v1/assets/{sha256}/report")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    report = answer.json()
    assert report["issues"]["numErrors"] == 1
    assert METALLIC in {message["code"] for message in report["issues"]["messages"]}
    assert report["info"]["totalTriangleCount"] == 12
    assert answer.content == json.dumps(report, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_a_faulty_model_fails_with_words_in_both_languages(house: House) -> None:
    sha256 = house.send(house.exhibit("loom"), too_metallic())
    asset = house.asset(sha256)
    assert asset["state"] == "failed"
    (error,) = [issue for issue in asset["issues"] if issue["severity"] == "error"]
    assert (error["code"], error["source"], error["waived"]) == (METALLIC, "validator", False)
    assert error["pointer"] == "/materials/0/pbrMetallicRoughness/metallicFactor"
    for words in (error["summary"], error["place"], error["remedy"]):
        assert words.keys() == {"zh-Hans", "en"}
        assert any("\u4e00" <= letter <= "\u9fff" for letter in words["zh-Hans"])
    assert [work["kind"] for work in asset["processing"]] == ["gate"], "no variants are made of a model that failed"
    assert house.work(PROCESS) == 0


def test_a_model_that_failed_cannot_be_published(laptop: House) -> None:
    hall = laptop.hall()
    laptop.place(hall, laptop.exhibit("loom", too_metallic()))
    problem(laptop.admin.post(f"/v1/halls/{hall}/editions"), 409, "loom", METALLIC)


def test_our_own_errors_fail_a_model_at_once_and_the_validator_is_heard_all_the_same(laptop: House) -> None:
    laptop.exhibit("loom")
    empty = glb(document(scenes=[{"name": "empty"}], scene=0))
    sent = laptop.admin.send("/v1/exhibits/loom/model", empty)
    assert (sent.status_code, sent.json()["state"]) == (202, "failed")
    laptop.work(GATE)
    asset = laptop.asset(sent.json()["sha256"])
    assert (asset["state"], asset["validation"]["errors"]) == ("failed", 0)


def test_the_same_bytes_are_validated_once(house: House) -> None:
    sha256 = house.send(house.exhibit("loom"), box())
    house.exhibit("pump")
    sent = house.admin.send("/v1/exhibits/pump/model", box()).json()
    assert (sent["sha256"], sent["state"]) == (sha256, "ready")
    assert house.work(GATE) == 0


def test_a_master_whose_bytes_are_others_is_not_let_through(laptop: House) -> None:
    laptop.exhibit("loom")
    sha256 = laptop.admin.send("/v1/exhibits/loom/model", box()).json()["sha256"]
    path = laptop.site.store.path(master_key(sha256))
    assert path is not None
    path.write_bytes(box((2, 2, 2)))
    laptop.work(GATE)
    asset = laptop.asset(sha256)
    assert (asset["state"], asset["processing"][0]["state"]) == ("received", "queued")
    assert "other bytes" in asset["processing"][0]["error"]
    assert folders(laptop) == []


def test_a_file_that_the_validator_cannot_finish_with_fails_in_words_and_may_come_again(
    laptop: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.exhibit("loom")
    with monkeypatch.context() as cramped:
        cramped.setattr(gate, "CAPS", Caps(wall=0, cpu=60, memory=4 << 30))
        sha256 = laptop.send("loom", box())
    asset = laptop.asset(sha256)
    (issue,) = [issue for issue in asset["issues"] if issue["severity"] == "error"]
    assert (asset["state"], issue["code"]) == ("failed", STOPPED)
    assert issue["summary"].keys() == issue["remedy"].keys() == {"zh-Hans", "en"}
    assert "the validator was ended after" in asset["validation"]["failure"]
    problem(laptop.admin.get(f"/v1/assets/{sha256}/report"), 404, "has not finished")
    waivers = {"codes": [STOPPED], "reason": "it looks well"}
    problem(laptop.admin.put(f"/v1/assets/{sha256}/waivers", waivers), 422, STOPPED)

    laptop.send("loom", box())
    asset = laptop.asset(sha256)
    assert (asset["state"], "failure" in asset["validation"] and asset["validation"]["failure"]) == ("ready", None)
    assert STOPPED not in {issue["code"] for issue in asset["issues"]}


def test_where_the_toolbox_is_missing_the_job_says_so_and_the_model_waits(
    laptop: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tools, "SCRIPT", tmp_path / "not-built.mjs")
    sha256 = laptop.send(laptop.exhibit("loom"), box())
    asset = laptop.asset(sha256)
    (gate,) = asset["processing"]
    assert (asset["state"], gate["state"]) == ("received", "failed")
    assert "the toolbox is not built" in gate["error"]


def test_metrics_tell_what_waits(house: House) -> None:
    house.exhibit("loom")
    house.admin.send("/v1/exhibits/loom/model", box())
    assert 'exhibit_jobs{kind="gate",state="queued"} 1.0' in house.visitor.get("/metrics").text
    house.work()
    assert "exhibit_jobs{" not in house.visitor.get("/metrics").text


def test_many_models_pass_the_gate_in_one_go(house: House) -> None:
    models = {"loom": box(), "pump": too_metallic(), "gear": lying()}
    sent = {}
    for slug, model in models.items():
        house.exhibit(slug)
        sent[slug] = house.admin.send(f"/v1/exhibits/{slug}/model", model).json()["sha256"]
    states = check_now(house.site, list(sent.values()))
    assert {slug: states[sha256] for slug, sha256 in sent.items()} == {
        "loom": "ready",
        "pump": "failed",
        "gear": "failed",
    }
    assert LYING in {issue["code"] for issue in house.asset(sent["gear"])["issues"]}
    assert keys(house.site.store, "vault/reports/") == {f"vault/reports/{sha256}.json" for sha256 in sent.values()}
    house.work(GATE)
    with transaction(house.site.sessions, reads_only=True) as session:
        assert set(session.scalars(select(Job.state).where(Job.kind == GATE))) == {"done"}
        assert len(session.scalars(select(Asset)).all()) == 3
    assert folders(house) == []


def test_reports_are_for_those_who_may_read_drafts(laptop: House) -> None:
    laptop.organisation("anhui")
    sha256 = laptop.send(laptop.exhibit("loom"), box())
    stranger = laptop.person(Role.CURATOR, "anhui")
    for address in ("", "/report", "/events", "/file", "/variants/webxr-mobile"):
        problem(stranger.get(f"/v1/assets/{sha256}{address}"), 403, "curator of anhui")
        problem(laptop.visitor.get(f"/v1/assets/{sha256}{address}"), 401)


def test_a_report_that_is_not_there_yet_is_told(laptop: House) -> None:
    laptop.exhibit("loom")
    sha256 = laptop.admin.send("/v1/exhibits/loom/model", box()).json()["sha256"]
    problem(laptop.admin.get(f"/v1/assets/{sha256}/report"), 404, "has not finished")
