"""Spreadsheets (.xlsx, ECMA-376) as grids, read line by line and under caps: a file of a stranger may claim anything."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, BinaryIO, TypeVar
from zipfile import ZipFile

from openpyxl import load_workbook

from exhibit_api.errors import ExhibitError, Rejected
from exhibit_api.importing.directory import opened
from exhibit_api.importing.grid import MOST_COLUMNS, Area, Cell, Grid, Line, Unreadable, area

MOST_PARTS = 2_000
MOST_UNPACKED = 128 << 20
"""Bytes of all parts of a spreadsheet: some ten times what 50,000 lines need."""
MOST_OF_ALL = {"xl/styles.xml": 1 << 20, "xl/workbook.xml": 1 << 20}
"""Bytes of parts that are read as a whole, at a cost far beyond their size."""
MOST_SHEETS = 50
MOST_MERGED = 200
LAST_LINE = 1_048_576
"""That a sheet may have (ECMA-376; Excel's own limit)."""
WIDE = 1_000
"""Columns from which on a line costs milliseconds, also where they are empty."""
MOST_WIDE = 2_000
CHUNK = 1 << 20
LONGEST_TAG = 250
MERGED = re.compile(rb"""<(?:\w{1,20}:)?mergeCell\s[^<>]{0,150}?ref=["']([^"'<>]{1,40})["']""")
FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[\s>/]")
OLD = b"\xd0\xcf\x11\xe0"
SAVE = "open it in a spreadsheet program and save it as .xlsx"
NO_VALUE = "a formula without a result; open the file in a spreadsheet program, save it, and send it again"

Found = TypeVar("Found")


def is_workbook(file: BinaryIO) -> bool:
    """Whether a seekable file is a spreadsheet, and no other zip."""
    try:
        names = opened(file, MOST_PARTS).namelist()
    except Rejected:
        return False
    finally:
        file.seek(0)
    return "[Content_Types].xml" in names and "xl/workbook.xml" in names


def read_workbook(file: BinaryIO, name: str) -> list[Grid]:
    """The grids of a seekable file, one a sheet. Raises Rejected, also while their lines are read."""
    parts = _checked(file, name)

    def read() -> list[Grid]:
        book = load_workbook(file, read_only=True, keep_links=False)
        if len(book.worksheets) > MOST_SHEETS:
            raise Rejected(f"{name} has {len(book.worksheets)} sheets; at most {MOST_SHEETS} are taken")
        scanned = [(sheet, *_scanned(parts, sheet)) for sheet in book.worksheets]
        results = None
        if any(has_formulas for _, _, has_formulas in scanned):
            results = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        return [
            Grid(sheet.title, _lines(sheet, results[sheet.title] if results and has_formulas else None, name), merged)
            for sheet, merged, has_formulas in scanned
        ]

    return _understood(read, name)


def _understood(read: Callable[[], Found], name: str) -> Found:
    try:
        return read()
    except ExhibitError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise Rejected(f"{name} cannot be read as a spreadsheet ({type(error).__name__}); {SAVE}") from error


def _checked(file: BinaryIO, name: str) -> ZipFile:
    """The parts of the file, which are no bomb: zipfile gives no more than a part declares, so the sums hold."""
    if file.read(4) == OLD:
        raise Rejected(f"{name} is an old .xls, or has a password; {SAVE}, without a password")
    try:
        parts = opened(file, MOST_PARTS)
    except Rejected as error:
        raise Rejected(f"{name} is no spreadsheet, or is damaged: {error.detail}; {SAVE}") from error
    size = sum(part.file_size for part in parts.infolist())
    if size > MOST_UNPACKED:
        raise Rejected(
            f"{name} unpacks to {size} bytes, and at most {MOST_UNPACKED} are taken; divide it into several files"
        )
    for part in parts.infolist():
        most = MOST_OF_ALL.get(part.filename.lower())
        if most is not None and part.file_size > most:
            raise Rejected(
                f"{name}: its {part.filename} has {part.file_size} bytes, and at most {most} are taken; copy the cells into a new one"
            )
    return parts


def _scanned(parts: ZipFile, sheet: Any) -> tuple[list[Area], bool]:
    """Which cells of the sheet are merged, and whether any has a formula: openpyxl does not tell while it reads line by line."""
    found: set[str] = set()
    has_formulas, before = False, b""
    with parts.open(sheet._worksheet_path) as part:  # there is no public name
        while chunk := part.read(CHUNK):
            text = before + chunk
            has_formulas = has_formulas or FORMULA.search(text) is not None
            found.update(match.decode("ascii", "replace") for match in MERGED.findall(text))
            if len(found) > MOST_MERGED:
                raise Rejected(f"the sheet {sheet.title!r} has more than {MOST_MERGED} merged blocks; unmerge them all")
            before = text[-LONGEST_TAG:]
    return [area(reference) for reference in sorted(found)], has_formulas


def _lines(sheet: Any, twin: Any, name: str) -> Iterator[Line]:
    """Lines that are not empty. `twin` has the results of formulas, where there are any."""
    for each in (sheet, twin):
        if each is not None:
            each.reset_dimensions()  # or a sheet that claims to be a million columns wide would be filled up
    rows = enumerate(sheet.iter_rows(), 1)
    results = twin.iter_rows() if twin is not None else None
    wide = 0
    while True:
        number, row = _understood(lambda: next(rows, (0, None)), name)
        values = _understood(lambda: next(results, ()), name) if results is not None else ()
        if row is None:
            return
        if number > LAST_LINE:
            raise Rejected(f"the sheet {sheet.title!r} has more than {LAST_LINE} lines")
        wide += len(row) > WIDE
        if wide > MOST_WIDE:
            raise Rejected(
                f"the sheet {sheet.title!r} goes on for {len(row)} columns; delete those on the right of the table"
            )
        if any(cell.value is not None for cell in row[MOST_COLUMNS:]):
            raise Rejected(f"the sheet {sheet.title!r} has more than {MOST_COLUMNS} columns in its line {number}")
        cells: dict[int, Cell] = {}
        for column, cell in enumerate(islice(row, MOST_COLUMNS), 1):
            value = _result(values, column) if cell.data_type == "f" else cell.value
            if value is not None and not (isinstance(value, str) and not value.strip()):
                cells[column] = value
        if cells:
            yield Line(number, cells)


def _result(values: Any, column: int) -> Cell:
    """The result of a formula. One that was never reckoned has none at all; one that gives an empty text has that."""
    cell = values[column - 1] if column <= len(values) else None
    if cell is None or (cell.value is None and cell.data_type == "n"):
        return Unreadable(NO_VALUE)
    result: Cell = cell.value
    return result
