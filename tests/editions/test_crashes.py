"""Publishing that is killed, or whose store fails, at every step: visitors keep the old edition whole, and nothing is half-written."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import select

from exhibit_api.db import transaction
from exhibit_api.editions.show import unshown
from exhibit_api.editions.tables import Live
from exhibit_api.errors import StoreUnavailable
from exhibit_api.storage.base import ObjectStore
from exhibit_api.verify import verify_site
from exhibit_api.web.site import Site
from tests.acting import House, words
from tests.editions.dying import Counted
from tests.gltf.building import box
from tests.looking import from_store, keys, load_hall, problem

ROOT = Path(__file__).parents[2]
MOST_STEPS = 100


@pytest.fixture
def prepared(laptop: House) -> House:
    """A laptop's house with a published hall, and one exhibit more in its draft."""
    laptop.hall()
    laptop.place("suzhou", laptop.exhibit("loom", box((1, 1, 1))))
    laptop.publish("suzhou")
    laptop.place("suzhou", laptop.exhibit("pump", box((0.5, 1, 0.5))), at=(2, 0, -3))
    return laptop


def change(house: House, label: str) -> None:
    assert house.admin.change("/v1/halls/suzhou", label=words(label)).status_code == 200


def shown_in_store(site: Site) -> dict[str, Any]:
    """The manifest that a static server would show, with all that it names checked."""
    return load_hall(from_store(site), "http://bucket/public/halls/suzhou.json")


def make_good(house: House) -> None:
    """What an instance does when it starts, or hears of a flip."""
    assert house.showcase.mend()
    assert house.showcase.refresh()
    with transaction(house.site.sessions, reads_only=True) as session:
        assert not unshown(session)
    assert not verify_site(house.site)


class Victims:
    """A process that does the verb again and again, and is killed at the step that is told next."""

    def __init__(self, verb: str, site: Site) -> None:
        command = [sys.executable, "-m", "tests.editions.dying", verb, str(site.settings.data), str(MOST_STEPS)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    def __iter__(self) -> Iterator[int]:
        """The exit code of each; the next one begins when the loop goes on."""
        assert self.process.stdout is not None
        assert self.process.stdin is not None
        while line := self.process.stdout.readline():
            yield int(line)
            self.process.stdin.write("\n")
            self.process.stdin.flush()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


def test_a_killed_publication_leaves_the_old_edition_or_the_new_one(prepared: House) -> None:
    before = shown_in_store(prepared.site)
    numbers = [before["edition"]["number"]]
    victims = Victims("publish", prepared.site)
    try:
        for step, code in enumerate(victims, 1):
            assert code in (-signal.SIGKILL, 0)
            assert shown_in_store(prepared.site)["exhibits"], "what visitors see is whole"
            make_good(prepared)
            now = shown_in_store(prepared.site)
            assert prepared.manifest("suzhou") == now
            again = prepared.publish("suzhou")
            numbers.append(again["number"])
            assert len(shown_in_store(prepared.site)["exhibits"]) == 2
            if code == 0:
                break
            change(prepared, f"After step {step}")
    finally:
        victims.end()
    assert step > 10, "publishing takes more steps than that"
    assert code == 0
    assert numbers == sorted(set(numbers)), "no number is given twice"


def test_a_killed_withdrawal_shows_the_hall_whole_or_not_at_all(prepared: House) -> None:
    whole = shown_in_store(prepared.site)
    victims = Victims("withdraw", prepared.site)
    try:
        for code in victims:
            assert code in (-signal.SIGKILL, 0)
            if "public/halls/suzhou.json" in keys(prepared.site.store):
                assert shown_in_store(prepared.site) == whole
            make_good(prepared)
            assert {key.split("/")[1] for key in keys(prepared.site.store, "public/")} == {"schemas"}
            assert prepared.visitor.get("/v1/halls/suzhou/manifest").status_code == 404
            assert prepared.admin.post("/v1/halls/suzhou/rollback", {"to": 1}).status_code == 200
            assert shown_in_store(prepared.site) == whole
            if code == 0:
                break
    finally:
        victims.end()
    assert code == 0


def fail() -> None:
    raise StoreUnavailable("the store does not answer")


def test_a_store_that_fails_at_any_step_is_told_and_loses_nothing(prepared: House) -> None:
    numbers = [1]
    store = Counted(prepared.site.store, 0, fail)
    failing = House(replace(prepared.site, store=cast("ObjectStore", store)))
    for step in range(1, MOST_STEPS):
        store.at, store.count = step, 0
        answer = failing.admin.post("/v1/halls/suzhou/editions")
        assert shown_in_store(prepared.site)["exhibits"], "what visitors see is whole"
        make_good(prepared)
        numbers.append(prepared.publish("suzhou")["number"])
        assert len(shown_in_store(prepared.site)["exhibits"]) == 2
        if store.count < step:
            break
        if answer.status_code != 201:
            assert problem(answer, 503)["detail"] == "the store does not answer"
        change(prepared, f"After step {step}")
    failing.client.close()
    assert answer.status_code == 201
    assert numbers == sorted(set(numbers)), "no number is given twice"


def test_one_hall_that_cannot_be_mended_holds_up_no_other(prepared: House) -> None:
    prepared.hall("wuxi")
    prepared.place("wuxi", "loom")
    prepared.publish("wuxi")
    site = prepared.site
    broken, good = (prepared.admin.get(f"/v1/halls/{hall}/editions").json()["items"][0] for hall in ("suzhou", "wuxi"))
    prepared.admin.delete("/v1/halls/suzhou/edition")
    prepared.admin.delete("/v1/halls/wuxi/edition")
    site.store.delete(f"vault/manifests/{broken['sha256']}.json")
    problem(prepared.admin.post("/v1/halls/suzhou/rollback", {"to": 1}), 502, broken["sha256"])
    with transaction(site.sessions) as session:  # flips of both that were cut off before the store showed them
        for live in session.scalars(select(Live)):
            live.number, live.version = 1, live.version + 1
    assert not prepared.showcase.mend()
    assert prepared.showcase.refresh()
    assert prepared.manifest("wuxi")["hall"]["slug"] == "wuxi"
    assert prepared.visitor.get("/v1/halls/wuxi/manifest").headers["ETag"] == f'"{good["sha256"]}"'
