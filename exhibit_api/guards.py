"""Guards against lost updates: what a writer claims to know of the present state (RFC 9110, sections 8.8 and 13.1)."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from exhibit_api.documents import canonical_bytes
from exhibit_api.errors import GuardMissing, Stale

ENTITY_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


def entity_tag(revision: int, document: dict[str, Any]) -> str:
    """The strong entity tag of a draft: its revision, and eight digits of its digest in case it was deleted and made anew."""
    return f'"{revision}-{hashlib.sha256(canonical_bytes(document)).hexdigest()[:8]}"'


@dataclass(frozen=True)
class Guard:
    """The preconditions of one request. `match` is the raw If-Match, `none_match` the raw If-None-Match."""

    match: str | None = None
    none_match: str | None = None

    def admit(self, what: str, current: str | None, *, required: bool = True) -> None:
        """Let a write of `what` pass, whose present entity tag is `current` (None: it does not exist).

        Raises Stale where the claim is wrong, GuardMissing where an update makes none.
        """
        if current is None:
            if self.match is not None:
                raise Stale(f"{what} does not exist (any more), so If-Match cannot hold")
            return
        if self.none_match is not None and self.none_match.strip() == "*":
            raise Stale(f"{what} exists already, and If-None-Match: * asked that it should not; its ETag is {current}")
        if self.match is None:
            if required:
                raise GuardMissing(
                    f"{what} exists: send If-Match with the ETag that you last read (it is {current} now)"
                )
            return
        if self.match.strip() == "*":
            return
        if not any(not weak and f'"{tag}"' == current for weak, tag in ENTITY_TAG.findall(self.match)):
            raise Stale(
                f"{what} was changed by someone else: its ETag is {current} now, If-Match says {self.match[:80]}"
            )


OVERWRITE = Guard(match="*")
"""For our own commands, which overwrite what is there."""
