"""Templates filled with what a hall says. Everything is escaped; texts carry the language that they are in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from exhibit_api.viewer import words
from exhibit_api.viewer.languages import Told, direction, name_of, tell

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class PageLanguage:
    """The language of a page's own words. Texts in another one say so where they stand."""

    lang: str

    @property
    def dir(self) -> str:
        """Which way the page runs."""
        return direction(self.lang)


@cache
def environment() -> Environment:
    """The templates."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["name_of"] = name_of
    made.filters["told_in"] = _told_in
    return made


def render(template: str, language: str, languages: Sequence[str], **facts: Any) -> str:
    """The page in `language`; texts that lack it come in the first of `languages` that they have."""
    page = PageLanguage(words.words_in(language))

    known: dict[
        int, Told
    ] = {}  # a text is asked for up to four times, and its object lives as long as the page is made

    def told(text: Mapping[str, str] | None) -> Told:
        if (found := known.get(id(text))) is None:
            found = known[id(text)] = tell(text, language, languages) or Told("", page.lang)
        return found

    def attributes(text: Mapping[str, str] | None) -> Markup:
        lang = told(text).lang
        if lang == page.lang:
            return Markup("")
        return Markup(' lang="{}" dir="{}"').format(lang, direction(lang))

    def say(word: str, wanted: str | None = None, **more: object) -> str:
        return words.say(word, wanted or page.lang, **more)

    return (
        environment()
        .get_template(template)
        .render(page=page, language=language, tell=told, attributes=attributes, say=say, paragraphs=paragraphs, **facts)
    )


def paragraphs(text: str) -> list[str]:
    """A text's paragraphs, which empty lines divide."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _told_in(text: Mapping[str, str] | None, language: str, languages: Sequence[str]) -> str:
    found = tell(text, language, languages)
    return found.text if found else ""
