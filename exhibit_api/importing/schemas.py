"""Imports in JSON: what was found in a collection, cell by cell, and what it changes."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from exhibit_api.assets.progress import progress_of
from exhibit_api.assets.schemas import ProcessingOut
from exhibit_api.documents import Document
from exhibit_api.importing.plan import Change, Plan, counts, held_back
from exhibit_api.importing.tables import Import, State
from exhibit_api.jobs.tables import Job
from exhibit_api.text import Slug

MOST_TOLD = 1000
"""Mistakes, changes and rows that wait, each, that a report lists."""

Mode = Literal["all", "rows"]


class ApplyBody(Document):
    """How a collection is written."""

    mode: Mode = Field("all", description="`all` rows or none; or the `rows` that have no mistake", examples=["all"])


class MistakeOut(Document):
    """A cell, and what is wrong there."""

    cell: str = Field(examples=["People!C7"])
    detail: str = Field(examples=["'Welding Robot' is no slug; 'welding-robot' is probably meant"])


class ChangeOut(Document):
    """A record that is made or changed, and in which members."""

    record: str = Field(examples=["people/li-ming"])
    cell: str
    change: Change
    fields: tuple[str, ...] = ()


class HeldOut(Document):
    """A row without a mistake, which names a record that could not be made."""

    record: str
    cell: str
    waits_for: str


class CountsOut(Document):
    """Rows of one kind of record."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    faulty: int = 0


class ReportOut(Document):
    """What a collection holds. Lists are cut at a thousand; the counts are whole."""

    tables: dict[str, CountsOut] = Field(description="By kind of record")
    mistake_count: int
    mistakes: tuple[MistakeOut, ...]
    changes: tuple[ChangeOut, ...]
    held: tuple[HeldOut, ...] = ()
    left_out: tuple[Slug, ...] = Field((), description="All exhibits whose rows are not written, to the last")
    models: int = Field(0, description="Models that were found in it, or portray their exhibits now")

    @classmethod
    def of_plan(cls, plan: Plan, models: int) -> "ReportOut":
        """As it is told."""
        mistakes = plan.all_mistakes
        rows = {planned.row.id: planned for planned in plan.rows}
        held = held_back(plan)
        changes = [one for one in plan.rows if one.change in (Change.NEW, Change.CHANGED)]
        return cls(
            tables={
                kind: CountsOut(**{str(what): n for what, n in each.items()}) for kind, each in counts(plan).items()
            },
            mistake_count=len(mistakes),
            mistakes=tuple(MistakeOut(cell=one.cell, detail=one.detail) for one in mistakes[:MOST_TOLD]),
            changes=tuple(
                ChangeOut(record=one.row.id, cell=one.row.cell, change=one.change, fields=one.fields)
                for one in changes[:MOST_TOLD]
            ),
            left_out=tuple(sorted(_left_out(plan, held))),
            held=tuple(
                HeldOut(record=record, cell=rows[record].row.cell, waits_for=awaited)
                for record, awaited in list(held.items())[:MOST_TOLD]
            ),
            models=models,
        )


def _left_out(plan: Plan, held: Mapping[str, str]) -> Iterator[str]:
    for planned in plan.rows:
        if planned.row.kind == "exhibits" and (planned.change == Change.FAULTY or planned.row.id in held):
            yield planned.row.slug


class ImportProblem(Document):
    """Why a collection could not be read, or was not written."""

    detail: str


class ImportOut(Document):
    """A collection that was sent: how far it is, and what was found."""

    id: str
    actor: str
    organisation: Slug | None = Field(None, description="Keeps the rows that name none")
    filename: str
    bytes: int
    state: State
    mode: Mode | None = None
    report: ReportOut | None = None
    problem: ImportProblem | None = None
    processing: ProcessingOut | None = None
    created_at: datetime
    expires_at: datetime | None = Field(None, description="When it is forgotten unless it is applied")

    @classmethod
    def from_row(cls, row: Import, job: Job | None, hours: int, *, told: bool = True) -> "ImportOut":
        """As it is told, with its report or without; one that nobody applies is forgotten after so many hours.

        While it is worked on, who waits asks often, and the report of before tells nothing.
        """
        is_at_work = row.state in (State.CHECKING, State.APPLYING)
        return cls(
            id=row.id,
            actor=row.actor,
            organisation=row.owner,
            filename=row.filename,
            bytes=row.bytes,
            state=State(row.state),
            mode=row.mode,
            report=ReportOut.of(row.report) if told and row.report and not is_at_work else None,
            problem=ImportProblem.of(row.problem) if row.problem else None,
            processing=progress_of(job) if job is not None and is_at_work else None,
            created_at=row.created_at,
            expires_at=row.touched_at + timedelta(hours=hours) if row.state == State.CHECKED else None,
        )
