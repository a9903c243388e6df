"""What a collection would change: each row against the catalogue and the other rows. Nothing is written here.

A mistake is told where it is made, and once: a record that is named by others exists for them also where its own row is faulty.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, can
from exhibit_api.catalogue.describe import tag_of
from exhibit_api.catalogue.schemas import BODIES, Body
from exhibit_api.catalogue.tables import SHARED_KINDS, Record, owners_of
from exhibit_api.db import in_parts
from exhibit_api.importing.cells import closest, meant, shown
from exhibit_api.importing.columns import FORMS
from exhibit_api.importing.merge import merged
from exhibit_api.importing.rows import Mistake, Row, Sheet, in_order


class Change(StrEnum):
    """What becomes of a record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass
class Planned:
    """A row, and what it would make of its record. `tag` is the entity tag that the record has now, None for a new one."""

    row: Row
    change: Change
    body: Body | None = None
    tag: str | None = None
    fields: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


@dataclass
class Plan:
    """All rows in the order in which they are written, and the mistakes that are no row's.

    `meant` are ids of records that are not in the catalogue, and that lines without a good slug probably mean.
    """

    rows: list[Planned] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    meant: set[str] = field(default_factory=set)

    @property
    def all_mistakes(self) -> list[Mistake]:
        """Every mistake, in the order of the tables."""
        return in_order([*self.mistakes, *(mistake for planned in self.rows for mistake in planned.row.mistakes)])


def make_plan(session: Session, actor: Actor, sheets: Sequence[Sheet], owner: str | None) -> Plan:
    """Compare with the catalogue. `owner` is the organisation of rows that name none, besides the actor's own."""
    plan = Plan([], [mistake for sheet in sheets for mistake in sheet.mistakes])
    plan.meant = {name for sheet in sheets for name in sheet.meant}
    rows = list(_once(plan, (row for sheet in sheets for row in sheet.rows)))
    plan.meant -= owners_of(session, sorted(plan.meant)).keys()
    order = {kind: at for at, kind in enumerate(FORMS)}
    rows.sort(key=lambda row: order[row.kind])
    records = _records(session, [row.id for row in rows])
    for row in rows:
        plan.rows.append(_planned(actor, row, records.get(row.id), owner or actor.organisation))
    _check_names(session, actor, plan, records)
    for planned in plan.rows:
        if planned.row.mistakes or planned.row.unread:
            planned.change = Change.FAULTY
    return plan


def held_back(plan: Plan) -> dict[str, str]:
    """Rows without a mistake that name a record which its own row cannot make: id → the id that it waits for."""
    missing = {planned.row.id for planned in plan.rows if planned.change == Change.FAULTY and planned.tag is None}
    missing |= plan.meant - {planned.row.id for planned in plan.rows}
    held: dict[str, str] = {}
    for planned in plan.rows:  # what is named stands before what names it
        if planned.change != Change.FAULTY and (awaited := sorted(planned.names & missing)):
            held[planned.row.id] = awaited[0]
            if planned.tag is None:
                missing.add(planned.row.id)
    return held


def counts(plan: Plan) -> dict[str, Counter[str]]:
    """Kind → how many rows are new, changed, unchanged and faulty."""
    found: dict[str, Counter[str]] = {}
    for planned in plan.rows:
        found.setdefault(planned.row.kind, Counter())[planned.change] += 1
    return found


def _once(plan: Plan, rows: Iterable[Row]) -> Iterable[Row]:
    seen: dict[str, str] = {}
    for row in rows:
        if row.id in seen:
            row.mistakes.append(Mistake(row.cell, f"{row.id} stands in {seen[row.id]} already; take one of them out"))
            plan.mistakes += row.mistakes
            plan.meant.add(f"{row.kind}/{row.slug_of_label}")
            continue
        seen[row.id] = row.cell
        yield row


def _records(session: Session, ids: Sequence[str]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for part in in_parts(ids):
        for record in session.scalars(select(Record).where(Record.id.in_(part))):
            found[record.id] = record
    return found


def _planned(actor: Actor, row: Row, record: Record | None, owner: str | None) -> Planned:
    """The row against its record: what would change, and whether the actor may."""
    if record is not None and not can(actor, Action.WRITE, record.organisation):
        detail = f"{row.id} is kept by {record.organisation}, where {actor.describe()} may not write; take another slug"
        row.mistakes.append(Mistake(row.cell, detail))
        return Planned(row, Change.FAULTY, tag=tag_of(record))
    before = record.document if record is not None else None
    document = merged(row, before, owner)
    body = _body(row, document)
    tag = tag_of(record) if record is not None else None
    if body is None:
        return Planned(row, Change.FAULTY, tag=tag)
    after = body.plain()
    if before is None:
        return Planned(row, Change.NEW, body)
    fields = tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
    return Planned(row, Change.CHANGED if fields else Change.UNCHANGED, body, tag, fields)


def _body(row: Row, document: dict[str, Any]) -> Body | None:
    """The document, checked. Fields whose cells could not be read are not spoken of again."""
    try:
        return BODIES[row.kind].model_validate(document)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=False):
            name, *steps = (str(step) for step in fault["loc"]) if fault["loc"] else ("story",)
            if name in row.unread:
                continue
            row.mistakes.append(Mistake(_where(row, name, steps), _told(row, name, steps, fault)))
    return None


def _where(row: Row, name: str, steps: Sequence[str]) -> str:
    if name == "consent" and steps:
        return row.place(f"consent.{steps[0]}")
    return row.place(name, *steps)


def _told(row: Row, name: str, steps: Sequence[str], fault: Any) -> str:
    if fault["type"] == "missing":
        way_out = "; or say whose all rows are: --organisation SLUG" if name == "organisation" else ""
        return f"{' '.join([name, *steps])} is missing{way_out}"
    if fault["type"] == "string_pattern_mismatch":
        column = FORMS[row.kind].column(name)
        return f"{shown(fault['input'])} cannot be {name}: {column.tells}, as {column.example}"
    return str(fault["msg"]).removeprefix("Value error, ")


def _check_names(session: Session, actor: Actor, plan: Plan, records: dict[str, Record]) -> None:
    """Whether all that the rows name exists and may be named, and whether the actor may write where they shall be kept."""
    coming = {planned.row.id for planned in plan.rows} | plan.meant
    places = [(planned, *name) for planned in plan.rows if planned.body for name in planned.body.names()]
    wanted = sorted({target for _, _, target in places} - coming)
    known = owners_of(session, wanted)
    known |= {name: record.organisation for name, record in records.items()}
    guess = _Guesses(session, actor, coming)
    told: set[str] = set()
    for planned, pointer, target in places:
        planned.names |= {target}
        name = pointer.split("/")[1]
        kind, slug = target.split("/")
        owner = known.get(target)
        if target not in coming and owner is None:
            if target not in told:  # once, however many name it
                told.add(target)
                detail = (
                    f"{target} is neither in the catalogue nor in this collection{meant(guess.closest(kind, slug))}"
                )
                planned.row.mistakes.append(Mistake(planned.row.place(name), detail))
            planned.change = Change.FAULTY
        elif owner is not None and kind not in SHARED_KINDS and not can(actor, Action.READ, owner):
            detail = f"{actor.describe()} may not name {target}, which {owner} keeps"
            planned.row.mistakes.append(Mistake(planned.row.place(name), detail))
        elif name == "organisation" and not can(actor, Action.WRITE, slug):
            detail = f"{actor.describe()} may not write into {slug}"
            planned.row.mistakes.append(Mistake(planned.row.place(name), detail))


MOST_GUESSES = 200
MOST_COMPARED = 5_000
"""Slugs that one is compared with: some milliseconds a thousand."""


class _Guesses:
    """Finds the slug that was probably meant: among the rows, and what the actor may read. Asks the database only at a mistake."""

    def __init__(self, session: Session, actor: Actor, coming: set[str]) -> None:
        self._session, self._actor, self._coming = session, actor, coming
        self._slugs: dict[str, list[str]] = {}
        self._left = MOST_GUESSES

    def closest(self, kind: str, slug: str) -> str | None:
        self._left -= 1
        if self._left < 0:
            return None
        if kind not in self._slugs:
            query = select(Record.slug).where(Record.kind == kind)
            if self._actor.organisation is not None and kind not in SHARED_KINDS:
                query = query.where(Record.organisation == self._actor.organisation)
            coming = (name.split("/")[1] for name in self._coming if name.startswith(f"{kind}/"))
            known = self._session.scalars(query.order_by(Record.updated_at.desc()).limit(MOST_COMPARED))
            self._slugs[kind] = sorted({*known, *itertools.islice(coming, MOST_COMPARED)})
        return closest(slug, self._slugs[kind])
