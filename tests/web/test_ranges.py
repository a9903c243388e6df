"""Ranges of every odd shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibit_api.web.ranges import NOTHING, Span, content_range, may_continue, parse_range

HUGE = "9" * 10_000


@pytest.mark.parametrize(
    ("header", "size", "span"),
    [
        ("bytes=0-0", 10, Span(0, 1)),
        ("bytes=0-9", 10, Span(0, 10)),
        ("bytes=3-", 10, Span(3, 10)),
        ("bytes=-3", 10, Span(7, 10)),
        ("BYTES = 2-3", 10, Span(2, 4)),
        ("bytes=,2-3,", 10, Span(2, 4)),
        ("bytes=0-99", 10, Span(0, 10)),  # clamped, not refused
        ("bytes=9-10", 10, Span(9, 10)),
        ("bytes=-99", 10, Span(0, 10)),
        (f"bytes=0-{HUGE}", 10, Span(0, 10)),
        (f"bytes=-{HUGE}", 10, Span(0, 10)),
        ("bytes=000000000000000000000000001-2", 10, Span(1, 3)),
        ("bytes=10-", 10, NOTHING),
        ("bytes=10-20", 10, NOTHING),
        (f"bytes={HUGE}-", 10, NOTHING),
        ("bytes=-0", 10, NOTHING),
        ("bytes=0-", 0, NOTHING),
        ("bytes=-5", 0, None),
        ("bytes=20-30,40-", 10, NOTHING),
        ("bytes=20-30,1-2", 10, Span(1, 3)),
        ("bytes=0-1,4-5", 10, None),
        ("bytes=5-4", 10, None),
        ("bytes=0-1,x", 10, None),
        ("bytes=a-b", 10, None),
        ("bytes=-", 10, None),
        ("bytes=", 10, None),
        ("bytes=1", 10, None),
        ("bytes=1-2-3", 10, None),
        ("bytes=--1", 10, None),
        ("bytes=+1-2", 10, None),
        ("bytes=1 - 2", 10, None),
        ("bytes=1_0-2_0", 100, None),
        ("bytes=\u0661-\u0662", 10, None),  # digits, but not the ASCII ones
        ("items=0-1", 10, None),
        ("bytes", 10, None),
        ("", 10, None),
    ],
)
def test_a_range_of_an_odd_shape(header: str, size: int, span: Span | None) -> None:
    assert parse_range(header, size) == span


@given(st.binary(max_size=40), st.integers(0, 50), st.one_of(st.none(), st.integers(0, 50)))
def test_what_is_sent_for_a_range_is_the_slice(data: bytes, first: int, last: int | None) -> None:
    span = parse_range(f"bytes={first}-{'' if last is None else last}", len(data))
    if last is not None and last < first:
        assert span is None
    else:
        assert span is not None
        assert data[span.start : span.stop] == data[first : None if last is None else last + 1]


@given(st.binary(min_size=1, max_size=40), st.integers(1, 50))
def test_what_is_sent_for_a_suffix_is_the_end(data: bytes, length: int) -> None:
    span = parse_range(f"bytes=-{length}", len(data))
    assert span is not None
    assert data[span.start : span.stop] == data[-length:]


@given(st.text(max_size=30), st.integers(0, 1 << 40))
def test_no_header_leads_outside_the_object(tail: str, size: int) -> None:
    span = parse_range(f"bytes={tail}", size)
    assert span is None or span == NOTHING or 0 <= span.start < span.stop <= size


def test_content_range_names_the_part_or_only_the_size() -> None:
    assert content_range(Span(2, 5), 10) == "bytes 2-4/10"
    assert content_range(NOTHING, 10) == "bytes */10"


@pytest.mark.parametrize(
    ("if_range", "part"),
    [
        (None, True),
        (b'"x"', True),
        (b' "x" ', True),
        (b'W/"x"', False),
        (b'"y"', False),
        (b"x", False),
        (b"Sun, 22 Nov 2026 10:00:00 GMT", False),
    ],
)
def test_if_range_needs_the_very_tag(if_range: bytes | None, part: bool) -> None:
    assert may_continue(if_range, b'"x"') is part
