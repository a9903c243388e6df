"""What a folder, a zip, a spreadsheet or a CSV file holds as a collection: its tables, and the files beside them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from exhibit_api.errors import Rejected
from exhibit_api.gltf.beside import Beside
from exhibit_api.importing.cells import closest, meant
from exhibit_api.importing.columns import FORMS, Form, form_called
from exhibit_api.importing.comma import read_csv
from exhibit_api.importing.grid import MOST_LINES, Grid, Line
from exhibit_api.importing.rows import Sheet, read_sheet
from exhibit_api.importing.workbook import is_workbook, read_workbook

MOST_TABLE = 64 << 20
"""Bytes of one spreadsheet or CSV file."""
TABLES = (".xlsx", ".csv")
NAMES = ", ".join(f"{kind}.csv" for kind in FORMS)


@dataclass(frozen=True)
class Table:
    """One file with tables: its name, its bytes, and the form that it has, where its sheets' names do not say it."""

    name: str
    data: bytes
    form: Form | None = None


def sheets_of(tables: list[Table]) -> list[Sheet]:
    """All that the tables say. Raises Rejected where a file cannot be read at all, or holds too much."""
    counted = _Counted()
    sheets = [read_sheet(counted.over(grid), form) for table in tables for grid, form in _grids(table)]
    if not any(sheet.rows or sheet.mistakes for sheet in sheets):
        names = ", ".join(table.name for table in tables)
        raise Rejected(
            f"{names}: there is no row in it; the first line has headers, as `exhibit import --template` writes them"
        )
    return sheets


def table_alone(name: str, file: BinaryIO, size: int) -> Table:
    """A spreadsheet or CSV file that was sent alone. Raises Rejected."""
    return _table(name, _whole(name, file, size))


def tables_beside(beside: Beside) -> list[Table]:
    """The tables of a folder: the one spreadsheet at its top, or CSV files that are called like what they hold. Raises Rejected."""
    top = [name for name in sorted(beside.names) if "/" not in name and PurePosixPath(name).suffix.lower() in TABLES]
    books = [name for name in top if name.lower().endswith(".xlsx")]
    if len(books) > 1:
        raise Rejected(f"there are several spreadsheets: {', '.join(books[:10])}; keep one of them beside the models")
    others = [name for name in top if name not in books]
    if books and others:
        raise Rejected(
            f"beside {books[0]} there is {others[0]}: which is it? Keep one, or move the other into a folder"
        )
    strange = [name for name in others if form_called(PurePosixPath(name).stem) is None]
    if strange:
        guess = closest(PurePosixPath(strange[0]).stem, list(FORMS))
        raise Rejected(
            f"{strange[0]} is none of {NAMES}{meant(f'{guess}.csv' if guess else None)}; rename it, or move it into a folder"
        )
    chosen = books or others
    if not chosen:
        raise Rejected(f"there is no spreadsheet (.xlsx) at the top, and none of {NAMES}")
    return [_opened(beside, name) for name in chosen]


def _opened(beside: Beside, name: str) -> Table:
    with beside.open(name) as file:
        return _table(name, _whole(name, file, beside.size(name)))


def _whole(name: str, file: BinaryIO, size: int) -> bytes:
    if size > MOST_TABLE:
        raise Rejected(f"{name} has {size} bytes; a spreadsheet has at most {MOST_TABLE}; divide it into several")
    return file.read(MOST_TABLE + 1)


def _table(name: str, data: bytes) -> Table:
    if not data:
        raise Rejected(f"{name} is empty")
    return Table(name, data, form_called(PurePosixPath(name).stem))


def _grids(table: Table) -> list[tuple[Grid, Form | None]]:
    """The grids of a file, with their form where their own names do not say it."""
    file = io.BytesIO(table.data)
    if table.name.lower().endswith(".xlsx") or is_workbook(file):
        grids = read_workbook(file, table.name)
        return [(grid, table.form if len(grids) == 1 and form_called(grid.name) is None else None) for grid in grids]
    if table.form is None:
        raise Rejected(f"{table.name}: the name of a CSV file says what it holds; it is one of {NAMES}")
    return [(read_csv(table.data, table.name), table.form)]


class _Counted:
    """Counts lines over all grids. Raises Rejected where there are too many."""

    def __init__(self) -> None:
        self._lines = 0

    def over(self, grid: Grid) -> Grid:
        return Grid(grid.name, self._each(grid), grid.merged)

    def _each(self, grid: Grid) -> Iterator[Line]:
        for line in grid.lines:
            self._lines += 1
            if self._lines > MOST_LINES:
                raise Rejected(f"there are more than {MOST_LINES} rows; divide the collection into several files")
            yield line
