"""Whether all words are there: in every required language, translated, for those who cannot see or hear, with rights."""

import datetime
import functools
from collections.abc import Iterator, Sequence
from typing import Any

import langcodes

from exhibit_api.catalogue.schemas import ExhibitBody, PersonBody
from exhibit_api.documents import Document
from exhibit_api.halls.draft import HallDraft
from exhibit_api.halls.findings import Finding, FindingCode, finding

HAN = "Han"
HAN_SCRIPTS = frozenset({"Hans", "Hant", "Hani", "Jpan", "Kore"})
"""Scripts in which a word may well look the same without being untranslated."""

Read = tuple[str, str, dict[str, str]]
"""Id of a document, JSON Pointer, text."""


def findings(draft: HallDraft, required_languages: Sequence[str], today: datetime.date) -> Iterator[Finding]:
    """All findings about words."""
    for subject, pointer, text in texts(draft, today):
        yield from missing_languages(subject, pointer, text, required_languages)
        yield from untranslated(subject, pointer, text)
    yield from missing_descriptions(draft)
    yield from missing_rights(draft)
    yield from untold_speech(draft)


def texts(draft: HallDraft, today: datetime.date) -> Iterator[Read]:
    """Every text that a visitor would read in the hall on that day: people who are left out have none."""
    documents: dict[str, Document] = {
        record_id: body
        for record_id, body in draft.records.items()
        if not isinstance(body, ExhibitBody) and not (isinstance(body, PersonBody) and not is_shown(body, today))
    }
    documents |= {f"exhibits/{one.slug}": one.exhibit for one in draft.standing}
    documents |= {f"placards/{placard_id}": placard for placard_id, placard in draft.placards}
    documents |= {f"exhibitions/{draft.body.exhibition}": draft.exhibition, f"halls/{draft.slug}": draft.body}
    for subject, document in documents.items():
        for pointer, text in _texts_in(document, ""):
            yield subject, pointer, text
    for one in draft.standing:
        for sound in one.sounds:
            if sound.label:
                yield f"exhibits/{one.slug}/sounds/{sound.id}", "/label", sound.label


def is_shown(person: PersonBody, day: datetime.date) -> bool:
    """Whether a person may be shown on that day: made up, or with a consent in force."""
    return person.invented or (person.consent is not None and person.consent.in_force(day))


def missing_languages(subject: str, pointer: str, text: dict[str, str], required: Sequence[str]) -> Iterator[Finding]:
    """A text that some visitors cannot read."""
    missing = [tag for tag in dict.fromkeys(required) if tag not in text]
    if missing:
        yield finding(
            FindingCode.TEXT_MISSING_LANGUAGE,
            f"{subject} has no text in {' and '.join(missing)} at {pointer}",
            subject,
            pointer=pointer,
        )


def untranslated(subject: str, pointer: str, text: dict[str, str]) -> Iterator[Finding]:
    """The same text in languages of different scripts. Numbers and names in capitals ("KR-16") are the same in all."""
    seen: dict[str, str] = {}
    for tag in sorted(text):
        words = text[tag]
        if words.isascii() and words == words.upper():
            continue
        first = seen.setdefault(words, tag)
        if script_of(first) != script_of(tag):
            yield finding(
                FindingCode.LABEL_SAME,
                f"{subject} says the same in {first} and {tag} at {pointer}: {words[:40]!r}; is it untranslated?",
                subject,
                pointer=pointer,
            )
            return


def missing_descriptions(draft: HallDraft) -> Iterator[Finding]:
    """Exhibits of which those who cannot see learn nothing."""
    for one in draft.standing:
        if not one.exhibit.alt:
            yield finding(
                FindingCode.ALT_MISSING,
                f"{one.slug!r} has no alt text: people who cannot see it learn nothing of its look",
                f"exhibits/{one.slug}",
                pointer="/alt",
            )


def missing_rights(draft: HallDraft) -> Iterator[Finding]:
    """Exhibits of which nobody knows what they may be used for."""
    if draft.body.rights:
        return
    for one in draft.standing:
        if not one.exhibit.rights:
            yield finding(
                FindingCode.RIGHTS_MISSING,
                f"neither {one.slug!r} nor the hall {draft.slug!r} says under which rights it is shown",
                f"exhibits/{one.slug}",
                pointer="/rights",
            )


def untold_speech(draft: HallDraft) -> Iterator[Finding]:
    """Sounds in which someone speaks, of whose words some visitors learn nothing: they cannot hear, or not in that language."""
    for one in draft.standing:
        for sound in one.sounds:
            told = {*(sound.transcript or {}), *(captions.language for captions in sound.captions)}
            missing = [tag for tag in draft.body.languages if tag not in told]
            if sound.language and missing:
                yield finding(
                    FindingCode.SPEECH_UNTOLD,
                    f"the sound {sound.id!r} of {one.slug!r} speaks {sound.language}, and has neither transcript nor captions in "
                    + " and ".join(missing),
                    f"exhibits/{one.slug}/sounds/{sound.id}",
                    pointer="/transcript",
                )


@functools.lru_cache(maxsize=1000)
def script_of(tag: str) -> str:
    """The script in which a language is most likely written (ISO 15924); one name for all that use Han characters."""
    script = langcodes.Language.get(tag).maximize().script or ""
    return HAN if script in HAN_SCRIPTS else script


def _texts_in(value: Any, pointer: str) -> Iterator[tuple[str, dict[str, str]]]:
    """All language maps in a document: they are the only dicts that documents hold."""
    if isinstance(value, dict):
        yield pointer, value
    elif isinstance(value, Document):
        for name, field in type(value).model_fields.items():
            yield from _texts_in(getattr(value, name), f"{pointer}/{field.alias}")
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            if isinstance(part, Document):
                yield from _texts_in(part, f"{pointer}/{i}")
