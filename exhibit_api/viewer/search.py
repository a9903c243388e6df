"""Search over everything that is shown: exhibits, people and achievements of all halls, in all languages, by parts of words."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from exhibit_api.editions.manifest import HallManifest

Found = Literal["exhibit", "person", "achievement"]

MOST_ASKED = 100
"""Characters of a question that are read."""

MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found, and the folded words by which it is."""

    kind: Found
    hall: str
    id: str
    label: Mapping[str, str]
    summary: Mapping[str, str] | None
    names: str
    words: str


def entries_of(manifest: HallManifest) -> list[Entry]:
    """What can be found in a hall."""
    people = {person.id: person for person in manifest.people}
    achievements = {one.id: one for one in manifest.achievements}
    slug, found = manifest.hall.slug, []
    for exhibit in manifest.exhibits:
        named = [achievements[one] for one in exhibit.achievements if one in achievements]
        texts = [exhibit.summary, exhibit.alt, *(one.label for one in named)]
        texts += [people[person].label for one in named for person in one.people if person in people]
        found.append(_entry("exhibit", slug, exhibit.id, exhibit.label, exhibit.summary, texts))
    for person in manifest.people:
        texts = [
            person.summary,
            person.title,
            *(step.label for step in person.story),
            *(step.text for step in person.story),
        ]
        found.append(_entry("person", slug, person.id, person.label, person.title, texts))
    for one in manifest.achievements:
        texts = [one.summary, one.effect, *(people[person].label for person in one.people if person in people)]
        found.append(_entry("achievement", slug, one.id, one.label, one.summary, texts))
    return found


def search(entries: Iterable[Entry], question: str) -> list[Entry]:
    """What has all words of the question; what is called so comes first. A person or achievement of several halls comes once."""
    terms = folded(question[:MOST_ASKED]).split()
    if not terms:
        return []
    named: dict[tuple[str, str], Entry] = {}
    told: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        key = (entry.kind, entry.id)
        if all(term in entry.names for term in terms):
            named.setdefault(key, entry)
        elif all(term in entry.words for term in terms):
            told.setdefault(key, entry)
    return list({**named, **{key: entry for key, entry in told.items() if key not in named}}.values())[:MOST_FOUND]


def folded(text: str) -> str:
    """The text without what nobody types: capitals, accents, the width of letters."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if not unicodedata.combining(character))


def _entry(
    kind: Found,
    hall: str,
    identifier: str,
    label: Mapping[str, str],
    summary: Mapping[str, str] | None,
    texts: Iterable[Mapping[str, str] | None],
) -> Entry:
    names = folded("\n".join(label.values()))
    words = "\n".join([names, *(folded("\n".join(text.values())) for text in texts if text)])
    return Entry(kind, hall, identifier, label, summary, names, words)
