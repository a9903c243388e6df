"""Counting bytes from several threads, and back again where a try failed."""

from collections.abc import Callable
from threading import Lock

from exhibit_api.sending.remote import Service


class Counted:
    """Adds up what several threads do, and tells the sum."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell = tell
        self._lock = Lock()
        self._total = 0

    def __call__(self, more: int) -> None:
        """So much more is done."""
        with self._lock:
            self._total += more
            self._tell(self._total)


class Tries:
    """Counts what is read of a part; what was read in a try that failed is taken back when the next one begins."""

    def __init__(self, count: Counted) -> None:
        self._count = count
        self._done = 0

    def begin(self, service: Service) -> Callable[[int], None]:
        """A new try: is told how much more was read. Raises Stopped where the rest need not be."""
        self._count(-self._done)
        self._done = 0

        def read(more: int) -> None:
            service.go_on()
            self._done += more
            self._count(more)

        return read
