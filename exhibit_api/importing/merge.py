"""What a row makes of a record: the document that is in the catalogue already, changed in what the row's table has columns for.

A column that the table does not have changes nothing; an empty cell takes out what was there, save the organisation, which nobody
means to take away.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from exhibit_api.importing.rows import Row

NO_MEMBERS = ("slug", "model")
"""Columns that are not in the document."""
Steps = list[tuple[str, str, str | None]]


def merged(row: Row, before: dict[str, Any] | None, owner: str | None) -> dict[str, Any]:
    """The document after the row, unchecked; `owner` keeps it where neither row nor record says who does."""
    document = dict(before or {})
    stories: dict[str, Steps] = {}
    for heading in row.head.columns:
        name, value = heading.column.field, row.values.get(heading)
        if name in NO_MEMBERS or (name == "organisation" and value is None):
            continue
        if name == "story":
            stories[heading.tag or ""] = value or []  # type: ignore[assignment]  # as read_steps gives it
        elif heading.tag is not None:
            _put(document, (name, heading.tag), value)
        else:
            _put(document, tuple(name.split(".")), value)
    if stories and "story" not in row.unread:
        _set(document, "story", list(_told(document.get("story") or [], stories)))
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


def _told(before: Iterable[Mapping[str, Any]], stories: Mapping[str, Steps]) -> Iterator[dict[str, Any]]:
    """The growth story with some of its languages told anew; the others stay.

    Steps of one date in several languages are one step; several of one date are told apart by their order.
    """
    made: dict[tuple[str, int], dict[str, Any]] = {}
    for key, old in _numbered(before, lambda step: step["date"]):
        kept = {
            member: left
            for member in ("label", "text")
            if (left := {tag: text for tag, text in (old.get(member) or {}).items() if tag not in stories})
        }
        made[key] = {"date": old["date"], **kept}
    for tag, steps in stories.items():
        for key, (date, label, text) in _numbered(steps, lambda step: step[0]):
            step = made.setdefault(key, {"date": date})
            step.setdefault("label", {})[tag] = label
            if text is not None:
                step.setdefault("text", {})[tag] = text
    told = [step for step in made.values() if "label" in step]
    # Each language has its own steps; only one that is out of order by itself is a mistake, and stays one.
    if all(_in_order([step[0] for step in steps]) for steps in stories.values()):
        told.sort(key=lambda step: step["date"])
    yield from told


def _numbered(steps: Iterable[Any], date_of: Any) -> Iterator[tuple[tuple[str, int], Any]]:
    """Each step under its date and the how-manieth of that date it is."""
    counts: dict[str, int] = {}
    for step in steps:
        date = date_of(step)
        counts[date] = counts.get(date, 0) + 1
        yield (date, counts[date]), step


def _in_order(dates: list[str]) -> bool:
    return all(later >= earlier[: len(later)] for earlier, later in pairwise(dates))
