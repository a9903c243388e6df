"""Many who publish at once: numbers are unique, one edition is current, and no live hall misses a file."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event
from typing import Any

import pytest
from sqlalchemy import select

from exhibit_api.accounts.roles import COMMAND_LINE
from exhibit_api.db import transaction
from exhibit_api.editions import publish
from exhibit_api.editions.tables import Edition, Live
from exhibit_api.errors import Conflict, NotFound
from exhibit_api.verify import verify_site
from tests.acting import House, words
from tests.gltf.building import box
from tests.looking import from_store, keys, load_hall

PUBLISHERS = 6
LOOM = box((1, 1, 1))


@pytest.fixture
def hall(house: House) -> str:
    slug = house.hall()
    house.place(slug, house.exhibit("loom", LOOM))
    return slug


def all_at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    together = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        together.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def editions(house: House) -> list[Edition]:
    with transaction(house.site.sessions, reads_only=True) as session:
        return list(session.scalars(select(Edition).order_by(Edition.number)))


def assert_all_agree(house: House, hall: str) -> None:
    """Database, store and visitors tell the same edition, and every edition's manifest lies under its digest."""
    with transaction(house.site.sessions, reads_only=True) as session:
        live = session.get_one(Live, hall)
    assert live.shown == live.version
    manifest = load_hall(from_store(house.site), f"http://bucket/public/halls/{hall}.json")
    assert manifest["edition"]["number"] == live.number
    assert house.manifest(hall) == manifest
    for edition in editions(house):
        data = house.site.store.read(f"public/manifests/{edition.sha256}.json")
        assert hashlib.sha256(data).hexdigest() == edition.sha256
    assert not verify_site(house.site)


@contextmanager
def publishing_slowly(house: House, hall: str) -> Iterator[Future[Any]]:
    """A publication that has read the draft and goes on at the end of the block."""
    begun, ended = Event(), Event()

    class Slow:
        """A store that lets the publisher wait before its first operation."""

        def __getattr__(self, name: str) -> Any:
            begun.set()
            ended.wait(60)
            return getattr(house.site.store, name)

    def work() -> None:
        store: Any = Slow()
        publish.publish(house.site.sessions, store, COMMAND_LINE, hall, required_languages=("en",))

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(work)
        assert begun.wait(60)
        try:
            yield slow
        finally:
            ended.set()


def test_many_who_publish_the_same_hall_make_one_edition(house: House, hall: str) -> None:
    answers = all_at_once([lambda: house.admin.post(f"/v1/halls/{hall}/editions")] * PUBLISHERS)
    assert sorted({answer.status_code for answer in answers} | {200}) == [200, 201]
    assert [answer.status_code for answer in answers].count(201) == 1
    assert len({answer.json()["sha256"] for answer in answers}) == 1
    assert len(editions(house)) == 1
    assert_all_agree(house, hall)


def test_many_who_change_and_publish_never_share_a_number(house: House, hall: str) -> None:
    def publisher(name: str) -> Callable[[], list[int]]:
        def work() -> list[int]:
            place = f"/v1/halls/{hall}/placards/{name}"
            assert house.admin.put(place, {"pose": {}, "label": words(name)}).status_code == 201
            for _ in range(20):
                answer = house.admin.post(f"/v1/halls/{hall}/editions", {"note": name})
                if answer.status_code != 409:
                    break
            assert answer.status_code in (200, 201), answer.text
            return [answer.status_code, answer.json()["number"]]

        return work

    answers = all_at_once([publisher(f"placard-{at}") for at in range(PUBLISHERS)])
    assert {status for status, _ in answers} <= {200, 201}
    numbers = [edition.number for edition in editions(house)]
    assert len(numbers) == len(set(numbers)) == [status for status, _ in answers].count(201)
    assert len({edition.sha256 for edition in editions(house)}) == len(numbers)
    assert_all_agree(house, hall)
    assert len(house.manifest(hall)["placards"]) == PUBLISHERS, "the last edition has what everybody wrote"


def test_a_publication_that_was_overtaken_does_not_bring_the_older_hall_back(house: House, hall: str) -> None:
    with publishing_slowly(house, hall) as slow:
        house.admin.change(f"/v1/halls/{hall}", label=words("Newer"))
        newer = house.publish(hall)
    with pytest.raises(Conflict, match=f"shows edition {newer['number']} now"):
        slow.result(60)
    assert house.manifest(hall)["hall"]["label"] == words("Newer")
    assert_all_agree(house, hall)


@pytest.mark.parametrize("site", ["embedded"], indirect=True)
def test_a_hall_that_is_taken_away_while_it_is_published_is_told(house: House, hall: str) -> None:
    with publishing_slowly(house, hall) as slow:
        assert house.admin.delete(f"/v1/halls/{hall}").status_code == 204
    with pytest.raises(NotFound, match=hall):
        slow.result(60)
    assert house.visitor.get(f"/v1/halls/{hall}").status_code == 404
    assert not verify_site(house.site)


def test_a_file_is_never_removed_under_a_hall_that_shows_it(house: House, hall: str) -> None:
    """Two halls that share a model come and go, while a third that has it too is withdrawn."""
    halls = [hall, house.hall("wuxi"), house.hall("nantong")]
    for other in halls[1:]:
        house.place(other, "loom")
    for each in halls:
        house.publish(each)
    for _ in range(2):
        for each in halls[:2]:
            house.admin.delete(f"/v1/halls/{each}/edition")
        back = [lambda each=each: house.admin.post(f"/v1/halls/{each}/rollback", {"to": 1}) for each in halls[:2]]
        answers = all_at_once([*back, lambda: house.admin.delete(f"/v1/halls/{halls[2]}/edition")])
        assert [answer.status_code for answer in answers] == [200, 200, 204]
        for each in halls[:2]:
            load_hall(from_store(house.site), f"http://bucket/public/halls/{each}.json")
        assert f"public/halls/{halls[2]}.json" not in keys(house.site.store)
        assert house.admin.post(f"/v1/halls/{halls[2]}/rollback", {"to": 1}).status_code == 200
    for each in halls:
        assert_all_agree(house, each)
