"""A worker that is killed at any step of an import: another one ends it, each row is there once, and nothing is left over."""

import itertools
import time
from pathlib import Path
from typing import Any

import pytest

from exhibit_api.importing.order import IMPORT
from exhibit_api.importing.tables import FOLDER
from exhibit_api.jobs.tables import JobState
from exhibit_api.sweep import sweep
from tests.acting import House
from tests.assets.dying import job, let_the_lease_run_out
from tests.assets.uploads.cut_off import store_of, survives
from tests.gltf.building import box
from tests.importing.building import EXHIBITS, changed, send, told, xlsx
from tests.importing.test_zips import packed
from tests.looking import keys

FEWEST_STEPS = 9


@pytest.fixture
def store(request: pytest.FixtureRequest, house: House, tmp_path: Path) -> tuple[str, dict[str, Any]]:
    house.organisation("jiangsu")
    return store_of(request, house, tmp_path)


@pytest.mark.parametrize("mode", ["all", "rows"])
def test_a_worker_killed_at_any_step_is_followed_by_another(
    house: House, store: tuple[str, dict[str, Any]], mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    for step in itertools.count(1):
        slug = f"robot-{step}"
        exhibits = changed(EXHIBITS, A2=slug, E2=None, F2="robot.glb")
        collection = packed({"c.xlsx": xlsx({"exhibits": exhibits}), "robot.glb": box((1, 2, step))})
        sent = send(house, house.admin, collection, "c.zip", organisation="jiangsu")
        assert house.admin.post(f"/v1/imports/{sent['id']}/apply", {"mode": mode}).status_code == 202
        has_survived = survives(house.site.settings, *store, sent["id"], step, IMPORT)
        if job(house.site, IMPORT, sent["id"]).state == JobState.RUNNING:
            let_the_lease_run_out(house.site)
        house.work(IMPORT)
        assert told(house.admin, sent["id"])["state"] == "done", f"killed before step {step}"
        exhibit = house.admin.get(f"/v1/exhibits/{slug}").json()
        assert exhibit["revision"] == 1, f"killed before step {step}"
        model = house.admin.get(f"/v1/exhibits/{slug}/model").json()
        assert house.site.store.read(f"vault/masters/{model['sha256']}") == box((1, 2, step))
        usage = house.admin.get("/v1/organisations/jiangsu/usage").json()
        assert usage["usedFiles"] == step, f"killed before step {step}"
        if has_survived:
            break
    assert step > FEWEST_STEPS
    with monkeypatch.context() as later:  # one that died when all was written could not clear away what was sent
        later.setattr(time, "time", lambda: real() + 100 * 3600)
        list(sweep(house.site))
    assert not {key for key in keys(house.site.store) if key.startswith(FOLDER)}
