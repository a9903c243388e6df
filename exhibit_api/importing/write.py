"""Writing a plan into the catalogue: all rows in one transaction, or each in its own; models beside their rows."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Actor
from exhibit_api.assets.tables import Portrayal
from exhibit_api.assets.upload import portray_in
from exhibit_api.audit import log
from exhibit_api.catalogue.describe import describe
from exhibit_api.catalogue.tables import Record, record_named
from exhibit_api.db import in_parts
from exhibit_api.errors import Conflict, DatabaseBusy, ExhibitError, Stale, StoreError
from exhibit_api.gltf.report import Report
from exhibit_api.guards import Guard
from exhibit_api.importing.columns import FORMS
from exhibit_api.importing.plan import Change, Plan, Planned, held_back
from exhibit_api.importing.rows import Mistake
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Received

PASSING = (DatabaseBusy, StoreError)
"""Errors of the moment: the job is tried again."""


ORDER = {kind: at for at, kind in enumerate(FORMS)}


@dataclass(frozen=True)
class Model:
    """A model of the collection whose bytes the store keeps."""

    exhibit: str
    received: Received
    report: Report


def write_all(
    session: Session, site: Site, actor: Actor, rows: Sequence[Planned], models: Mapping[str, Model], collection: str
) -> None:
    """Write rows and the models of their exhibits (by id), or raise. The models count in the quota instead of the collection at that key.

    All records are locked first, in one order, then organisations, then the audit log's end: as all do, so that nobody waits for whom
    he keeps waiting.
    """
    touched = sorted(one.row.id for one in rows if one.change != Change.UNCHANGED or one.row.id in models)
    for part in in_parts(touched):
        session.scalars(select(Record.id).where(Record.id.in_(part)).order_by(Record.id).with_for_update()).all()
    with log.together(session):
        for planned in sorted(rows, key=lambda one: (ORDER[one.row.kind], one.row.slug)):
            _write(session, actor, planned)
        portrayed = [models[planned.row.id] for planned in rows if planned.row.id in models]
        for model in sorted(portrayed, key=lambda model: model.received.sha256):
            _portray(session, site, actor, model, collection)


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
                with writing() as session:
                    write_all(session, site, actor, [planned], models, collection)
            except PASSING:
                raise
            except ExhibitError as error:
                planned.row.mistakes.append(Mistake(planned.row.cell, error.detail))
                planned.change = Change.FAULTY
                held = held_back(plan)
        told(done)


def _is_to_do(planned: Planned, models: Mapping[str, Model]) -> bool:
    return planned.change != Change.UNCHANGED or planned.row.id in models


def _write(session: Session, actor: Actor, planned: Planned) -> None:
    """Write a row that changes something, if its record is still as the plan saw it. Raises Conflict where it is not."""
    if planned.change in (Change.NEW, Change.CHANGED) and planned.body is not None:
        guard = Guard(match=planned.tag) if planned.tag else Guard(none_match="*")
        try:
            describe(session, actor, slug=planned.row.slug, body=planned.body, guard=guard)
        except Stale as error:
            raise Conflict(f"{planned.row.id} was changed by someone else at this moment; apply it again") from error


def _portray(session: Session, site: Site, actor: Actor, model: Model, collection: str) -> None:
    """Let the model portray its exhibit, unless it does."""
    record = record_named(session, "exhibits", model.exhibit, lock=True)
    shown = session.scalar(select(Portrayal.sha256).where(Portrayal.exhibit == record.id))
    if shown != model.received.sha256:
        received, report = model.received, model.report
        portray_in(session, site.store, actor, record, received, report, site.settings, instead_of=collection)
