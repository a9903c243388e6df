"""Makes the demonstration: `python -m tests.browser.make_demonstration FOLDER`. A process of its own, for it loads most of the product."""

import hashlib
import sys
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import delete

from exhibit_api.accounts.roles import COMMAND_LINE
from exhibit_api.assets.tables import variants_of
from exhibit_api.assets.work import handlers
from exhibit_api.db import transaction
from exhibit_api.demo.data import folder
from exhibit_api.demo.load import Demo, steps
from exhibit_api.editions.publish import publish
from exhibit_api.instance import close_site, open_site
from exhibit_api.jobs.tables import Job
from exhibit_api.jobs.worker import run_due
from exhibit_api.pipeline import posters
from exhibit_api.settings import Settings
from exhibit_api.web.site import Site

LIGHT_HALL = "shanghai"
LIGHT = "welding-robot"
"""The exhibit of that hall with variants, levels of detail and posters; the others are published with their masters alone."""

SMALLEST_POSTER = 512


def make(data: Path) -> None:
    site = open_site(Settings(data=data), migrating=True)
    try:
        for _ in steps(site, Demo(folder("assets"), folder("manifests")))[1]:
            pass
        _lighten(site)
        publish(site.sessions, site.store, COMMAND_LINE, LIGHT_HALL, required_languages=())
    finally:
        close_site(site)


def _lighten(site: Site) -> None:
    wanted = hashlib.sha256((folder("assets") / "models" / f"{LIGHT}.glb").read_bytes()).hexdigest()
    with transaction(site.sessions) as session:
        session.execute(delete(Job).where(Job.key != wanted))
    with pytest.MonkeyPatch.context() as patch:  # a picture of a quarter of the pixels takes a quarter of the time
        patch.setattr(posters, "draw", partial(posters.draw, sizes=(SMALLEST_POSTER,)))
        run_due(site.sessions, handlers(site))
    with transaction(site.sessions, reads_only=True) as session:
        assert variants_of(session, [wanted]).keys() == {wanted}


if __name__ == "__main__":
    make(Path(sys.argv[1]))
