"""Files with tables as they really come: from Chinese Windows, half calculated, enormous, damaged, hostile."""

import contextlib
import datetime
import io
import re
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibit_api.errors import Rejected
from exhibit_api.importing.collection import sheets_of, table_alone
from exhibit_api.importing.grid import area, letters
from exhibit_api.importing.rows import Sheet
from tests.acting import House
from tests.importing.building import PEOPLE, SMALL, looked_into, refusal, saved, workbook, xlsx

CSV = "slug,label (zh-Hans),label (en),invented\nli-ming,李明,Li Ming,是\n"


def read(data: bytes, name: str = "collection.xlsx") -> list[Sheet]:
    return sheets_of([table_alone(name, io.BytesIO(data), len(data))])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_as_spreadsheets_write_it_anywhere(encoding: str, separator: str) -> None:
    text = CSV.replace(",", separator).replace("\n", "\r\n")
    (sheet,) = read(text.encode(encoding), "people.csv")
    assert not sheet.mistakes
    assert sheet.rows[0].cell == "people.csv!A2"
    assert list(sheet.rows[0].values.values()) == ["li-ming", "李明", "Li Ming", True]


def test_headers_may_be_chinese() -> None:
    (sheet,) = read("标识,名称（中文）,名称(英文),职务 zh\nli-ming,李明,Li Ming,技师\n".encode(), "人物.csv")
    assert not sheet.mistakes
    assert [heading.text for heading in sheet.rows[0].values] == [
        "slug",
        "label (zh-Hans)",
        "label (en)",
        "title (zh-Hans)",
    ]


def test_dates_come_as_dates_as_text_and_are_missed_as_numbers() -> None:
    lines = [
        ["slug", "label (en)", "consent given"],
        ["a", "A", datetime.datetime(2024, 1, 31)],  # noqa: DTZ001 - as a spreadsheet has it
        ["b", "B", datetime.date(2024, 1, 31)],
        ["c", "C", "2024-01-31"],
        ["d", "D", 45322],
    ]
    (sheet,) = read(xlsx({"people": lines}))
    assert [row.value("consent given") for row in sheet.rows] == ["2024-01-31", "2024-01-31", "2024-01-31", None]
    assert [mistake.detail for mistake in sheet.rows[3].mistakes] == [
        "45322 is no date; as spreadsheets count days it is 2024-01-31; '2024-01-31' is probably meant"
    ]


def rewritten(book: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_formula_counts_by_the_result_that_was_saved_with_it() -> None:
    book = workbook({"awards": [["slug", "label (en)", "year"], ["gear", "Gear", 1]]})
    book["awards"]["C2"] = "=2000+24"
    data = rewritten(saved(book), SHEET, lambda xml: re.sub(rb"</f><v ?/?>(</v>)?", b"</f><v>2024</v>", xml))
    (sheet,) = read(data)
    assert sheet.rows[0].value("year") == 2024


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "collection.xlsx", "is empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "collection.xlsx", "old .xls, or has a password"),
        (b"PK\x03\x04 and no more", "collection.xlsx", "no spreadsheet, or is damaged"),
        (b"%PDF-1.7", "collection.xlsx", "no spreadsheet, or is damaged"),
        (xlsx(SMALL)[:-200], "collection.xlsx", "no spreadsheet, or is damaged"),
        (xlsx({"people": []}), "collection.xlsx", "there is no row in it"),
        (CSV.encode(), "collection.csv", "the name of a CSV file says what it holds"),
        (CSV.encode() + b"\0", "people.csv", "NUL"),
        (b"slug,label (en)\nli,\xff\xff\xff", "people.csv", "neither UTF-8 nor GB 18030"),
        (b'slug,label (en)\nli,"Li', "people.csv", "cannot be read as CSV after its line 1"),
    ],
)
def test_what_is_no_table_is_refused_with_the_way_out(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(Rejected, match=re.escape(reason)):
        read(data, name)


def test_a_spreadsheet_that_unpacks_to_gigabytes_is_refused_before_it_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "")
        bomb.writestr("xl/workbook.xml", "")
        with bomb.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(200):
                sheet.write(bytes(1 << 20))
    with pytest.raises(Rejected, match="unpacks to 209715200 bytes, and at most 134217728 are taken"):
        read(out.getvalue())


def test_a_sheet_that_claims_to_be_endless_costs_nothing() -> None:
    data = xlsx({"people": PEOPLE})
    data = rewritten(
        data, SHEET, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml)
    )
    (sheet,) = read(data)
    assert len(sheet.rows) == 2
    far = rewritten(data, SHEET, lambda xml: xml.replace(b'r="F3"', b'r="XFD3"'))
    with pytest.raises(Rejected, match="more than 200 columns in its line 3"):
        read(far)


def test_laughs_are_not_multiplied() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(Rejected, match="cannot be read as a spreadsheet"):
        read(rewritten(xlsx({"people": PEOPLE}), SHEET, lambda _: laughs))


def test_fifty_thousand_rows_are_read() -> None:
    lines = "".join(f"person-{n},工匠{n},Craftsman {n},yes\n" for n in range(50_000))
    (sheet,) = read(("slug,label (zh),label (en),invented\n" + lines).encode(), "people.csv")
    assert (len(sheet.rows), sheet.mistakes) == (50_000, [])
    with pytest.raises(Rejected, match="more than 100000 rows"):
        read(("slug,label (en)\n" + "a,b\n" * 100_001).encode(), "people.csv")


def test_values_beyond_the_headers_are_told_once(open_house: House) -> None:
    lines = [[*line, None, "a remark" if at else None] for at, line in enumerate(PEOPLE)]
    assert looked_into(open_house, xlsx(dict(SMALL) | {"people": lines})) == {
        "people!H2": "'a remark' stands in a column that has no header"
    }


def test_a_sheet_with_another_name_is_pointed_out(open_house: House) -> None:
    assert list(looked_into(open_house, xlsx(dict(SMALL) | {"Sheet5": [["x"]], "guide": [["y"]]}))) == ["Sheet5!A1"]
    assert list(looked_into(open_house, xlsx({"awards": SMALL["awards"], "people": [["label (en)"], ["Li"]]}))) == [
        "people!A1"
    ]


def test_a_file_that_is_no_collection_is_refused_by_the_service(open_house: House) -> None:
    assert "no spreadsheet, or is damaged" in refusal(open_house, b"not at all")


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_a_cell_is_found_by_its_address(column: int, line: int) -> None:
    one = area(f"{letters(column)}{line}")
    assert (one.left, one.top, one.right, one.bottom) == (column, line, column, line)


@given(st.binary(max_size=400), st.sampled_from(["people.csv", "collection.xlsx"]))
def test_no_bytes_make_a_crash(data: bytes, name: str) -> None:
    with contextlib.suppress(Rejected):
        read(data, name)


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell() -> None:
    book = workbook({"awards": [["slug", "label (en)", "year"], ["gear", "Gear", 1]]})
    book["awards"]["C2"] = '=IF(A2="","","")'
    as_excel = rb'<c r="C2" t="str"><f>IF(A2="","","")</f><v></v></c>'
    data = rewritten(saved(book), SHEET, lambda xml: re.sub(rb'<c r="C2".*?</c>', as_excel, xml))
    (sheet,) = read(data)
    assert not sheet.rows[0].mistakes
    assert sheet.rows[0].value("year") is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda xml: xml.replace(b'<row r="3"', b'<row r="99999999"'), "more than 1048576 lines"),
        (
            lambda xml: xml.replace(
                b"</sheetData>",
                b"".join(b'<row r="%d"><c r="XFD%d"/></row>' % (n, n) for n in range(4, 3000)) + b"</sheetData>",
            ),
            "goes on for 16384 columns",
        ),
        (
            lambda xml: xml.replace(
                b"</sheetData>",
                b"</sheetData><mergeCells>"
                + b"".join(b'<mergeCell ref="A%d:XFD9999"/>' % n for n in range(2, 400))
                + b"</mergeCells>",
            ),
            "more than 200 merged blocks",
        ),
    ],
    ids=["a line far below", "empty cells far to the right", "merged all over"],
)
def test_a_sheet_that_costs_without_end_is_refused(change: Callable[[bytes], bytes], reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        read(rewritten(xlsx({"people": PEOPLE}), SHEET, change))


def test_tags_that_never_end_are_not_searched_for_ever() -> None:
    comment = b"<!--" + b"<mergeCell " * 90_000 + b"-->"
    data = rewritten(xlsx({"people": PEOPLE}), SHEET, lambda xml: xml.replace(b"<sheetData>", comment + b"<sheetData>"))
    (sheet,) = read(data)
    assert len(sheet.rows) == 2


def test_a_line_of_a_million_commas_and_a_table_of_mistakes_are_refused() -> None:
    with pytest.raises(Rejected, match="1000001 columns in its line 1; at most 200"):
        read(b"," * 1_000_000, "people.csv")
    wrong = "slug,label (en),invented\n" + "".join(f"p-{n},P,perhaps\n" for n in range(10_001))
    with pytest.raises(Rejected, match=r"more than 10000 mistakes; people.csv!C2: 'perhaps' is neither"):
        read(wrong.encode(), "people.csv")


def test_styles_beyond_reason_are_refused() -> None:
    data = rewritten(xlsx({"people": PEOPLE}), "xl/styles.xml", lambda xml: xml + b" " * (1 << 20))
    with pytest.raises(Rejected, match="copy the cells into a new one"):
        read(data)
