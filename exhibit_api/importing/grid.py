"""A table as it was sent: lines of cells, each with its address, "People!C7". Where it came from no longer matters."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from exhibit_api.errors import Rejected
from exhibit_api.importing.cells import Value

MOST_COLUMNS = 200
MOST_LINES = 100_000
"""Lines with something in them, of one collection."""
CORNER = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(frozen=True)
class Unreadable:
    """A cell of which nobody can tell what it says, and why."""

    detail: str


Cell = Value | Unreadable


@dataclass(frozen=True)
class Line:
    """A line that is not empty: its number from 1, and its cells by column from 1."""

    number: int
    cells: dict[int, Cell]


@dataclass(frozen=True)
class Area:
    """A block of cells that were merged into one: first and last column and line."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, eq=False)
class Grid:
    """One sheet of a spreadsheet, or one CSV file. `lines` may be read once."""

    name: str
    lines: Iterable[Line]
    merged: list[Area] = field(default_factory=list)

    def address(self, column: int, line: int) -> str:
        """What people call a cell: "People!C7"."""
        return f"{self.name}!{letters(column)}{line}"


@cache
def letters(column: int) -> str:
    """A column as spreadsheets name it: 1 → "A", 28 → "AB"."""
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)


def area(reference: str) -> Area:
    """The block that "B2:C3" means."""
    corners = [CORNER.fullmatch(corner) for corner in reference.split(":")]
    places = [(_column(match[1]), int(match[2])) for match in corners if match]
    if not places or len(places) != len(corners):
        raise Rejected(f"the spreadsheet merges cells at {reference[:40]!r}, which is no place in it")
    columns, lines = zip(*places, strict=True)
    return Area(min(columns), min(lines), max(columns), max(lines))


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
