"""What a row makes of a record: the document that is in the catalogue already, changed in what the row's table has columns for.

A column that the table does not have changes nothing; an empty cell takes out what was there.
"""

from collections.abc import Iterable
from typing import Any

from exhibit_api.importing.rows import Row

NO_MEMBERS = ("slug", "model")
"""Columns that are not in the document."""
Steps = list[tuple[str, str, str | None]]


def merged(row: Row, before: dict[str, Any] | None, owner: str | None) -> dict[str, Any]:
    """The document after the row, unchecked; `owner` keeps it where neither row nor record says who does."""
    document = dict(before or {})
    stories: dict[str, Steps] = {}
    for heading, value in row.values:
        name = heading.column.field
        if name in NO_MEMBERS:
            continue
        if name == "story":
            stories[heading.tag or ""] = value  # type: ignore[assignment]  # as read_steps gives it
        elif heading.tag is not None:
            _put(document, (name, heading.tag), value)
        else:
            _put(document, tuple(name.split(".")), value)
    if stories:
        _set(document, "story", [*_steps(stories)])
    if "organisation" not in document and owner is not None:
        document["organisation"] = owner
    return document


def _put(document: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    """Set a member, or a member of a member; None and what is empty are taken out."""
    name, *rest = path
    if not rest:
        _set(document, name, value)
        return
    inner = dict(document.get(name) or {})
    _set(inner, rest[0], value)
    _set(document, name, inner)


def _set(document: dict[str, Any], name: str, value: object) -> None:
    if value is None or value in ([], {}):
        document.pop(name, None)
    else:
        document[name] = value


def _steps(stories: dict[str, Steps]) -> Iterable[dict[str, Any]]:
    """Steps of one date in several languages are one step; several of one date are told apart by their order."""
    made: dict[tuple[str, int], dict[str, Any]] = {}
    for tag, steps in stories.items():
        counts: dict[str, int] = {}
        for date, label, text in steps:
            at = counts[date] = counts.get(date, 0) + 1
            step = made.setdefault((date, at), {"date": date, "label": {}})
            step["label"][tag] = label
            if text is not None:
                step.setdefault("text", {})[tag] = text
    return made.values()
