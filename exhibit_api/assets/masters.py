"""Files between the store and a job's folder: a master comes in, checked against its name; what was made goes out."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from exhibit_api.assets.tables import Asset
from exhibit_api.db import in_one_hand
from exhibit_api.errors import NoSuchObject, StoreError, StoreFull, StoreUnavailable
from exhibit_api.storage.base import ObjectStore

CHUNK = 1 << 20


def fetched(store: ObjectStore, asset: Asset, folder: Path) -> Path:
    """A copy of the master in the folder. It is a copy since tools may write there, and no tool may reach a master.

    Raises StoreError where the bytes are not those that their name promises, StoreFull where the folder's disk is.
    """
    path, digest = folder / f"{asset.sha256}.glb", hashlib.sha256()
    try:
        with path.open("xb", buffering=0) as file:
            for chunk in store.stream(asset.key):
                digest.update(chunk)
                rest = memoryview(chunk)
                while rest:
                    rest = rest[file.write(rest) :]
    except OSError as error:
        raise StoreFull(f"the model cannot be copied to work on it: {error.strerror}") from error
    if digest.hexdigest() != asset.sha256:
        raise StoreError(f"the store gave other bytes for {asset.key} than its name says; restore it from a backup")
    return path


def keep_file(store: ObjectStore, path: Path, key: str, media_type: str, size: int) -> None:
    """Store a file under its key, unless it stands there already. The key tells the content, so the size proves it."""
    if is_kept(store, key, size):
        return
    with store.stage() as staged, path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            staged.write(chunk)
        staged.keep(key, media_type)


def require_kept(session: Session, store: ObjectStore, sizes: Mapping[str, int]) -> None:
    """Call it with keys and sizes in the transaction that names these objects: from here to its end no sweep removes them.

    Raises StoreUnavailable where one has.
    """
    for key, size in sorted(sizes.items()):  # in one order, so that no two wait for each other
        in_one_hand(session, key)
        if not is_kept(store, key, size):
            raise StoreUnavailable(f"{key} was swept away at this moment; send it again")


def is_kept(store: ObjectStore, key: str, size: int) -> bool:
    """Whether the store has the object, whole."""
    try:
        return store.stat(key).size == size
    except NoSuchObject:
        return False


def is_older(store: ObjectStore, key: str, latest: float) -> bool:
    """Whether the store has the object, written at `latest` (seconds since 1970) or before."""
    try:
        return store.stat(key).modified <= latest
    except NoSuchObject:
        return False
