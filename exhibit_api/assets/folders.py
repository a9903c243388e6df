"""Folders for jobs under way: one for each, locked while its worker lives, gone when the job ends.

A lock file stands beside each folder. The kernel lets go of it when the process dies, however it dies: so whoever can lock it
knows that nobody needs the folder any more. Children of the worker do not inherit the lock.
"""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from exhibit_api.errors import StoreFull

LOCK = ".lock"
OURS = re.compile(r"(gate|process|repair|check|picture)(-[0-9a-f]{12})?-[0-9a-f]{16}\.lock")
"""The names of lock files that are made here: the folder may be one that others use too."""

log = structlog.get_logger()


@contextmanager
def job_folder(root: Path, name: str) -> Iterator[Path]:
    """A new, empty folder below `root`, as an absolute path; removed with all that is in it.

    `name` is for people: the kind of work, and the first 12 digits of a SHA-256 where it is about an asset.

    Raises StoreFull where it cannot be made.
    """
    folder = root.resolve() / f"{name}-{secrets.token_hex(8)}"
    lock = _locked_file(folder.with_name(folder.name + LOCK))
    try:
        folder.mkdir()
        yield folder
    finally:
        _remove(folder)
        os.close(lock)


def sweep(root: Path) -> int:
    """Remove the folders whose workers died; how many there were. What is not named as ours is left alone."""
    swept = 0
    for file in sorted(root.glob(f"*{LOCK}")):
        if OURS.fullmatch(file.name):
            try:
                swept += _swept(file)
            except (FileNotFoundError, BlockingIOError):  # its worker, or another sweep, was faster, or lives
                continue
            except OSError as error:
                log.warning("a lock file of a job cannot be used, and is passed over", file=file.name, error=str(error))
    return swept


def _swept(file: Path) -> bool:
    lock = os.open(file, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(file.with_name(file.name.removesuffix(LOCK)))
    finally:
        os.close(lock)
    return True


def _locked_file(file: Path) -> int:
    """The descriptor of a new lock file that is locked. A sweep may remove it before that; then another is made."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        while True:
            lock = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _is_still(file, lock):
                return lock
            os.close(lock)
    except OSError as error:
        raise StoreFull(f"the folder for work {file.parent} cannot be used: {error.strerror}") from error


def _is_still(file: Path, lock: int) -> bool:
    try:
        return os.path.samestat(file.stat(), os.fstat(lock))
    except FileNotFoundError:
        return False


def _remove(folder: Path) -> None:
    """The folder first, then its lock file: what is cut off between the two is swept again."""
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.with_name(folder.name + LOCK).unlink(missing_ok=True)
    except OSError as error:
        log.warning("a folder of a job could not be removed; the next start tries again", error=str(error))
