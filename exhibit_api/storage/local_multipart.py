"""Uploads in parts as plain files: a folder for each, a file for each part.

    <root>/@parts/<upload>/<hundred>/<number>.<etag>    a part that has arrived; of two, what a crash left, the newer one
    <root>/@parts/<upload>/+<random>                    one on its way
    <root>/@parts/<upload>/whole                        what was joined so far

Joining appends part after part to the first one and removes what it has appended, so that a file of gigabytes never stands twice on
the disk. The sizes of all parts are given: where each one belongs is known also to whoever goes on after a crash.
"""

import errno
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from exhibit_api.errors import NoSuchObject, StoreError
from exhibit_api.storage.files import CANNOT_COPY_IN_THE_KERNEL, remove, sync_folder, writing
from exhibit_api.storage.multipart import Begun, Part

if TYPE_CHECKING:
    from exhibit_api.storage.local import LocalStore

CHUNK = 1 << 20
SYNC_BYTES = 256 << 20
"""As many bytes of parts stand twice on the disk at most, until the joined ones are surely there."""

UPLOAD = re.compile("[0-9a-f]{32}")
PART = re.compile(r"([1-9][0-9]{0,4})\.([0-9a-f]+)")
HUNDRED = re.compile("[0-9]{3}")
WHOLE = "whole"
TRIES = 5


class LocalMultipart:
    """Uploads in parts below `root`."""

    smallest_part = 1

    def __init__(self, store: "LocalStore", root: Path) -> None:
        self._store = store
        self._root = root

    def begin(self, key: str, media_type: str) -> str:
        self._store.path(key)
        upload = secrets.token_hex(16)
        with writing("a new upload"):
            self._root.mkdir(exist_ok=True)
            folder = self._root / upload
            folder.mkdir()
            (folder / "type").write_text(media_type, "ascii")
            sync_folder(folder)
            sync_folder(self._root)
        return upload

    def addresses(self, key: str, upload: str, lengths: Mapping[int, int | None], seconds: int) -> None:
        return None

    def take(self, upload: str, number: int) -> "LocalPart":
        return LocalPart(self._folder(upload), number)

    def parts(self, key: str, upload: str) -> list[Part]:
        found: list[Part] = []
        with self._looking(upload) as folder:
            for hundred in [one for one in folder.iterdir() if HUNDRED.fullmatch(one.name)]:
                found += _parts_in(hundred)
        return sorted(found)

    def join(self, key: str, upload: str, parts: Sequence[Part]) -> None:
        target = self._store.path(key)
        try:
            folder = self._folder(upload)
            with writing(repr(key), but=(errno.ENOENT, None)), _locked(folder):
                if not target.is_file():
                    whole = folder / WHOLE
                    _joined(folder, whole, parts)
                    self._store._place(whole, key, (folder / "type").read_text("ascii"))
        except (NoSuchObject, FileNotFoundError):
            if not target.is_file():  # else another one has just done it
                raise NoSuchObject(f"there is no upload {upload!r} with these parts") from None
        self.drop(key, upload)

    def drop(self, key: str, upload: str) -> None:
        with suppress(NoSuchObject):
            folder = self._folder(upload)
            with writing("the removal of an upload"):
                _remove(folder)

    def begun(self, prefix: str) -> Iterator[Begun]:
        if not self._root.is_dir():
            return
        for folder in sorted(self._root.iterdir()):
            if UPLOAD.fullmatch(folder.name):
                with suppress(FileNotFoundError):
                    yield Begun(None, folder.name, folder.stat().st_mtime)

    def _folder(self, upload: str) -> Path:
        """The folder of the upload. Raises NoSuchObject."""
        folder = self._root / upload
        if not UPLOAD.fullmatch(upload) or not folder.is_dir():
            raise NoSuchObject(f"there is no upload {upload[:40]!r}")
        return folder

    @contextmanager
    def _looking(self, upload: str) -> Iterator[Path]:
        try:
            yield self._folder(upload)
        except FileNotFoundError:
            raise NoSuchObject(f"there is no upload {upload[:40]!r}") from None


class LocalPart:
    """A part on its way into the folder of its upload."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder = folder
        self._number = number
        self._hundred = folder / _hundred(number)
        self._is_synced = False
        self._path = folder / f"+{secrets.token_hex(16)}"
        try:
            self._file = self._path.open("xb", buffering=0)
        except FileNotFoundError:
            raise NoSuchObject(f"there is no upload {folder.name!r}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        with suppress(OSError):
            self._file.close()
            self._path.unlink(missing_ok=True)

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        rest = memoryview(chunk).cast("B")
        self._is_synced = False
        with writing("the part"):
            while rest:
                rest = rest[self._file.write(rest) :]

    def sync(self) -> None:
        if not self._is_synced:
            with writing("the part"):
                os.fsync(self._file.fileno())
            self._is_synced = True

    @property
    def replaces(self) -> int:
        if not self._hundred.is_dir():
            return 0
        return next((part.size for part in _parts_in(self._hundred) if part.number == self._number), 0)

    def keep(self, etag: str) -> None:
        name = f"{self._number}.{etag}"
        if not PART.fullmatch(name):
            raise StoreError(f"{name[:80]!r} is no name of a part")
        self.sync()
        try:
            self._hundred.mkdir(exist_ok=True)
            os.utime(self._path)  # the newest is the part, whichever was begun first
            self._path.replace(self._hundred / name)
        except FileNotFoundError:
            raise NoSuchObject(f"there is no upload {self._folder.name!r}") from None
        with writing("the part"):
            for other in self._hundred.glob(f"{self._number}.*"):
                if other.name != name:
                    remove(other)
            sync_folder(self._hundred)
            sync_folder(self._folder)


def _joined(folder: Path, whole: Path, parts: Sequence[Part]) -> None:
    """Bring the parts into the file `whole`, each at its place. Raises FileNotFoundError where one is missing and was not joined before."""
    first = folder / _name(parts[0])
    if not whole.exists():
        first.rename(whole)
    with whole.open("r+b", buffering=0) as file:
        at, copied = 0, 0
        waiting: list[Path] = []
        for part in parts:
            source = folder / _name(part)
            if source.exists():
                _copy(source, file.fileno(), at)
                waiting.append(source)
                copied += part.size
            elif os.fstat(file.fileno()).st_size < at + part.size:
                raise FileNotFoundError(source)
            at += part.size
            if copied >= SYNC_BYTES:
                _forget(file.fileno(), waiting)
                copied = 0
        file.truncate(at)
        _forget(file.fileno(), waiting)


def _forget(target: int, parts: list[Path]) -> None:
    """Remove parts that have been copied, once the copies are on the disk."""
    os.fsync(target)
    for part in parts:
        remove(part)
    parts.clear()


def _copy(source: Path, target: int, at: int) -> None:
    """Copy a file to a place in another, by the kernel where it can."""
    with source.open("rb", buffering=0) as file:
        done, size = 0, os.fstat(file.fileno()).st_size
        try:
            while done < size:
                done += os.copy_file_range(file.fileno(), target, size - done, done, at + done)
        except (OSError, AttributeError) as error:
            if isinstance(error, OSError) and error.errno not in CANNOT_COPY_IN_THE_KERNEL:
                raise
            file.seek(done)
            while chunk := file.read(CHUNK):
                rest = memoryview(chunk)
                while rest:
                    written = os.pwrite(target, rest, at + done)
                    rest, done = rest[written:], done + written


def _name(part: Part) -> str:
    return f"{_hundred(part.number)}/{part.number}.{part.etag}"


def _hundred(number: int) -> str:
    """The folder of a part: with ten thousand in one, each new part would look through them all."""
    return f"{number // 100:03}"


def _parts_in(hundred: Path) -> list[Part]:
    newest: dict[int, tuple[int, Part]] = {}
    with os.scandir(hundred) as entries:
        for entry in entries:
            if told := PART.fullmatch(entry.name):
                with suppress(FileNotFoundError):  # replaced meanwhile
                    number, found = int(told[1]), entry.stat()
                    one = (found.st_mtime_ns, Part(number, found.st_size, told[2]))
                    newest[number] = max(newest.get(number, one), one)
    return [part for _, part in newest.values()]


def _remove(folder: Path) -> None:
    """Remove the folder of an upload. Parts on their way may come and go meanwhile."""

    def pass_over(_do: object, _path: str, raised: tuple[type[BaseException], BaseException, object]) -> None:
        if not isinstance(raised[1], FileNotFoundError):
            raise raised[1]

    for tries_left in reversed(range(TRIES)):
        try:
            shutil.rmtree(folder, onerror=pass_over)
        except OSError as error:
            if error.errno != errno.ENOTEMPTY or not tries_left:
                raise
        else:
            return


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Alone with the folder: whoever took the work over waits until the one before has ended or died."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
