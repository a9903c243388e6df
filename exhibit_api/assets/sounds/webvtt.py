"""Checking captions: whether a text is WebVTT that every browser takes, and if not, in which line it goes wrong.

Source: W3C WebVTT, section 4 (syntax). A cue's own words and settings are not judged: browsers pass over what they do not know.
"""

import re
from collections.abc import Iterator

MOST_BYTES = 200_000
"""Of one text, in UTF-8: an hour of dense speech has half of it."""
SHOWN = 40

_END = re.compile("\r\n|\n|\r")
_HEADER = re.compile(r"\ufeff?WEBVTT(?:[ \t].*)?")
_TIME = r"(?:(\d{2,6}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+.*)?", re.ASCII)
_ASIDE = re.compile(r"(?:NOTE(?:[ \t].*)?|STYLE[ \t]*|REGION[ \t]*)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

Line = tuple[int, str]
"""Number of a line, from 1, and the line."""


def checked_captions(text: str) -> str:
    """The text itself. Raises ValueError that names the line where it is no WebVTT, is over 200 kB, or has no cue."""
    size = len(text.encode())
    if size > MOST_BYTES:
        raise ValueError(f"captions have at most {MOST_BYTES} bytes, these have {size}")
    lines = list(enumerate(_END.split(text), 1))
    for number, line in lines:
        if _CONTROL.search(line):
            raise ValueError(f"line {number}: there are control characters")
    if not _HEADER.fullmatch(lines[0][1]):
        raise ValueError(f"line 1: captions begin with WEBVTT, not with {_cut(lines[0][1])}")
    header, *blocks = list(_blocks(lines)) or [[]]
    _refuse_times(header[1:])
    last = -1
    for block in blocks:
        last = max(last, _start_of(block, last))
    if last < 0:
        raise ValueError(f"line {len(lines)}: the captions end without a cue")
    return text


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """What stands between empty lines."""
    block: list[Line] = []
    for number, line in lines:
        if line:
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _start_of(block: list[Line], last: int) -> int:
    """When the cue begins, in milliseconds; -1 of a comment, a style or a region. `last` is when the one before began."""
    if "-->" not in block[0][1] and _ASIDE.fullmatch(block[0][1]):
        _refuse_times(block[1:])
        return -1
    has_name = "-->" not in block[0][1] and len(block) > 1
    number, line = block[1] if has_name else block[0]
    found = _TIMES.fullmatch(line)
    if found is None:
        raise ValueError(
            f"line {number}: the times of a cue are written 00:01.000 --> 00:03.500, not {_cut(line)}"
            " (and a cue's words hold no empty line)"
        )
    start, end = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:])
    if end <= start:
        raise ValueError(f"line {number}: the cue ends before it begins, or at once")
    if start < last:
        raise ValueError(f"line {number}: the cue begins before the one above it; cues stand in order of time")
    _refuse_times(block[2 if has_name else 1 :])
    return start


def _refuse_times(lines: list[Line]) -> None:
    for number, line in lines:
        if "-->" in line:
            raise ValueError(f"line {number}: an empty line is missing before the times of a cue")


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _cut(line: str) -> str:
    return repr(line if len(line) <= SHOWN else f"{line[:SHOWN]}…")
