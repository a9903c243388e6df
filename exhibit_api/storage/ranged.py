"""A seekable file over something that answers byte ranges."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

READ_AHEAD = 256 * 1024  # a GLB's header and JSON in one or two requests


def ranged_reader(fetch: Callable[[int, int], bytes], size: int) -> BinaryIO:
    """A reader of `size` bytes. `fetch(start, length)` is asked within the size; small reads share one of 256 KiB."""
    return io.BufferedReader(_Ranged(fetch, size), READ_AHEAD)


class _Ranged(io.RawIOBase):
    def __init__(self, fetch: Callable[[int, int], bytes], size: int) -> None:
        self._fetch = fetch
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError(f"cannot seek to {base + offset}, before the first byte")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: "WriteableBuffer") -> int:
        target = memoryview(buffer).cast("B")
        chunk = self._next(len(target))
        target[: len(chunk)] = chunk
        return len(chunk)

    def readall(self) -> bytes:
        return self._next(self._size)

    def _next(self, length: int) -> bytes:
        length = min(length, self._size - self._position)
        if length <= 0:
            return b""
        chunk = self._fetch(self._position, length)
        self._position += len(chunk)
        return chunk
