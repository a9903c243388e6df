"""Objects as plain files under one folder: the embedded default, and what a static web server can serve as it is.

    <root>/public/…, <root>/vault/…   the objects: the key is the path
    <root>/@staging/…                 bytes on their way in
    <root>/@parts/…                   uploads in parts: see local_multipart
    <root>/@types/<key>               the media type of an object whose name does not tell it

"@" stands in no key, so no key leads into these folders of ours. Media types are kept in small files and not in
extended attributes because `cp -r`, `rsync -r`, zip and most backups carry files and drop attributes; they stand apart
from the objects because `public/` shows visitors everything that it holds.
"""

import errno
import itertools
import os
import secrets
import stat as modes
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Self

from exhibit_api.errors import StoreError
from exhibit_api.storage.base import KEY, ObjectStat, Page, checked
from exhibit_api.storage.files import CANNOT_COPY_IN_THE_KERNEL, no_such, reading, remove, rename, writing
from exhibit_api.storage.local_multipart import LocalMultipart
from exhibit_api.storage.media_types import UNKNOWN, told_by_name

CHUNK = 1 << 20


class LocalStore:
    """An ObjectStore in the folder `root`, made if missing. Symbolic links in it are neither listed nor followed."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._staging = self._root / "@staging"
        self._types = self._root / "@types"
        self.multipart = LocalMultipart(self, self._root / "@parts")
        with writing("the folder of the store"):
            self._staging.mkdir(parents=True, exist_ok=True)

    def put(self, key: str, data: bytes, media_type: str) -> None:
        self._file(key)
        with self.stage() as staged:
            staged.write(data)
            staged.keep(key, media_type)

    def stage(self) -> "LocalStaged":
        with writing("a new object"):
            return LocalStaged(self, self._staging / secrets.token_hex(16))

    def stat(self, key: str) -> ObjectStat:
        with reading(key):
            found = self._file(key).stat()
        if not modes.S_ISREG(found.st_mode):
            raise no_such(key)
        return ObjectStat(key, found.st_size, self._noted_type(key) or told_by_name(key) or UNKNOWN, found.st_mtime)

    def read(self, key: str) -> bytes:
        with self.open(key) as file, reading(key):
            return file.read()

    def stream(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        chunks = self._chunks(key, start, length)
        next(
            chunks
        )  # goes as far as the open file: what is missing is an error here, and the file is closed in any case
        return chunks

    def open(self, key: str) -> BinaryIO:
        with reading(key):
            return self._file(key).open("rb")

    def copy(self, source: str, target: str) -> None:
        """Copy by the kernel: blocks are shared where the file system can (XFS, btrfs), else copied without Python.

        Not a hard link: whatever then touched the one file in place (a repair, `rsync --inplace`, chmod) would touch
        both, and what is published must not change with what is in the vault.
        """
        self._file(target)
        found = self.stat(source)
        with self.open(source) as file, self.stage() as staged:
            staged.fill(file)
            staged.keep(target, found.media_type)

    def move(self, source: str, target: str) -> None:
        self._file(target)
        found = self.stat(source)
        with writing(repr(target), but=(errno.ENOENT,)), reading(source):
            self._place(self._file(source), target, found.media_type)
        self.delete(source)

    def delete(self, key: str) -> None:
        file = self._file(key)
        with writing(repr(key)):
            remove(
                self._types / key
            )  # first: cut off here, the object is still found and removed later, a note alone never
            remove(file)

    def list(self, prefix: str, after: str | None = None, limit: int = 1000) -> Page:
        checked(f"{prefix}x")  # a beginning of a key needs only something behind it to be one
        with reading(prefix):
            keys = tuple(itertools.islice(self._keys("", prefix, after or ""), limit + 1))
        return Page(keys[:limit], keys[limit - 1] if len(keys) > limit else None)

    def path(self, key: str) -> Path:
        return self._file(key)

    def presign(self, key: str, seconds: int) -> None:
        checked(key)

    def check(self) -> None:
        probe = self._staging / secrets.token_hex(16)
        with writing("a probe"):
            probe.touch(exist_ok=False)
            probe.unlink()

    def close(self) -> None:
        return None

    def left_staged(self, older_than_seconds: float) -> tuple[str, ...]:
        """What interrupted uploads left, if nobody wrote to it for so long."""
        latest = time.time() - older_than_seconds
        found = []
        with writing("the staging folder"):
            for file in sorted(self._staging.iterdir()):
                with suppress(FileNotFoundError):  # kept or discarded meanwhile
                    if file.stat().st_mtime <= latest:
                        found.append(str(file.relative_to(self._root)))
        return tuple(found)

    def sweep_staging(self, older_than_seconds: float) -> int:
        """Remove what interrupted uploads left, if nobody wrote to it for so long. Returns how many files."""
        removed = 0
        with writing("the staging folder"):
            for name in self.left_staged(older_than_seconds):
                with suppress(FileNotFoundError):
                    (self._root / name).unlink()
                    removed += 1
        return removed

    def _file(self, key: str) -> Path:
        file = self._root / checked(key)
        if file.resolve() != file:
            raise StoreError(f"{key!r} leads through a symbolic link, which the store does not follow")
        return file

    def _keys(self, folder: str, prefix: str, after: str) -> Iterator[str]:
        """The keys below `folder` ("" or "a/b/") in code-point order, one folder at a time.

        A folder sorts as its name with the slash, so that "a.b" comes before "a/b" as it does among keys.
        """
        try:
            with os.scandir(self._root / folder) as entries:
                names = sorted(
                    f"{folder}{entry.name}{'/' if entry.is_dir(follow_symlinks=False) else ''}"
                    for entry in entries
                    if KEY.fullmatch(entry.name) and not entry.is_symlink()
                )
        except (FileNotFoundError, NotADirectoryError):
            return
        for name in names:
            if not name.startswith(prefix[: len(name)]):
                continue
            if name.endswith("/"):
                if name >= after[: len(name)]:
                    yield from self._keys(name, prefix, after)
            elif name > after and name.startswith(prefix):
                yield name

    def _chunks(self, key: str, start: int, length: int | None) -> Iterator[bytes]:
        with self.open(key) as file:
            yield b""
            file.seek(start)
            left = length
            while chunk := file.read(CHUNK if left is None else min(CHUNK, left)):
                left = None if left is None else left - len(chunk)
                yield chunk

    def _noted_type(self, key: str) -> str | None:
        try:
            return (self._types / key).read_text("ascii")
        except OSError:
            return None

    def _place(self, staged: Path, key: str, media_type: str) -> None:
        """Move a whole, synced file to its key. A type that the name does not tell is noted before it is seen."""
        if media_type != (self._noted_type(key) or told_by_name(key) or UNKNOWN):
            note = self._staging / f"{secrets.token_hex(16)}.type"
            try:
                with note.open("xb") as file:
                    file.write(media_type.encode("ascii"))
                    file.flush()
                    os.fsync(file.fileno())
                rename(note, self._types / key)
            finally:
                note.unlink(missing_ok=True)
        rename(staged, self._root / key)


class LocalStaged:
    """A file in the staging folder. After an error it is gone, and can no longer be kept."""

    def __init__(self, store: LocalStore, path: Path) -> None:
        self._store = store
        self._path = path
        # Not `tempfile`, whose files nobody else may read: a web server of another user serves `public/`.
        self._file = path.open("xb", buffering=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._discard()

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        self._require_open()
        rest = memoryview(chunk).cast("B")
        with self._or_discard("the new object"):
            while rest:
                rest = rest[self._file.write(rest) :]

    def fill(self, source: BinaryIO) -> None:
        """Append all of an open file, by the kernel where it can."""
        if sys.platform == "linux":
            try:
                with self._or_discard("the copy", but=CANNOT_COPY_IN_THE_KERNEL):
                    while os.copy_file_range(source.fileno(), self._file.fileno(), 1 << 30):
                        pass
            except OSError:
                pass  # another file system behind a mount: read on from where the kernel stopped
        while chunk := source.read(CHUNK):
            self.write(chunk)

    def reader(self) -> BinaryIO:
        with writing("the new object"):
            return self._path.open("rb")

    def keep(self, key: str, media_type: str) -> None:
        self._store._file(key)
        self._require_open()
        with self._or_discard(repr(key)):
            os.fsync(self._file.fileno())
            self._store._place(self._path, key, media_type)
        self._file.close()

    def _require_open(self) -> None:
        if self._file.closed:
            raise StoreError("the new object was kept or discarded before")

    @contextmanager
    def _or_discard(self, what: str, but: tuple[int, ...] = ()) -> Iterator[None]:
        try:
            with writing(what, but):
                yield
        except StoreError:
            self._discard()
            raise

    def _discard(self) -> None:
        with suppress(OSError):
            self._file.close()
            self._path.unlink(missing_ok=True)
