"""What a GET or HEAD asks of bytes that do not change, and which of them it is therefore sent (RFC 9110, section 13.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from exhibit_api.web.negotiation import has_already, is_expected
from exhibit_api.web.ranges import NOTHING, Span, may_continue, parse_range

Headers = Iterable[tuple[bytes, bytes]]

_READ = frozenset({b"accept-encoding", b"if-match", b"if-none-match", b"if-range", b"range"})


@dataclass(frozen=True, slots=True)
class Asked:
    """The method and the headers that decide what is sent, as they came; a header on several lines is joined."""

    method: str
    accept_encoding: bytes = b""
    if_match: bytes | None = None
    if_none_match: bytes | None = None
    if_range: bytes | None = None
    range: bytes | None = None


def asked_by(method: str, headers: Headers) -> Asked:
    """The question, from ASGI's method and headers (names in lower case)."""
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in _READ:
            found[name] = found[name] + b", " + value if name in found else value
    return Asked(
        method,
        found.get(b"accept-encoding", b""),
        found.get(b"if-match"),
        found.get(b"if-none-match"),
        found.get(b"if-range"),
        found.get(b"range"),
    )


def decide(asked: Asked, etag: bytes, size: int) -> tuple[HTTPStatus, Span]:
    """The status, and the bytes of `size` that it carries: 200, 206, 304, 412 or 416.

    A HEAD is answered as its GET would be, save that Range has no meaning for it.
    """
    if asked.if_match is not None and not is_expected(asked.if_match, etag):
        return HTTPStatus.PRECONDITION_FAILED, NOTHING
    if asked.if_none_match is not None and has_already(asked.if_none_match, etag):
        return HTTPStatus.NOT_MODIFIED, NOTHING
    if asked.range is not None and asked.method == "GET" and may_continue(asked.if_range, etag):
        span = parse_range(asked.range.decode("latin-1"), size)
        if span == NOTHING:
            return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, NOTHING
        if span is not None:
            return HTTPStatus.PARTIAL_CONTENT, span
    return HTTPStatus.OK, Span(0, size)
