"""What this instance shows to visitors: keeps the shelf in memory in step with the database, and mends flips that were cut off."""

import threading
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from exhibit_api.db import Sessions, now, transaction
from exhibit_api.editions.notices import listen
from exhibit_api.editions.shelf import Shelf
from exhibit_api.editions.show import exhibition_key, pointer_key, show, unshown
from exhibit_api.editions.tables import Live
from exhibit_api.errors import ExhibitError, NoSuchObject, StoreUnavailable
from exhibit_api.halls.tables import Hall
from exhibit_api.storage.base import ObjectStore

RETRY_SECONDS = 2.0
END_SECONDS = 5.0
UNDER_WAY = timedelta(seconds=15)

log = structlog.get_logger()


@dataclass
class Showcase:
    """The shelf of one instance, and what stands on it. `refresh` may be called from any thread."""

    sessions: Sessions
    store: ObjectStore
    shelf: Shelf
    _halls: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ended: threading.Event = field(default_factory=threading.Event)
    _watcher: threading.Thread | None = None

    def refresh(self) -> bool:
        """Show what the database says is shown. Costs one query where nothing was flipped.

        False where the store did not give all of it: what is missing stays as it was, and is tried again next time.
        """
        whole = True
        with self._lock:
            with transaction(self.sessions, reads_only=True) as session:
                query = select(Live.hall, Live.shown, Hall.exhibition).join(Hall, Hall.slug == Live.hall)
                rows = list(session.execute(query))
            changed = [(hall, shown, exhibition) for hall, shown, exhibition in rows if self._halls.get(hall) != shown]
            for hall, shown, exhibition in changed:
                try:
                    self._refresh_exhibition(exhibition)
                    self._refresh_hall(hall)
                except ExhibitError as error:
                    log.warning("a flip cannot be shown yet", hall=hall, error=error.detail)
                    whole = False
                    if isinstance(error, StoreUnavailable):
                        break  # each further try would wait as long
                else:
                    self._halls[hall] = shown
        return whole

    def mend(self, older_than: timedelta = timedelta(0)) -> bool:
        """Finish flips that a crash or a failing store cut off; False where one still cannot be finished.

        Younger ones than `older_than` may be under way, and are left alone for now (False too).
        """
        with transaction(self.sessions, reads_only=True) as session:
            flipped = unshown(session)
        due = [hall for hall, moment in sorted(flipped.items()) if moment <= now() - older_than]
        whole = len(due) == len(flipped)
        for hall in due:
            log.info("finishing a flip that was cut off", hall=hall)
            try:
                show(self.sessions, self.store, hall)
            except ExhibitError as error:  # the other halls do not wait for this one
                log.warning("a flip cannot be finished yet", hall=hall, error=error.detail)
                whole = False
        return whole

    def watch(self) -> None:
        """Follow the flips of all instances in a thread of its own, until `close`."""
        self._watcher = threading.Thread(target=self._follow, name="showcase", daemon=True)
        self._watcher.start()

    def close(self) -> None:
        """Stop following, and wait until that has stopped."""
        self._ended.set()
        if self._watcher is not None:
            self._watcher.join(END_SECONDS)

    def _refresh_hall(self, hall: str) -> None:
        try:
            self.shelf.show_hall(hall, self.store.read(pointer_key(hall)))
        except NoSuchObject:
            self.shelf.hide_hall(hall)

    def _refresh_exhibition(self, exhibition: str) -> None:
        try:
            self.shelf.show_exhibition(exhibition, self.store.read(exhibition_key(exhibition)))
        except NoSuchObject:
            self.shelf.hide_exhibition(exhibition)

    def _follow(self) -> None:
        engine = self.sessions.kw["bind"]
        assert isinstance(engine, Engine)
        while not self._ended.is_set():
            try:
                ear = listen(engine)
                try:
                    patience = timedelta(0)  # what is unshown at a start was cut off
                    while not self._ended.is_set():
                        whole = self.refresh() & self.mend(patience)
                        patience = UNDER_WAY
                        if not whole:
                            self._ended.wait(RETRY_SECONDS)
                            continue
                        while not ear.wait() and not self._ended.is_set():
                            pass
                finally:
                    ear.close()
            except (SQLAlchemyError, ExhibitError, OSError) as error:
                log.warning("cannot follow flips; trying again", error=str(error)[:300])
                self._ended.wait(RETRY_SECONDS)
