"""CSV files as grids (RFC 4180), as spreadsheet programs write them here and in China: several separators, several encodings."""

import codecs
import csv
import io
from collections.abc import Iterator

from exhibit_api.errors import Rejected
from exhibit_api.importing.grid import MOST_COLUMNS, Grid, Line

SEPARATORS = ",;\t"
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_csv(data: bytes, name: str) -> Grid:
    """The grid of one CSV file. Raises Rejected, also while its lines are read."""
    text = _decoded(data, name)
    if "\0" in text:
        raise Rejected(f"{name} is no CSV: it holds the character NUL; save it as .csv or .xlsx anew")
    return Grid(name, _lines(text, name))


def _decoded(data: bytes, name: str) -> str:
    encodings = [encoding for bom, encoding in BOMS if data.startswith(bom)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Rejected(f"{name} is neither UTF-8 nor GB 18030 text; save it as “CSV UTF-8” or as .xlsx")


def _lines(text: str, name: str) -> Iterator[Line]:
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, values in enumerate(reader, 1):
            if len(values) > MOST_COLUMNS:
                raise Rejected(
                    f"{name} has {len(values)} columns in its line {number}; at most {MOST_COLUMNS} are taken"
                )
            cells = {column: value for column, value in enumerate(values, 1) if value.strip()}
            if cells:
                yield Line(number, {**cells})
    except csv.Error as error:
        raise Rejected(f"{name} cannot be read as CSV after its line {number}: {error}") from error
