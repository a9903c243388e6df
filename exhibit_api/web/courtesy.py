"""Visitors first: bodies that come in through us wait while many visitors are answered, for both have the same event loop."""

import time
from collections.abc import Callable

PRODUCT = 1e11
"""Answers to visitors a second, times bytes a second that are taken in beside them: 200 answers leave bodies 500 MB/s, which is no
bound at all, 2,000 leave them 50 MB/s."""

LEAST = 5e6
"""Bytes a second that bodies have together in any case."""

LOOK_SECONDS = 0.1
"""The rate of answers is taken over at least so long."""

LONGEST_WAIT = 10.0
"""No body stops for longer, or a proxy might take its sender for dead."""


class Courtesy:
    """Says how long bodies wait. `answered` tells how many visitors were answered so far; times are seconds of any steady clock."""

    def __init__(self, answered: Callable[[], int], clock: Callable[[], float] = time.monotonic) -> None:
        self._answered = answered
        self._clock = clock
        self._seen, self._looked = answered(), clock()
        self._rate = 0.0
        self._free = 0.0

    def wait_after(self, size: int) -> float:
        """Seconds to wait after so many bytes, before the same body is read on. All bodies stand in one line."""
        now = self._clock()
        if now - self._looked >= LOOK_SECONDS:
            seen = self._answered()
            self._rate = (seen - self._seen) / (now - self._looked)
            self._seen, self._looked = seen, now
        self._free = min(max(self._free, now) + size * min(self._rate / PRODUCT, 1 / LEAST), now + LONGEST_WAIT)
        return self._free - now
