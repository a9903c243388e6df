"""While the demo exhibition is served: how far its models are, and the second edition of each hall whose models are done."""

import contextlib
import threading
from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import COMMAND_LINE
from exhibit_api.assets.tables import Asset, State, portrayed
from exhibit_api.db import transaction
from exhibit_api.editions.compose import compose
from exhibit_api.editions.manifest import EditionStamp
from exhibit_api.editions.publish import publish
from exhibit_api.editions.schema import schema_resource
from exhibit_api.editions.tables import Edition, Live, edition_numbered, live_of
from exhibit_api.errors import DatabaseBusy, ExhibitError, StoreUnavailable
from exhibit_api.halls.draft import HallDraft, given_up, read_draft
from exhibit_api.halls.portrayal import file_of
from exhibit_api.halls.tables import placements_of
from exhibit_api.pipeline import recipes
from exhibit_api.profiles import PROFILES, Budgets
from exhibit_api.web.site import Site

FIRST = 1
"""The edition that names masters alone. Only this one is followed by another of its own accord: all later ones are people's deeds."""

PERIOD = 0.5
"""Seconds between two looks."""


class Follower:
    """Watches the work on the halls' models from a thread of its own, until no hall is waited for or `stop` is called."""

    def __init__(self, site: Site, halls: Sequence[str], console: Console) -> None:
        self._site = site
        self._waiting = list(halls)
        self._console = console
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="follow", daemon=True)

    def start(self) -> None:
        """Begin, unless that was done before or no hall is waited for."""
        if self._thread.ident is None and not self._stopping.is_set():
            with contextlib.suppress(ExhibitError), transaction(self._site.sessions, reads_only=True) as session:
                self._pass_over(session)
            if self._waiting:
                self._thread.start()

    def stop(self) -> None:
        """End, and wait for it: what is being published is published."""
        self._stopping.set()
        self.wait()

    def wait(self) -> None:
        """Wait until no hall is waited for any more."""
        if self._thread.is_alive():
            self._thread.join()

    def _follow(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task("Making the models light", total=None)
            every = set[str]()  # with those of halls that are done: a bar does not go back
            while self._waiting and not self._stopping.wait(PERIOD):
                with contextlib.suppress(ExhibitError):  # the database or the store is away; the next round asks again
                    models, done = self._look()
                    every = every.union(*models.values())
                    open_ones = set[str]().union(*models.values()) - done
                    progress.update(task, total=len(every), completed=len(every - open_ones))
                    self._finish([hall for hall in self._waiting if models[hall] <= done])

    def _pass_over(self, session: Session) -> None:
        """Wait no more for halls that people have published, rolled back or withdrawn since."""
        self._waiting = [hall for hall in self._waiting if _is_untouched(live_of(session, hall))]

    def _look(self) -> tuple[dict[str, set[str]], set[str]]:
        """The models of each hall that is waited for, by SHA-256, and those of them that are done."""
        with transaction(self._site.sessions, reads_only=True) as session:
            self._pass_over(session)
            models = {hall: _models(session, hall) for hall in self._waiting}
            known = {asset.sha256: asset for assets in models.values() for asset in assets}
            done = given_up(session, known.values()) | {sha256 for sha256, asset in known.items() if _is_done(asset)}
        return {hall: {asset.sha256 for asset in assets} for hall, assets in models.items()}, done

    def _finish(self, halls: Sequence[str]) -> None:
        for hall in halls:
            if self._stopping.is_set():
                return
            try:
                told = self._publish(hall)
            except (DatabaseBusy, StoreUnavailable):
                raise
            except ExhibitError as error:
                told = f"hall {hall} was not published: {error.detail}"
            self._waiting.remove(hall)
            self._console.print(told, markup=False)

    def _publish(self, hall: str) -> str:
        """Publish the hall with what was made, if nothing else has changed; what came of it, in words."""
        settings = self._site.settings
        with transaction(self._site.sessions, reads_only=True) as session:
            first = edition_numbered(session, hall, FIRST)
            draft = read_draft(session, hall)
        if not _is_as_published(draft, first, settings.budgets):
            return f"hall {hall} was changed; publish it when it is ready"
        made = told_of_models(draft)
        flip = publish(
            self._site.sessions,
            self._site.store,
            COMMAND_LINE,
            hall,
            required_languages=settings.required_languages,
            budgets=settings.budgets,
            note=made,
        )
        return f"hall {hall}, edition {flip.edition.number}: {made}"


def told_of_models(draft: HallDraft) -> str:
    """How many of the hall's models have files for every kind of device, how many for some, and how many keep their master."""
    files = {
        one.model.sha256: [file_of(one, profile) is not None for profile in PROFILES]
        for one in draft.standing
        if one.model
    }
    masters = {one.model.sha256 for one in draft.standing if one.model and not one.model.variants}
    whole = sum(all(found) for found in files.values())
    told = [f"{whole} of {len(files)} models have files for every kind of device"]
    if some := len(files) - whole - len(masters):
        told.append(f"{some} for some kinds")
    if masters:
        told.append(f"{len(masters)} {'keeps its' if len(masters) == 1 else 'keep their'} master")
    return ", ".join(told)


def _is_untouched(live: Live | None) -> bool:
    """Whether the hall shows its first edition, and never showed anything else."""
    return live is not None and live.number == FIRST and live.version == 1


def _models(session: Session, hall: str) -> list[Asset]:
    """The assets that stand in the hall."""
    return list(portrayed(session, [row.exhibit for row in placements_of(session, hall)]).values())


def _is_done(asset: Asset) -> bool:
    return asset.recipe >= recipes.RECIPE_VERSION or asset.state == State.FAILED


def _is_as_published(draft: HallDraft, first: Edition, budgets: Budgets) -> bool:
    """Whether the draft, but for what was made from its models, is what the first edition shows."""
    if any(one.model is None for one in draft.standing):
        return False
    standing = tuple(replace(one, model=replace(one.model, variants=())) for one in draft.standing if one.model)
    stamp = EditionStamp(number=FIRST, published_at=first.published_at)
    day = first.published_at.date()
    composed = compose(replace(draft, standing=standing), stamp, schema_resource("hall-manifest"), day, budgets)
    return composed.content() == first.content
