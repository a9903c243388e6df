"""A worker that receives uploads and does nothing else, so that its CPU time is that of this job: for `bench/large_uploads.py`."""

import signal
import threading
from functools import partial

from exhibit_api.assets.uploads.receive import receive
from exhibit_api.assets.uploads.send import RECEIVE
from exhibit_api.instance import close_site, open_site
from exhibit_api.jobs.worker import Workers
from exhibit_api.settings import Settings


def main() -> None:
    """Work until told to end. The settings are those of the environment."""
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    site = open_site(Settings())
    workers = Workers(site.sessions, {RECEIVE: partial(receive, site)}, [frozenset({RECEIVE})])
    workers.start()
    told.wait()
    workers.stop()
    close_site(site)


if __name__ == "__main__":
    main()
