"""Keys on every object store: their order in listings, what is none, and which name nothing."""

from collections.abc import Callable, Iterator

import pytest

from exhibit_api.errors import NoSuchObject, StoreError
from exhibit_api.storage.base import ObjectStore, Page
from tests.storage.test_contract import GLB

AWKWARD = ["B", "a-b", "a.b", "a/b-c/d", "a/b.c", "a0", "a_", "aa/b", "ab", "b/-", "b/.x", "b/0"]


def test_a_listing_is_in_the_order_of_keys_page_by_page(store: ObjectStore) -> None:
    for key in AWKWARD:
        store.put(key, b"", GLB)
    for beginning in ("", "a", "a/", "a.", "a/b.", "a/b-c/", "b/.", "c", "a/x/y"):
        expected = sorted(key for key in AWKWARD if key.startswith(beginning))
        for limit in (1, 4, 1000) if beginning in ("", "a/") else (1000,):
            pages = list(pages_of(store, beginning, limit))
            assert [key for page in pages for key in page.keys] == expected, (beginning, limit)
            assert all(len(page.keys) <= limit for page in pages)


def pages_of(store: ObjectStore, beginning: str, limit: int) -> Iterator[Page]:
    page = store.list(beginning, None, limit)
    yield page
    while page.next is not None:
        page = store.list(beginning, page.next, limit)
        yield page


def test_a_listing_begins_after_a_key_that_need_not_exist(store: ObjectStore) -> None:
    for key in ("a/1", "a/3", "b"):
        store.put(key, b"", GLB)
    assert store.list("", after="a/2").keys == ("a/3", "b")
    assert store.list("a/", after="a/3").keys == ()
    assert store.list("b", after="a").keys == ("b",)


NO_KEYS = {
    "empty": "", "parent": "../x", "parent inside": "vault/../../etc/passwd", "parent at the end": "x/..",
    "absolute": "/x", "empty segment": "x//y", "here": "x/./y", "only here": ".", "folder": "x/", "nul": "x\0y",
    "unicode": "工匠.glb", "too long": "x" * 513, "backslash": "x\\y", "space": "x y", "tilde": "~/x", "newline": "x\n",
    "percent": "x%2e%2e", "ours": "@staging/x", "drive": "C:x",
}  # fmt: skip

VERBS: dict[str, Callable[[ObjectStore, str], object]] = {
    "put": lambda store, key: store.put(key, b"x", GLB),
    "stat": lambda store, key: store.stat(key),
    "read": lambda store, key: store.read(key),
    "stream": lambda store, key: store.stream(key),
    "stream nothing": lambda store, key: store.stream(key, 0, 0),
    "open": lambda store, key: store.open(key),
    "copy": lambda store, key: store.copy(key, "vault/target"),
    "copy to": lambda store, key: store.copy("vault/a", key),
    "delete": lambda store, key: store.delete(key),
    "path": lambda store, key: store.path(key),
    "presign": lambda store, key: store.presign(key, 60),
}


def test_what_is_no_key_is_refused_by_every_verb(store: ObjectStore) -> None:
    store.put("vault/a", b"x", GLB)
    for name, key in NO_KEYS.items():
        for verb, call in VERBS.items():
            assert isinstance(refusal(call, store, key), StoreError), (name, verb)
        with store.stage() as staged, pytest.raises(StoreError, match="is not a key"):
            staged.keep(key, GLB)
    assert store.list("").keys == ("vault/a",)


def test_a_listing_of_what_begins_no_key_is_refused(store: ObjectStore) -> None:
    for beginning in ("../", "/", "a//", "a/../", "工", "a\\"):
        with pytest.raises(StoreError, match="is not a key"):
            store.list(beginning)


def test_a_missing_object_is_told_by_name(store: ObjectStore) -> None:
    store.put("vault/a", b"x", GLB)
    for key in ("vault/missing", "vault", "vault/a/deeper"):
        for verb in ("stat", "read", "stream", "stream nothing", "open", "copy"):
            error = refusal(VERBS[verb], store, key)
            assert (type(error), str(error)) == (NoSuchObject, f"there is no object {key!r}"), verb


def refusal(call: Callable[[ObjectStore, str], object], store: ObjectStore, key: str) -> StoreError | None:
    try:
        call(store, key)
    except StoreError as error:
        return error
    return None
