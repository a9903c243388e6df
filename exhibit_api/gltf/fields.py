"""Reads values out of JSON that a stranger wrote: each is of the type that is due, or the model is refused."""

from __future__ import annotations

import math
from typing import TypeGuard, overload

from exhibit_api.errors import BadModel, Fault

Path = tuple[str | int, ...]

LARGEST = 2**53 - 1  # above it, JavaScript clients lose digits
LONGEST_TEXT = 1024  # bytes of a name
SHOWN = 80  # characters of a foreign text in a message


def pointer(path: Path) -> str:
    """The JSON Pointer (RFC 6901) of a place."""
    return "".join("/" + shown(str(step)).replace("~", "~0").replace("/", "~1") for step in path)


def shown(text: str, most: int = SHOWN) -> str:
    """A foreign text for a message: short, and without control characters."""
    short = text if len(text) <= most else text[:most] + "…"
    return "".join(letter if letter.isprintable() else "�" for letter in short)


def refusal(path: Path, what: str) -> BadModel:
    """The error that says what is wrong at a place of the JSON: "/nodes/3/mesh is -1; …"."""
    detail = f"{pointer(path) or 'the JSON'} {what}"
    return BadModel(detail, faults=(Fault(pointer(path), detail),))


def described(value: object) -> str:
    """A value in few words. Never `repr` of a container: hostile ones are too deep for it."""
    match value:
        case dict():
            return "an object"
        case list():
            return f"an array of {len(value)}"
        case str():
            return f'the text "{shown(value)}"'
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


class Fields:
    """One JSON object of the file and its place in it. Every method refuses what is not of the type due."""

    __slots__ = ("path", "values")

    def __init__(self, value: object, path: Path = ()) -> None:
        if not isinstance(value, dict):
            raise refusal(path, f"is {described(value)}; an object is due")
        self.values: dict[str, object] = value
        self.path = path

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def refuse(self, key: str, what: str) -> BadModel:
        return refusal((*self.path, key), what)

    @overload
    def integer(self, key: str, default: int, *, least: int = 0, most: int = LARGEST) -> int: ...
    @overload
    def integer(self, key: str, default: None = None, *, least: int = 0, most: int = LARGEST) -> int | None: ...
    def integer(self, key: str, default: int | None = None, *, least: int = 0, most: int = LARGEST) -> int | None:
        """A whole number from `least` to `most`, which 1.0 and true are not; `default` where the key is missing."""
        if key not in self.values:
            return default
        value = self.values[key]
        if type(value) is not int or not least <= value <= most:
            raise self.refuse(key, f"is {described(value)}; a whole number from {least} to {most} is due")
        return value

    def required(self, key: str, *, least: int = 0, most: int = LARGEST) -> int:
        """A whole number that has to be there."""
        value = self.integer(key, least=least, most=most)
        if value is None:
            raise self.refuse(key, f"is missing; a whole number from {least} to {most} is due")
        return value

    def index(self, key: str, count: int, kind: str) -> int | None:
        """The index of one of the file's `count` things of a kind ("meshes"); None where the key is missing."""
        if key not in self.values:
            return None
        value = self.values[key]
        if not is_index(value, count):
            raise no_index((*self.path, key), value, count, kind)
        return value

    def indices(self, key: str, count: int, kind: str) -> tuple[int, ...]:
        """Indices of things of a kind; none where the key is missing."""
        if key not in self.values:
            return ()
        found: list[int] = []
        for at, value in enumerate(self.array(key)):
            if not is_index(value, count):
                raise no_index((*self.path, key, at), value, count, kind)
            found.append(value)
        return tuple(found)

    def named_indices(self, key: str, count: int, kind: str) -> dict[str, int]:
        """An object of names and indices, as a primitive's `attributes`; empty where the key is missing."""
        child = self.child(key)
        return {} if child is None else child.all_indices(count, kind)

    def all_indices(self, count: int, kind: str) -> dict[str, int]:
        """The whole object as names and indices."""
        found: dict[str, int] = {}
        for name, value in self.values.items():
            if not is_index(value, count):
                raise no_index((*self.path, name), value, count, kind)
            found[name] = value
        return found

    def numbers(self, key: str, length: int) -> tuple[float, ...] | None:
        """`length` finite numbers; None where the key is missing."""
        if key not in self.values:
            return None
        found = self.array(key)
        if len(found) != length:
            raise self.refuse(key, f"has {len(found)} numbers; {length} are due")
        for at, value in enumerate(found):
            if type(value) not in (int, float) or not math.isfinite(value):  # type: ignore[arg-type]
                raise refusal((*self.path, key, at), f"is {described(value)}; a number is due")
        return tuple(map(float, found))  # type: ignore[arg-type]

    def text(self, key: str, default: str = "") -> str:
        """A text of at most `LONGEST_TEXT` bytes of UTF-8, without NUL, which no database takes."""
        return text_at(self.values[key], (*self.path, key)) if key in self.values else default

    def texts(self, key: str, most: int) -> tuple[str, ...]:
        """Texts, at most so many; none where the key is missing."""
        return tuple(text_at(value, (*self.path, key, at)) for at, value in enumerate(self.array(key, most)))

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.refuse(key, f"is {described(value)}; true or false is due")
        return value

    def array(self, key: str, most: int = LARGEST) -> list[object]:
        """An array of anything, with at most so many entries; empty where the key is missing."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.refuse(key, f"is {described(value)}; an array is due")
        if len(value) > most:
            raise self.refuse(key, f"has {len(value)} entries; at most {most} are taken")
        return value

    def child(self, *keys: str) -> Fields | None:
        """The object under a key, or under a key of the object under a key and so on; None where one is missing."""
        found = self
        for key in keys:
            if key not in found.values:
                return None
            found = Fields(found.values[key], (*found.path, key))
        return found

    def children(self, key: str, most: int = LARGEST) -> list[Fields]:
        """The objects of an array, counted before any is looked at."""
        path = (*self.path, key)
        return [Fields(value, (*path, at)) for at, value in enumerate(self.array(key, most))]


def is_index(value: object, count: int) -> TypeGuard[int]:
    return type(value) is int and 0 <= value < count


def no_index(path: Path, value: object, count: int, kind: str) -> BadModel:
    return refusal(path, f"is {described(value)}; the index of one of the file's {count} {kind} is due")


def text_at(value: object, path: Path) -> str:
    if not isinstance(value, str):
        raise refusal(path, f"is {described(value)}; a text is due")
    if len(value) > LONGEST_TEXT or len(value.encode()) > LONGEST_TEXT:
        raise refusal(path, f"has {len(value.encode())} bytes; at most {LONGEST_TEXT} are taken")
    if "\0" in value:
        raise refusal(path, "holds a NUL character, which no text may")
    return value
