"""Addresses of parts, many at a time, for a question costs the service what thirty of them do."""

import time
from threading import Lock

from exhibit_api.sending.begun import OpenUpload
from exhibit_api.sending.remote import Service

AT_ONCE = 32
"""As many as the service signs."""
LONGEST_SECONDS = 300.0
"""An address is in stock no longer than this: the service is to hear of us from time to time."""
FRESH = 0.5
"""Of the time for which an address holds, as long as it is used: it has to be good yet when the part begins."""


class Addresses:
    """Of the parts of one upload. May be used from several threads."""

    def __init__(self, service: Service, upload: OpenUpload) -> None:
        self._service = service
        self._upload = upload
        self._lock = Lock()
        self._stock: dict[int, tuple[str, float]] = {}

    def of(self, number: int) -> str:
        """An address of the part, used by nobody yet. Raises Refused, Unreachable, Stopped."""
        with self._lock:
            url, until = self._stock.pop(number, ("", 0.0))
            if time.monotonic() < until:
                return url
            asked = time.monotonic()
            told = self._service.ask("GET", self._upload.at(f"/{number}") + f"&parts={AT_ONCE}")
            until = asked + min(FRESH * told.get("expires", 0), LONGEST_SECONDS)
            for following, url in enumerate(told.get("urls", ()), number + 1):
                self._stock[following] = (url, until)
            return str(told["url"])
