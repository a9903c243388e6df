"""Numbers, sizes, days and licences as people write them, in Chinese and English."""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from exhibit_api.viewer.words import words_in

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_CREATIVE = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-sa|-nd)?)/([0-9.]+)|publicdomain/(zero|mark)/([0-9.]+))/?"
)


def day(when: date | datetime | str, language: str) -> str:
    """A day, a month or a year: "2007-07" is "2007年7月" or "July 2007". What is none of them stays as it is."""
    text = when if isinstance(when, str) else when.strftime("%Y-%m-%d")
    if (found := _DATE.fullmatch(text)) is None:
        return text
    year, month, number = found[1], int(found[2] or 0), int(found[3] or 0)
    if month > len(_MONTHS):
        return text
    if words_in(language) == "zh-Hans":
        return f"{year}年" + (f"{month}月" if month else "") + (f"{number}日" if number else "")
    return " ".join(part for part in (str(number or ""), _MONTHS[month - 1] if month else "", year) if part)


def amount(size: int) -> str:
    """Bytes: 93 kB, 1.2 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


def metres(low: tuple[float, float, float], high: tuple[float, float, float]) -> str:
    """Width × height × depth of a box: 1.20 × 0.43 × 0.88 m."""
    return " × ".join(f"{b - a:.2f}" for a, b in zip(low, high, strict=True)) + "\u00a0m"


def licence(address: str) -> str:
    """What a licence is called: CC BY 4.0, CC0 1.0; else its address."""
    if (found := _CREATIVE.fullmatch(address)) is None:
        return address
    if found[1]:
        return f"CC {found[1].upper()} {found[2]}"
    return f"CC0 {found[4]}" if found[3] == "zero" else f"Public Domain Mark {found[4]}"


def web_address(address: str | None) -> str | None:
    """The address, if a link may lead to it: of the web, and none that would run something."""
    try:
        return address if address and urlsplit(address).scheme in ("http", "https") else None
    except ValueError:  # "https://[", which is no address at all
        return None
