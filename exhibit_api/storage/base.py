"""What every object store can do: a few verbs over keys. `local` and `s3` implement them; one suite tests both.

Keys are slash-separated segments of `[A-Za-z0-9._-]` ("vault/masters/9f86…"); no segment is "." or "..", none is empty.
No object is ever visible before it is whole, and none changes after it is visible, save the small pointers that `put`
replaces at once. A key is not also the beginning of another (no "a" beside "a/b"): files cannot be, and LocalStore
refuses the second.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, Self

from exhibit_api.errors import StoreError
from exhibit_api.storage.multipart import Multipart

KEY = re.compile(r"(?!.*(?:^|/)\.{1,2}(?:/|$))[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")
MAX_KEY_LENGTH = 512


def checked(key: str) -> str:
    """The key itself, or StoreError where it is no key: the one gate between names and paths."""
    if len(key) > MAX_KEY_LENGTH or not KEY.fullmatch(key):
        raise StoreError(f"{key[:80]!r} is not a key of an object")
    return key


@dataclass(frozen=True)
class ObjectStat:
    """What is known of an object without reading it. `size` in bytes, `modified` in seconds since 1970 (UTC)."""

    key: str
    size: int
    media_type: str
    modified: float


@dataclass(frozen=True)
class Page:
    """A part of a listing in key order; `next` is the `after` of the next page, None at the end."""

    keys: tuple[str, ...]
    next: str | None


PAGE = 1000
"""Keys of a page, where no other number is asked for."""


class Staged(Protocol):
    """Bytes on their way in. They are no object until `keep`; leaving the `with` block without it discards them."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        """Append. Raises StoreFull or StoreUnavailable; nothing of the object is then visible."""

    def reader(self) -> BinaryIO:
        """A seekable view of all that was written, for looking at headers; no `write` may follow.

        The caller closes it, before or after `keep`; what it can still read after `keep` is not said.
        """

    def keep(self, key: str, media_type: str) -> None:
        """Make the bytes the object `key`, durably and at once."""


class ObjectStore(Protocol):
    """Objects by key. All methods may be called from several threads at once."""

    @property
    def multipart(self) -> Multipart:
        """Objects that arrive in parts."""

    def put(self, key: str, data: bytes, media_type: str) -> None:
        """Store a small object whole, replacing what the key held in one step."""

    def stage(self) -> Staged:
        """Begin to take in an object of unknown size and name."""

    def stat(self, key: str) -> ObjectStat:
        """Size and type. Raises NoSuchObject."""

    def read(self, key: str) -> bytes:
        """A small object whole. Raises NoSuchObject."""

    def stream(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """`length` bytes from `start` (both within the object), in chunks of at most 1 MiB.

        The call itself raises NoSuchObject, before anything is read from the iterator.
        """

    def open(self, key: str) -> BinaryIO:
        """A seekable reader that fetches what is asked for. Raises NoSuchObject. The caller closes it."""

    def copy(self, source: str, target: str) -> None:
        """Copy on the server's side, keeping the media type. Raises NoSuchObject."""

    def move(self, source: str, target: str) -> None:
        """Give the object another key, in place of what that held; there is no moment at which it has neither. Raises NoSuchObject.

        Cut off, it may have both.
        """

    def delete(self, key: str) -> None:
        """Remove; removing what is not there is no error."""

    def list(self, prefix: str, after: str | None = None, limit: int = PAGE) -> Page:
        """Keys that begin with `prefix` (a key's beginning, or ""), in code-point order, after `after`."""

    def path(self, key: str) -> Path | None:
        """The file that holds the object, where the store has files; None elsewhere. Not checked for existence."""

    def presign(self, key: str, seconds: int) -> str | None:
        """An address that answers GET for `seconds`, where the store can answer by itself; None elsewhere.

        Whether the object exists is not checked. HEAD needs a signature of its own on S3: answer it from `stat`.
        """

    def left_staged(self, older_than_seconds: float) -> tuple[str, ...]:
        """What `sweep_staging` would remove now, each by its name in the store, which is no key."""

    def sweep_staging(self, older_than_seconds: float) -> int:
        """Remove staged bytes whose writer died so long ago; how many were removed."""

    def check(self) -> None:
        """Raise StoreError unless the store answers: for readiness."""

    def close(self) -> None:
        """Let go of connections and files."""


def pages(store: ObjectStore, prefix: str, limit: int = PAGE) -> Iterator[tuple[str, ...]]:
    """All keys that begin with `prefix`, in order, page by page. What is removed or written meanwhile may be among them or not."""
    after: str | None = None
    while True:
        page = store.list(prefix, after, limit)
        yield page.keys
        if page.next is None:
            return
        after = page.next
