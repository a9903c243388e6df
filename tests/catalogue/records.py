"""A catalogue to test with: one record of each kind, each naming those before it."""

from typing import Any

from tests.acting import House, Person, words

RECORDS: dict[str, dict[str, Any]] = {
    "organisations/jiangsu": {"label": words("Jiangsu"), "region": "jiangsu", "homepage": "https://jiangsu.example/"},
    "awards/golden-hammer": {
        "organisation": "jiangsu",
        "label": words("Golden Hammer"),
        "year": 2024,
        "level": "delta",
    },
    "people/lin": {
        "organisation": "jiangsu",
        "label": words("Lin (invented)"),
        "trade": "welding",
        "industry": "shipbuilding",
        "story": [
            {"date": "1998", "label": words("Apprentice")},
            {"date": "2005-03", "label": words("Master"), "text": words("First robot cell")},
            {"date": "2005-03-17", "label": words("Teacher")},
        ],
        "awards": ["golden-hammer"],
        "invented": True,
    },
    "studios/lin-studio": {"organisation": "jiangsu", "label": words("Studio"), "leader": "lin", "members": ["lin"]},
    "achievements/seam": {
        "organisation": "jiangsu",
        "label": words("Seam tracking"),
        "year": 2023,
        "trade": "welding",
        "people": ["lin"],
        "awards": ["golden-hammer"],
        "studio": "lin-studio",
    },
    "exhibits/robot": {
        "organisation": "jiangsu",
        "label": words("Welding robot"),
        "alt": words("A grey robot arm"),
        "year": 2023,
        "trade": "welding",
        "industry": "shipbuilding",
        "achievements": ["seam"],
        "rights": "http://creativecommons.org/licenses/by/4.0/",
    },
    "selections/delta-2024": {
        "organisation": "jiangsu",
        "label": words("Selection of 2024"),
        "year": 2024,
        "edition": 3,
        "stages": [
            {"stage": "nominated", "begins": "2024-01-01", "ends": "2024-02-01"},
            {"stage": "publicised", "begins": "2024-02-02", "ends": "2024-02-09"},
        ],
        "results": [{"stage": "awarded", "achievement": "seam", "award": "golden-hammer"}],
    },
}
KINDS = tuple(name.split("/")[0] for name in RECORDS)


def fill(house: House, upto: str | None = None) -> dict[str, str]:
    """Write the records, up to and with the one of this kind if given; the ETag of each."""
    tags: dict[str, str] = {}
    for name, body in RECORDS.items():
        answer = house.admin.put(f"/v1/{name}", body)
        assert answer.status_code == 201, answer.text
        tags[name] = answer.headers["ETag"]
        if name.split("/")[0] == upto:
            break
    return tags


def slugs(person: Person, path: str) -> list[str]:
    """The slugs of a list, page after page."""
    found: list[str] = []
    cursor = None
    while True:
        joint = "&" if "?" in path else "?"
        page = person.get(f"{path}{joint}cursor={cursor}" if cursor else path).json()
        found += [item["slug"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return found


def pointers(answer: Any) -> list[str]:
    """The faulty places that a problem names."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    return [fault["pointer"] for fault in answer.json()["errors"]]
