"""What people may write into the catalogue: one document a kind. Names of other records are slugs of the kind that the field says."""

import datetime
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from exhibit_api.documents import Document, Draft
from exhibit_api.text import LanguageMap, Slug

Term = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80), Field(examples=["welding"])
]
Year = Annotated[int, Field(ge=1000, le=2200, examples=[2024])]


def _on_a_calendar(date: str) -> str:
    datetime.date.fromisoformat(date + "-01" * (2 - date.count("-")))
    return date


PartialDate = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
    AfterValidator(_on_a_calendar),
    Field(description="A year, a month or a day (ISO 8601)", examples=["2019-05"]),
]
WebAddress = Annotated[
    str, StringConstraints(pattern=r"^https?://[^\s/\x00-\x1f]+(/[^\s\x00-\x1f]*)?$", max_length=500)
]
Names = Annotated[tuple[Slug, ...], Field(max_length=500)]

RIGHTS = r"^https?://(creativecommons\.org/(licenses|publicdomain)/|rightsstatements\.org/vocab/)[!-~]+$"
Rights = Annotated[
    str,
    StringConstraints(pattern=RIGHTS, max_length=200),
    Field(
        description="A Creative Commons licence or a RightsStatements.org statement",
        examples=["http://creativecommons.org/licenses/by/4.0/"],
    ),
]


class Naming(Draft):
    """A document that names records of the catalogue."""

    named: ClassVar[dict[str, str]] = {}
    """Fields that hold slugs → the kind of record that they name."""

    def names(self) -> Iterator[tuple[str, str]]:
        """Each record that is named: the JSON Pointer of the place, and the record's id."""
        for field, kind in self.named.items():
            value = getattr(self, field)
            if isinstance(value, str):
                yield f"/{field}", f"{kind}/{value}"
            elif value:
                yield from ((f"/{field}/{i}", f"{kind}/{slug}") for i, slug in enumerate(value))


class Described(Naming):
    """What every record has: an owner, a label, and perhaps a summary."""

    kind: ClassVar[str]
    named: ClassVar[dict[str, str]] = {"organisation": "organisations"}

    organisation: Slug = Field(description="Slug of the organisation that keeps this record")
    label: LanguageMap
    summary: LanguageMap | None = None


class OrganisationBody(Naming):
    """A federation, firm or institute that keeps exhibits."""

    kind: ClassVar[str] = "organisations"

    label: LanguageMap
    summary: LanguageMap | None = None
    region: Slug | None = None
    homepage: WebAddress | None = None
    quota_bytes: int | None = Field(
        None, ge=0, le=1 << 53, description="Bytes that it may store; without one, the default of the service"
    )
    quota_files: int | None = Field(
        None, ge=0, le=1 << 53, description="Files that it may store; without one, the default of the service"
    )


class Step(Document):
    """One dated step of learning or work in a growth story."""

    date: PartialDate
    label: LanguageMap
    text: LanguageMap | None = None


class Consent(Document):
    """A person's agreement to be shown. Without one in force the person is left out of what is published."""

    given: datetime.date
    expires: datetime.date | None = None
    withdrawn: datetime.date | None = None

    def in_force(self, day: datetime.date) -> bool:
        """Whether the person may be shown on that day."""
        ended = min((d for d in (self.expires, self.withdrawn) if d), default=None)
        return self.given <= day and (ended is None or day < ended)


class PersonBody(Described):
    """A model worker or craftsman, with the growth story. `label` is the name."""

    kind: ClassVar[str] = "people"
    named: ClassVar[dict[str, str]] = {"organisation": "organisations", "awards": "awards"}

    title: LanguageMap | None = None
    trade: Term | None = None
    industry: Term | None = None
    story: tuple[Step, ...] = Field((), max_length=200, description="The growth story, in order of date")
    awards: Names = ()
    consent: Consent | None = None
    invented: bool = Field(False, description="True for a person made up for a demonstration; needs no consent")

    @model_validator(mode="after")
    def _story_in_order(self) -> "PersonBody":
        dates = [step.date for step in self.story]
        if any(later < earlier[: len(later)] for earlier, later in combinations(dates, 2)):
            raise ValueError("the growth story's steps must be in order of date")
        return self


class AwardBody(Described):
    """An honour that is given to people or achievements."""

    kind: ClassVar[str] = "awards"

    year: Year | None = None
    level: Literal["delta", "national", "province", "city", "industry", "firm"] | None = None


class AchievementBody(Described):
    """What was achieved, by whom, in which year, with what effect."""

    kind: ClassVar[str] = "achievements"
    named: ClassVar[dict[str, str]] = {
        "organisation": "organisations",
        "people": "people",
        "awards": "awards",
        "studio": "studios",
    }

    year: Year
    trade: Term | None = None
    industry: Term | None = None
    effect: LanguageMap | None = Field(None, description="What it brought: time, money, safety, in figures")
    people: Names = ()
    awards: Names = ()
    studio: Slug | None = None


class ExhibitBody(Described):
    """A thing to look at: described here, portrayed by its model, placed in a hall."""

    kind: ClassVar[str] = "exhibits"
    named: ClassVar[dict[str, str]] = {"organisation": "organisations", "achievements": "achievements"}

    alt: LanguageMap | None = Field(None, description="What a person who cannot see the model should know of its look")
    year: Year | None = None
    trade: Term | None = None
    industry: Term | None = None
    achievements: Names = ()
    rights: Rights | None = None


class StudioBody(Described):
    """An innovation studio: a workshop led by a laureate."""

    kind: ClassVar[str] = "studios"
    named: ClassVar[dict[str, str]] = {"organisation": "organisations", "leader": "people", "members": "people"}

    leader: Slug
    members: Names = ()
    year: Year | None = Field(None, description="Year of foundation")
    trade: Term | None = None
    industry: Term | None = None


class Stage(Document):
    """One stage of a selection, with the days on which it begins and ends."""

    stage: Literal["nominated", "shortlisted", "publicised", "awarded"]
    begins: datetime.date
    ends: datetime.date

    @model_validator(mode="after")
    def _in_order(self) -> "Stage":
        if self.ends < self.begins:
            raise ValueError(f"the stage {self.stage!r} ends before it begins")
        return self


class Result(Document):
    """How far a person, studio or achievement came, and what it got."""

    stage: Literal["nominated", "shortlisted", "publicised", "awarded"]
    person: Slug | None = None
    studio: Slug | None = None
    achievement: Slug | None = None
    award: Slug | None = None

    @model_validator(mode="after")
    def _names_one(self) -> "Result":
        if sum(value is not None for value in (self.person, self.studio, self.achievement)) != 1:
            raise ValueError("a result names one person, one studio or one achievement")
        return self


STAGES = ("nominated", "shortlisted", "publicised", "awarded")


class SelectionBody(Described):
    """A selection of a year: its stages, and its results, which are under embargo until the publicised stage ends."""

    kind: ClassVar[str] = "selections"

    year: Year
    edition: int | None = Field(None, ge=1, le=1000, description="The how-manieth selection of its kind")
    stages: tuple[Stage, ...] = Field((), max_length=4)
    results: tuple[Result, ...] = Field((), max_length=2000)

    @model_validator(mode="after")
    def _stages_follow(self) -> "SelectionBody":
        order = [STAGES.index(stage.stage) for stage in self.stages]
        if order != sorted(set(order)):
            raise ValueError("the stages go nominated, shortlisted, publicised, awarded, each once")
        if any(b.begins < a.begins for a, b in pairwise(self.stages)):
            raise ValueError("a stage begins before the one that it follows")
        return self

    def public_from(self) -> datetime.date | None:
        """The first day on which results may be shown; None where no publicised stage is set."""
        return next((stage.ends for stage in self.stages if stage.stage == "publicised"), None)

    def names(self) -> Iterator[tuple[str, str]]:
        """The organisation, and all that the results name."""
        yield from super().names()
        for i, result in enumerate(self.results):
            for field, kind in (
                ("person", "people"),
                ("studio", "studios"),
                ("achievement", "achievements"),
                ("award", "awards"),
            ):
                if slug := getattr(result, field):
                    yield f"/results/{i}/{field}", f"{kind}/{slug}"


Body = OrganisationBody | PersonBody | AwardBody | AchievementBody | ExhibitBody | StudioBody | SelectionBody

BODIES: dict[str, type[Body]] = {
    body.kind: body
    for body in (
        OrganisationBody,
        PersonBody,
        AwardBody,
        AchievementBody,
        ExhibitBody,
        StudioBody,
        SelectionBody,
    )
}
