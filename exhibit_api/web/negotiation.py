"""Which form of a document a client takes, and whether it has it already (RFC 9110, sections 8.8, 12.5.3 and 13.1)."""

import re
from functools import lru_cache
from typing import Literal

Coding = Literal["br", "zstd", "gzip", "identity"]

CODINGS: tuple[Coding, ...] = ("br", "zstd", "gzip", "identity")
"""In our order of preference, which decides between codings that a client likes equally: the smallest first."""

LONGEST_CACHED = 256
_ALIASES = {"x-gzip": "gzip"}
_WEIGHT = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_TAG = re.compile(rb'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def coding_for(accept_encoding: bytes) -> Coding:
    """The coding that an Accept-Encoding likes best.

    A coding that is not named, nor met by `*`, is not taken, save identity, which is then the last resort. Where
    nothing is left, not even identity, the answer is identity all the same: RFC 9110 (12.4.1) lets a server disregard
    the field, and a visitor is better served by plain bytes than by a 406.
    """
    if len(accept_encoding) > LONGEST_CACHED:
        return _negotiated(accept_encoding)
    return _remembered(accept_encoding)


def _negotiated(accept_encoding: bytes) -> Coding:
    weights = dict(_weights(accept_encoding.decode("latin-1")))
    others = weights.get("*")
    best: Coding = "identity"
    most = 0.0
    for coding in CODINGS:
        weight = weights.get(coding, others)
        if weight is not None and weight > most:
            best, most = coding, weight
    return best


_remembered = lru_cache(maxsize=512)(_negotiated)


def _weights(accept_encoding: str) -> list[tuple[str, float]]:
    found = []
    for element in accept_encoding.lower().split(","):
        name, *parameters = (part.strip() for part in element.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                weight = float(value) if _WEIGHT.fullmatch(value := value.strip()) else 0.0
        found.append((_ALIASES.get(name, name), weight))
    return found


def has_already(if_none_match: bytes, etag: bytes) -> bool:
    """Whether If-None-Match names the entity tag, by the weak comparison; `*` names every one."""
    if if_none_match == etag:
        return True
    return if_none_match.strip() == b"*" or any(tag == etag for _, tag in _TAG.findall(if_none_match))


def is_expected(if_match: bytes, etag: bytes) -> bool:
    """Whether If-Match names the entity tag, by the strong comparison; `*` names every one."""
    return if_match.strip() == b"*" or any(not weak and tag == etag for weak, tag in _TAG.findall(if_match))
