"""The public front over a folder with one published hall and one blob, as visitors ask it."""

from pathlib import Path

import pytest

from exhibit_api.editions.serve import PublicFront
from exhibit_api.editions.shelf import Shelf
from exhibit_api.storage.local import LocalStore
from tests.editions.shown import MANIFEST, behind, pointer_to, put_blob, put_manifest


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    """A folder with the hall's manifest and a blob."""
    store = LocalStore(tmp_path / "store")
    put_manifest(store, MANIFEST)
    put_blob(store)
    return store


@pytest.fixture
def shelf(store: LocalStore) -> Shelf:
    """What is shown: the hall "joint" and the exhibition "delta"."""
    shelf = Shelf(store, 1 << 20)
    shelf.load({"joint": pointer_to(MANIFEST)}, {"delta": b'{"halls": []}'})
    return shelf


@pytest.fixture
def front(shelf: Shelf, store: LocalStore) -> PublicFront:
    """The front, with `behind` in the application's place."""
    return PublicFront(behind, shelf, store)


@pytest.fixture
def blob(store: LocalStore) -> str:
    """The path of the blob at `/public`."""
    return put_blob(store)
