"""One published document, ready to be sent: its bytes in each coding with their headers, made once and sent many times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exhibit_api.editions.forms import Forms
from exhibit_api.web.negotiation import CODINGS, Coding

CURRENT = b"public, max-age=30, stale-while-revalidate=86400"
FROZEN = b"public, max-age=31536000, immutable"

OPEN = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Content-Length, Content-Range, Accept-Ranges, Link"),
    (b"timing-allow-origin", b"*"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"x-content-type-options", b"nosniff"),
)
"""What lets any page use public bytes, without credentials."""

Pairs = Sequence[tuple[bytes, bytes]]

_STATUS_LINES = {200: b"HTTP/1.1 200 OK\r\n", 304: b"HTTP/1.1 304 Not Modified\r\n"}


class Answer:
    """One whole answer, for ASGI and for the wire. Never changed, save the wire's bytes, which have the time in them."""

    __slots__ = ("_fields", "_head", "_usual", "_wire", "body", "headers", "status")

    def __init__(self, status: int, headers: Pairs, body: bytes = b"") -> None:
        self.status = status
        self.headers = list(headers)
        self.body = body
        self._fields = b"".join(b"%s: %s\r\n" % header for header in headers) + b"\r\n"
        self._usual: Pairs | None = None
        self._head = self._wire = b""

    def head(self, usual: Pairs) -> bytes:
        """Status line and headers of HTTP/1.1. `usual` are the server's own (Date), the same object until they change."""
        if usual is not self._usual:
            self._renew(usual)
        return self._head

    def wire(self, usual: Pairs) -> bytes:
        """Head and body of HTTP/1.1 in one piece."""
        if usual is not self._usual:
            self._renew(usual)
        return self._wire

    def _renew(self, usual: Pairs) -> None:
        self._head = _STATUS_LINES[self.status] + b"".join(b"%s: %s\r\n" % h for h in usual) + self._fields
        self._wire = self._head + self.body
        self._usual = usual


@dataclass(frozen=True, slots=True)
class Published:
    """A document at its addresses: the answers to GET in each coding, and the one to who has it already."""

    etag: bytes
    whole: Mapping[Coding, Answer]
    unchanged: Answer
    size: int


def publish(
    forms: Forms,
    digest: str,
    *,
    cache_control: bytes,
    media_type: str = "application/json",
    links: Sequence[str] = (),
    location: str | None = None,
) -> Published:
    """The answers for a document. `links` are values of Link, `location` is its Content-Location.

    The ETag is the same in every coding: a range is only ever sent of the plain form, where no other was negotiated, so
    no client can put parts of two forms together.
    """
    etag = b'"%s"' % digest.encode()
    kept = [(b"etag", etag), (b"cache-control", cache_control), (b"vary", b"Accept-Encoding")]
    if links:
        kept.append((b"link", ", ".join(links).encode("ascii")))
    if location is not None:
        kept.append((b"content-location", location.encode("ascii")))
    kept += OPEN
    kind = media_type.encode("ascii")
    identity = _whole(forms.identity, "identity", kind, kept)
    whole: dict[Coding, Answer] = dict.fromkeys(CODINGS, identity)
    whole |= {coding: _whole(body, coding, kind, kept) for coding, body in forms.compressed.items()}
    return Published(etag, whole, Answer(304, kept), forms.size)


def _whole(body: bytes, coding: Coding, media_type: bytes, kept: Pairs) -> Answer:
    headers = [(b"content-type", media_type), (b"content-length", b"%d" % len(body))]
    # A part is only sent of the plain form, so only there it is promised.
    headers.append((b"accept-ranges", b"bytes") if coding == "identity" else (b"content-encoding", coding.encode()))
    return Answer(200, [*headers, *kept], body)
