"""A worker that is killed at any step of receiving an upload: another one ends it, byte for byte, once, and nothing is left over."""

import itertools
import time
from pathlib import Path
from typing import Any

import pytest

from exhibit_api.assets.uploads.send import RECEIVE
from exhibit_api.jobs.tables import JobState
from exhibit_api.sweep import sweep
from tests.acting import House
from tests.assets.dying import job, let_the_lease_run_out
from tests.assets.uploads.cut_off import store_of, survives
from tests.assets.uploads.sending import PART, Sending, begin, heavy, sha256
from tests.looking import keys

FEWEST_STEPS = 9
"""On any store: join, hash, look into it, write down what was found, move, enter or refuse, clear."""


@pytest.fixture
def store(request: pytest.FixtureRequest, house: House, tmp_path: Path) -> tuple[str, dict[str, Any]]:
    return store_of(request, house, tmp_path)


def assert_nothing_is_left(house: House, upload: str, masters: set[str], tmp_path: Path, step: int) -> None:
    """Neither parts nor joined bytes, nor a file of ours about them."""
    assert keys(house.site.store) == masters, f"killed before step {step}"
    assert not list(house.site.store.multipart.begun("vault/")), f"killed before step {step}"
    assert not list((tmp_path / "data").rglob(f"*{upload}*")), f"killed before step {step}"


def ended_by_another(house: House, upload: Sending) -> dict[str, Any]:
    """How far it is after another worker has gone on, once the lease of a dead one has run out."""
    if job(house.site, RECEIVE, upload.id).state == JobState.RUNNING:
        let_the_lease_run_out(house.site)
    told = upload.received()
    assert job(house.site, RECEIVE, upload.id).state == JobState.DONE
    return told


def test_a_worker_killed_at_any_step_is_followed_by_another(
    house: House, store: tuple[str, dict[str, Any]], tmp_path: Path
) -> None:
    masters = set()
    for step in itertools.count(1):
        model = heavy(PART + 4 * step)
        sending = begin(house, size=len(model), sha256=sha256(model)).all(model)
        sending.complete()
        has_survived = survives(house.site.settings, *store, sending.id, step)
        told = ended_by_another(house, sending)
        assert (told["state"], told["asset"]) == ("done", sha256(model)), f"killed before step {step}"
        assert house.admin.get("/v1/exhibits/loom/model").json()["sha256"] == sha256(model)
        masters.add(f"vault/masters/{sha256(model)}")
        assert house.site.store.read(f"vault/masters/{sha256(model)}") == model
        assert_nothing_is_left(house, sending.id, masters, tmp_path, step)
        usage = house.admin.get("/v1/organisations/jiangsu/usage").json()
        assert (usage["usedFiles"], usage["reservedBytes"]) == (len(masters), 0), "one asset for each upload"
        if has_survived:
            break
    assert step > FEWEST_STEPS


def test_a_worker_killed_at_any_step_of_refusing_is_followed_by_another(
    house: House, store: tuple[str, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, real = heavy(PART + 4), time.time
    for step in itertools.count(1):
        sending = begin(house, sha256="0" * 64).all(model)
        sending.complete()
        has_survived = survives(house.site.settings, *store, sending.id, step)
        told = ended_by_another(house, sending)
        assert told["state"] == "refused"
        assert sha256(model) in told["problem"]["detail"], f"killed before step {step}"
        with monkeypatch.context() as later:
            later.setattr(time, "time", lambda: real() + 100 * 3600)
            list(sweep(house.site))
        assert_nothing_is_left(house, sending.id, set(), tmp_path, step)
        if has_survived:
            break
    assert step > FEWEST_STEPS
