"""A file as parts: their places, and readers that give each one alone."""

import hashlib
import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from exhibit_api.errors import Rejected

PART = 16 << 20
MOST_PARTS = 9_000
CHUNK = 1 << 20
PLACES, PLACE = 16, 64 << 10
"""How many places of a file tell it from others, and bytes of each."""


class Changed(Rejected):
    """The file became another one while it was read: what was sent of it is of no use."""


@dataclass(frozen=True)
class Span:
    """A part of a file: its number from 1, and where its bytes stand."""

    number: int
    start: int
    size: int


def step_of(size: int) -> int:
    """Bytes of each part but the last, for a file of so many."""
    return max(PART, math.ceil(size / MOST_PARTS))


def spans(size: int) -> list[Span]:
    """The parts of a file of so many bytes: always the same ones, so that anybody can go on with them. An empty file has none."""
    step = step_of(size)
    return [Span(number, start, min(step, size - start)) for number, start in enumerate(range(0, size, step), 1)]


class Reader(io.RawIOBase):
    """Reads one part of a file, and tells how many bytes were read."""

    def __init__(self, path: Path, span: Span, read: Callable[[int], None]) -> None:
        self._path = path
        self._file = path.open("rb", buffering=0)
        self._file.seek(span.start)
        self._left = span.size
        self._told = read

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes; none at the end of the part."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        try:
            data = self._file.read(wanted) if wanted else b""
        except OSError as error:  # in our words, or it would be taken for the line's
            raise Rejected(f"{self._path} cannot be read: {error.strerror}") from error
        if wanted and not data:
            raise Changed(f"{self._path} became shorter while it was sent; send it again")
        self._left -= len(data)
        self._told(len(data))
        return data

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def fingerprint_of(path: Path, size: int) -> str:
    """What a file of so many bytes is recognised by before it is hashed whole: a digest (hex) of its size and of some places in it."""
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb", buffering=0) as file:
        for place in range(PLACES):
            file.seek(place * max(0, size - PLACE) // (PLACES - 1))
            digest.update(file.read(PLACE))
    return digest.hexdigest()


def digest_of(path: Path, read: Callable[[int], None]) -> str:
    """SHA-256 (hex) of the file; `read` is told how many bytes were read. Raises Changed."""
    digest, modified = hashlib.sha256(), path.stat().st_mtime_ns
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            read(len(chunk))
    if path.stat().st_mtime_ns != modified:
        raise Changed(f"{path} was changed while it was read; send it again")
    return digest.hexdigest()
