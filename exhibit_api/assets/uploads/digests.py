"""What a sender says of the bytes of a part, to be checked."""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from typing import Any

from exhibit_api.errors import Rejected


def announced(content_md5: str | None, content_digest: str | None) -> Iterator[tuple[Any, bytes]]:
    """Digests to make of a body, with what they should be, from two headers: MD5 in base64 (RFC 1864), `sha-256=:…:` (RFC 9530).

    Raises Rejected for what is none; algorithms that we do not know are passed over.
    """
    if content_md5 is not None:
        yield hashlib.md5(usedforsecurity=False), _decoded("Content-MD5", content_md5, 16)
    for item in (content_digest or "").split(","):
        name, _, value = item.strip().partition("=")
        if name.lower() == "sha-256":
            yield hashlib.sha256(), _decoded("Content-Digest", value.strip(":"), 32)


def _decoded(header: str, value: str, length: int) -> bytes:
    try:
        found = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != length:
        raise Rejected(f"{header} is no digest in base64: {value[:60]!r}")
    return found
