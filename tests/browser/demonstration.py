"""The demo exhibition for the browser's tests: made once, with all that a device may be given for one of its models."""

import fcntl
import getpass
import hashlib
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
            subprocess.run(
                [sys.executable, "-m", "tests.browser.make_demonstration", str(making)], cwd=ROOT, check=True
            )
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
    for file in [*files, Path(__file__).with_name("make_demonstration.py")]:
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
