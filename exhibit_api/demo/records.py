"""The demo exhibition's catalogue, read from its JSON files and checked."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from exhibit_api.catalogue.schemas import (
    AchievementBody,
    AwardBody,
    ExhibitBody,
    OrganisationBody,
    PersonBody,
    SelectionBody,
    StudioBody,
)
from exhibit_api.documents import Document

T = TypeVar("T", bound=Document)


@dataclass(frozen=True)
class Records:
    """The records of each kind by slug."""

    organisations: dict[str, OrganisationBody]
    people: dict[str, PersonBody]
    awards: dict[str, AwardBody]
    achievements: dict[str, AchievementBody]
    studios: dict[str, StudioBody]
    selections: dict[str, SelectionBody]
    exhibits: dict[str, ExhibitBody]


def read_records(manifests: Path) -> Records:
    """Read `demo/catalogue/*.json` of the folder."""
    folder = manifests / "demo" / "catalogue"

    def of(kind: str, body: type[T]) -> dict[str, T]:
        found = json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
        return {slug: body.of(record) for slug, record in found.items()}

    return Records(
        of("organisations", OrganisationBody),
        of("people", PersonBody),
        of("awards", AwardBody),
        of("achievements", AchievementBody),
        of("studios", StudioBody),
        of("selections", SelectionBody),
        of("exhibits", ExhibitBody),
    )
