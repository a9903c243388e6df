"""What happens by itself to halls that show their first edition, and what is left to people."""

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from exhibit_api.assets.due import GATE, PROCESS
from exhibit_api.assets.tables import Asset, State
from exhibit_api.db import transaction
from exhibit_api.demo.follow import Follower
from exhibit_api.jobs.tables import JobState, job_of
from tests.acting import House, words
from tests.editions.test_variants_published import make_light, sha256
from tests.gltf.building import box

LOOM, PUMP = box((1, 1, 1)), box((0.5, 1, 0.5))


class Demo:
    """A house with two halls, of a loom and of a pump, and someone who follows them."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.halls = [house.hall("suzhou"), house.hall("wuxi")]
        house.place("suzhou", house.exhibit("loom", LOOM))
        house.place("wuxi", house.exhibit("pump", PUMP))
        for hall in self.halls:
            house.publish(hall)
        self.said = io.StringIO()
        self.follower = self.another()

    def another(self) -> Follower:
        """One who follows the halls from now on."""
        return Follower(self.house.site, self.halls, Console(file=self.said, width=400))

    def lines(self) -> list[str]:
        """What is said about halls."""
        return [line.strip() for line in self.said.getvalue().splitlines() if line.startswith("hall ")]

    def follow(self) -> list[str]:
        """Follow until there is no more to wait for; what was said."""
        self.follower.start()
        self.follower.wait()
        return self.lines()

    def numbers(self) -> list[int]:
        """The editions that visitors see."""
        self.house.showcase.refresh()
        return [self.house.manifest(hall)["edition"]["number"] for hall in self.halls]

    def give_up(self, kind: str, model: bytes) -> None:
        """Let the work on a model have failed for good."""
        with transaction(self.house.site.sessions) as session:
            job = job_of(session, kind, sha256(model))
            assert job is not None
            job.state = JobState.FAILED


@pytest.fixture
def demo(laptop: House) -> Iterator[Demo]:
    demo = Demo(laptop)
    yield demo
    demo.follower.stop()


def whole(hall: str) -> str:
    return f"hall {hall}, edition 2: 1 of 1 models have files for every kind of device"


def test_each_hall_gets_its_second_edition_when_its_models_are_done(demo: Demo) -> None:
    make_light(demo.house, LOOM)
    make_light(demo.house, PUMP)
    assert demo.follow() == [whole("suzhou"), whole("wuxi")]
    assert demo.numbers() == [2, 2]
    (loom,) = demo.house.manifest("suzhou")["exhibits"]
    assert len(loom["model"]["variants"]) == 7


def test_models_that_become_light_during_the_watch_are_published(demo: Demo) -> None:
    demo.follower.start()
    make_light(demo.house, PUMP)
    make_light(demo.house, LOOM)
    demo.follower.wait()
    assert sorted(demo.lines()) == [whole("suzhou"), whole("wuxi")]


def test_who_stops_does_not_wait_for_models(demo: Demo) -> None:
    demo.follower.start()
    demo.follower.stop()
    assert (demo.lines(), demo.numbers()) == ([], [1, 1])


def test_a_rollback_to_the_first_edition_is_not_undone(demo: Demo) -> None:
    make_light(demo.house, LOOM)
    demo.house.publish("suzhou")
    assert demo.house.admin.post("/v1/halls/suzhou/rollback", {"to": 1}).status_code == 200
    make_light(demo.house, PUMP)
    assert demo.follow() == [whole("wuxi")]
    assert demo.numbers() == [1, 2]


def test_an_edited_draft_is_left_to_who_edits_it(demo: Demo) -> None:
    assert demo.house.admin.change("/v1/halls/suzhou", label=words("Not ready")).status_code == 200
    make_light(demo.house, LOOM)
    make_light(demo.house, PUMP)
    assert demo.follow() == ["hall suzhou was changed; publish it when it is ready", whole("wuxi")]
    assert demo.numbers() == [1, 2]


def test_an_exhibit_without_a_model_is_an_edited_draft(demo: Demo) -> None:
    demo.house.place("suzhou", demo.house.exhibit("lathe"), at=(2, 0, -3))
    make_light(demo.house, LOOM)
    make_light(demo.house, PUMP)
    assert demo.follow() == ["hall suzhou was changed; publish it when it is ready", whole("wuxi")]


def test_a_hall_that_is_refused_does_not_hold_up_another(demo: Demo) -> None:
    make_light(demo.house, LOOM)
    make_light(demo.house, PUMP)
    with transaction(demo.house.site.sessions) as session:
        session.get_one(Asset, sha256(LOOM)).state = State.FAILED
    refused, published = demo.follow()
    assert refused.startswith("hall suzhou was not published: halls/suzhou cannot be published: the model of 'loom'")
    assert published == whole("wuxi")
    assert demo.numbers() == [1, 2]


def test_a_model_that_could_not_be_made_light_keeps_its_master(demo: Demo) -> None:
    make_light(demo.house, LOOM)
    demo.give_up(PROCESS, PUMP)
    assert demo.follow() == [
        whole("suzhou"),
        "hall wuxi, edition 1: 0 of 1 models have files for every kind of device, 1 keeps its master",
    ]
    assert demo.numbers() == [2, 1]


def test_a_model_whose_check_gave_up_is_not_waited_for(demo: Demo) -> None:
    with transaction(demo.house.site.sessions) as session:
        session.get_one(Asset, sha256(LOOM)).state = State.RECEIVED
    demo.give_up(GATE, LOOM)
    make_light(demo.house, PUMP)
    refused, published = demo.follow()
    assert f"could not be checked: GET /v1/assets/{sha256(LOOM)} says why" in refused
    assert published == whole("wuxi")


def test_a_second_start_starts_nothing(demo: Demo) -> None:
    make_light(demo.house, LOOM)
    make_light(demo.house, PUMP)
    said = demo.follow()
    assert demo.follow() == said
    demo.follower = demo.another()
    assert demo.follow() == said
    assert demo.follower._thread.ident is None
