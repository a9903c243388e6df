"""What plain files need to be objects: moves that outlive a power cut, and the system's errors in our words."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exhibit_api.errors import NoSuchObject, StoreError, StoreFull, StoreUnavailable

CANNOT_COPY_IN_THE_KERNEL = (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_SUCH = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG)
_NAME_TAKEN = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG)


def rename(source: Path, target: Path) -> None:
    """Move within the store, so that it outlives a power cut."""
    make_folder(target.parent)
    source.replace(target)
    sync_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Make `folder` and what leads to it, so that it outlives a power cut."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(file: Path) -> None:
    """Remove a file, if there is one of that name."""
    try:
        file.unlink()
    except OSError as error:
        if error.errno not in _NO_SUCH:
            raise


def no_such(key: str) -> NoSuchObject:
    """The error of every verb that asks for a key without an object."""
    return NoSuchObject(f"there is no object {key!r}")


@contextmanager
def reading(key: str) -> Iterator[None]:
    """Say what the system says of reading the object `key`."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SUCH:
            raise no_such(key) from error
        raise StoreUnavailable(f"{key!r} cannot be read: {error.strerror}") from error


@contextmanager
def writing(what: str, but: tuple[int | None, ...] = ()) -> Iterator[None]:
    """Say what the system says of a write; errors with a number in `but` pass as they are."""
    try:
        yield
    except OSError as error:
        if error.errno in but:
            raise
        if error.errno in _NO_ROOM:
            raise StoreFull(f"{what} cannot be stored: {error.strerror}") from error
        if error.errno in _NAME_TAKEN:
            raise StoreError(
                f"{what} cannot be stored: an object and a folder would have one name, or it is too long"
            ) from error
        raise StoreUnavailable(f"{what} cannot be stored: {error.strerror}") from error
