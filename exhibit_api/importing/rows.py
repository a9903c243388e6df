"""From the lines of a table to rows of the catalogue: what each says of which record, and which cells cannot be understood."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from exhibit_api.importing.cells import ERRORS, Misread, meant, shown, slug_of
from exhibit_api.importing.columns import Form, Heading, NoColumn, form_called
from exhibit_api.importing.grid import Cell, Grid, Line, Unreadable

GUIDES = ("guide", "说明")
"""Sheets for people alone; the template has one."""


@dataclass(frozen=True)
class Mistake:
    """A cell, by its address, and what is wrong there."""

    cell: str
    detail: str


@dataclass
class Row:
    """What one line says of the record `kind/slug`: the value of each heading that its table has, None where the cell is empty.

    `places` are the addresses of its cells, by field and by field and language. `unread` are the fields of cells that could not be read.
    """

    kind: str
    slug: str
    cell: str
    values: list[tuple[Heading, object]] = field(default_factory=list)
    places: dict[tuple[str, str | None], str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The record's id."""
        return f"{self.kind}/{self.slug}"

    def place(self, name: str, tag: str | None = None) -> str:
        """The address of the cell of a field: in this language, else in any, else the slug's."""
        if (name, tag) in self.places:
            return self.places[name, tag]
        return next((place for (each, _), place in self.places.items() if each == name), self.cell)

    @property
    def slug_of_label(self) -> str | None:
        """The slug that its English label would have."""
        labels = (value for heading, value in self.values if heading.text == "label (en)")
        label = next(labels, None)
        return slug_of(label) if isinstance(label, str) else None

    def value(self, name: str) -> object:
        """What the row says in a column of this name; None too where it has none."""
        return next((value for heading, value in self.values if heading.column.name == name), None)


@dataclass
class Sheet:
    """One table read: its rows, and the mistakes that are no row's. `meant` are ids that lines without a good slug probably mean."""

    rows: list[Row] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    meant: set[str] = field(default_factory=set)


def read_sheet(grid: Grid, form: Form | None = None) -> Sheet:
    """All rows of a grid, of the form that its name says unless one is given."""
    sheet, lines = Sheet(), iter(grid.lines)
    form = form or form_called(grid.name)
    first = next(lines, None)
    if first is None or grid.name.strip().casefold() in GUIDES:
        return sheet
    if form is None:
        names = "exhibits, people, awards, achievements, studios (展品, 人物, 奖项, 成果, 创新工作室) or guide (说明)"
        sheet.mistakes.append(Mistake(grid.address(1, first.number), f"{shown(grid.name)} is none of {names}"))
        return sheet
    headings = dict(_headings(grid, form, first, sheet))
    slugs = [column for column, heading in headings.items() if heading.column.name == "slug"]
    if not slugs:
        detail = "the column 'slug' is missing, by which rows are known from each other"
        sheet.mistakes.append(Mistake(grid.address(1, first.number), detail))
        return sheet
    reader = _Reader(grid, form, headings, slugs[0], set(first.cells), sheet)
    sheet.rows = [row for line in lines if (row := reader.read(line))]
    return sheet


def _headings(grid: Grid, form: Form, first: Line, sheet: Sheet) -> Iterator[tuple[int, Heading]]:
    """Column → what it is for. One that is misspelt counts as what was meant, so that one slip of the pen is one mistake."""
    taken: dict[Heading, str] = {}
    for column, cell in first.cells.items():
        address = grid.address(column, first.number)
        try:
            heading = form.heading(str(cell))
        except NoColumn as error:
            sheet.mistakes.append(Mistake(address, str(error)))
            if error.meant is None or error.meant in taken:
                continue
            heading = error.meant
        if heading in taken:
            sheet.mistakes.append(Mistake(address, f"the column {heading.text!r} stands in {taken[heading]} already"))
            continue
        taken[heading] = address
        yield column, heading


class _Reader:
    """Reads the lines of one table."""

    def __init__(
        self, grid: Grid, form: Form, headings: dict[int, Heading], slugs: int, headed: set[int], sheet: Sheet
    ) -> None:
        self._grid, self._form, self._headings, self._slugs, self._sheet = grid, form, headings, slugs, sheet
        self._headed = headed
        self._told: set[object] = set()

    def read(self, line: Line) -> Row | None:
        """The row; None where it has no slug that it could be known by."""
        self._tell_of_strays(line)
        merged = self._merged(line)
        row = Row(self._form.kind, "", self._grid.address(self._slugs, line.number))
        for column, heading in self._headings.items():
            self._take(row, heading, line, column, is_merged=column in merged)
        slug = row.value("slug")
        if not isinstance(slug, str):
            guesses = self._guesses(row, line)
            if "slug" not in row.unread:
                row.mistakes.append(Mistake(row.cell, f"the slug is missing{meant(next(iter(guesses), None))}"))
            self._sheet.meant.update(f"{self._form.kind}/{guess}" for guess in guesses)
            self._sheet.mistakes += row.mistakes
            return None
        row.slug = slug
        return row

    def _take(self, row: Row, heading: Heading, line: Line, column: int, *, is_merged: bool) -> None:
        name = heading.column.field.split(".")[0]
        address = self._grid.address(column, line.number)
        row.places[heading.column.field, heading.tag] = address
        row.places.setdefault((name, heading.tag), address)
        if is_merged:  # told of once, for the whole block
            row.unread.add(name)
            return
        cell: Cell = line.cells.get(column)
        try:
            if isinstance(cell, Unreadable):
                raise Misread(cell.detail)
            row.values.append((heading, heading.column.read(cell)))
        except Misread as error:
            row.unread.add(name)
            row.mistakes.append(Mistake(address, str(error)))

    def _merged(self, line: Line) -> set[int]:
        """The columns of the line whose cells are merged with others; each block is told of once, where it begins."""
        columns: set[int] = set()
        for area in self._grid.merged:
            if not area.top <= line.number <= area.bottom:
                continue
            if area not in self._told:
                self._told.add(area)
                last = self._grid.address(area.right, area.bottom).rpartition("!")[2]
                detail = f"the cells from here to {last} are merged; unmerge them, and write into each what is meant"
                self._sheet.mistakes.append(Mistake(self._grid.address(area.left, area.top), detail))
            columns.update(range(area.left, area.right + 1))
        return columns

    def _tell_of_strays(self, line: Line) -> None:
        """Values under no header, once a column."""
        for column in line.cells.keys() - self._headed - self._told:
            self._told.add(column)
            detail = f"{shown(line.cells[column])} stands in a column that has no header"
            self._sheet.mistakes.append(Mistake(self._grid.address(column, line.number), detail))

    def _guesses(self, row: Row, line: Line) -> list[str]:
        """Slugs that were probably meant: by what stands there, and by the English label."""
        written = line.cells.get(self._slugs)
        by_itself = slug_of(written) if isinstance(written, str) and written.strip() not in ERRORS else None
        return [guess for guess in (by_itself, row.slug_of_label) if guess]
