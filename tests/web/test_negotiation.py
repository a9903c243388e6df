"""Which coding a client is given, and whether it has the document already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibit_api.web.negotiation import CODINGS, coding_for, has_already, is_expected

ETAG = b'"' + b"ab" * 32 + b'"'


@pytest.mark.parametrize(
    ("accept_encoding", "coding"),
    [
        (b"", "identity"),
        (b"gzip, deflate, br, zstd", "br"),  # Chrome
        (b"gzip, deflate, br", "br"),
        (b"gzip, deflate", "gzip"),
        (b"zstd, gzip", "zstd"),
        (b"deflate", "identity"),
        (b"br;q=0.5, gzip;q=0.8", "gzip"),
        (b"BR;Q=1", "br"),
        (b"x-gzip", "gzip"),
        (b"br;q=0, gzip", "gzip"),
        (b"br;q=0, zstd;q=0, gzip;q=0", "identity"),
        (b"br;q=0.000", "identity"),
        (b"*", "br"),
        (b"*;q=0.5, br;q=0", "zstd"),
        (b"*;q=0", "identity"),
        (b"identity;q=1, *;q=0", "identity"),  # Chrome, where it asks for a range of a film
        (b"identity, br;q=0.9", "identity"),
        (b"identity;q=0.5, br;q=0.5", "br"),
        (b"identity;q=0", "identity"),  # nothing that we have is acceptable: the field is disregarded
        (b"identity;q=0, br;q=0.1", "br"),
        (b"br;q=2", "identity"),
        (b"br;q=nan", "identity"),
        (b"br;q=", "identity"),
        (b"br ; q = 1 , gzip", "br"),
        (b",,;;q=1,=,\xff\xfe", "identity"),
        (b"gzip;level=9;q=0.3, zstd;q=0.2", "gzip"),
    ],
)
def test_the_best_weight_wins_and_the_smallest_form_breaks_a_tie(accept_encoding: bytes, coding: str) -> None:
    assert coding_for(accept_encoding) == coding


@given(st.binary(max_size=400))
def test_no_header_is_too_odd_to_be_answered(accept_encoding: bytes) -> None:
    assert coding_for(accept_encoding) in CODINGS


@given(st.dictionaries(st.sampled_from(CODINGS), st.integers(0, 1000), min_size=1))
def test_no_named_coding_is_liked_better_than_the_one_given(weights: dict[str, int]) -> None:
    header = ", ".join(f"{name};q={weight / 1000:.3f}" for name, weight in weights.items())
    given_coding = coding_for(header.encode())
    assert weights.get(given_coding, 0) == max(weights.values()) or max(weights.values()) == 0


def test_a_very_long_header_is_negotiated_too() -> None:
    assert coding_for(b"deflate, " * 1000 + b"zstd") == "zstd"


@pytest.mark.parametrize(
    ("if_none_match", "known"),
    [
        (ETAG, True),
        (b"W/" + ETAG, True),
        (b'"other", ' + ETAG, True),
        (b'W/"a,b" , W/' + ETAG, True),
        (b"*", True),
        (b" * ", True),
        (b'"other"', False),
        (ETAG.strip(b'"'), False),  # a tag stands in quotes: without them it is none
        (ETAG[:-1], False),
        (b"", False),
        (b'"*"', False),
    ],
)
def test_if_none_match_compares_weakly(if_none_match: bytes, known: bool) -> None:
    assert has_already(if_none_match, ETAG) is known


@pytest.mark.parametrize(
    ("if_match", "expected"),
    [(ETAG, True), (b"*", True), (b'"a", ' + ETAG, True), (b"W/" + ETAG, False), (b'"other"', False), (b"", False)],
)
def test_if_match_compares_strongly(if_match: bytes, expected: bool) -> None:
    assert is_expected(if_match, ETAG) is expected
