"""The files that lie beside a model or a spreadsheet, wherever they lie, and the name that was probably meant by a wrong one."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol

MODELS = frozenset((".glb", ".gltf"))
KINDS = (MODELS, frozenset((".png", ".jpg", ".jpeg", ".webp", ".avif", ".ktx2")), frozenset((".bin",)))
ALIKE = 0.75  # of 1: how much a name has to look like another to be offered
MOST_COMPARED = 500  # names: comparing letters takes some microseconds each, and a spreadsheet has many rows
LONGEST_COMPARED = 100  # characters


class Beside(Protocol):
    """A folder, or what is like one. Names are POSIX paths relative to its top, in Unicode's normal form C."""

    @property
    def names(self) -> frozenset[str]:
        """The regular files in it and in its folders."""
        ...

    def size(self, name: str) -> int:
        """Bytes of a file. Raises NotFound where it is not there, Rejected where it is there and is not taken."""
        ...

    def open(self, name: str) -> BinaryIO:
        """A stream of a file's bytes from its beginning, to be closed; it need not be able to seek.

        Raises as `size`; what is found to be broken while it is read raises Rejected then.
        """
        ...


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that was probably meant by `name`, which is not among them; None where none is like it.

    The same name in other letters (case, width, Unicode's form), else in another folder, else with another ending of
    its kind or with one where it has none, else the one whose letters are most alike.
    """
    if not name or len(name) > LONGEST_COMPARED:
        return None
    index = indexed(names if isinstance(names, frozenset) else frozenset(names))
    path = PurePosixPath(folded(name))
    for known, wanted in (
        (index.paths, str(path)),
        (index.files, path.name),
        *((index.paths, str(path.parent / (path.stem + ending))) for ending in sorted(kin(path.suffix))),
        *((index.files, path.stem + ending) for ending in sorted(kin(path.suffix))),
        *((index.files, path.name + ending) for ending in sorted(MODELS)),
    ):
        if wanted in known:
            return known[wanted]
    for known, wanted in ((index.paths, str(path)), (index.files, path.name)):
        some = (one for one in known if abs(len(one) - len(wanted)) <= len(wanted) // 3 and not foreign(one, wanted))
        if close := get_close_matches(wanted, islice(some, MOST_COMPARED), n=1, cutoff=ALIKE):
            return known[close[0]]
    return None


@dataclass(frozen=True, slots=True)
class Index:
    """Names by their folded paths, and by the folded last part of these."""

    paths: dict[str, str]
    files: dict[str, str]


@lru_cache(maxsize=4)  # a spreadsheet asks for row after row of the same names
def indexed(names: frozenset[str]) -> Index:
    # The shortest of several that would do, then the first by its letters: the answer is always the same.
    ordered = sorted(names, key=lambda name: (name.count("/"), name), reverse=True)
    return Index(
        paths={folded(name): name for name in ordered},
        files={folded(name).rpartition("/")[2]: name for name in ordered},
    )


def kin(ending: str) -> frozenset[str]:
    """The endings that files of the same kind have, or none where we do not know it."""
    return next((kind for kind in KINDS if ending in kind), frozenset())


def foreign(one: str, other: str) -> bool:
    """Whether two names are of files of different kinds, by their endings, as a model and a picture."""
    first, second = (kin(PurePosixPath(name).suffix) for name in (one, other))
    return bool(first and second and first != second)


def folded(name: str) -> str:
    """A name without the differences that people do not see."""
    return unicodedata.normalize("NFKC", name).casefold()
