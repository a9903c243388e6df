"""Spreadsheets that tests make, and their way to the service and back."""

import io
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from openpyxl import Workbook

from exhibit_api.importing.order import IMPORT
from tests.acting import House, Person

Lines = Sequence[Sequence[Any]]

PEOPLE: Lines = [
    ["slug", "label (zh-Hans)", "label (en)", "title (en)", "story (en)", "invented"],
    [
        "li-ming",
        "李明",
        "Li Ming",
        "Senior technician",
        "2009-05: Learned to weld\n2016: Led a team | Of twelve",
        "yes",
    ],
    ["wang-fang", "王芳", "Wang Fang", None, None, "yes"],
]
AWARDS: Lines = [
    ["slug", "label (zh-Hans)", "label (en)", "year", "level"],
    ["golden-gear", "金齿轮", "Golden Gear", 2024, "delta"],
]
ACHIEVEMENTS: Lines = [
    ["slug", "label (zh-Hans)", "label (en)", "year", "people", "awards"],
    ["seam-tracking", "焊缝跟踪", "Seam tracking", 2023, "li-ming, wang-fang", "golden-gear"],
]
EXHIBITS: Lines = [
    ["slug", "label (zh-Hans)", "label (en)", "alt (en)", "achievements", "model"],
    ["welding-robot", "焊接机器人", "Welding robot", "A robot's arm", "seam-tracking", None],
]
SMALL: Mapping[str, Lines] = {
    "people": PEOPLE,
    "awards": AWARDS,
    "achievements": ACHIEVEMENTS,
    "exhibits": EXHIBITS,
}
"""A collection of five records, which name each other."""


def workbook(sheets: Mapping[str, Lines]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    return book


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx(sheets: Mapping[str, Lines]) -> bytes:
    return saved(workbook(sheets))


def changed(lines: Lines, **cells: Any) -> Lines:
    """The table with some cells changed: `changed(PEOPLE, B2="…")`."""
    made = [list(line) for line in lines]
    for place, value in cells.items():
        made[int(place[1:]) - 1][ord(place[0]) - ord("A")] = value
    return made


def send(house: House, person: Person, data: bytes, filename: str = "collection.xlsx", **query: str) -> dict[str, Any]:
    """Send a collection, and have it looked into; what is told of it."""
    address = f"/v1/imports?{urlencode({'filename': filename} | query)}"
    answer = house.client.post(address, content=data, headers=person.headers)
    assert answer.status_code == 202, answer.text
    house.work(IMPORT)
    return told(person, answer.json()["id"])


def apply(house: House, person: Person, sent: Mapping[str, Any], mode: str = "all") -> dict[str, Any]:
    """Have it written; what is told of it then."""
    answer = person.post(f"/v1/imports/{sent['id']}/apply", {"mode": mode})
    assert answer.status_code == 202, answer.text
    house.work(IMPORT)
    return told(person, sent["id"])


def told(person: Person, import_id: str) -> dict[str, Any]:
    answer = person.get(f"/v1/imports/{import_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def looked_into(house: House, data: bytes, filename: str = "collection.xlsx") -> dict[str, str]:
    """What is wrong with a collection of Jiangsu: cell → mistake. It is forgotten at once."""
    sent = send(house, house.admin, data, filename, organisation="jiangsu")
    assert sent["state"] == "checked", sent["problem"]
    assert house.admin.delete(f"/v1/imports/{sent['id']}").status_code == 204
    return mistakes(sent)


def refusal(house: House, data: bytes, filename: str = "collection.xlsx") -> str:
    """Why a file is no collection."""
    sent = send(house, house.admin, data, filename, organisation="jiangsu")
    assert sent["state"] == "refused"
    detail: str = sent["problem"]["detail"]
    return detail


def mistakes(sent: Mapping[str, Any]) -> dict[str, str]:
    """Cell → what is wrong there."""
    return {one["cell"]: one["detail"] for one in sent["report"]["mistakes"]}
