"""Spreadsheets (.xlsx, ECMA-376) as grids, read line by line and under caps: a file of a stranger may claim anything."""

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TypeVar

from openpyxl import load_workbook

from exhibit_api.errors import ExhibitError, Rejected
from exhibit_api.importing.grid import MOST_COLUMNS, Area, Cell, Grid, Line, Unreadable, area

MOST_UNPACKED = 128 << 20
"""Bytes of all parts of a spreadsheet: some ten times what 50,000 lines need."""
MOST_MERGED = 1000
CHUNK = 1 << 20
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([^"]{1,40})"')
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
LONGEST_TAG = 200
OLD = b"\xd0\xcf\x11\xe0"
SAVE = "open it in a spreadsheet program and save it as .xlsx"
NO_VALUE = "a formula without a result; open the file in a spreadsheet program, save it, and send it again"


Found = TypeVar("Found")


def is_workbook(file: BinaryIO) -> bool:
    """Whether a seekable file is a spreadsheet, and no other zip."""
    try:
        with zipfile.ZipFile(file) as parts:
            return "[Content_Types].xml" in parts.namelist() and "xl/workbook.xml" in parts.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    finally:
        file.seek(0)


def read_workbook(file: BinaryIO, name: str) -> list[Grid]:
    """The grids of a seekable file, one a sheet. Raises Rejected, also while their lines are read."""
    _refuse_bombs(file, name)

    def opened(*, values: bool) -> Any:
        return load_workbook(file, read_only=True, data_only=values, keep_links=False)

    def read() -> list[Grid]:
        with_formulas, with_values = opened(values=False), opened(values=True)
        grids = []
        for sheet in with_formulas.worksheets:
            merged, has_formulas = _scanned(file, sheet)
            twin = with_values[sheet.title] if has_formulas else None
            grids.append(Grid(sheet.title, _lines(sheet, twin, name), merged))
        return grids

    return _understood(read, name)


def _understood(read: Callable[[], Found], name: str) -> Found:
    try:
        return read()
    except ExhibitError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise Rejected(f"{name} cannot be read as a spreadsheet ({type(error).__name__}); {SAVE}") from error


def _refuse_bombs(file: BinaryIO, name: str) -> None:
    if file.read(4) == OLD:
        raise Rejected(f"{name} is an old .xls, or has a password; {SAVE}, without a password")
    try:
        with zipfile.ZipFile(file) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Rejected(f"{name} is no spreadsheet, or is damaged: {error}; {SAVE}") from error
    if size > MOST_UNPACKED:  # zipfile gives no more than a part declares, so the sum holds
        raise Rejected(
            f"{name} unpacks to {size} bytes, and at most {MOST_UNPACKED} are taken; divide it into several files"
        )


def _scanned(file: BinaryIO, sheet: Any) -> tuple[list[Area], bool]:
    """Which cells of the sheet are merged, and whether any has a formula: openpyxl does not tell while it reads line by line."""
    found: set[str] = set()
    has_formulas, before = False, b""
    with zipfile.ZipFile(file) as parts, parts.open(sheet._worksheet_path) as part:
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
    results = twin.iter_rows(values_only=True) if twin is not None else None
    while True:
        number, row = _understood(lambda: next(rows, (0, None)), name)
        values = _understood(lambda: next(results, ()), name) if results is not None else ()
        if row is None:
            return
        cells: dict[int, Cell] = {}
        for column, cell in enumerate(row, 1):
            value: Cell = cell.value
            if cell.data_type == "f":
                value = values[column - 1] if column <= len(values) else None
                value = Unreadable(NO_VALUE) if value is None else value
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            if column > MOST_COLUMNS:
                raise Rejected(f"the sheet {sheet.title!r} has more than {MOST_COLUMNS} columns in its line {number}")
            cells[column] = value
        if cells:
            yield Line(number, cells)
