"""The files that lie in a folder on disk beside a spreadsheet. No link is followed out of it."""

import os
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from exhibit_api.errors import NotFound, Rejected
from exhibit_api.gltf.fields import shown
from exhibit_api.importing.names import composed, decoded, is_litter, missing

MOST_FILES = 20_000
# A pipe that took a file's place would be waited for without end; Windows has neither flag, and other text files.
HOW = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

KINDS = {
    stat.S_IFLNK: "a symbolic link: put the file itself there",
    stat.S_IFIFO: "a pipe, no file",
    stat.S_IFSOCK: "a socket, no file",
    stat.S_IFCHR: "a device, no file",
    stat.S_IFBLK: "a device, no file",
}


class Folder:
    """The regular files of a folder and its folders, as they were when it was looked at; hidden ones are passed over.

    What is there and is no regular file is refused once it is asked for, by its name.
    """

    def __init__(self, path: Path, *, most_files: int = MOST_FILES) -> None:
        """Raises NotFound where there is no such folder, Rejected where it cannot be read or has too many files."""
        self.root = path
        self.files: dict[str, tuple[Path, os.stat_result]] = {}
        self.refused: dict[str, str] = {}
        for name, entry in walk(path, self.refused, most_files):
            self.add(name, entry)
        self.names = frozenset(self.files)

    def add(self, name: str, entry: os.DirEntry[str]) -> None:
        try:
            found = os.lstat(entry.path)  # what DirEntry.stat() tells on Windows lacks the file's number
        except OSError as error:
            self.refused[name] = f"not to be read: {reason(error)}"
            return
        if not stat.S_ISREG(found.st_mode):
            self.refused[name] = KINDS.get(stat.S_IFMT(found.st_mode), "no file")
        elif name in self.files:
            raise Rejected(f'"{shown(name)}" is there twice, in different forms of Unicode: rename one of the two')
        else:
            self.files[name] = (Path(entry.path), found)

    def size(self, name: str) -> int:
        """Bytes of a file. Raises NotFound, with the name that was probably meant, and Rejected for what is no file."""
        return self.found(name)[1].st_size

    def open(self, name: str) -> BinaryIO:
        """The file, from its beginning. Raises as `size`, and Rejected where it cannot be read or is another by now."""
        path, known = self.found(name)
        try:
            number = os.open(path, HOW)
        except OSError as error:
            raise Rejected(f'"{shown(name)}" cannot be read: {reason(error)}') from error
        file = os.fdopen(number, "rb")
        # A link that took the place of a folder on the way leads to another file.
        if not os.path.samestat(os.fstat(number), known):
            file.close()
            raise Rejected(f'"{shown(name)}" was replaced after the folder was looked at: begin again')
        return file

    def found(self, name: str) -> tuple[Path, os.stat_result]:
        name = composed(name)
        if name in self.files:
            return self.files[name]
        steps = name.split("/")
        for end in range(1, len(steps) + 1):
            if what := self.refused.get(way := "/".join(steps[:end])):
                raise Rejected(f'"{shown(way)}" is {what}')
        raise missing(name, self.names, f'the folder "{shown(self.root.name)}"')


def walk(root: Path, refused: dict[str, str], most: int) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All that is no folder, with its name. What folders cannot be read is noted in `refused`, save the root."""
    pending = [("", str(root))]
    left = most
    while pending:
        before, path = pending.pop()
        try:
            with os.scandir(path) as entries:
                found = sorted(islice(entries, left + 1), key=lambda entry: entry.name)
        except OSError as error:
            if not before:
                raise no_folder(root, error) from error
            refused[before.rstrip("/")] = f"a folder that cannot be read: {reason(error)}"
            continue
        left -= len(found)
        if left < 0:
            raise Rejected(f'the folder "{shown(root.name)}" has more than {most} files and folders: divide it')
        for entry in found:
            name = before + composed(decoded(os.fsencode(entry.name)))
            if is_litter(name):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append((name + "/", entry.path))
            else:
                yield name, entry


def no_folder(root: Path, error: OSError) -> NotFound | Rejected:
    name = shown(root.name)
    if isinstance(error, FileNotFoundError):
        return NotFound(f'there is no folder "{name}"')
    if isinstance(error, NotADirectoryError):
        return Rejected(f'"{name}" is no folder')
    return Rejected(f'the folder "{name}" cannot be read: {reason(error)}')


def reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
