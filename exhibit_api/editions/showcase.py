"""What this instance shows to visitors: keeps the shelf in memory in step with the database, and mends flips that were cut off."""

import threading
from dataclasses import dataclass, field

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from exhibit_api.db import Sessions, transaction
from exhibit_api.editions.notices import listen
from exhibit_api.editions.shelf import Shelf
from exhibit_api.editions.show import exhibition_key, pointer_key, show, unshown
from exhibit_api.editions.tables import Live
from exhibit_api.errors import ExhibitError, NoSuchObject
from exhibit_api.halls.tables import Hall
from exhibit_api.storage.base import ObjectStore

RETRY_SECONDS = 2.0

log = structlog.get_logger()


@dataclass
class Showcase:
    """The shelf of one instance, and what stands on it. `refresh` may be called from any thread."""

    sessions: Sessions
    store: ObjectStore
    shelf: Shelf
    _halls: dict[str, int] = field(default_factory=dict)
    _exhibitions: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ended: threading.Event = field(default_factory=threading.Event)
    _watcher: threading.Thread | None = None

    def refresh(self) -> None:
        """Show what the database says is shown. Costs one query where nothing was flipped."""
        with self._lock:
            with transaction(self.sessions, reads_only=True) as session:
                query = select(Live.hall, Live.shown, Hall.exhibition).join(Hall, Hall.slug == Live.hall)
                rows = list(session.execute(query))
            changed = [(hall, shown, exhibition) for hall, shown, exhibition in rows if self._halls.get(hall) != shown]
            for exhibition in sorted({exhibition for _, _, exhibition in changed}):
                self._refresh_exhibition(exhibition)
            for hall, shown, _ in changed:
                self._refresh_hall(hall)
                self._halls[hall] = shown

    def mend(self) -> None:
        """Finish flips that a crash or a failing store cut off."""
        with transaction(self.sessions, reads_only=True) as session:
            halls = unshown(session)
        for hall in halls:
            log.info("finishing a flip that was cut off", hall=hall)
            show(self.sessions, self.store, hall)

    def watch(self) -> None:
        """Follow the flips of all instances in a thread of its own, until `close`."""
        self._watcher = threading.Thread(target=self._follow, name="showcase", daemon=True)
        self._watcher.start()

    def close(self) -> None:
        """Stop following."""
        self._ended.set()

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
                    while not self._ended.is_set():
                        self.mend()
                        self.refresh()
                        while not ear.wait() and not self._ended.is_set():
                            pass
                finally:
                    ear.close()
            except (SQLAlchemyError, ExhibitError, OSError) as error:
                log.warning("cannot follow flips; trying again", error=str(error)[:300])
                self._ended.wait(RETRY_SECONDS)
