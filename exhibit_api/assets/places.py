"""Where one job is done: its folder, and the word to stop that its tools listen to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from exhibit_api.assets.folders import job_folder
from exhibit_api.jobs.work import Work
from exhibit_api.web.site import Site

SHOWN_OF_A_KEY = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for one job alone; `stopping` says whether its tools should end at once."""

    folder: Path
    stopping: Callable[[], bool]


@contextmanager
def place_for(site: Site, work: Work) -> Iterator[Place]:
    """A place for the job, until the block ends."""
    stop = threading.Event()
    take_off = work.on_stop(stop.set)
    try:
        with job_folder(site.settings.workshop, f"{work.claim.kind}-{work.key[:SHOWN_OF_A_KEY]}") as folder:
            yield Place(folder, stop.is_set)
    finally:
        take_off()
