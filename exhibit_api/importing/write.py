"""Writing a plan into the catalogue: all rows in one transaction, or row by row; models beside their rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Actor
from exhibit_api.assets.tables import Portrayal
from exhibit_api.assets.upload import portray_in
from exhibit_api.audit import log
from exhibit_api.catalogue.describe import describe
from exhibit_api.catalogue.tables import record_named
from exhibit_api.errors import DatabaseBusy, ExhibitError, StoreError
from exhibit_api.gltf.report import Report
from exhibit_api.guards import Guard
from exhibit_api.importing.plan import Change, Plan, Planned, held_back
from exhibit_api.importing.rows import Mistake
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Received

PASSING = (DatabaseBusy, StoreError)
"""Errors of the moment: the job is tried again."""


@dataclass(frozen=True)
class Model:
    """A model of the collection whose bytes the store keeps."""

    exhibit: str
    received: Received
    report: Report


def write_all(session: Session, site: Site, actor: Actor, rows: Sequence[Planned], models: Mapping[str, Model]) -> None:
    """Write rows and the models of their exhibits (by id), or raise. Records are locked before organisations, as all do."""
    with log.together(session):
        for planned in rows:
            _write(session, actor, planned)
        portrayed = [models[planned.row.id] for planned in rows if planned.row.id in models]
        for model in sorted(portrayed, key=lambda model: model.received.sha256):
            _portray(session, site, actor, model)


def write_good(
    site: Site,
    batch: Callable[[Callable[[Session], None]], None],
    actor: Actor,
    plan: Plan,
    models: Mapping[str, Model],
    told: Callable[[int], None],
) -> None:
    """Write the rows without a mistake, each by itself; a row that cannot be written gets a mistake that says why.

    `batch` runs what it is given in a transaction. `told` hears how many rows are done.
    """
    done = 0
    for some in _batches(plan.rows):
        held = held_back(plan)  # anew, for rows may have failed
        good = [planned for planned in some if planned.change != Change.FAULTY and planned.row.id not in held]

        def write(session: Session, good: Sequence[Planned] = good) -> None:
            for planned in good:
                try:
                    with session.begin_nested():
                        write_all(session, site, actor, [planned], models)
                except PASSING:
                    raise
                except ExhibitError as error:
                    planned.row.mistakes.append(Mistake(planned.row.cell, error.detail))
                    planned.change = Change.FAULTY

        batch(write)
        done += len(some)
        told(done)


BATCH = 20


def _batches(rows: Sequence[Planned]) -> Iterable[Sequence[Planned]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))


def _write(session: Session, actor: Actor, planned: Planned) -> None:
    """Write a row that changes something, if its record is still as the plan saw it. Raises Stale where it is not."""
    if planned.change in (Change.NEW, Change.CHANGED) and planned.body is not None:
        guard = Guard(match=planned.tag) if planned.tag else Guard(none_match="*")
        describe(session, actor, slug=planned.row.slug, body=planned.body, guard=guard)


def _portray(session: Session, site: Site, actor: Actor, model: Model) -> None:
    """Let the model portray its exhibit, unless it does."""
    record = record_named(session, "exhibits", model.exhibit, lock=True)
    shown = session.scalar(select(Portrayal.sha256).where(Portrayal.exhibit == record.id))
    if shown != model.received.sha256:
        portray_in(session, site.store, actor, record, model.received, model.report, site.settings)
