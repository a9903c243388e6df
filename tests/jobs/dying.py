"""Workers that are killed. `python -m tests.jobs.dying steps ADDRESS FOLDER COUNT` kills itself at the first step, then at the second, …

A step is a statement or a commit of the queue, or a mark in the handler. It prints each exit code, and begins the next one when a
line comes in. `python -m tests.jobs.dying work ADDRESS FOLDER` is a worker that says when it has begun a job, and then waits for ever.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, event

from exhibit_api.db import connect, sessions_of
from exhibit_api.jobs.worker import Work, Workers, run_due
from tests.jobs.ledger import write

Mark = Callable[..., None]


def carve_in(folder: Path, mark: Mark) -> Callable[[Work], None]:
    """A handler with steps: a file that is named by what it is made of, then a row."""

    def carve(work: Work) -> None:
        work.progress("cut", 0, 2)
        mark()
        part = folder / f"{work.key}.part{os.getpid()}"
        part.write_text(work.key)
        mark()
        part.rename(folder / work.key)
        mark()
        work.progress("polish", 1, 2)
        mark()
        with work.finishing() as session:
            mark()
            write(session, work)
            mark()

    return carve


def strike_at(step: int, engine: Engine) -> Mark:
    """Die at the k-th statement, commit or mark."""
    count = 0

    def mark(*_: object) -> None:
        nonlocal count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", mark)
    event.listen(engine, "commit", mark)
    return mark


def run(address: str, folder: Path, step: int) -> None:
    """Do all that is due, and die at the step."""
    engine = connect(address)
    run_due(sessions_of(engine), {"carve": carve_in(folder, strike_at(step, engine))})


def die_at_each(address: str, folder: Path, count: int) -> None:
    """One process after the other, each of which gets one step further."""
    for step in range(1, count):
        if os.fork() == 0:  # a process of its own for each step, without loading the program again
            run(address, folder, step)
            os._exit(0)
        _, status = os.wait()
        print(os.waitstatus_to_exitcode(status), flush=True)
        sys.stdin.readline()


def work_for_ever(address: str, folder: Path) -> None:
    """Take a job, keep its lease, and never end it."""

    def hold(work: Work) -> None:
        work.progress("cut", 0, 2)
        (folder / "begun").write_text(work.claim.owner)
        threading.Event().wait()

    Workers(sessions_of(connect(address)), {"carve": hold}, [frozenset({"carve"})], lease=1.0, poll=0.02).start()
    sys.stdin.read()


if __name__ == "__main__":
    verb, place, directory, *more = sys.argv[1:]
    if verb == "steps":
        die_at_each(place, Path(directory), int(more[0]))
    else:
        work_for_ever(place, Path(directory))
