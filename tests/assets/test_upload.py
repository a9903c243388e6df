"""Sending models: what is told of them, whom they count for, and that the master is never changed."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import httpx2
import pytest
from sqlalchemy import select

from exhibit_api.accounts.roles import Role
from exhibit_api.assets.quotas import used_room
from exhibit_api.assets.tables import Asset, Holding
from exhibit_api.db import transaction
from tests.acting import House, words
from tests.gltf.building import box, triangle
from tests.looking import keys, left_over, problem

LOOM, PUMP = box((1, 2, 1)), box((0.5, 1, 0.5))
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "models"


def digest(model: bytes) -> str:
    return hashlib.sha256(model).hexdigest()


def organisation(house: House, slug: str, quota: int | None = None) -> str:
    body = {"label": words(slug)} | ({"quotaBytes": quota} if quota is not None else {})
    assert house.admin.put(f"/v1/organisations/{slug}", body).status_code == 201
    return slug


def test_a_model_is_measured_on_arrival(house: House) -> None:
    organisation(house, "jiangsu")
    house.exhibit("loom")
    answer = house.admin.send("/v1/exhibits/loom/model", LOOM)
    assert (answer.status_code, answer.headers["Location"]) == (202, f"/v1/assets/{digest(LOOM)}")
    asset = answer.json()
    assert (asset["sha256"], asset["bytes"], asset["mediaType"]) == (digest(LOOM), len(LOOM), "model/gltf-binary")
    assert (asset["state"], asset["issues"], asset["exhibits"]) == ("received", [], ["loom"])
    assert [(work["kind"], work["state"]) for work in asset["processing"]] == [("gate", "queued")]
    measures = asset["measures"]
    assert (measures["triangles"], measures["vertices"], measures["drawCalls"]) == (12, 24, 1)
    assert measures["bounds"] == {"min": [-0.5, 0, -0.5], "max": [0.5, 2, 0.5]}
    assert house.admin.get(answer.headers["Location"]).json() == asset
    assert house.admin.get("/v1/exhibits/loom/model").json() == asset
    assert keys(house.site.store) == {f"vault/masters/{digest(LOOM)}"}
    assert left_over(house.site) == 0


def test_a_scan_in_the_wrong_unit_is_warned_about(laptop: House) -> None:
    organisation(laptop, "jiangsu")
    laptop.exhibit("tower", box((60, 90, 60)))
    issues = laptop.admin.get("/v1/exhibits/tower/model").json()["issues"]
    (issue,) = [issue for issue in issues if issue["source"] == "exhibit-api"]
    assert (issue["code"], issue["severity"]) == ("SCALE_SUSPECT", "warning")


def test_a_real_scan_is_taken_with_its_warnings(laptop: House) -> None:
    venus = CORPUS / "venus.glb"
    if not venus.is_file():
        pytest.skip("the corpus of real models is not there")
    organisation(laptop, "jiangsu")
    laptop.exhibit("venus")
    with venus.open("rb") as file:
        answer = laptop.client.put("/v1/exhibits/venus/model", content=file.read(), headers=laptop.admin.headers)
    assert answer.status_code == 202
    assert "SCALE_SUSPECT" in {issue["code"] for issue in answer.json()["issues"]}
    assert laptop.admin.get(f"{answer.headers['Location']}/file").content == venus.read_bytes()


def test_the_same_bytes_twice_are_one_asset(house: House) -> None:
    for slug in ("jiangsu", "anhui"):
        organisation(house, slug)
    house.exhibit("loom", LOOM)
    house.exhibit("old-loom", LOOM)
    house.exhibit("pump", LOOM, organisation="anhui")
    house.admin.send("/v1/exhibits/pump/model", LOOM)
    assert keys(house.site.store, "vault/masters/") == {f"vault/masters/{digest(LOOM)}"}
    with transaction(house.site.sessions, reads_only=True) as session:
        assert len(session.scalars(select(Asset)).all()) == 1
        assert [used_room(session, slug) for slug in ("jiangsu", "anhui")] == [(len(LOOM), 1), (len(LOOM), 1)]
    assert house.admin.get(f"/v1/assets/{digest(LOOM)}").json()["exhibits"] == ["loom", "old-loom", "pump"]
    curator = house.person(Role.CURATOR, "anhui")
    assert curator.get(f"/v1/assets/{digest(LOOM)}").json()["exhibits"] == ["pump"]


def test_another_organisation_s_asset_is_not_shown(laptop: House) -> None:
    for slug in ("jiangsu", "anhui"):
        organisation(laptop, slug)
    laptop.exhibit("loom", LOOM)
    curator = laptop.person(Role.CURATOR, "anhui")
    problem(curator.get(f"/v1/assets/{digest(LOOM)}"), 403, "curator of anhui")
    problem(curator.get(f"/v1/assets/{digest(LOOM)}/file"), 403, "curator of anhui")
    problem(laptop.visitor.get(f"/v1/assets/{digest(LOOM)}/file"), 401)
    assert laptop.fetch(f"/public/blobs/{digest(LOOM)}.glb").status_code == 404


def test_each_organisation_counts_an_asset_against_its_own_quota(laptop: House) -> None:
    organisation(laptop, "jiangsu", quota=len(LOOM))
    organisation(laptop, "anhui", quota=len(LOOM) - 1)
    laptop.exhibit("loom", LOOM)
    laptop.exhibit("pump", organisation="anhui")
    problem(laptop.admin.send("/v1/exhibits/pump/model", LOOM), 413, "anhui", str(len(LOOM) - 1))
    assert laptop.admin.get("/v1/exhibits/pump/model").status_code == 404
    assert laptop.admin.get(f"/v1/assets/{digest(LOOM)}").json()["exhibits"] == ["loom"]


def test_one_file_sent_by_many_at_once_is_one_asset(house: House) -> None:
    organisations = [organisation(house, slug) for slug in ("jiangsu", "anhui")]
    exhibits = [house.exhibit(f"loom-{at}", organisation=organisations[at % 2]) for at in range(6)]
    together = Barrier(len(exhibits))

    def send(exhibit: str) -> int:
        together.wait()
        return house.admin.send(f"/v1/exhibits/{exhibit}/model", LOOM).status_code

    with ThreadPoolExecutor(len(exhibits)) as pool:
        assert list(pool.map(send, exhibits)) == [202] * len(exhibits)
    assert keys(house.site.store) == {f"vault/masters/{digest(LOOM)}"}
    assert left_over(house.site) == 0
    assert house.admin.get(f"/v1/assets/{digest(LOOM)}").json()["exhibits"] == exhibits
    with transaction(house.site.sessions, reads_only=True) as session:
        assert set(session.scalars(select(Holding.organisation))) == {"jiangsu", "anhui"}


def test_many_models_sent_to_one_exhibit_at_once_leave_one_of_them(house: House) -> None:
    organisation(house, "jiangsu")
    house.exhibit("loom")
    models = [box((1, 1, 1 + at)) for at in range(6)]
    together = Barrier(len(models))

    def send(model: bytes) -> int:
        together.wait()
        return house.admin.send("/v1/exhibits/loom/model", model).status_code

    with ThreadPoolExecutor(len(models)) as pool:
        assert list(pool.map(send, models)) == [202] * len(models)
    assert keys(house.site.store) == {f"vault/masters/{digest(model)}" for model in models}
    assert house.admin.get("/v1/exhibits/loom/model").json()["sha256"] in {digest(model) for model in models}
    shown = [house.admin.get(f"/v1/assets/{digest(model)}").json()["exhibits"] for model in models]
    assert sorted(shown) == [[]] * 5 + [["loom"]]


def test_a_new_model_replaces_the_old_one_and_changes_no_master(laptop: House) -> None:
    organisation(laptop, "jiangsu")
    laptop.exhibit("loom", LOOM)
    laptop.exhibit("pump", LOOM)
    laptop.admin.send("/v1/exhibits/loom/model", PUMP)
    assert laptop.admin.get("/v1/exhibits/loom/model").json()["sha256"] == digest(PUMP)
    assert laptop.admin.get("/v1/exhibits/pump/model").json()["sha256"] == digest(LOOM)
    assert laptop.admin.get(f"/v1/assets/{digest(LOOM)}/file").content == LOOM
    laptop.admin.send("/v1/exhibits/loom/model", LOOM)
    assert laptop.admin.get("/v1/exhibits/loom/model").json()["sha256"] == digest(LOOM)


def test_a_master_is_read_whole_and_by_range(house: House) -> None:
    organisation(house, "jiangsu")
    house.exhibit("loom", LOOM)
    address = f"/v1/assets/{digest(LOOM)}/file"

    def read(**headers: str) -> httpx2.Response:
        answer = house.client.get(address, headers=house.admin.headers | headers, follow_redirects=False)
        return httpx2.get(answer.headers["Location"], headers=headers) if answer.status_code == 307 else answer

    assert read().content == LOOM
    part = read(Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, LOOM[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(LOOM)}"
    assert read(Range="bytes=-7").content == LOOM[-7:]
    assert read(Range=f"bytes={len(LOOM)}-").status_code == 416
    head = house.client.head(address, headers=house.admin.headers)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(LOOM)))


def test_an_exhibit_that_is_deleted_leaves_its_master(laptop: House) -> None:
    organisation(laptop, "jiangsu")
    laptop.exhibit("loom", LOOM)
    assert laptop.admin.delete("/v1/exhibits/loom").status_code == 204
    problem(laptop.admin.get("/v1/exhibits/loom/model"), 404, "loom")
    assert laptop.admin.get(f"/v1/assets/{digest(LOOM)}").json()["exhibits"] == []


def test_an_unknown_asset_and_an_exhibit_without_model_are_told(laptop: House) -> None:
    organisation(laptop, "jiangsu")
    laptop.exhibit("loom")
    problem(laptop.admin.get("/v1/exhibits/loom/model"), 404, "PUT /v1/exhibits/loom/model")
    problem(laptop.admin.get(f"/v1/assets/{digest(triangle())}"), 404, digest(triangle()))
    problem(laptop.admin.get("/v1/assets/..%2F..%2Fetc"), 404)
    problem(laptop.admin.get("/v1/assets/ABC"), 422)
