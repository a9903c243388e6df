"""What placards name, as it is published: organisations, people, awards, achievements, studios, selections."""

from datetime import date

from exhibit_api.editions.parts import Id, Published
from exhibit_api.text import LanguageMap


class OrganisationOut(Published):
    """A keeper of exhibits."""

    id: Id
    label: LanguageMap
    summary: LanguageMap | None = None
    region: str | None = None
    homepage: str | None = None


class StepOut(Published):
    """One dated step of a growth story."""

    date: str
    label: LanguageMap
    text: LanguageMap | None = None


class PersonOut(Published):
    """A person, with the growth story."""

    id: Id
    label: LanguageMap
    summary: LanguageMap | None = None
    title: LanguageMap | None = None
    organisation: Id
    trade: str | None = None
    industry: str | None = None
    story: tuple[StepOut, ...]
    awards: tuple[Id, ...]
    invented: bool


class AwardOut(Published):
    """An honour."""

    id: Id
    label: LanguageMap
    summary: LanguageMap | None = None
    organisation: Id
    year: int | None = None
    level: str | None = None


class AchievementOut(Published):
    """What was achieved."""

    id: Id
    label: LanguageMap
    summary: LanguageMap | None = None
    effect: LanguageMap | None = None
    organisation: Id
    year: int
    trade: str | None = None
    industry: str | None = None
    people: tuple[Id, ...]
    awards: tuple[Id, ...]
    studio: Id | None = None


class StudioOut(Published):
    """An innovation studio."""

    id: Id
    label: LanguageMap
    summary: LanguageMap | None = None
    organisation: Id
    leader: Id | None = None
    members: tuple[Id, ...]
    year: int | None = None
    trade: str | None = None
    industry: str | None = None


class StageOut(Published):
    """A stage of a selection."""

    stage: str
    begins: date
    ends: date


class ResultOut(Published):
    """What came of a selection for one person, studio or achievement."""

    stage: str
    subject: Id
    award: Id | None = None


class SelectionOut(Published):
    """A selection with its stages and results."""

    id: Id
    label: LanguageMap
    summary: LanguageMap | None = None
    organisation: Id
    year: int
    edition: int | None = None
    stages: tuple[StageOut, ...]
    results: tuple[ResultOut, ...]
