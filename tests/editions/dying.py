"""A publisher that dies: `python -m tests.editions.dying VERB DATA STEPS` kills itself at the first step, then at the second, …

It prints each exit code, and begins the next one when a line comes in.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from exhibit_api.accounts.roles import COMMAND_LINE
from exhibit_api.editions import publish
from exhibit_api.instance import open_site
from exhibit_api.settings import Settings
from exhibit_api.storage.base import ObjectStore


class Counted:
    """A store that does something else before its k-th operation."""

    def __init__(self, store: ObjectStore, at: int, strike: Callable[[], None]) -> None:
        self._store, self.at, self._strike = store, at, strike
        self.count = 0

    def __getattr__(self, name: str) -> Any:
        verb = getattr(self._store, name)

        def counted(*arguments: Any) -> Any:
            self.count += 1
            if self.count == self.at:
                self._strike()
            return verb(*arguments)

        return counted


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def run(verb: str, data: Path, step: int) -> None:
    """Publish or withdraw the hall "suzhou", and die at the step."""
    site = open_site(Settings(data=data))
    store: Any = Counted(site.store, step, die)
    if verb == "publish":
        publish.publish(site.sessions, store, COMMAND_LINE, "suzhou", required_languages=("en",))
    else:
        publish.withdraw(site.sessions, store, COMMAND_LINE, "suzhou")


def main(verb: str, data: str, steps: str) -> None:
    import exhibit_api.halls.lint  # noqa: F401 - once for all, instead of in each

    for step in range(1, int(steps)):
        if os.fork() == 0:  # a process of its own for each step, without loading the program again
            run(verb, Path(data), step)
            os._exit(0)
        _, status = os.wait()
        print(os.waitstatus_to_exitcode(status), flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
