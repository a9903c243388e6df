"""A collection of any size, made by rule: people, what they achieved, what they were awarded, and exhibits with their models."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.gltf.building import box
from tests.importing.building import workbook

AWARDS = 12
Planted = tuple[str, str, Any]
"""Sheet, cell, and what stands there by mistake."""


def collection(exhibits: int, people: int, achievements: int) -> Workbook:
    """Each achievement names two people and perhaps an award; each exhibit names three achievements and its model."""
    return workbook(
        {
            "awards": [
                ["slug", "label (zh-Hans)", "label (en)", "year", "level"],
                *([f"award-{n}", f"奖项{n}", f"Award {n}", 2013 + n, "delta"] for n in range(AWARDS)),
            ],
            "people": [
                [
                    "slug",
                    "label (zh-Hans)",
                    "label (en)",
                    "trade",
                    "story (zh-Hans)",
                    "story (en)",
                    "awards",
                    "consent given",
                    "invented",
                ],
                *(
                    [
                        f"person-{n}",
                        f"工匠{n}",
                        f"Craftsman {n}",
                        "welding" if n % 2 else "milling",
                        "2009-05: 学徒\n2016: 班组长 | 十二人",
                        "2009-05: Apprentice\n2016: Foreman | Of twelve",
                        f"award-{n % AWARDS}",
                        "2024-01-31",
                        "yes",
                    ]
                    for n in range(people)
                ),
            ],
            "achievements": [
                ["slug", "label (zh-Hans)", "label (en)", "year", "effect (en)", "people", "awards"],
                *(
                    [
                        f"achievement-{n}",
                        f"成果{n}",
                        f"Achievement {n}",
                        2000 + n % 25,
                        f"{n} hours a year",
                        f"person-{n % people}, person-{(n + 1) % people}",
                        f"award-{n % AWARDS}" if n % 3 == 0 else None,
                    ]
                    for n in range(achievements)
                ),
            ],
            "exhibits": [
                ["slug", "label (zh-Hans)", "label (en)", "alt (en)", "year", "achievements", "rights", "model"],
                *(
                    [
                        f"exhibit-{n}",
                        f"展品{n}",
                        f"Exhibit {n}",
                        f"A box, {n} mm wider than the first",
                        2024,
                        "; ".join(f"achievement-{(3 * n + k) % achievements}" for k in range(3)),
                        "http://creativecommons.org/licenses/by/4.0/",
                        f"models/exhibit-{n}.glb",
                    ]
                    for n in range(exhibits)
                ),
            ],
        }
    )


def write_models(folder: Path, count: int) -> None:
    """So many models, each another one."""
    (folder / "models").mkdir(parents=True, exist_ok=True)
    for n in range(count):
        (folder / "models" / f"exhibit-{n}.glb").write_bytes(box((1 + n / 1000, 1, 1)))


PLANTED: tuple[Planted, ...] = (
    ("awards", "A3", "Award One"),
    ("awards", "D4", 45123),
    ("awards", "D5", "two thousand"),
    ("awards", "E6", "provnce"),
    ("awards", "C7", "x" * 20_001),
    ("awards", "E1", "levle"),
    ("people", "A20", "person_18"),
    ("people", "D21", "Arc welding"),
    ("people", "E22", "2016: 班组长\n2009: 学徒"),
    ("people", "F23", "Apprentice since 2009"),
    ("people", "F24", "2009-13: Apprentice"),
    ("people", "F25", "2009年5月: Apprentice"),
    ("people", "G26", "award-99"),
    ("people", "G27", "Award 3"),
    ("people", "H28", 45322),
    ("people", "H29", "31.01.2024"),
    ("people", "H30", "2024-02-30"),
    ("people", "I31", "perhaps"),
    ("people", "D32", "#REF!"),
    ("people", "K33", "a remark"),
    ("achievements", "A40", "achievement-37"),
    ("achievements", "B41", "\x7f"),
    ("achievements", "D42", None),
    ("achievements", "D43", 999),
    ("achievements", "D44", "2024年"),
    ("achievements", "F45", "persn-43"),
    ("achievements", "F46", "person-1, person 2"),
    ("achievements", "G47", "award-1x"),
    ("achievements", "G48", "=A2"),
    ("achievements", "E1", "efect (en)"),
    ("exhibits", "A10", "-exhibit-8"),
    ("exhibits", "E11", 20244),
    ("exhibits", "F12", "achievement-99999"),
    ("exhibits", "G13", "CC BY 4.0"),
    ("exhibits", "G14", "all rights reserved"),
    ("exhibits", "H15", "models/exhibit-1300.glb"),
    ("exhibits", "H16", "models/exhibit-14.obj"),
    ("exhibits", "H17", "../exhibit-15.glb"),
    ("exhibits", "H18", "models/broken.glb"),
    ("exhibits", "D1", "alt"),
)
"""Forty mistakes. `models/broken.glb` is to be no model; of `models/exhibit-1300.glb` there is to be none."""


def planted(book: Workbook) -> Workbook:
    for sheet, cell, value in PLANTED:
        book[sheet][cell] = value
    return book
