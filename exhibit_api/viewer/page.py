"""What is sent to a visitor's browser: a page or a file with its headers, compressed when somebody first asks for it so."""

import gzip
import threading
from collections.abc import Sequence
from hashlib import sha256

import brotli
import zstandard

from exhibit_api.web.negotiation import Coding

SMALL, MIDDLING = 64 << 10, 2 << 20
LEAST = 200
"""Bytes below which nothing is won by compressing."""

PLAIN = frozenset({"image/png", "image/webp", "image/jpeg", "font/woff2"})
"""Media types whose bytes are compressed already."""

Pairs = Sequence[tuple[bytes, bytes]]


class Page:
    """Bytes with a strong ETag. `kept` are the headers of 200 and 304 alike, without the ETag."""

    __slots__ = ("_coded", "_lock", "body", "etag", "kept", "media_type", "status")

    def __init__(self, body: bytes, media_type: str, kept: Pairs, status: int = 200) -> None:
        self.body = body
        self.media_type = media_type
        self.status = status
        self.etag = b'"%s"' % sha256(body).hexdigest().encode()
        self.kept = [(b"etag", self.etag), *kept]
        self._coded: dict[Coding, bytes] = {}
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Bytes in memory, when each form has been asked for, or a little less."""
        return len(self.body) * 2

    def in_coding(self, coding: Coding) -> tuple[Coding, bytes]:
        """The bytes in this coding, or plain where that is not smaller. The first call takes milliseconds."""
        if coding == "identity" or len(self.body) < LEAST or self.media_type in PLAIN:
            return "identity", self.body
        with self._lock:
            if coding not in self._coded:
                self._coded[coding] = _compressed(self.body, coding)
            coded = self._coded[coding]
        return (coding, coded) if len(coded) < len(self.body) else ("identity", self.body)

    def is_ready(self, coding: Coding) -> bool:
        """Whether `in_coding` answers at once."""
        return coding == "identity" or coding in self._coded or len(self.body) < LEAST or self.media_type in PLAIN


def _compressed(body: bytes, coding: Coding) -> bytes:
    if coding == "br":
        quality = 11 if len(body) <= SMALL else 9 if len(body) <= MIDDLING else 5
        return bytes(brotli.compress(body, quality=quality, mode=brotli.MODE_TEXT))
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=12 if len(body) <= MIDDLING else 6).compress(body)
    return gzip.compress(body, 6, mtime=0)
