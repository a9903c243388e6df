"""Fixtures of the whole service on a folder as its store, for what depends on the database alone or on nothing at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exhibit_api.storage import open_store
from tests.acting import House
from tests.conftest import opened

__all__ = ["house", "open_house"]


@pytest.fixture
def house(database: str, tmp_path: Path) -> Iterator[House]:
    """The service, once on each kind of database."""
    for site in opened(database, open_store(f"file:{tmp_path / 'store'}"), tmp_path):
        with House(site) as opened_house:
            yield opened_house


@pytest.fixture(scope="module")
def open_house(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One laptop's service for all tests of a module, which do not step on each other's toes. Jiangsu is there."""
    folder = tmp_path_factory.mktemp("open-house")
    (folder / "exhibit.sqlite3").write_bytes(migrated_sqlite.read_bytes())
    for site in opened(f"sqlite:///{folder / 'exhibit.sqlite3'}", open_store(f"file:{folder / 'store'}"), folder):
        with House(site) as opened_house:
            opened_house.organisation("jiangsu")
            yield opened_house
