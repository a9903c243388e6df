"""A flip by one instance is seen by the others, and a visit asks no database."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DisconnectionError

from exhibit_api import db
from exhibit_api.editions.notices import PATIENCE, SqliteEar
from exhibit_api.errors import StoreUnavailable
from exhibit_api.storage import open_store
from exhibit_api.storage.base import ObjectStore
from exhibit_api.storage.local import LocalStore
from exhibit_api.web.site import Site
from tests.acting import House, words
from tests.conftest import opened
from tests.gltf.building import box
from tests.looking import from_store, load_hall

PATIENCE_SECONDS = 90


@pytest.fixture
def one(database: str, tmp_path: Path) -> Iterator[House]:
    """An instance, with a published hall."""
    for site in opened(database, open_store(f"file:{tmp_path / 'store'}"), tmp_path / "data"):
        with House(site) as house:
            house.hall()
            house.place("suzhou", house.exhibit("loom", box((1, 1, 1))))
            house.publish("suzhou")
            yield house


@contextmanager
def another(house: House, store: ObjectStore | None = None) -> Iterator[House]:
    """A second instance over the same database and store, which follows the first."""
    engine = db.connect(house.site.settings.database)
    try:
        with House(Site(house.site.settings, db.sessions_of(engine), store or house.site.store)) as second:
            second.showcase.watch()
            yield second
    finally:
        engine.dispose()


def eventually(seen: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if seen():
            return True
        time.sleep(0.02)
    return False


def change(house: House, label: str) -> None:
    assert house.admin.change("/v1/halls/suzhou", label=words(label)).status_code == 200


def edition_shown(house: House) -> int | None:
    answer = house.visitor.get("/v1/halls/suzhou")
    return answer.json()["edition"] if answer.status_code == 200 else None


def test_every_flip_is_seen_by_another_instance(one: House) -> None:
    with another(one) as second:
        assert edition_shown(second) == 1
        change(one, "Changed")
        one.publish("suzhou")
        assert eventually(lambda: edition_shown(second) == 2)
        assert second.manifest("suzhou") == one.manifest("suzhou")
        one.admin.post("/v1/halls/suzhou/rollback")
        assert eventually(lambda: edition_shown(second) == 1)
        one.admin.delete("/v1/halls/suzhou/edition")
        assert eventually(lambda: edition_shown(second) is None)
        assert second.visitor.get("/v1/exhibitions/delta").status_code == 404
        one.admin.post("/v1/halls/suzhou/rollback", {"to": 2})
        assert eventually(lambda: edition_shown(second) == 2)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The SQL that is sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_what_is_no_flip_is_no_reason_to_look(laptop: House) -> None:
    laptop.place(laptop.hall(), laptop.exhibit("loom", box((1, 1, 1))))
    laptop.publish("suzhou")
    with another(laptop) as second, statements(second.site.sessions.kw["bind"]) as sent:
        assert eventually(lambda: edition_shown(second) == 1)
        time.sleep(2 * PATIENCE)
        sent.clear()
        change(laptop, "Changed")
        time.sleep(3 * PATIENCE)
        assert sent == []
        laptop.publish("suzhou")
        assert eventually(lambda: edition_shown(second) == 2)
        assert sent


def test_an_ear_that_can_hear_no_more_says_so_as_the_other_one(laptop: House) -> None:
    """So that whoever listens begins anew."""
    engine = laptop.site.sessions.kw["bind"]
    ear = SqliteEar(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE live"))
    with pytest.raises(DisconnectionError, match="no such table"):
        ear.wait()
    ear.close()


def test_a_visit_asks_no_database(one: House) -> None:
    with statements(one.site.sessions.kw["bind"]) as sent:
        manifest = load_hall(lambda address: one.fetch(address).content, "/v1/halls/suzhou")
        for address in ("/v1/halls/suzhou/manifest", "/v1/exhibitions/delta", "/public/halls/suzhou.json"):
            answer = one.visitor.get(address)
            assert answer.status_code == 200
            assert one.visitor.get(address, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
            assert one.visitor.get(address, **{"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"
        assert one.visitor.get("/v1/halls/suzhou/manifest?profile=webxr-mobile").status_code == 200
        blob = manifest["exhibits"][0]["model"]["variants"][0]["url"].removeprefix("..")
        assert one.visitor.get(f"/public{blob}", Range="bytes=0-3").content == b"glTF"
        assert one.visitor.get("/v1/exhibitions").status_code == 200
        assert sent == []
        assert one.visitor.get("/v1/halls/suzhou/editions").status_code == 200
        assert sent, "what does ask the database is noticed"


def test_a_flip_that_was_cut_off_is_finished_by_another_instance(one: House) -> None:
    class Deaf:
        """A store that takes no pointer."""

        def __getattr__(self, name: str) -> object:
            if name == "put":
                return self.refuse
            return getattr(one.site.store, name)

        def refuse(self, key: str, data: bytes, media_type: str) -> None:
            if key.startswith("public/halls/"):
                raise StoreUnavailable("the store does not answer")
            one.site.store.put(key, data, media_type)

    change(one, "Changed")
    cut_off = House(replace(one.site, store=Deaf()))  # type: ignore[arg-type]  # has all verbs
    with another(one) as second:
        assert cut_off.admin.post("/v1/halls/suzhou/editions").status_code == 503
        with db.transaction(one.site.sessions) as session:
            if session.get_bind().dialect.name == "postgresql":
                session.execute(text("NOTIFY exhibit_flips"))  # instead of the half minute after which it looks anyway
        assert eventually(lambda: edition_shown(second) == 2)
    assert load_hall(from_store(one.site), "http://bucket/public/halls/suzhou.json")["edition"]["number"] == 2
    cut_off.client.close()


def test_an_instance_whose_store_failed_looks_again(one: House, tmp_path: Path) -> None:
    class Faint(LocalStore):
        """A store that cannot be read at first."""

        failures = 3

        def read(self, key: str) -> bytes:
            if key.startswith("public/") and self.failures:
                self.failures -= 1
                raise StoreUnavailable("the store does not answer")
            return super().read(key)

    with another(one, Faint(tmp_path / "store")) as second:
        assert eventually(lambda: edition_shown(second) == 1)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_an_instance_hears_again_after_its_connection_was_lost(one: House) -> None:
    with another(one) as second:
        listening = text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )

        def ended() -> bool:
            with db.transaction(one.site.sessions) as session:
                return session.execute(listening).first() is not None

        assert eventually(ended)
        change(one, "Changed")
        one.publish("suzhou")
        assert eventually(lambda: edition_shown(second) == 2)


def test_an_instance_stops_following_when_it_is_closed(one: House) -> None:
    with another(one) as second:
        watcher = second.showcase._watcher
        assert watcher is not None
        assert watcher.is_alive()
    assert not watcher.is_alive()
