"""Addresses of parts, several at a time: the sooner they are used, the more, for a question costs the service what ten of them do."""

import time
from threading import Lock

from exhibit_api.sending.remote import Service

FEWEST, MOST = 8, 32
"""At a time. The service signs no more than that."""
LONGEST_SECONDS = 300.0
"""An address is in stock no longer than this: the service is to hear of us from time to time."""
FRESH = 0.5
"""Of the time for which an address holds, as long as it is used: it has to be good yet when the part begins."""


class Addresses:
    """Of the parts of one upload. May be used from several threads."""

    def __init__(self, service: Service, upload: str, key: str) -> None:
        self._service = service
        self._at, self._key = upload, key
        self._lock = Lock()
        self._stock: dict[int, tuple[str, float]] = {}
        self._at_once = FEWEST

    def of(self, number: int) -> str:
        """An address of the part, used by nobody yet. Raises Refused, Unreachable, Stopped."""
        with self._lock:
            url, until = self._stock.pop(number, ("", 0.0))
            if time.monotonic() < until:
                return url
            asked = time.monotonic()
            told = self._service.ask("GET", f"{self._at}/{number}?key={self._key}&parts={self._at_once}")
            grew_old = bool(self._stock)
            self._at_once = FEWEST if grew_old else min(2 * self._at_once, MOST)
            until = asked + min(FRESH * told.get("expires", 0), LONGEST_SECONDS)
            for following, url in enumerate(told.get("urls", ()), number + 1):
                self._stock[following] = (url, until)
            return str(told["url"])
