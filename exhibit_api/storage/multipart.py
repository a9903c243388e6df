"""Objects that arrive in parts, over days and from anywhere: what both stores can do with uploads that are under way.

The words are S3's. An upload is begun for a key, gets parts numbered from 1 in any order, and is joined to the object, or dropped.
Nothing of it is an object before it was joined. A part that is sent again replaces the one before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

MOST_PARTS = 10_000
LARGEST_PART = 5 * 1024**3


@dataclass(frozen=True, order=True)
class Part:
    """A part that has arrived whole. `etag` is the store's word for its bytes, without quotes."""

    number: int
    size: int
    etag: str


@dataclass(frozen=True)
class Begun:
    """An upload that the store holds parts of: its key where the store knows it, its id, and when it was begun or last written to
    (seconds since 1970)."""

    key: str | None
    upload: str
    moment: float


class PartSink(Protocol):
    """The bytes of a part on their way in. Leaving the `with` block without `keep` discards them."""

    @property
    def replaces(self) -> int:
        """Bytes of the part of this number that has arrived before; 0 where there is none."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        """Append. Raises StoreFull or StoreUnavailable."""

    def sync(self) -> None:
        """Bring the bytes to the disk: before `keep`, which others wait for. Raises StoreFull or StoreUnavailable."""

    def keep(self, etag: str) -> None:
        """Let the bytes be the part, durably and at once, in place of one that was sent before.

        Raises NoSuchObject where the upload is gone.
        """


class Multipart(Protocol):
    """Uploads in parts. All methods may be called from several threads, and by several instances, at once."""

    @property
    def smallest_part(self) -> int:
        """Bytes that every part but the last must have."""

    def begin(self, key: str, media_type: str) -> str:
        """Begin an upload for the key; its id."""

    def addresses(self, key: str, upload: str, lengths: Mapping[int, int | None], seconds: int) -> list[str] | None:
        """Addresses that take the parts of these numbers by PUT for `seconds`, where the store can by itself; None where we must (`take`).

        One with a length takes a body of just so many bytes.
        """

    def take(self, upload: str, number: int) -> PartSink:
        """Begin to take in a part by ourselves.

        Raises NoSuchObject where there is no such upload, StoreError where `address` is the way.
        """

    def parts(self, key: str, upload: str) -> list[Part]:
        """What has arrived, by number. Raises NoSuchObject where there is no such upload."""

    def join(self, key: str, upload: str, parts: Sequence[Part]) -> None:
        """Make the object of these parts, in this order, and end the upload. May be called again after it was cut off, or has been done.

        Raises NoSuchObject where a part is not there (any more), or is another by now than its etag says.
        """

    def drop(self, key: str, upload: str) -> None:
        """End the upload, and remove its parts; one that is not there is no error."""

    def begun(self, prefix: str) -> Iterator[Begun]:
        """Uploads under way whose keys begin so, or whose keys the store does not know."""
