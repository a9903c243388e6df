"""Reading a QR code of versions 2 to 6 that holds one text in bytes, as a scanner does (ISO/IEC 18004); error-free ones alone."""

import itertools
from collections.abc import Callable, Iterator

from segno import consts

Dark = set[tuple[int, int]]
"""Row and column of each dark module."""

MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


def read(dark: Dark) -> tuple[str, str]:
    """The text, and the level of error correction: L, M, Q or H."""
    size = max(row for row, _ in dark) + 1
    version = (size - 17) // 4
    assert 2 <= version <= 6
    bits = _number((8, column) in dark for column in (0, 1, 2, 3, 4)) ^ 0b10101
    level, mask = ("M", "L", "H", "Q")[bits >> 3], MASKS[bits & 0b111]
    unmasked = [((row, column) in dark) ^ mask(row, column) for row, column in _path(size)]
    codewords = [_number(unmasked[at : at + 8]) for at in range(0, len(unmasked) - 7, 8)]
    words = _together(codewords, version, level)
    assert words[0] >> 4 == 0b0100, "the text is not held in bytes"
    length = (words[0] & 15) << 4 | words[1] >> 4
    said = [(one & 15) << 4 | other >> 4 for one, other in itertools.pairwise(words[1 : length + 2])]
    return bytes(said).decode(), level


def _path(size: int) -> Iterator[tuple[int, int]]:
    """The modules that hold data, two columns at a time, upwards and downwards from the right."""
    upwards = True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for row in range(size - 1, -1, -1) if upwards else range(size):
            yield from ((row, column) for column in (right, right - 1) if not _fixed(row, column, size))
        upwards = not upwards


def _fixed(row: int, column: int, size: int) -> bool:
    """Whether a module belongs to the patterns and not to the data."""
    finders = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    alignment = size - 9 <= row < size - 4 and size - 9 <= column < size - 4
    return finders or alignment or row == 6 or column == 6


def _together(codewords: list[int], version: int, level: str) -> list[int]:
    """The data of all blocks in order; they lie interleaved."""
    blocks = [one.num_data for one in consts.ECC[version][consts.ERROR_MAPPING[level]] for _ in range(one.num_blocks)]
    parts: list[list[int]] = [[] for _ in blocks]
    following = iter(codewords)
    for at in range(max(blocks)):
        for part, length in zip(parts, blocks, strict=True):
            if at < length:
                part.append(next(following))
    return [word for part in parts for word in part]


def _number(bits: Iterator[bool] | list[bool]) -> int:
    value = 0
    for bit in bits:
        value = value << 1 | bit
    return value
