"""The words on placards and boards, put together from the catalogue in both languages."""

import calendar
import datetime
from collections.abc import Iterable, Mapping

from exhibit_api.catalogue.schemas import AwardBody, ExhibitBody, PersonBody, SelectionBody, StudioBody
from exhibit_api.demo.records import Records

ZH, EN = "zh-Hans", "en"
LANGUAGES = (ZH, EN)
Text = dict[str, str]

BETWEEN_NAMES = {ZH: "、", EN: ", "}
COLON = {ZH: "：", EN: ": "}
STAGES = {
    "nominated": {ZH: "提名", EN: "Nominated"},
    "shortlisted": {ZH: "入围", EN: "Shortlisted"},
    "publicised": {ZH: "公示", EN: "Publicised"},
    "awarded": {ZH: "授予", EN: "Awarded"},
}
LEADER = {ZH: "带头人", EN: "Led by"}
MEMBERS = {ZH: "成员", EN: "With"}
SINCE = {ZH: "{year}年成立", EN: "Founded in {year}"}


def exhibit_words(exhibit: ExhibitBody, records: Records) -> Text:
    """What the thing is; then its achievement, by whom, in which year, and what it brought."""
    lines = {tag: [(exhibit.summary or {})[tag]] for tag in LANGUAGES}
    for achievement in (records.achievements[slug] for slug in exhibit.achievements):
        people = names(records.people[slug].label for slug in achievement.people)
        lines[ZH].append(
            f"{achievement.label[ZH]}（{achievement.year}年，{people[ZH]}）：{(achievement.effect or {})[ZH]}"
        )
        lines[EN].append(
            f"{achievement.label[EN]} ({achievement.year}, {people[EN]}). {(achievement.effect or {})[EN]}"
        )
    return {tag: "\n\n".join(lines[tag]) for tag in LANGUAGES}


def person_words(person: PersonBody) -> Text:
    """Title, a few words, and the growth story step by step."""
    return {
        tag: "\n".join(
            [
                (person.title or {})[tag],
                (person.summary or {})[tag],
                *(
                    f"{date_words(step.date, tag)} · {step.label[tag]}{COLON[tag]}{(step.text or {})[tag]}"
                    for step in person.story
                ),
            ]
        )
        for tag in LANGUAGES
    }


def studio_words(studio: StudioBody, records: Records) -> Text:
    """What the studio is like, since when, and who works in it."""
    leader = records.people[studio.leader].label
    members = names(records.people[slug].label for slug in studio.members)
    return {
        tag: "\n".join(
            [
                (studio.summary or {})[tag],
                SINCE[tag].format(year=studio.year),
                LEADER[tag] + COLON[tag] + leader[tag],
                MEMBERS[tag] + COLON[tag] + members[tag],
            ]
        )
        for tag in LANGUAGES
    }


def selection_words(selection: SelectionBody, records: Records) -> Text:
    """What was selected, when each stage took place, and who was awarded what."""
    awarded: dict[str, list[Mapping[str, str]]] = {}
    for result in selection.results:
        if result.stage == "awarded" and result.award:
            awarded.setdefault(result.award, []).append(
                _label_of_result(result.person, result.studio, result.achievement, records)
            )
    return {
        tag: "\n".join(
            [
                (selection.summary or {})[tag],
                *(STAGES[s.stage][tag] + COLON[tag] + period(s.begins, s.ends, tag) for s in selection.stages),
                *(
                    records.awards[slug].label[tag] + COLON[tag] + names(labels)[tag]
                    for slug, labels in awarded.items()
                ),
            ]
        )
        for tag in LANGUAGES
    }


def honour_words(awards: Iterable[AwardBody]) -> Text:
    """The awards of a board, each with what it is given for."""
    found = list(awards)
    return {tag: "\n".join(a.label[tag] + COLON[tag] + (a.summary or {})[tag] for a in found) for tag in LANGUAGES}


def names(labels: Iterable[Mapping[str, str]]) -> Text:
    """Several labels in one line."""
    found = list(labels)
    return {tag: BETWEEN_NAMES[tag].join(label[tag] for label in found) for tag in LANGUAGES}


def date_words(date: str, tag: str) -> str:
    """A year, month or day as people write it: "2019-05" → "2019年5月", "May 2019"."""
    year, *rest = (int(part) for part in date.split("-"))
    if tag == ZH:
        return f"{year}年" + "".join(f"{number}{unit}" for number, unit in zip(rest, "月日", strict=False))
    month = [calendar.month_name[rest[0]]] if rest else []
    return " ".join([*(str(day) for day in rest[1:]), *month, str(year)])


def period(begins: datetime.date, ends: datetime.date, tag: str) -> str:
    """A day, or from one day to another."""
    first, last = date_words(begins.isoformat(), tag), date_words(ends.isoformat(), tag)
    return first if begins == ends else f"{first}{'至' if tag == ZH else ' to '}{last}"


def _label_of_result(
    person: str | None, studio: str | None, achievement: str | None, records: Records
) -> Mapping[str, str]:
    if person:
        return records.people[person].label
    if studio:
        return records.studios[studio].label
    return records.achievements[achievement or ""].label
