"""Which columns the tables of a collection have: what each is for, how its cells are read, and what it may be called."""

import re
import unicodedata
from dataclasses import dataclass

from exhibit_api.importing.cells import (
    Reader,
    closest,
    meant,
    one_of,
    read_date,
    read_flag,
    read_rights,
    read_slug,
    read_slugs,
    read_steps,
    read_text,
    read_year,
    shown,
)
from exhibit_api.text import checked_tag, meant_tag

TAGS = {
    "zh": "zh-Hans",
    "cn": "zh-Hans",
    "中文": "zh-Hans",
    "汉语": "zh-Hans",
    "chinese": "zh-Hans",
    "english": "en",
} | {
    "英文": "en",
    "英语": "en",
}
"""What languages are called in headers, besides their tags."""


class NoColumn(Exception):
    """A header that is none, in words for people; `meant` is the column that it was probably meant to be."""

    def __init__(self, detail: str, meant: "Heading | None" = None) -> None:
        super().__init__(detail)
        self.meant = meant


@dataclass(frozen=True)
class Column:
    """A column of a table: it fills `field` of the record ("consent.given": a member of a member), and is read by `read`.

    One that is `in_languages` stands once for each language, as "label (en)".
    """

    name: str
    field: str
    read: Reader
    chinese: str
    tells: str
    example: object
    in_languages: bool = False

    @property
    def member(self) -> str:
        """The member of the document that it fills, or fills a part of."""
        return self.field.split(".")[0]

    def header(self, tag: str | None = None) -> str:
        """What stands above it."""
        return f"{self.name} ({tag})" if tag else self.name


@dataclass(frozen=True)
class Heading:
    """A column as a table has it: in which language, where it is for text of people."""

    column: Column
    tag: str | None

    @property
    def text(self) -> str:
        """As it is written."""
        return self.column.header(self.tag)


@dataclass(frozen=True)
class Form:
    """The form of one table: the kind of record that its rows are, its name in both languages, and its columns."""

    kind: str
    chinese: str
    columns: tuple[Column, ...]

    def heading(self, header: str) -> Heading:
        """The column that a header names. Raises NoColumn."""
        plain = _plain(header)
        for column in sorted(self.columns, key=lambda column: -len(column.name)):
            for name in (column.name, column.chinese):
                if plain == name and not column.in_languages:
                    return Heading(column, None)
                if column.in_languages and plain.startswith(name):
                    rest = plain.removeprefix(name)
                    if rest and (tag := rest.strip(" ()[]:_-/")) and (rest[0] in " ([:_-/" or name == column.chinese):
                        return Heading(column, _tag(header, column, tag))
        raise self._unknown(header, plain)

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)

    def _unknown(self, header: str, plain: str) -> NoColumn:
        for column in self.columns:
            if column.in_languages and plain in (column.name, column.chinese):
                detail = f"{shown(header)} does not say its language; {column.header('zh-Hans')!r} and {column.header('en')!r} are columns"
                return NoColumn(detail)
        headings = {
            Heading(column, tag).text: Heading(column, tag)
            for column in self.columns
            for tag in (("zh-Hans", "en") if column.in_languages else (None,))
        }
        guess = headings.get(closest(plain, list(headings)) or "")
        return NoColumn(f"{shown(header)} is no column of {self.kind}{meant(guess.text if guess else None)}", guess)


def _plain(header: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", header)).strip().casefold()


def _tag(header: str, column: Column, tag: str) -> str:
    if tag in TAGS:
        return TAGS[tag]
    given = re.search(re.escape(tag), unicodedata.normalize("NFKC", header), re.IGNORECASE)
    written = given[0] if given else tag
    try:
        return checked_tag(written)
    except ValueError as error:
        guess = meant_tag(written)
        raise NoColumn(f"{shown(header)}: {error}", Heading(column, guess) if guess else None) from error


SLUG = Column("slug", "slug", read_slug, "标识", "Its name in addresses: small letters, digits, hyphens", "li-ming")
OWNER = Column(
    "organisation", "organisation", read_slug, "组织", "Slug of the organisation that keeps it", "shanghai-federation"
)
LABEL = Column("label", "label", read_text, "名称", "What people read first", "焊接机器人", in_languages=True)
SUMMARY = Column("summary", "summary", read_text, "简介", "A paragraph for visitors", "……", in_languages=True)
YEAR = Column("year", "year", read_year, "年份", "Four digits", 2024)
TRADE = Column("trade", "trade", read_slug, "工种", "One word for filters", "welding")
INDUSTRY = Column("industry", "industry", read_slug, "行业", "One word for filters", "shipbuilding")
AWARDS = Column("awards", "awards", read_slugs, "所获奖项", "Slugs of awards, with commas", "golden-gear, silver-gear")

EXHIBITS = Form(
    "exhibits",
    "展品",
    (
        SLUG,
        OWNER,
        LABEL,
        SUMMARY,
        Column("alt", "alt", read_text, "替代文本", "What one should know of its look who cannot see it", "……", True),
        YEAR,
        TRADE,
        INDUSTRY,
        Column(
            "achievements", "achievements", read_slugs, "成果", "Slugs of achievements, with commas", "seam-tracking"
        ),
        Column(
            "rights",
            "rights",
            read_rights,
            "版权",
            "Address of a Creative Commons licence or a RightsStatements.org statement",
            "http://creativecommons.org/licenses/by/4.0/",
        ),
        Column("model", "model", read_text, "模型", "File beside the spreadsheet, .glb or .gltf", "models/robot.glb"),
    ),
)
PEOPLE = Form(
    "people",
    "人物",
    (
        SLUG,
        OWNER,
        LABEL,
        SUMMARY,
        Column("title", "title", read_text, "职务", "Of the person, as on the placard", "高级技师", True),
        TRADE,
        INDUSTRY,
        Column(
            "story",
            "story",
            read_steps,
            "成长历程",
            "The growth story, one step a line, in order of date",
            "2009-05: Learned to weld\n2016: Led the first team | Of twelve",
            True,
        ),
        AWARDS,
        Column("consent given", "consent.given", read_date, "同意日期", "Day of the consent", "2024-01-31"),
        Column("consent expires", "consent.expires", read_date, "同意到期", "Last day but one, if any", "2034-01-31"),
        Column("consent withdrawn", "consent.withdrawn", read_date, "同意撤回", "Day of withdrawal, if any", ""),
        Column("invented", "invented", read_flag, "虚构", "yes for a person made up for a demonstration", "no"),
    ),
)
LEVELS = one_of("delta", "national", "province", "city", "industry", "firm")
AWARDS_FORM = Form(
    "awards",
    "奖项",
    (
        SLUG,
        OWNER,
        LABEL,
        SUMMARY,
        YEAR,
        Column("level", "level", LEVELS, "级别", "delta, national, province, city, industry or firm", "province"),
    ),
)
ACHIEVEMENTS = Form(
    "achievements",
    "成果",
    (
        SLUG,
        OWNER,
        LABEL,
        SUMMARY,
        YEAR,
        TRADE,
        INDUSTRY,
        Column("effect", "effect", read_text, "成效", "What it brought, in figures", "效率提高三成", True),
        Column("people", "people", read_slugs, "完成人", "Slugs of people, with commas", "li-ming, wang-fang"),
        AWARDS,
        Column("studio", "studio", read_slug, "创新工作室", "Slug of the innovation studio", "li-ming-studio"),
    ),
)
STUDIOS = Form(
    "studios",
    "创新工作室",
    (
        SLUG,
        OWNER,
        LABEL,
        SUMMARY,
        Column("leader", "leader", read_slug, "领衔人", "Slug of the person who leads it", "li-ming"),
        Column("members", "members", read_slugs, "成员", "Slugs of people, with commas", "wang-fang"),
        YEAR,
        TRADE,
        INDUSTRY,
    ),
)

FORMS = {form.kind: form for form in (AWARDS_FORM, PEOPLE, STUDIOS, ACHIEVEMENTS, EXHIBITS)}
"""Kind → form, in the order in which rows are written: what is named stands before what names it."""


def form_called(name: str) -> Form | None:
    """The form of a table that is called so: "people", "People", "人物"."""
    plain = _plain(name)
    return next((form for form in FORMS.values() if plain in (form.kind, form.chinese)), None)
