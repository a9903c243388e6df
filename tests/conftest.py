"""A site to test against: embedded (SQLite and a folder) or as in production (PostgreSQL and S3), and who acts on it."""

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from exhibit_api import db
from exhibit_api.migrate import migrate
from exhibit_api.settings import Settings
from exhibit_api.storage import open_store
from exhibit_api.storage.base import ObjectStore
from exhibit_api.storage.s3 import S3Store
from exhibit_api.web.site import Site
from tests.servers.postgres import Postgres
from tests.servers.swift import Swift

if TYPE_CHECKING:
    from tests.acting import House  # the whole product, which not every test needs

pytest_plugins = ["tests.servers.plugin", "tests.tools"]


@contextmanager
def _loops_of_ones_own(item: pytest.Item) -> Iterator[None]:
    """Playwright's event loop stands still between its calls, but asyncio takes it for running: tests without a browser do not see it."""
    playing = None if item.get_closest_marker("browser") else asyncio._get_running_loop()
    if playing is None:
        yield
        return
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        if not playing.is_closed():
            asyncio._set_running_loop(playing)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    with _loops_of_ones_own(item):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    with _loops_of_ones_own(item):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    with _loops_of_ones_own(item):
        yield


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
    engine = db.connect(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()  # the last connection to close writes the journal back
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> Iterator[str]:
    """The name of a migrated, empty PostgreSQL database, to be used as a template."""
    with postgres.fresh_database() as name:
        engine = db.connect(postgres.url(name))
        migrate(engine)
        engine.dispose()
        yield name


@pytest.fixture
def sqlite_database(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The address of a migrated, empty SQLite database of this test."""
    path = tmp_path / "data" / "exhibit.sqlite3"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(migrated_sqlite.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_database(postgres: Postgres, migrated_postgres: str) -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database of this test."""
    with postgres.fresh_database(migrated_postgres) as name:
        yield postgres.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The address of a migrated, empty database: each test runs on both kinds."""
    kind = {"sqlite": "sqlite_database", "postgresql": "postgres_database"}[request.param]
    address: str = request.getfixturevalue(kind)
    return address


@pytest.fixture(scope="session")
def bucket(swift: Swift) -> str:
    """A bucket for all tests of this worker, which use a prefix each."""
    name = f"exhibits-{uuid.uuid4().hex}"
    store = S3Store(name, **swift.options("http"))
    store.create_bucket_if_missing()
    store.close()
    return name


@pytest.fixture
def prefix() -> str:
    """What the keys of this test begin with in the bucket."""
    return uuid.uuid4().hex


@pytest.fixture
def swift_store(swift: Swift, bucket: str, prefix: str) -> Iterator[S3Store]:
    """An empty store on a real S3 server."""
    store = S3Store(bucket, prefix=prefix, **swift.options("http"))
    yield store
    store.close()


def opened(database: str, store: ObjectStore, data: Path, **settings: object) -> Iterator[Site]:
    """A site over this database and store."""
    engine = db.connect(database)
    chosen = Settings.model_validate({"data": data, "database_url": database, **settings})
    yield Site(chosen, db.sessions_of(engine), store)
    engine.dispose()


@pytest.fixture
def embedded(sqlite_database: str, tmp_path: Path) -> Iterator[Site]:
    """A site as on a laptop: SQLite and a folder."""
    yield from opened(sqlite_database, open_store(f"file:{tmp_path / 'data' / 'store'}"), tmp_path / "data")


@pytest.fixture
def production(postgres_database: str, swift_store: S3Store, tmp_path: Path) -> Iterator[Site]:
    """A site as in production: PostgreSQL and S3."""
    yield from opened(postgres_database, swift_store, tmp_path / "data")


@pytest.fixture(params=["embedded", "production"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each test runs on a laptop's site and on a production one."""
    made: Site = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def house(site: Site) -> Iterator["House"]:
    """The whole service over the site, and people who act on it."""
    from tests.acting import House

    with House(site) as opened_house:
        yield opened_house


@pytest.fixture
def laptop(embedded: Site) -> Iterator["House"]:
    """The whole service on a laptop only, for what does not depend on the database or the store."""
    from tests.acting import House

    with House(embedded) as opened_house:
        yield opened_house
