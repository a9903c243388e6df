"""A hall of two hundred exhibits, made of the demo's models through the API."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

MANY = 200
COLUMNS = 20
APART = 3.0
SLUG = "hall-of-200"
SOURCES = ("shanghai", "jiangsu", "zhejiang", "anhui", "joint")


def hall_of_200(url: str, token: str) -> None:
    """Describe, place and publish them, unless the hall is there."""
    call = _caller(url, token)
    if call("GET", f"/v1/halls/{SLUG}") is not None:
        return
    models = [
        exhibit["model"]["variants"][0]["sha256"]
        for hall in SOURCES
        for exhibit in call("GET", f"/v1/halls/{hall}/manifest")["exhibits"]
    ]
    wide, deep = COLUMNS * APART / 2 + 3, MANY / COLUMNS * APART / 2 + 3
    words = {"zh-Hans": "二百件", "en": "Two hundred"}
    call(
        "PUT",
        f"/v1/halls/{SLUG}",
        {
            "exhibition": "yangtze-delta",
            "organisation": "delta-forum",
            "label": words,
            "space": {
                "floor": [[-wide, -deep], [wide, -deep], [wide, deep], [-wide, deep]],
                "spawn": {"translation": [0, 0, deep - 1]},
                "zones": [_zone(column, deep) for column in range(COLUMNS)],
            },
        },
    )
    for number in range(MANY):
        slug = f"of-200-{number}"
        label = {"zh-Hans": f"第 {number} 件", "en": f"Number {number}"}
        call("PUT", f"/v1/exhibits/{slug}", {"organisation": "delta-forum", "label": label, "alt": label})
        call("PUT", f"/v1/exhibits/{slug}/model/asset", {"sha256": models[number % len(models)]})
        x = (number % COLUMNS - (COLUMNS - 1) / 2) * APART
        z = (number // COLUMNS - (MANY / COLUMNS - 1) / 2) * APART
        call("PUT", f"/v1/halls/{SLUG}/placements/{slug}", {"exhibit": slug, "translation": [x, 0, z]})
    call("POST", f"/v1/halls/{SLUG}/editions", {})


def _zone(column: int, deep: float) -> dict[str, Any]:
    """A column: what stands in one zone must be within the budget of a phone."""
    left = (column - COLUMNS / 2) * APART
    floor = [[left, -deep], [left + APART, -deep], [left + APART, deep], [left, deep]]
    return {"id": f"column-{column}", "label": {"zh-Hans": f"第 {column} 列", "en": f"Column {column}"}, "floor": floor}


def _caller(url: str, token: str) -> Callable[..., Any]:
    def call(method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        try:
            with urllib.request.urlopen(urllib.request.Request(url + path, data, headers, method=method)) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if method == "GET" and error.code == 404:
                return None
            raise SystemExit(f"{method} {path}: {error.code} {error.read().decode()[:2000]}") from error

    return call
