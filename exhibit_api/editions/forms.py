"""A document's bytes in each coding: read from beside it in the store, or made where it is small or made here."""

import gzip
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

import brotli
import structlog
import zstandard

from exhibit_api.errors import NoSuchObject
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.negotiation import Coding

ENDINGS: dict[Coding, str] = {"br": ".br", "zstd": ".zst", "gzip": ".gz"}

SMALL = 64 << 10
"""Bytes up to which brotli's best level takes less than a tenth of a second."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Forms:
    """The plain bytes, and those of the compressed forms that there are."""

    identity: bytes
    compressed: Mapping[Coding, bytes]

    @property
    def digest(self) -> str:
        """The sha256 of the plain bytes, in hexadecimal."""
        return sha256(self.identity).hexdigest()

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return len(self.identity) + sum(map(len, self.compressed.values()))


def make_forms(identity: bytes) -> Forms:
    """All forms, made now; those that are not smaller are left out. Tens of milliseconds: not for an event loop."""
    made: dict[Coding, bytes] = {
        "br": brotli.compress(identity, quality=11 if len(identity) <= SMALL else 9, mode=brotli.MODE_TEXT),
        "zstd": zstandard.ZstdCompressor(level=19 if len(identity) <= SMALL else 9).compress(identity),
        "gzip": gzip.compress(identity, 9 if len(identity) <= SMALL else 6, mtime=0),
    }
    return Forms(identity, {coding: data for coding, data in made.items() if len(data) < len(identity)})


def read_forms(store: ObjectStore, key: str) -> Forms:
    """A stored document and the forms beside it. Raises NoSuchObject where there is no document.

    A form that is missing, or does not expand to the document, is left out: the plain bytes are served then.
    """
    identity = store.read(key)
    compressed: dict[Coding, bytes] = {}
    for coding, ending in ENDINGS.items():
        try:
            data = store.read(key + ending)
        except NoSuchObject:
            continue
        if _expands_to(coding, data, identity):
            compressed[coding] = data
        else:
            log.warning("a compressed form is not of its document and is not served", key=key + ending)
    return Forms(identity, compressed)


def _expands_to(coding: Coding, data: bytes, identity: bytes) -> bool:
    try:
        return _EXPANDERS[coding](data, len(identity)) == identity
    except (brotli.error, zstandard.ZstdError, zlib.error, EOFError, OSError):
        return False


def _expand_brotli(data: bytes, size: int) -> bytes:
    expander = brotli.Decompressor()
    return bytes(expander.process(data, output_buffer_limit=size + 1))


def _expand_zstd(data: bytes, size: int) -> bytes:
    with zstandard.ZstdDecompressor().stream_reader(data) as reader:
        return bytes(reader.read(size + 1))


def _expand_gzip(data: bytes, size: int) -> bytes:
    with gzip.open(BytesIO(data)) as reader:
        return reader.read(size + 1)


_EXPANDERS: dict[Coding, Callable[[bytes, int], bytes]] = {
    "br": _expand_brotli,
    "zstd": _expand_zstd,
    "gzip": _expand_gzip,
}
