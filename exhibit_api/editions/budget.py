"""What is kept in memory for as long as a budget of bytes allows: the least recently used goes first."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Keep(Generic[Value]):
    """Values with a size and an owner, by key; safe for threads."""

    def __init__(self, budget_bytes: int) -> None:
        self._budget = budget_bytes
        self._kept: OrderedDict[str, tuple[Value, int, str | None]] = OrderedDict()
        self._lock = Lock()
        self._bytes = 0
        self._age = 0

    @property
    def bytes(self) -> int:
        """Bytes in use, at most the budget."""
        return self._bytes

    @property
    def age(self) -> int:
        """Changes with every `drop`. Read it before a value is fetched and give it to `put`."""
        return self._age

    def get(self, key: str) -> Value | None:
        """The value, which is then the last to go."""
        with self._lock:
            if (found := self._kept.get(key)) is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: str, value: Value, size: int, *, age: int, owner: str | None = None) -> None:
        """Keep the value, unless it is too large or something was dropped since `age`: it may be out of date."""
        with self._lock:
            if age != self._age or size > self._budget:
                return
            self._remove(key)
            self._kept[key] = value, size, owner
            self._bytes += size
            while self._bytes > self._budget:
                self._remove(next(iter(self._kept)))

    def drop(self, owner: str | None = None) -> None:
        """Forget all that belongs to the owner, or all."""
        with self._lock:
            self._age += 1
            for key in [key for key, (_, _, whose) in self._kept.items() if owner in (None, whose)]:
                self._remove(key)

    def _remove(self, key: str) -> None:
        if (found := self._kept.pop(key, None)) is not None:
            self._bytes -= found[1]
