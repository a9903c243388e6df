"""From the lines of a table to rows of the catalogue: what each says of which record, and which cells cannot be understood."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exhibit_api.errors import Rejected
from exhibit_api.importing.cells import ERRORS, Misread, meant, shown, slug_of
from exhibit_api.importing.columns import Form, Heading, NoColumn, form_called
from exhibit_api.importing.grid import Area, Cell, Grid, Line, Unreadable

GUIDES = ("guide", "说明")
"""Sheets for people alone; the template has one."""
MOST_MISTAKES = 10_000
"""Of one table: with more it is another table than was meant, or one slip in every row."""


@dataclass(frozen=True)
class Mistake:
    """A cell, by its address, and what is wrong there."""

    cell: str
    detail: str


def in_order(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """As they stand in the tables: sheet by sheet, line by line."""

    def place(mistake: Mistake) -> tuple[str, int, int, str]:
        sheet, _, cell = mistake.cell.rpartition("!")
        column = cell.rstrip("0123456789")
        return sheet, int(cell[len(column) :]), len(column), column

    return sorted(mistakes, key=place)


@dataclass(frozen=True)
class Head:
    """What all rows of a table share: its name and form, and the column of each heading."""

    grid: Grid
    form: Form
    columns: dict[Heading, int]

    @property
    def slugs(self) -> int:
        """The column of the slugs."""
        return next(column for heading, column in self.columns.items() if heading.column.name == "slug")


@dataclass(slots=True)
class Row:
    """What one line says of the record `slug`: the values of cells that are not empty, by heading.

    `unread` are the fields of cells that could not be read.
    """

    head: Head
    line: int
    slug: str = ""
    values: dict[Heading, object] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of its record."""
        return self.head.form.kind

    @property
    def id(self) -> str:
        """The record's id."""
        return f"{self.kind}/{self.slug}"

    @property
    def cell(self) -> str:
        """The address of its slug, which stands for the whole row."""
        return self.head.grid.address(self.head.slugs, self.line)

    def place(self, name: str, *tags: str) -> str:
        """The address of the cell of a field: in the first of these languages that it has a column for, else in any, else the slug's."""
        found = {
            heading.tag: column
            for heading, column in self.head.columns.items()
            if heading.column.field == name or heading.column.field.split(".")[0] == name
        }
        column = next((found[tag] for tag in tags if tag in found), next(iter(found.values()), self.head.slugs))
        return self.head.grid.address(column, self.line)

    def value(self, name: str) -> object:
        """What the row says in a column of this name; None too where it has none."""
        return next((value for heading, value in self.values.items() if heading.column.name == name), None)

    @property
    def slug_of_label(self) -> str | None:
        """The slug that its English label would have."""
        label = next((value for heading, value in self.values.items() if heading.text == "label (en)"), None)
        return slug_of(label) if isinstance(label, str) else None


@dataclass
class Sheet:
    """One table read: its rows, and the mistakes that are no row's. `meant` are ids that lines without a good slug probably mean."""

    rows: list[Row] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    meant: set[str] = field(default_factory=set)


def read_sheet(grid: Grid, form: Form | None = None) -> Sheet:
    """All rows of a grid, of the form that its name says unless one is given. Raises Rejected where next to nothing is right."""
    sheet, lines = Sheet(), iter(grid.lines)
    form = form or form_called(grid.name)
    first = next(lines, None)
    if first is None or grid.name.strip().casefold() in GUIDES:
        return sheet
    if form is None:
        names = "exhibits, people, awards, achievements, studios (展品, 人物, 奖项, 成果, 创新工作室) or guide (说明)"
        sheet.mistakes.append(Mistake(grid.address(1, first.number), f"{shown(grid.name)} is none of {names}"))
        return sheet
    columns = {heading: column for column, heading in _headings(grid, form, first, sheet)}
    if not any(heading.column.name == "slug" for heading in columns):
        detail = "the column 'slug' is missing, by which rows are known from each other"
        sheet.mistakes.append(Mistake(grid.address(1, first.number), detail))
        return sheet
    reader = _Reader(Head(grid, form, columns), set(first.cells), sheet)
    for line in lines:
        if row := reader.read(line):
            sheet.rows.append(row)
    return sheet


def _headings(grid: Grid, form: Form, first: Line, sheet: Sheet) -> Iterator[tuple[int, Heading]]:
    """Column and what it is for. One that is misspelt counts as what was meant, so that one slip of the pen is one mistake."""
    taken: dict[Heading, str] = {}
    for column, cell in first.cells.items():
        address = grid.address(column, first.number)
        if isinstance(cell, Unreadable):
            sheet.mistakes.append(Mistake(address, cell.detail))
            continue
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

    def __init__(self, head: Head, headed: set[int], sheet: Sheet) -> None:
        self._head, self._sheet = head, sheet
        self._strange = headed.copy()
        self._blocks = _Blocks(head.grid.merged)
        self._mistakes = 0

    def read(self, line: Line) -> Row | None:
        """The row; None where it has no slug that it could be known by."""
        self._tell_of_strays(line)
        for block in self._blocks.new(line.number):
            self._tell_of_merging(block)
        row = Row(self._head, line.number)
        for heading, column in self._head.columns.items():
            if self._blocks.hold(column):  # told of once, for the whole block
                row.unread.add(heading.column.member)
            else:
                self._take(row, heading, line.cells.get(column), column)
        slug = row.value("slug")
        if not isinstance(slug, str):
            guesses = self._guesses(row, line)
            if "slug" not in row.unread:
                row.mistakes.append(Mistake(row.cell, f"the slug is missing{meant(next(iter(guesses), None))}"))
            self._sheet.meant.update(f"{row.kind}/{guess}" for guess in guesses)
            self._sheet.mistakes += row.mistakes
        self._count(row)
        if not isinstance(slug, str):
            return None
        row.slug = slug
        return row

    def _take(self, row: Row, heading: Heading, cell: Cell, column: int) -> None:
        if cell is None:
            return
        try:
            if isinstance(cell, Unreadable):
                raise Misread(cell.detail)
            value = heading.column.read(cell)
        except Misread as error:
            row.unread.add(heading.column.member)
            row.mistakes.append(Mistake(self._head.grid.address(column, row.line), str(error)))
        else:
            if value not in (None, []):
                row.values[heading] = value

    def _count(self, row: Row) -> None:
        self._mistakes += len(row.mistakes)
        if self._mistakes > MOST_MISTAKES:
            first = next((mistake for each in [*self._sheet.rows, row] for mistake in each.mistakes), None)
            example = f"; {first.cell}: {first.detail}" if first else ""
            raise Rejected(f"{self._head.grid.name} has more than {MOST_MISTAKES} mistakes{example}")

    def _tell_of_merging(self, block: Area) -> None:
        last = self._head.grid.address(block.right, block.bottom).rpartition("!")[2]
        detail = f"the cells from here to {last} are merged; unmerge them, and write into each what is meant"
        self._sheet.mistakes.append(Mistake(self._head.grid.address(block.left, block.top), detail))

    def _tell_of_strays(self, line: Line) -> None:
        """Values under no header, once a column."""
        for column in line.cells.keys() - self._strange:
            self._strange.add(column)
            detail = f"{shown(line.cells[column])} stands in a column that has no header"
            self._sheet.mistakes.append(Mistake(self._head.grid.address(column, line.number), detail))

    def _guesses(self, row: Row, line: Line) -> list[str]:
        """Slugs that were probably meant: by what stands there, and by the English label."""
        written = line.cells.get(self._head.slugs)
        by_itself = slug_of(written) if isinstance(written, str) and written.strip() not in ERRORS else None
        return [guess for guess in (by_itself, row.slug_of_label) if guess]


class _Blocks:
    """Merged cells, line after line: which blocks begin, and which columns are in one. Columns are bits of a number."""

    def __init__(self, merged: list[Area]) -> None:
        self._waiting = sorted(merged, key=lambda area: area.top, reverse=True)
        self._open: list[tuple[Area, int]] = []
        self._held = 0

    def new(self, line: int) -> list[Area]:
        """The blocks that begin in this line, or since the one before. Lines come in order."""
        found = []
        while self._waiting and self._waiting[-1].top <= line:
            area = self._waiting.pop()
            if area.bottom >= line:
                found.append(area)
                self._open.append((area, (1 << (area.right + 1)) - (1 << area.left)))
        self._open = [(area, columns) for area, columns in self._open if area.bottom >= line]
        self._held = 0
        for _, columns in self._open:
            self._held |= columns
        return found

    def hold(self, column: int) -> bool:
        """Whether the column is in a block of the line that was looked at last."""
        return bool(self._held >> column & 1)
