"""The demo exhibition for the browser's tests: made once, with all that a device may be given for one of its models."""

import fcntl
import getpass
import hashlib
import shutil
import tempfile
import time
from pathlib import Path

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
from exhibit_api.settings import Settings
from exhibit_api.web.site import Site

LIGHT_HALL = "shanghai"
LIGHT = "welding-robot"
"""The exhibit of that hall with variants, levels of detail and posters; the others are published with their masters alone."""


ROOT = Path(__file__).parents[2]
MADE_OF = ("assets", "manifests", "exhibit_api", "web/pipeline")
UNSEEN = ("viewer", "toolbox", "__pycache__", "node_modules", "server.py", "app.py", "cli.py")
"""What does not change the demonstration's data."""
KEPT_SECONDS = 86_400


def demonstration() -> Path:
    """A data folder with the demo exhibition. It is kept among the machine's temporary files for as long as its sources are the same.

    Whoever comes first makes it, which takes a minute; the others wait.
    """
    shared = Path(tempfile.gettempdir(), f"exhibit-demonstration-{getpass.getuser()}")
    shared.mkdir(mode=0o700, exist_ok=True)
    made = shared / _digest()
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in shared.glob("*/"):
                if time.time() - old.stat().st_mtime > KEPT_SECONDS:
                    shutil.rmtree(old)
            making = shared / "making"
            shutil.rmtree(making, ignore_errors=True)
            _make(making)
            making.rename(made)
    return made


def _digest() -> str:
    files = sorted(
        file
        for folder in MADE_OF
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and not set(file.relative_to(ROOT).parts) & set(UNSEEN)
    )
    digest = hashlib.sha256()
    for file in [*files, Path(__file__)]:
        digest.update(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(ROOT)}\n".encode())
    return digest.hexdigest()[:32]


def copy_of(made: Path, to: Path) -> Path:
    """A copy of the data folder that can be changed; its files are shared until they are replaced."""
    shutil.copytree(made, to, copy_function=_link)
    for database in made.glob("*.sqlite3*"):
        (to / database.name).unlink()
        shutil.copyfile(database, to / database.name)
    return to


def _link(source: str, to: str) -> None:
    Path(to).hardlink_to(source)


def _make(data: Path) -> None:
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
    run_due(site.sessions, handlers(site))
    with transaction(site.sessions, reads_only=True) as session:
        assert variants_of(session, [wanted]).keys() == {wanted}
