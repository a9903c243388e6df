"""Ranges of bytes: what a `Range` asks of a representation, and whether `If-Range` lets it (RFC 9110, sections 13 and 14)."""

import re
from dataclasses import dataclass

BEYOND = 1 << 63
"""Stands for every position with more than 18 digits: no object is that large, and `int` refuses the longest."""

_SET = re.compile(r"\s*bytes\s*=(.*)", re.IGNORECASE | re.DOTALL)
_SPEC = re.compile(r"([0-9]*)-([0-9]*)")


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes from `start` up to, not including, `stop`."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        """Bytes in the span."""
        return self.stop - self.start


NOTHING = Span(0, 0)


def parse_range(header: str, size: int) -> Span | None:
    """The part of a representation of `size` bytes that a Range header asks for.

    None: the whole (another unit, a malformed header, or several parts, which a server may answer by the whole).
    NOTHING: no part overlaps the representation, which is a 416. Else a span within it, clamped to its end.
    """
    named = _SET.fullmatch(header)
    if named is None:
        return None
    spans = []
    for element in named[1].split(","):
        if not (element := element.strip(" \t")):
            continue  # a list may have empty elements
        spec = _SPEC.fullmatch(element)
        span = spec and _span(spec[1], spec[2], size)
        if span is None:
            return None
        spans.append(span)
    overlapping = [span for span in spans if span.length]
    if not spans or len(overlapping) > 1:
        return None
    return overlapping[0] if overlapping else NOTHING


def content_range(span: Span, size: int) -> str:
    """The Content-Range of a 206, or of a 416 where the span is NOTHING."""
    return f"bytes {span.start}-{span.stop - 1}/{size}" if span.length else f"bytes */{size}"


def may_continue(if_range: bytes | None, etag: bytes) -> bool:
    """Whether the Range may be answered by a part: no If-Range, or the very entity tag, compared strongly.

    We give no Last-Modified, so no date can be one of ours: a date never matches, and the whole is sent.
    """
    return if_range is None or if_range.strip() == etag


def _span(first: str, last: str, size: int) -> Span | None:
    """One part, NOTHING if it lies outside, None if it makes no sense."""
    if not first:
        if not last:
            return None
        suffix = _position(last)
        if size == 0 and suffix:
            return None  # satisfiable by the letter, but no Content-Range can name a part of nothing
        return Span(max(0, size - suffix), size) if suffix else NOTHING
    start, end = _position(first), _position(last) if last else BEYOND
    if end < start:
        return None
    return Span(start, min(end + 1, size)) if start < size else NOTHING


def _position(digits: str) -> int:
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= 18 else BEYOND
