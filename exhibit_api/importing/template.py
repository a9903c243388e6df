"""The spreadsheet that a collection is written into: a sheet for each table, and a guide in Chinese and English."""

import io
from functools import cache
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from exhibit_api.catalogue.schemas import BODIES
from exhibit_api.importing.columns import FORMS, Column, Form

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGUAGES = ("zh-Hans", "en")
CHOICES = {"level": "delta,national,province,city,industry,firm", "invented": "yes,no"}
TEXT = "@"
ROWS = 100_000
"""Lines that are given choices."""
DUE = PatternFill("solid", fgColor="FFF2CC")
HINTS = (
    (
        "一行一件，slug 是网址中的名称；再次导入时按 slug 更新，不会重复。",
        "One row a record. Imported again, the row updates the record of its slug.",
    ),
    (
        "黄色列必填。空单元格表示没有；没有的列保持原样。",
        "Yellow columns are due. An empty cell takes out what was there; a column that you delete is left as it is.",
    ),
    (
        "多个 slug 用逗号隔开。日期写作 2024-01-31、2024-01 或 2024。",
        "Commas between several slugs. Dates are 2024-01-31, 2024-01 or 2024.",
    ),
    ("可增加其他语言的列，如 label (ja)。", "More languages have columns of their own, as label (ja)."),
    (
        "模型文件放在表格旁边，可用子文件夹；.gltf 会连同贴图打包成 GLB。",
        "Models lie beside this file, in folders if you like; a .gltf is packed with its textures.",
    ),
)


@cache
def template_bytes() -> bytes:
    """The template, as .xlsx; made once."""
    book = Workbook()
    guide = book.active
    assert guide is not None
    guide.title = "guide"
    for form in FORMS.values():
        _add_sheet(book, form)
    _explain(guide)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def headers_of(form: Form) -> list[tuple[Column, str]]:
    """The columns of a form as the template has them, in both languages where they are for text of people."""
    return [
        (column, column.header(tag))
        for column in form.columns
        for tag in (LANGUAGES if column.in_languages else (None,))
    ]


def is_due(form: Form, column: Column) -> bool:
    """Whether no new record can be without it."""
    field = BODIES[form.kind].model_fields.get(column.field)
    return column.name == "slug" or (field is not None and field.is_required() and column.name != "organisation")


def _add_sheet(book: Workbook, form: Form) -> None:
    sheet = book.create_sheet(form.kind)
    sheet.freeze_panes = "B2"
    for at, (column, header) in enumerate(headers_of(form), 1):
        letter = get_column_letter(at)
        cell = sheet.cell(1, at, header)
        cell.font = Font(bold=True)
        cell.comment = Comment(f"{column.chinese}\n{column.tells}\n{column.example}", "Exhibit API", 120, 320)
        if is_due(form, column):
            cell.fill = DUE
        sheet.column_dimensions[letter].width = 36 if column.in_languages else 20
        if column.name != "year":
            sheet.column_dimensions[letter].number_format = TEXT  # or a spreadsheet would make numbers of dates
        if column.name in CHOICES:
            choice = DataValidation(type="list", formula1=f'"{CHOICES[column.name]}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{ROWS + 1}")
            sheet.add_data_validation(choice)


def _explain(guide: Any) -> None:
    guide.append(["说明 · Guide"])
    guide["A1"].font = Font(bold=True, size=14)
    for hint in HINTS:
        guide.append(hint)
    guide.append([])
    guide.append(["列 · Column", "表 · Sheet", "中文", "What it is for", "例 · Example"])
    for cell in guide[guide.max_row]:
        cell.font = Font(bold=True)
    for form in FORMS.values():
        for column, header in headers_of(form):
            guide.append([header, f"{form.kind} {form.chinese}", column.chinese, column.tells, str(column.example)])
    for letter, width in zip("ABCDE", (24, 24, 16, 60, 50), strict=True):
        guide.column_dimensions[letter].width = width
    for row in guide.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
