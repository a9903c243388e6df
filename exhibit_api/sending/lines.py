"""How far an upload is, in lines: for the log of a CI, where a bar cannot be shown."""

import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.filesize import decimal

EVERY_SECONDS = 10.0
LINES = 10
"""Lines of a file at least, one for each tenth; and one after so many seconds in any case, also while nothing moves."""

Say = Callable[[str], None]


def to_stderr(line: str) -> None:
    """Print it, at once."""
    print(line, file=sys.stderr, flush=True)


class Lines:
    """Tells of one file, from a thread of its own too. `clock` gives seconds, and `say` takes each line."""

    def __init__(self, name: str, say: Say = to_stderr, clock: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._say, self._clock = say, clock
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._what = ""
        self._done = self._total = 0
        self._first, self._began = 0, clock()
        self._said, self._said_at = 0, clock()
        self._ticks = threading.Thread(target=self._tick, name="lines", daemon=True)

    def __enter__(self) -> Self:
        self._ticks.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._ticks.join()

    def __call__(self, what: str, done: int, total: int, *, in_bytes: bool) -> None:
        """So much of it is done. What is not counted in bytes has one line, as it begins."""
        with self._lock:
            is_new = what != self._what
            if is_new:
                self._what, self._first, self._began = what, done, self._clock()
            self._done, self._total = done, total
            if not in_bytes:
                self._total = 0
                if is_new:
                    self._say(f"{self._name}: {what}")
            elif is_new or self._tenths() > self._said:
                self._say_bytes()

    def _tick(self) -> None:
        while not self._over.wait(EVERY_SECONDS / 10):
            with self._lock:
                if self._total and self._done < self._total and self._clock() - self._said_at >= EVERY_SECONDS:
                    self._say_bytes()

    def _tenths(self) -> int:
        return LINES * self._done // max(self._total, 1)

    def _say_bytes(self) -> None:
        seconds, done = self._clock() - self._began, self._done - self._first
        line = f"{self._name}: {self._what} {decimal(self._done)} of {decimal(self._total)} ({self._done / max(self._total, 1):.0%})"
        if seconds > 0 and done > 0:
            speed = done / seconds
            line += f", {decimal(int(speed))}/s, {told_seconds((self._total - self._done) / speed)} left"
        self._say(line)
        self._said, self._said_at = self._tenths(), self._clock()


def told_seconds(seconds: float) -> str:
    """As people say it: "40 s", "3 min 20 s", "2 h 5 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
