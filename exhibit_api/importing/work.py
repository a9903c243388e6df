"""The job "import": look into a collection and tell what is in it; and once that is wanted, write it. Cut off anywhere, it is run again."""

import hashlib
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.accounts.tokens import actor_named
from exhibit_api.assets.quotas import Usage, free, usage_of
from exhibit_api.assets.tables import Holding
from exhibit_api.assets.upload import examine, keep
from exhibit_api.catalogue.schemas import OrganisationBody
from exhibit_api.db import transaction
from exhibit_api.errors import ExhibitError, QuotaExceeded
from exhibit_api.gltf.beside import Beside
from exhibit_api.gltf.report import Report
from exhibit_api.importing.archive import Archive
from exhibit_api.importing.collection import sheets_of, table_alone, tables_beside
from exhibit_api.importing.models import Missing, Wanted, wanted_models, write_glb
from exhibit_api.importing.plan import Change, Planned, make_plan
from exhibit_api.importing.rows import Mistake, Sheet
from exhibit_api.importing.schemas import ReportOut
from exhibit_api.importing.tables import WAITING, Import, State
from exhibit_api.importing.workbook import is_workbook
from exhibit_api.importing.write import PASSING, Model, made_ready, once_more, write_all, write_good
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.work import Work
from exhibit_api.storage.base import Staged
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Received

ZIP = b"PK\x03\x04"


def run_import(site: Site, work: Work) -> None:
    """The job "import" of the import whose id is the key."""
    with transaction(work.sessions, reads_only=True) as session:
        row = session.get(Import, work.key)
    if row is None or row.state not in (State.CHECKING, State.APPLYING):
        return
    try:
        with site.store.open(row.key) as file:
            sheets, beside = _read(site, row, file)
            _Import(site, work, row, sheets, beside).run()
    except PASSING:
        raise
    except ExhibitError as error:
        _ended(work, row, State.REFUSED if row.state == State.CHECKING else State.CHECKED, problem=error.detail)
    _clear_if_done(site, row)


def _read(site: Site, row: Import, file: BinaryIO) -> tuple[list[Sheet], Beside | None]:
    """The tables of what was sent, and what lies beside them, where models are to be looked for there."""
    if file.read(4) == ZIP and not is_workbook(file):
        beside = Archive(file, most_bytes=site.settings.max_import_bytes * UNPACKED, most_files=MOST_FILES)
        return sheets_of(tables_beside(beside)), beside if row.has_models else None
    file.seek(0)
    return sheets_of([table_alone(PurePosixPath(row.filename).name, file, row.bytes)]), None


UNPACKED = 10
"""Times as much as may be sent, a zip may hold."""
MOST_FILES = 20_000


class _Import:
    """One run."""

    def __init__(self, site: Site, work: Work, row: Import, sheets: Sequence[Sheet], beside: Beside | None) -> None:
        self.site, self.work, self.row, self.beside = site, work, row, beside
        with transaction(work.sessions, reads_only=True) as session:
            self.actor = actor_named(session, row.actor)
            self.plan = make_plan(session, self.actor, sheets, row.owner)

    def run(self) -> None:
        applying = self.row.state == State.APPLYING
        models = self._models(keeping=applying)
        if not applying:
            self._end(State.CHECKED, len(models))
        elif self.row.mode == "all":
            self._write_all(models)
        else:
            self._write_good(models)

    def _write_all(self, models: dict[str, Model]) -> None:
        if mistakes := self.plan.all_mistakes:
            problem = f"{len(mistakes)} mistakes: nothing was written; mend them, or apply the rows that are good"
            self._end(State.CHECKED, len(models), problem)
            return
        self.work.progress("write", 0, len(self.plan.rows))
        ready = made_ready(self.plan.rows, models)

        def write(session: Session) -> None:
            write_all(session, self.site, self.actor, ready, self.row.key)
            self._enter(session, State.DONE, len(models))

        once_more(self.work.finishing, write)

    def _write_good(self, models: dict[str, Model]) -> None:
        total = len(self.plan.rows)
        write_good(
            self.site,
            self.work.writing,
            self.actor,
            self.plan,
            models,
            self.row.key,
            lambda done: self.work.progress("write", done, total),
        )
        self._end(State.DONE, len(models))

    def _end(self, state: State, models: int, problem: str | None = None) -> None:
        with self.work.finishing() as session:
            self._enter(session, state, models, problem)

    def _enter(self, session: Session, state: State, models: int, problem: str | None = None) -> None:
        _enter(session, self.row, state, problem, ReportOut.of_plan(self.plan, models))

    def _models(self, *, keeping: bool) -> dict[str, Model]:
        """The models of good rows, by exhibit's id; looked into, and kept if wanted. What is wrong is told at their cells."""
        if self.beside is None:
            return {}
        rows = {planned.row.id: planned for planned in self.plan.rows if planned.row.kind == "exhibits"}
        cells = {planned.row.place("model"): planned for planned in rows.values()}
        found = list(wanted_models(planned.row for planned in rows.values()))
        models: dict[str, Model] = {}
        look = _Look(self.site, self.work, self.beside, self.row.key, keeping=keeping)
        for done, wanted in enumerate(found):
            self.work.progress("models", done, len(found))
            planned = cells[wanted.cell]
            mistake = wanted if isinstance(wanted, Mistake) else None
            if isinstance(wanted, Wanted):
                seen = look.into(planned, wanted)
                if isinstance(seen, Mistake):
                    mistake = seen
                elif seen is not None:
                    models[planned.row.id] = seen
            if mistake is not None:
                planned.row.mistakes.append(mistake)
                planned.change = Change.FAULTY
        return models


class _Look:
    """Looks into models: each file once, however many rows name it, and only as many as there is room for."""

    def __init__(self, site: Site, work: Work, beside: Beside, collection: str, *, keeping: bool) -> None:
        self._site, self._work, self._beside, self._keeping = site, work, beside, keeping
        self._collection = collection
        self._absent = Missing(beside)
        self._known: dict[str, tuple[Received, Report] | str] = {}
        self._room: dict[str, Usage] = {}
        self._held: set[tuple[str, str]] = set()

    def into(self, planned: Planned, wanted: Wanted) -> Model | Mistake | None:
        """The model, or what is wrong with it; None where its row is not written anyway, and it is only to be kept."""
        if mistake := self._absent.mistake(wanted):
            return mistake
        if self._keeping and (planned.change == Change.FAULTY or planned.body is None):
            return None
        if wanted.file not in self._known:
            self._known[wanted.file] = self._seen(planned, wanted)
        seen = self._known[wanted.file]
        if isinstance(seen, str):
            return Mistake(wanted.cell, f"{wanted.file}: {seen}")
        received, report = seen
        try:
            self._admit(planned, received)
        except QuotaExceeded as error:
            return Mistake(wanted.cell, f"{wanted.file}: {error.detail}")
        return Model(wanted.exhibit, received, report)

    def _seen(self, planned: Planned, wanted: Wanted) -> tuple[Received, Report] | str:
        """What the file is, or why it is none that we take."""
        try:
            with self._site.store.stage() as staged:
                sink = _Hashing(staged)
                write_glb(self._beside, wanted.file, sink, self._site.settings.max_upload_bytes)
                received = Received(sink.size, sink.digest.hexdigest())
                report = examine(staged, received)
                if self._keeping:
                    self._admit(planned, received, only_look=True)
                    keep(self._site.store, staged, received)
        except PASSING:
            raise
        except ExhibitError as error:
            return error.detail
        return received, report

    def _admit(self, planned: Planned, received: Received, *, only_look: bool = False) -> None:
        """Count a model into the room that its organisation has. Raises QuotaExceeded, also where earlier models took the room."""
        body = planned.body
        if body is None or isinstance(body, OrganisationBody):
            return
        owner = (body.organisation, received.sha256)
        if owner in self._held:
            return
        with transaction(self._work.sessions, reads_only=True) as session:
            if session.get(Holding, owner) is not None:
                self._held.add(owner)
                return
            if body.organisation not in self._room:
                self._room[body.organisation] = usage_of(
                    session, body.organisation, self._site.settings, instead_of=self._collection
                )
        room = self._room[body.organisation]
        room.require(received.bytes, "the model")
        if not only_look:
            self._held.add(owner)
            more = {"used_bytes": room.used_bytes + received.bytes, "used_files": room.used_files + 1}
            self._room[body.organisation] = room.model_copy(update=more)


class _Hashing:
    """Counts and hashes what it writes on."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged
        self.digest, self.size = hashlib.sha256(), 0

    def write(self, chunk: bytes, /) -> int:
        self.digest.update(chunk)
        self.size += len(chunk)
        self._staged.write(chunk)
        return len(chunk)


def _ended(work: Work, row: Import, state: State, *, problem: str) -> None:
    with work.finishing() as session:
        _enter(session, row, state, problem, None)


def _enter(session: Session, row: Import, state: State, problem: str | None, report: ReportOut | None) -> None:
    """Write what came of it, unless it was given up meanwhile."""
    locked = session.scalar(select(Import).where(Import.id == row.id).with_for_update())
    if locked is not None and locked.state == row.state:
        locked.state, locked.touched_at = state, moment()
        locked.problem = {"detail": problem} if problem else None
        if report is not None:
            locked.report = report.plain()
        if state not in WAITING:
            free(session, row.key)


def _clear_if_done(site: Site, row: Import) -> None:
    """Remove the bytes of an import that nothing is left to do with."""
    with transaction(site.sessions, reads_only=True) as session:
        state = session.scalar(select(Import.state).where(Import.id == row.id))
    if state in (None, State.DONE, State.REFUSED):
        site.store.delete(row.key)
