"""Workers that die by kill -9: another one finishes, nothing is doubled, nothing is left behind."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from exhibit_api.assets.due import GATE, PROCESS
from exhibit_api.assets.tables import Variant
from exhibit_api.db import transaction
from exhibit_api.jobs.tables import JobState
from exhibit_api.working import workers_of
from tests.acting import House
from tests.assets.dying import held_up_at_the_end, is_at, job, let_the_lease_run_out, those_in, until, worker
from tests.gltf.building import png, triangle
from tests.houses import house

__all__ = ["house"]

MODEL = triangle(png(512, 512))

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture
def asset(house: House) -> str:
    """A model that was received."""
    house.organisation("jiangsu")
    house.exhibit("loom")
    answer = house.admin.send("/v1/exhibits/loom/model", MODEL)
    sha256: str = answer.json()["sha256"]
    return sha256


def finished_by_another(house: House, kind: str, asset: str, log: Path) -> dict[str, Any]:
    """The asset after another worker has done all, once the lease of the dead one has run out."""
    site = house.site
    dead = job(site, kind, asset)
    assert (dead.state, dead.attempt) == (JobState.RUNNING, 1), log.read_text()
    until(lambda: those_in(site.settings.workshop) == [], "a tool outlived its worker")
    let_the_lease_run_out(site)
    workers = workers_of(site, 1)
    workers.start()
    try:
        until(lambda: house.asset(asset)["recipe"] > 0, "nobody finished")
    finally:
        workers.stop()
    assert (job(site, kind, asset).state, job(site, kind, asset).attempt) == (JobState.DONE, 2)
    assert list(site.settings.workshop.iterdir()) == []
    return house.asset(asset)


def names(house: House, asset: str) -> list[str]:
    with transaction(house.site.sessions, reads_only=True) as session:
        return sorted(session.scalars(select(Variant.name).where(Variant.asset == asset)))


def test_a_worker_that_dies_while_it_validates(house: House, asset: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with worker(house.site, tmp_path / "store", log) as dying:
        until(lambda: is_at(house.site, GATE, asset, "validate") and dying.has_child(), "the validator never ran")
        dying.kill()
    told = finished_by_another(house, GATE, asset, log)
    assert (told["state"], told["validation"]["errors"]) == ("ready", 0)


@pytest.mark.parametrize("step", ["plain", "webxr-mobile", "quick-look"])
def test_a_worker_that_dies_while_it_makes_variants(house: House, asset: str, tmp_path: Path, step: str) -> None:
    log = tmp_path / "log"
    house.work(GATE)
    with worker(house.site, tmp_path / "store", log) as dying:
        until(lambda: is_at(house.site, PROCESS, asset, step), f"{step} never came")
        dying.kill()
    assert names(house, asset) == []
    told = finished_by_another(house, PROCESS, asset, log)
    assert names(house, asset) == sorted(variant["name"] for variant in told["variants"])
    assert {"webxr-mobile", "quick-look"} <= set(names(house, asset))


def test_a_worker_that_dies_between_the_files_and_the_rows(house: House, asset: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    house.work(GATE)
    with held_up_at_the_end(house.site, asset) as is_held_up:
        with worker(house.site, tmp_path / "store", log) as dying:
            until(lambda: is_at(house.site, PROCESS, asset, "store"), "nothing was ever stored")
            until(is_held_up, "the rows were never entered")
            dying.kill()
        assert names(house, asset) == []
    told = finished_by_another(house, PROCESS, asset, log)
    assert names(house, asset) == sorted(variant["name"] for variant in told["variants"])


def test_a_worker_that_is_asked_to_end_gives_back_what_it_was_at(house: House, asset: str, tmp_path: Path) -> None:
    house.work(GATE)
    with worker(house.site, tmp_path / "store", tmp_path / "log") as ending:
        until(lambda: is_at(house.site, PROCESS, asset, "plain"), "the work never began")
        assert ending.terminate() == 0
    given_back = job(house.site, PROCESS, asset)
    assert (given_back.state, given_back.attempt, given_back.error) == (JobState.QUEUED, 0, None)
    assert those_in(house.site.settings.workshop) == []
    assert list(house.site.settings.workshop.iterdir()) == []
    assert "Traceback" not in (tmp_path / "log").read_text()
