"""The files that lie in a zip beside a spreadsheet, or with it. All of its list is checked before anything is unpacked."""

import io
import re
import stat
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipInfo

from exhibit_api.errors import Rejected
from exhibit_api.gltf.fields import shown
from exhibit_api.importing.directory import AGAIN, name_of, opened
from exhibit_api.importing.names import composed, is_litter, missing

LONGEST_NAME = 299  # characters
# Deflate packs 1,032 bytes into one at the very most, and only if all are the same.
MOST_RATIO = 1_000
SMALL = 8 << 20  # bytes that may be packed as tightly as they like
BUFFER = 256 << 10  # bytes
ENCRYPTED = 0x1 | 0x40 | 0x2000  # general purpose bits (APPNOTE.TXT 6.3.10, section 4.4.4)
METHODS = {9: "Deflate64, as Windows does with files above 2 GB", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ"}
OFFICE = "[Content_Types].xml"  # ECMA-376, part 2: every such document has it
DRIVE = re.compile("[A-Za-z]:")


class Archive:
    """The regular files of a zip. Where one folder holds them all, names begin below it, and with it will do as well."""

    def __init__(self, file: Path | BinaryIO, *, most_bytes: int, most_files: int) -> None:
        """Open a zip that unpacks to at most so many bytes and has at most so many entries. Raises Rejected.

        A file that is given open has to be seekable, and is left open.
        """
        self.own: BinaryIO | None = None
        if isinstance(file, Path):
            try:
                file = self.own = file.open("rb")
            except OSError as error:
                raise Rejected(f'"{shown(file.name)}" cannot be read: {error.strerror}') from error
        try:
            self.zip = opened(file, most_files)
            entries = read_entries(self.zip.infolist())
            check_sizes(entries, most_bytes)
        except BaseException:
            self.close()
            raise
        self.top = top_of(entries)
        self.entries = {name.removeprefix(self.top): info for name, info in entries.items()}
        self.names = frozenset(self.entries)

    def size(self, name: str) -> int:
        """Bytes of a file, as the zip says, and more are never read. Raises NotFound with the name that was meant."""
        return self.found(name)[1].file_size

    def open(self, name: str) -> BinaryIO:
        """A stream of a file's bytes, which cannot seek.

        Raises as `size`. Rejected comes while it is read, where the bytes are broken or fewer than the zip says.
        """
        name, info = self.found(name)
        try:
            return io.BufferedReader(Entry(name, info, self.zip.open(info)), BUFFER)
        except (BadZipFile, NotImplementedError, ValueError, OSError) as error:  # what its own header says
            raise broken(name, error) from error

    def found(self, name: str) -> tuple[str, ZipInfo]:
        name = composed(name)
        for known in (name, name.removeprefix(self.top)):
            if known in self.entries:
                return known, self.entries[known]
        raise missing(name, self.names, "the zip")

    def close(self) -> None:
        if self.own is not None:
            self.own.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class Entry(io.RawIOBase):
    """The unpacked bytes of an entry: as many as the zip says, or Rejected."""

    def __init__(self, name: str, info: ZipInfo, stream: IO[bytes]) -> None:
        self.name, self.stream = name, stream
        self.size = self.left = info.file_size

    def readable(self) -> bool:
        return True

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self.stream.read(len(room))
        except (BadZipFile, EOFError, OSError, zlib.error) as error:
            raise broken(self.name, error) from error
        self.left -= len(piece)
        if self.left < 0 or (self.left and not piece):
            there = self.size - self.left
            raise Rejected(f'"{shown(self.name)}" has {there} bytes in the zip, which says {self.size}: {AGAIN}')
        room[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self.stream.close()
        super().close()


def read_entries(infos: list[ZipInfo]) -> dict[str, ZipInfo]:
    """The regular files by their names. Rejected names the first entry that is not taken."""
    found: dict[str, ZipInfo] = {}
    folded: dict[str, str] = {}
    for info in infos:
        name, is_folder = checked_name(name_of(info))
        if is_folder or is_litter(name):
            continue
        check_entry(name, info)
        other = folded.setdefault(composed(name.casefold()), name)
        if name in found or other != name:
            what = f'"{shown(name)}" is in the zip twice' + (f', also as "{shown(other)}"' if other != name else "")
            raise Rejected(f"{what}: keep one of the two, or rename it")
        found[name] = info
    if OFFICE in found:
        raise Rejected(
            "this is a document of Office, as a spreadsheet (.xlsx) is; make a zip with it and the models in it"
        )
    if not found:
        raise Rejected("the zip holds no files: put the models into it")
    return found


def checked_name(text: str) -> tuple[str, bool]:
    """An entry's name as a relative POSIX path, and whether it is a folder's. Rejected where it leads elsewhere."""
    if len(text) > LONGEST_NAME:
        raise Rejected(
            f'"{shown(text)}" has a name of {len(text)} characters; at most {LONGEST_NAME} are taken: rename it'
        )
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        raise Rejected(f'"{shown(text)}" holds control characters in its name: rename it and make the zip again')
    path = composed(text.replace("\\", "/"))  # Windows programs write folders so
    if path.startswith("/") or DRIVE.match(path):
        raise Rejected(f'"{shown(text)}" is an absolute path; make the zip again with relative ones')
    steps = [step for step in path.split("/") if step not in ("", ".")]
    if ".." in steps:
        raise Rejected(f'"{shown(text)}" leads out of the zip (".."): make it again without such a path')
    return "/".join(steps), path.endswith("/") or not steps


def check_entry(name: str, info: ZipInfo) -> None:
    """Rejected where the entry is no plain file that can be unpacked here."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise Rejected(f'"{shown(name)}" is a symbolic link in the zip: put the file itself there')
    if kind not in (0, stat.S_IFREG):
        raise Rejected(f'"{shown(name)}" is no file in the zip (a device, a pipe or a socket): take it out')
    if info.flag_bits & ENCRYPTED:
        raise Rejected(f'"{shown(name)}" is encrypted in the zip: make it again without a password')
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        method = METHODS.get(info.compress_type, "an unusual method")
        what = f"is packed by method {info.compress_type} ({method}), which is not taken"
        raise Rejected(f'"{shown(name)}" {what}: make the zip with Deflate, or without compression')
    if info.file_size > SMALL and info.file_size > MOST_RATIO * info.compress_size:
        what = f"unpacks {info.compress_size} bytes to {info.file_size}, more than {MOST_RATIO} to 1, as in a zip bomb"
        raise Rejected(f'"{shown(name)}" {what}: take it out, or store it without compression')


def check_sizes(entries: dict[str, ZipInfo], most_bytes: int) -> None:
    """Rejected where it is too much in all."""
    total = sum(info.file_size for info in entries.values())
    if total > most_bytes:
        largest = max(entries, key=lambda name: entries[name].file_size)
        what = f'the zip unpacks to {total} bytes; at most {most_bytes} are taken (the largest is "{shown(largest)}" of'
        raise Rejected(f"{what} {entries[largest].file_size}): divide it")
    packed = sum(info.compress_size for info in entries.values())
    if total > SMALL and total > MOST_RATIO * packed:
        raise Rejected(f"the zip unpacks {packed} bytes to {total}, more than {MOST_RATIO} to 1, as a zip bomb does")


def top_of(entries: dict[str, ZipInfo]) -> str:
    """The one folder that holds everything, with its slash; nothing where there is none."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in entries}
    return f"{tops.pop()}/" if len(tops) == 1 and "" not in tops else ""


def broken(name: str, error: Exception) -> Rejected:
    return Rejected(f'"{shown(name)}" is broken in the zip ({error}): {AGAIN}')
