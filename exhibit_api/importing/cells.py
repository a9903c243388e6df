"""What a cell says: each reader takes a value as spreadsheets keep it, and gives what the catalogue takes, or says what was meant."""

import datetime
import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence

from exhibit_api.text import MAX_SLUG, is_slug

Value = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None
"""Of a cell, as a spreadsheet keeps it; text alone in CSV."""

Reader = Callable[[Value], object]
"""Gives None for a cell that says nothing. Raises Misread."""

FIRST_DAY = datetime.date(1899, 12, 30)
"""Day 0 of spreadsheets, as all days after February 1900 have it (ECMA-376, part 1, section 18.17.4.1)."""
DAYS = range(25_569, 73_050)
"""Numbers that are days of 1970 to 2099: taken for such where a date is due."""
EARLIEST_YEAR, LATEST_YEAR = 1000, 2200
SHOWN = 60

SEPARATORS = re.compile(r"[;,、，；\n]")
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
DATES = (
    re.compile(r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*(?:[-/.月]\s*(?:(?P<d>\d{1,2})\s*日?)?)?"),
    re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})\s*年?"),
)
FLAGS = {"yes": True, "true": True, "是": True, "1": True, "no": False, "false": False, "否": False, "0": False}
LICENCES = re.compile(r"cc[ -]?(?P<kind>0|(?:by(?:[ -](?:sa|nc|nd))*))[ -]?(?P<version>\d\.\d)?", re.IGNORECASE)


class Misread(Exception):
    """A cell that cannot be what its column is for. The message is for people, and says what was meant where that can be told."""


def meant(suggestion: str | None) -> str:
    """The end of a message: what was probably meant."""
    return f"; {suggestion!r} is probably meant" if suggestion else ""


def shown(value: object) -> str:
    """A value in a message: short, and in quotes."""
    text = str(value)
    return repr(text if len(text) <= SHOWN else text[:SHOWN] + "…")


def closest(word: str, words: Sequence[str]) -> str | None:
    """The one of the words that this one was probably meant to be."""
    folded = {each.casefold(): each for each in words}
    found = difflib.get_close_matches(word.casefold(), folded, 1, 0.7)
    return folded[found[0]] if found else None


def slug_of(text: str) -> str | None:
    """A slug as near to the text as can be: "Welding Robot №2" → "welding-robot-2"; None where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:MAX_SLUG].strip("-") or None


def read_text(value: Value) -> str | None:
    """Text, or a number as one writes it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int | float):
        text = str(value).strip()
        if text in ERRORS:
            raise Misread(f"the spreadsheet has the error {text} here; mend its formula, or write the text itself")
        return text or None
    raise Misread(f"this is a date or a time ({_plainly(value)}), and text is due; give the cell the format Text")


def read_slug(value: Value) -> str | None:
    """A slug."""
    text = read_text(value)
    return None if text is None else _slug(text)


def read_slugs(value: Value) -> list[str]:
    """Slugs with commas, semicolons or new lines between them, in Chinese or Latin spelling."""
    return [_slug(part.strip()) for part in SEPARATORS.split(read_text(value) or "") if part.strip()]


def read_year(value: Value) -> int | None:
    """A year."""
    if isinstance(value, datetime.date):
        raise Misread(f"{value:%Y-%m-%d} is a day, and a year is due{meant(str(value.year))}")
    text = read_text(value)
    if text is None:
        return None
    if re.fullmatch("[0-9]{4}", text) and EARLIEST_YEAR <= int(text) <= LATEST_YEAR:
        return int(text)
    if (day := _counted_day(text)) is not None:
        raise Misread(f"{text} is no year; as spreadsheets count days it is {day}{meant(str(day.year))}")
    found = re.search(r"\d{4}", unicodedata.normalize("NFKC", text))
    guess = found[0] if found and EARLIEST_YEAR <= int(found[0]) <= LATEST_YEAR else None
    raise Misread(f"{shown(text)} is no year between {EARLIEST_YEAR} and {LATEST_YEAR}{meant(guess)}")


def read_date(value: Value) -> str | None:
    """A day, as ISO 8601 writes it."""
    text = _date(value)
    if text is None or len(text) == len("2024-01-31"):
        return text
    raise Misread(f"{shown(text)} is no day; write it as 2024-01-31")


def read_flag(value: Value) -> bool | None:
    """Yes or no."""
    text = read_text(value)
    if text is None:
        return None
    if text.lower() not in FLAGS:
        raise Misread(f"{shown(text)} is neither yes nor no (是, 否)")
    return FLAGS[text.lower()]


def one_of(*choices: str) -> Reader:
    """A reader of one of a few words."""

    def read(value: Value) -> str | None:
        text = read_text(value)
        if text is None or text in choices:
            return text
        guess = text.lower() if text.lower() in choices else closest(text, choices)
        raise Misread(f"{shown(text)} is none of {', '.join(choices)}{meant(guess)}")

    return read


def read_rights(value: Value) -> str | None:
    """The address of a licence. That it is one is checked with the rest of the row; short names of licences are pointed out here."""
    text = read_text(value)
    found = LICENCES.fullmatch(text) if text else None
    if found is None:
        return text
    kind, version = found["kind"].lower().replace(" ", "-"), found["version"]
    folder = "publicdomain/zero/1.0/" if kind == "0" else f"licenses/{kind}/{version or '4.0'}/"
    raise Misread(f"{shown(text)} is a short name{meant(f'http://creativecommons.org/{folder}')}")


def read_steps(value: Value) -> list[tuple[str, str, str | None]]:
    """The steps of a growth story, one a line: "2009-05: Learned to weld | In the yard's own school". Date, label, text."""
    steps = []
    for line in (read_text(value) or "").splitlines():
        if not line.strip():
            continue
        date, _, rest = re.sub("[:：]", "\0", line, count=1).partition("\0")
        if not rest.strip():
            raise Misread(f"{shown(line)} is no step of a story; write one a line, as '2009-05: Learned to weld'")
        label, _, text = rest.partition("|")
        steps.append((_date(date.strip()) or "", label.strip(), text.strip() or None))
    return steps


def _slug(text: str) -> str:
    if is_slug(text):
        return text
    raise Misread(
        f"{shown(text)} is no slug, which has small letters, digits and single hyphens alone{meant(slug_of(text))}"
    )


def _date(value: Value) -> str | None:
    """A year, a month or a day."""
    if isinstance(value, datetime.date):
        return f"{value:%Y-%m-%d}"
    text = read_text(value)
    if text is None:
        return None
    if (match := ISO.fullmatch(text)) and _on_a_calendar(text):
        return text
    if (day := _counted_day(text)) is not None:
        raise Misread(f"{text} is no date; as spreadsheets count days it is {day}{meant(day.isoformat())}")
    if match:
        raise Misread(f"{shown(text)} is on no calendar")
    raise Misread(f"{shown(text)} is no date{meant(_guessed_date(text)) or '; write it as 2024-01-31'}")


def _guessed_date(text: str) -> str | None:
    plain = unicodedata.normalize("NFKC", text)
    for pattern in DATES:
        if match := pattern.fullmatch(plain):
            found = match.groupdict()
            iso = "-".join([found["y"], *(f"{int(found[key]):02}" for key in "md" if found.get(key))])
            return iso if _on_a_calendar(iso) else None
    return None


def _on_a_calendar(iso: str) -> bool:
    try:
        datetime.date.fromisoformat(iso + "-01" * (2 - iso.count("-")))
    except ValueError:
        return False
    return True


def _counted_day(text: str) -> datetime.date | None:
    """The day that a number stands for, where a spreadsheet forgot that it was a date."""
    if re.fullmatch(r"[0-9]{4,5}(\.0+)?", text) and int(float(text)) in DAYS and not re.fullmatch("[12][0-9]{3}", text):
        return FIRST_DAY + datetime.timedelta(days=int(float(text)))
    return None


def _plainly(value: Value) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, datetime.date) else str(value)
