"""Writing a plan into the catalogue: all rows in one transaction, or each in its own; models beside their rows."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Actor
from exhibit_api.assets.tables import Portrayal
from exhibit_api.assets.upload import portray_in
from exhibit_api.audit import log
from exhibit_api.catalogue.describe import tag_of
from exhibit_api.catalogue.describe_many import Description, describe_many
from exhibit_api.catalogue.tables import Record, locked_records, record_named
from exhibit_api.errors import Conflict, DatabaseBusy, ExhibitError, StoreError
from exhibit_api.gltf.report import Report
from exhibit_api.importing.columns import FORMS
from exhibit_api.importing.plan import Change, Plan, Planned, held_back
from exhibit_api.importing.rows import Mistake
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Received

PASSING = (DatabaseBusy, StoreError)
"""Errors of the moment: the job is tried again."""
TRIES = 3

ORDER = {kind: at for at, kind in enumerate(FORMS)}


@dataclass(frozen=True)
class Model:
    """A model of the collection whose bytes the store keeps."""

    exhibit: str
    received: Received
    report: Report


@dataclass(frozen=True)
class Ready:
    """What is written in one transaction, in order, made before it: while it is open, others may wait.

    `touched` are the ids of all records that are written or portrayed.
    """

    described: tuple[tuple[Planned, Description], ...]
    models: tuple[Model, ...]
    touched: tuple[str, ...]


def made_ready(rows: Sequence[Planned], models: Mapping[str, Model]) -> Ready:
    """Rows that change something, and the models of exhibits among the rows (by id)."""
    changing = [(one, one.body) for one in rows if one.change in (Change.NEW, Change.CHANGED) and one.body is not None]
    changing.sort(key=lambda each: (ORDER[each[0].row.kind], each[0].row.slug))
    portrayed = [models[one.row.id] for one in rows if one.row.id in models]
    return Ready(
        described=tuple((one, Description.of(one.row.slug, body)) for one, body in changing),
        models=tuple(sorted(portrayed, key=lambda model: model.received.sha256)),
        touched=tuple(sorted(one.row.id for one in rows if _is_to_do(one, models))),
    )


def write_all(session: Session, site: Site, actor: Actor, ready: Ready, collection: str) -> None:
    """Write it all, or raise. A row that others have written just so since it was planned is unchanged.

    The models count in the quota instead of the collection at that key.

    All records are locked first, in one order, then organisations, then the audit log's end: as all do, so that nobody waits for whom
    he keeps waiting. Raises Conflict where a record is not as its plan saw it, IntegrityError as `describe_many` does.
    """
    records = locked_records(session, ready.touched)
    to_write = []
    for planned, description in ready.described:
        planned.change = _change(planned, description, records.get(description.id))
        if planned.change != Change.UNCHANGED:
            to_write.append(description)
    with log.together(session):
        describe_many(session, actor, to_write, records)
        for model in ready.models:
            _portray(session, site, actor, model, collection)


def once_more(writing: Callable[[], AbstractContextManager[Session]], write: Callable[[Session], object]) -> None:
    """Write in a transaction, as `writing` opens it; again where others wrote the same at this moment, since now it can be seen.

    Raises Conflict where that goes on and on.
    """
    for _ in range(TRIES):
        try:
            with writing() as session:
                write(session)
        except IntegrityError:
            continue
        return
    raise Conflict("others are writing the same records at this moment; apply it again")


def write_good(
    site: Site,
    writing: Callable[[], AbstractContextManager[Session]],
    actor: Actor,
    plan: Plan,
    models: Mapping[str, Model],
    collection: str,
    told: Callable[[int], None],
) -> None:
    """Write the rows without a mistake, each in a transaction of its own, as `writing` opens them.

    A row that cannot be written gets a mistake that says why. `told` hears how many rows are done.
    """
    held = held_back(plan)
    for done, planned in enumerate(plan.rows, 1):
        if planned.change != Change.FAULTY and planned.row.id not in held and _is_to_do(planned, models):
            try:
                ready = made_ready([planned], models)
                once_more(writing, partial(write_all, site=site, actor=actor, ready=ready, collection=collection))
            except PASSING:
                raise
            except ExhibitError as error:
                planned.row.mistakes.append(Mistake(planned.row.cell, error.detail))
                planned.change = Change.FAULTY
                held = held_back(plan)
        told(done)


def _is_to_do(planned: Planned, models: Mapping[str, Model]) -> bool:
    return planned.change != Change.UNCHANGED or planned.row.id in models


def _change(planned: Planned, description: Description, record: Record | None) -> Change:
    """What becomes of the record, which is locked. Raises Conflict where it is neither as the plan saw it nor as it shall be."""
    if (tag_of(record) if record is not None else None) == planned.tag:
        return Change.NEW if record is None else Change.CHANGED
    if record is not None and record.document == description.document:
        return Change.UNCHANGED
    raise Conflict(f"{planned.row.id} was changed by someone else at this moment; apply it again")


def _portray(session: Session, site: Site, actor: Actor, model: Model, collection: str) -> None:
    """Let the model portray its exhibit, unless it does."""
    record = record_named(session, "exhibits", model.exhibit, lock=True)
    shown = session.scalar(select(Portrayal.sha256).where(Portrayal.exhibit == record.id))
    if shown != model.received.sha256:
        received, report = model.received, model.report
        portray_in(session, site.store, actor, record, received, report, site.settings, instead_of=collection)
