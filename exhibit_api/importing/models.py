"""The models that the rows of exhibits name, among the files beside the spreadsheet."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from exhibit_api.errors import BadModel, NotFound, Rejected
from exhibit_api.gltf.beside import Beside, nearest
from exhibit_api.gltf.container import MOST_JSON
from exhibit_api.gltf.pack import Sink, pack
from exhibit_api.importing.cells import meant, shown
from exhibit_api.importing.rows import Mistake, Row

CHUNK = 1 << 20
ENDINGS = (".glb", ".gltf")
MOST_GUESSES = 200


@dataclass(frozen=True)
class Wanted:
    """A model that a row names: for which exhibit (a slug), the file beside the spreadsheet, and the cell that says so."""

    exhibit: str
    file: str
    cell: str


def wanted_models(rows: Iterable[Row]) -> Iterator[Wanted | Mistake]:
    """The model of each row that names one, or what is wrong with its name."""
    for row in rows:
        name = row.value("model")
        if not isinstance(name, str):
            continue
        cell, path = row.place("model"), PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in name:
            yield Mistake(cell, f"{shown(name)} is no file beside the spreadsheet; name it as seen from there")
        elif path.suffix.lower() not in ENDINGS:
            yield Mistake(cell, f"{shown(name)} is no model; one ends with .glb or .gltf")
        else:
            yield Wanted(row.slug, unicodedata.normalize("NFC", str(path)), cell)


class Missing:
    """Finds the files that are not there, and the names that were probably meant, as far as there are not too many."""

    def __init__(self, beside: Beside) -> None:
        self._beside, self._left = beside, MOST_GUESSES

    def mistake(self, wanted: Wanted) -> Mistake | None:
        """The mistake of naming a file that is not there; None where it is."""
        if wanted.file in self._beside.names:
            return None
        try:
            self._beside.size(wanted.file)  # a name that will do as well, or what is there and is no file
        except NotFound:
            pass
        except Rejected as error:
            return Mistake(wanted.cell, error.detail)
        else:
            return None
        self._left -= 1
        guess = nearest(wanted.file, self._beside.names) if self._left >= 0 else None
        return Mistake(wanted.cell, f"there is no file {shown(wanted.file)}{meant(guess)}")


def write_glb(beside: Beside, name: str, out: Sink, limit: int) -> None:
    """Write the model as GLB: as it is, or packed from a .gltf with what lies beside it. Raises BadModel, Rejected, NotFound."""
    if beside.size(name) > limit:
        raise Rejected(f"{name} has {beside.size(name)} bytes; a model has at most {limit}")
    with beside.open(name) as file:
        if name.lower().endswith(".gltf"):
            folder = name.rpartition("/")[0]
            pack(file.read(MOST_JSON + 1), beside, folder, out, most_bytes=limit)
            return
        while chunk := file.read(CHUNK):
            out.write(chunk)


def judged(wanted: Wanted, look: Callable[[], object]) -> Mistake | None:
    """The mistake of a model that cannot be taken; `look` writes and inspects it."""
    try:
        look()
    except (BadModel, Rejected, NotFound, OSError) as error:
        return Mistake(wanted.cell, f"{wanted.file}: {told(error)}")
    return None


def told(error: Exception) -> str:
    """What an error says to people."""
    return str(getattr(error, "detail", None) or getattr(error, "strerror", None) or error)
