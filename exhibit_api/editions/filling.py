"""Filling the shelf from the store alone: what `public/` shows can be shown without asking the database."""

from collections.abc import Iterator
from contextlib import suppress

import structlog

from exhibit_api.editions.shelf import Shelf
from exhibit_api.errors import NoSuchObject, StoreError
from exhibit_api.storage.base import ObjectStore, pages

log = structlog.get_logger()


def fill(shelf: Shelf, store: ObjectStore) -> None:
    """Show what the pointers in the store name, unless something is shown already.

    A store that does not answer leaves the shelf as it is; the log says so.
    """
    if shelf.table:
        return
    try:
        halls, exhibitions = dict(_documents(store, "halls")), dict(_documents(store, "exhibitions"))
        if not shelf.table:  # a slow store may answer after the database has
            shelf.load(halls, exhibitions)
    except StoreError as error:
        log.warning("the store did not give what is published; visitors wait for it", error=error.detail)


def _documents(store: ObjectStore, folder: str) -> Iterator[tuple[str, bytes]]:
    """Slug and bytes of each current document."""
    for keys in pages(store, f"public/{folder}/"):
        for key in keys:
            slug, dot, ending = key.removeprefix(f"public/{folder}/").partition(".")
            if dot and ending == "json":
                with suppress(NoSuchObject):  # withdrawn at this moment
                    yield slug, store.read(key)
