"""Reads JSON text sequences (RFC 7464) out of a stream in which WebAssembly also prints what it likes."""

from collections.abc import Iterator
from typing import Any

import orjson

SEPARATOR, END = b"\x1e", b"\n"


class Records:
    """Takes the bytes as they come, gives the records that are whole."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []  # of the line that is not whole yet: joined once, however long it gets

    def read(self, data: bytes) -> Iterator[dict[str, Any]]:
        """The records that these bytes complete. What is no JSON object between its marks is noise and passed over."""
        *ends, rest = data.split(END)
        for end in ends:
            line = b"".join((*self._parts, end))
            self._parts.clear()
            _, mark, text = line.rpartition(SEPARATOR)
            if mark and isinstance(record := parsed(text), dict):
                yield record
        self._parts.append(rest)


def parsed(text: bytes) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
