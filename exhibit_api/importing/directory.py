"""The list of contents of a zip, counted and checked before anything is unpacked (APPNOTE.TXT 6.3.10, section 4.3).

`zipfile` reads the list as a whole and believes it. What the list costs in memory is bounded here before, and where the
entries really lie is looked at after: entries that share their bytes unpack to petabytes (David Fifield, "A better zip
bomb", WOOT 2019).
"""

import struct
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from exhibit_api.errors import Rejected
from exhibit_api.gltf.fields import shown
from exhibit_api.importing.names import decoded

END, END_SIZE = b"PK\5\6", 22
END_64, END_64_SIZE = b"PK\6\6", 56
LOCATOR_64, LOCATOR_64_SIZE = b"PK\6\7", 20
RECORD, RECORD_SIZE = b"PK\1\2", 46
LONGEST_RECORD = 1_024  # bytes of an entry in the list, on average
LOCAL, LOCAL_SIZE = b"PK\3\4", 30
LONGEST_COMMENT = 65_535  # bytes
UTF_8 = 0x800
UNICODE_PATH = 0x7075  # the extra field of Info-ZIP, which WinRAR writes (section 4.6.9)
AGAIN = "make the zip again, or upload it again"

OTHERS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"Rar!", "a RAR archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x1f\x8b", "a gzip archive (.gz, .tgz)"),
    (0, b"BZh", "a bzip2 archive (.bz2)"),
    (0, b"\xfd7zXZ\0", "an xz archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive (.zst)"),
    (0, b"MZ", "a program; archives that unpack themselves are not taken"),
    (0, b"glTF", "a GLB"),
)


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the list of contents lies, in bytes."""

    start: int
    end: int


def opened(file: BinaryIO, most_files: int) -> ZipFile:
    """The zip in a seekable file, of at most so many entries, none of which shares bytes with another. Raises Rejected."""
    size = file.seek(0, 2)
    check_start(file, size)
    directory = find(file, size)
    count(file, directory, most_files)
    try:
        found = ZipFile(file)
    except (BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, struct.error) as error:
        raise Rejected(f"the list of contents of the zip cannot be read ({error}): {AGAIN}") from error
    check_apart(file, found, directory)
    return found


def check_start(file: BinaryIO, size: int) -> None:
    """Rejected where the file is no zip, with what it is."""
    if size == 0:
        raise Rejected("the file is empty: 0 bytes; a zip is due")
    head = read_at(file, 0, 512)
    if head.startswith((LOCAL, END)):
        return
    if head.startswith((b"PK\7\x08", b"PK00")):
        raise Rejected("this is one part of a zip in several parts: make one zip of it")
    for at, magic, kind in OTHERS:
        if head.startswith(magic, at):
            raise Rejected(f"this is no zip, but {kind}: unpack it and make a zip of the files")
    raise Rejected(f"this is no zip: it starts with {head[:4]!r}; make a zip of the files")


def find(file: BinaryIO, size: int) -> Directory:
    """The place of the list by the record at the end, where `zipfile` looks for it."""
    before = max(0, size - END_SIZE - LONGEST_COMMENT)
    tail = read_at(file, before, size - before)
    at = len(tail) - END_SIZE
    if at < 0 or not (tail.startswith(END, at) and tail.endswith(b"\0\0")):
        at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        raise Rejected(
            f"the zip is truncated: it has {size} bytes, and the list of contents at its end is missing: {AGAIN}"
        )
    end = before + at
    disk, length = struct.unpack_from("<4xH6xI", tail, at)
    if end >= LOCATOR_64_SIZE + END_64_SIZE and read_at(file, end - LOCATOR_64_SIZE, 4) == LOCATOR_64:
        end -= LOCATOR_64_SIZE + END_64_SIZE
        record = read_at(file, end, END_64_SIZE)
        if not record.startswith(END_64):
            raise Rejected(f"the list of contents of the zip is broken: {AGAIN}")
        disk, length = struct.unpack_from("<16xI20xQ", record)
    if disk:
        raise Rejected(f"this is part {disk + 1} of a zip in several parts: make one zip of it")
    if length > end:
        raise Rejected(f"the zip is truncated: its list of contents has {length} bytes, {end} are there: {AGAIN}")
    return Directory(end - length, end)


def count(file: BinaryIO, directory: Directory, most: int) -> None:
    """Rejected where there are more entries; the number that the zip tells of itself may be a lie."""
    length, room = directory.end - directory.start, (most + 1) * LONGEST_RECORD
    if length > room:
        raise Rejected(f"the list of contents of the zip has {length} bytes; at most {room} are taken: divide it")
    at, found = directory.start, 0
    while at < directory.end:
        record = read_at(file, at, RECORD_SIZE)
        if len(record) < RECORD_SIZE or not record.startswith(RECORD):
            raise Rejected(f"the list of contents of the zip is broken after {found} entries: {AGAIN}")
        found += 1
        if found > most:
            raise Rejected(f"the zip has more than {most} entries: divide it")
        at += RECORD_SIZE + sum(struct.unpack_from("<HHH", record, 28))


def check_apart(file: BinaryIO, zip_: ZipFile, directory: Directory) -> None:
    """Rejected where two entries share bytes, or one lies where none can."""
    spans = sorted((info.header_offset, end_of(file, info), name_of(info)) for info in zip_.infolist())
    for (_, end, name), (start, _, other) in pairwise(spans):
        if end > start:
            raise Rejected(f'"{shown(name)}" and "{shown(other)}" share bytes in the zip, as in a zip bomb: {AGAIN}')
    if spans and max(end for _, end, _ in spans) > directory.start:
        raise Rejected(f'"{shown(spans[-1][2])}" reaches into the list of contents of the zip: {AGAIN}')


def end_of(file: BinaryIO, info: ZipInfo) -> int:
    """The byte behind an entry's packed bytes, by its own header."""
    local = read_at(file, info.header_offset, LOCAL_SIZE) if info.header_offset >= 0 else b""
    if len(local) < LOCAL_SIZE or not local.startswith(LOCAL):
        raise Rejected(f'"{shown(name_of(info))}" is not where the zip says (byte {info.header_offset}): {AGAIN}')
    name: int
    extra: int
    name, extra = struct.unpack_from("<HH", local, 26)
    return info.header_offset + LOCAL_SIZE + name + extra + info.compress_size


def name_of(info: ZipInfo) -> str:
    """The whole name of an entry, of which `zipfile` leaves out what follows a NUL, in the letters that were meant."""
    name = info.orig_filename
    if info.flag_bits & UTF_8:
        return name
    raw = name.encode("cp437")  # as `zipfile` read it: every byte has its letter there
    return unicode_path(info.extra, raw) or decoded(raw)


def unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in UTF-8 that WinRAR puts beside one of the country's alphabet, if it is of this name."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + length]
        if kind == UNICODE_PATH and len(field) > 5 and struct.unpack_from("<BI", field) == (1, zlib.crc32(raw)):
            try:
                return field[5:].decode()
            except UnicodeDecodeError:
                return None
        at += 4 + length
    return None


def read_at(file: BinaryIO, offset: int, length: int) -> bytes:
    """At most `length` bytes from an offset."""
    file.seek(offset)
    return file.read(length)
