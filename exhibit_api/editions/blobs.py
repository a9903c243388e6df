"""Where the bytes of published blobs are: a file to send, or an address to send the visitor to.

What was found is remembered for a while, so that a blob in use asks the store once in a while and not at each request.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from exhibit_api.editions.addresses import Place, digest_in
from exhibit_api.editions.published import FROZEN, OPEN
from exhibit_api.storage.base import ObjectStore
from exhibit_api.storage.media_types import BY_SUFFIX, UNKNOWN
from exhibit_api.web.files import Stored

MOST_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A blob that the store or a CDN sends by itself, from `address`.

    `answers_head`: whether the address answers HEAD too; one that is signed for GET does not.
    """

    stored: Stored
    address: str
    cache_control: bytes
    answers_head: bool


class Blobs:
    """The blobs below `public/blobs/`. `locate` may wait for the store, `located` never does."""

    def __init__(
        self,
        store: ObjectStore,
        public_base_url: str | None,
        presigned_seconds: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._base = public_base_url.rstrip("/") if public_base_url else None
        self._seconds = presigned_seconds
        self._clock = clock
        self._found: OrderedDict[str, tuple[Stored | Elsewhere, float]] = OrderedDict()
        self._lock = Lock()

    def located(self, place: Place) -> Stored | Elsewhere | None:
        """What was found before and still holds."""
        found = self._found.get(place.name)
        return found[0] if found is not None and self._clock() < found[1] else None

    def locate(self, place: Place) -> Stored | Elsewhere:
        """Look the blob up in the store. Raises NoSuchObject, or StoreError where the store has trouble."""
        size = self._store.stat(place.key).size
        path = self._store.path(place.key)
        stored = _stored(place, size, None if path is None else str(path))
        found: Stored | Elsewhere = stored
        if path is None and self._base is not None:
            kept = b"public, max-age=%d" % (self._seconds // 4)
            found = Elsewhere(stored, f"{self._base}/{place.folder}/{place.name}", kept, answers_head=True)
        elif path is None and (address := self._store.presign(place.key, self._seconds)) is not None:
            # Given out for half of its life, and kept by browsers for a quarter: it never ends in a visitor's hands.
            kept = b"private, max-age=%d" % (self._seconds // 4)
            found = Elsewhere(stored, address, kept, answers_head=False)
        self._remember(place.name, found, self._clock() + self._seconds / 2)
        return found

    def forget(self, place: Place) -> None:
        """Look again next time."""
        with self._lock:
            self._found.pop(place.name, None)

    def _remember(self, name: str, found: Stored | Elsewhere, until: float) -> None:
        with self._lock:
            self._found[name] = found, until
            while len(self._found) > MOST_REMEMBERED:
                self._found.popitem(last=False)


def _stored(place: Place, size: int, path: str | None) -> Stored:
    etag = f'"{digest_in(place.name)}"'.encode()
    media_type = BY_SUFFIX.get(place.name.rpartition(".")[2], UNKNOWN).encode()
    return Stored(place.key, size, media_type, etag, ((b"etag", etag), (b"cache-control", FROZEN), *OPEN), path)
