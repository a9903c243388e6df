"""Which language a visitor is answered in: the one asked for, else what the browser prefers, else the hall's first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import langcodes

LONGEST = 200
"""Bytes of Accept-Language that are read; more is nobody's list of languages."""

_RANGE = re.compile(r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?")
_RIGHT_TO_LEFT = frozenset(
    {"Adlm", "Arab", "Armi", "Avst", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """A text in the language that it is in."""

    text: str
    lang: str

    @property
    def dir(self) -> str:
        """Which way its script runs."""
        return direction(self.lang)


def tell(text: Mapping[str, str] | None, language: str, languages: Sequence[str] = ()) -> Told | None:
    """The text in this language, else in a near one, else in the first of `languages` that it has, else in any."""
    if not text:
        return None
    found = near(language, tuple(text)) or next((tag for tag in languages if tag in text), None) or next(iter(text))
    return Told(text[found], found)


def choose(asked: str | None, accept_language: str, languages: Sequence[str]) -> str:
    """One of `languages` (at least one): what is `asked` for, else the best for Accept-Language, else the first."""
    return _chosen((asked or "")[:60], accept_language[:LONGEST], tuple(languages))


@lru_cache(maxsize=512)
def _chosen(asked: str, accept_language: str, languages: tuple[str, ...]) -> str:
    if asked and (found := near(asked, languages)) is not None:
        return found
    for wanted in _preferred(accept_language):
        if wanted == "*":
            return languages[0]
        if (found := near(wanted, languages)) is not None:
            return found
    return languages[0]


def _preferred(accept_language: str) -> list[str]:
    found = [match for element in accept_language.split(",") if (match := _RANGE.fullmatch(element)) is not None]
    weighed = [(float(match[2] or 1), match[1]) for match in found]
    return [tag for weight, tag in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


@lru_cache(maxsize=4096)
def near(wanted: str, languages: tuple[str, ...]) -> str | None:
    """The tag itself, else one of the same language and script (zh-CN: zh-Hans), else one of the same language."""
    for tag in languages:
        if tag.lower() == wanted.lower():
            return tag
    if (meant := _likely(wanted)) is None:
        return None
    others = [(tag, likely) for tag in languages if (likely := _likely(tag)) is not None and likely[0] == meant[0]]
    exact = (tag for tag, likely in others if likely == meant)
    return next(exact, others[0][0] if others else None)


@lru_cache(maxsize=1024)
def direction(tag: str) -> str:
    """ "rtl" for languages whose script runs from right to left."""
    likely = _likely(tag)
    return "rtl" if likely is not None and likely[1] in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=1024)
def name_of(tag: str) -> str:
    """What a language is called in itself: 简体中文, English."""
    known = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
    return known.get(tag) or tag


@lru_cache(maxsize=4096)
def _likely(tag: str) -> tuple[str, str] | None:
    """Language and script, where the tag tells them or nearly does."""
    try:
        full = langcodes.Language.get(tag).maximize()
    except ValueError:
        return None
    return (full.language, full.script or "") if full.language else None
