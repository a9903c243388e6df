"""While the demo exhibition is served: how far its models are, and the next edition of each hall whose models are done."""

import threading
from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import select

from exhibit_api.accounts.roles import COMMAND_LINE
from exhibit_api.assets.tables import Portrayal
from exhibit_api.db import transaction
from exhibit_api.editions.publish import publish
from exhibit_api.editions.tables import live_of
from exhibit_api.errors import ExhibitError
from exhibit_api.halls.tables import placements_of
from exhibit_api.jobs.tables import JobState, jobs_of
from exhibit_api.web.site import Site

FIRST = 1
"""The edition that names masters alone. Only this one is followed by another of its own accord: all later ones are people's deeds."""

PERIOD = 0.5
NOTE = "Models for every kind of device"


class Follower:
    """Watches the work on the halls' models from a thread of its own, until all halls are done or `stop` is called."""

    def __init__(self, site: Site, halls: Sequence[str], console: Console) -> None:
        self._site = site
        self._halls = halls
        self._console = console
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="follow", daemon=True)

    def start(self) -> None:
        """Begin, unless no hall is waiting."""
        if self._waiting():
            self._thread.start()

    def stop(self) -> None:
        """End, and wait for it."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _waiting(self) -> list[str]:
        with transaction(self._site.sessions, reads_only=True) as session:
            lives = {hall: live_of(session, hall) for hall in self._halls}
        return [hall for hall, live in lives.items() if live is not None and live.number == FIRST]

    def _follow(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            models = {sha256 for hall in self._waiting() for sha256 in self._models(hall)}
            task = progress.add_task("Making the models light", total=len(models))
            while (waiting := self._waiting()) and not self._stopping.wait(PERIOD):
                busy = self._busy(sorted(models))
                progress.update(task, completed=len(models) - len(busy))
                for hall in waiting:
                    if not busy.intersection(self._models(hall)) and not self._published(hall):
                        return

    def _models(self, hall: str) -> list[str]:
        """The assets that stand in the hall."""
        with transaction(self._site.sessions, reads_only=True) as session:
            exhibits = [row.exhibit for row in placements_of(session, hall)]
            return list(session.scalars(select(Portrayal.sha256).where(Portrayal.exhibit.in_(exhibits))))

    def _busy(self, assets: Sequence[str]) -> set[str]:
        """Those that are not done: a job for them is waiting or running."""
        with transaction(self._site.sessions, reads_only=True) as session:
            jobs = jobs_of(session, assets)
            return {job.key for job in jobs.values() if job.state in (JobState.QUEUED, JobState.RUNNING)}

    def _published(self, hall: str) -> bool:
        """Publish the hall with what was made; whether that worked."""
        try:
            settings = self._site.settings
            flip = publish(
                self._site.sessions,
                self._site.store,
                COMMAND_LINE,
                hall,
                required_languages=settings.required_languages,
                budgets=settings.budgets,
                note=NOTE,
            )
        except ExhibitError as error:
            self._console.print(f"hall {hall} keeps its first edition: {error.detail}")
            return False
        self._console.print(f"hall {hall}: edition {flip.edition.number} has models for every kind of device")
        return flip.is_new
