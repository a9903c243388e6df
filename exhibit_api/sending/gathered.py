"""A collection on this machine: a folder, a zip or a spreadsheet, what its tables say, and its models as GLB files."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from exhibit_api.errors import NotFound, Rejected
from exhibit_api.gltf.beside import Beside
from exhibit_api.gltf.report import inspect
from exhibit_api.importing.archive import Archive
from exhibit_api.importing.collection import Table, sheets_of, table_alone, tables_beside
from exhibit_api.importing.folder import MOST_FILES, Folder
from exhibit_api.importing.models import Missing, Wanted, judged, wanted_models, write_glb
from exhibit_api.importing.rows import Mistake

MOST_UNPACKED = 100 << 30
"""Bytes that a zip may hold here: models are taken out one by one."""
LARGEST_MODEL = 16 << 30
NAME = "model.glb"


@dataclass
class Gathered:
    """What was found: tables, files beside them, and the models that rows of exhibits name, with what is wrong with their names."""

    tables: list[Table]
    beside: Beside
    wanted: list[Wanted]
    mistakes: list[Mistake]

    @property
    def body(self) -> tuple[str, bytes]:
        """What is sent of it: the name and bytes of the one table, or a zip of several."""
        if len(self.tables) == 1:
            return self.tables[0].name, self.tables[0].data
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for table in self.tables:
                packed.writestr(table.name, table.data)
        return "collection.zip", file.getvalue()

    @contextmanager
    def model(self, wanted: Wanted) -> Iterator[Path]:
        """The model as a GLB file, for as long as the block lasts. Raises Rejected, BadModel."""
        if isinstance(self.beside, Folder) and wanted.file.lower().endswith(".glb"):
            yield self.beside.found(wanted.file)[0]
            return
        with TemporaryDirectory(prefix="exhibit-") as folder:
            path = Path(folder) / NAME
            with path.open("wb") as file:
                write_glb(self.beside, wanted.file, file, LARGEST_MODEL)
            yield path

    def look_into(self, wanted: Wanted, absent: Missing) -> Mistake | None:
        """What is wrong with a model, as far as it can be seen without the service; told at its cell."""

        def look() -> None:
            with self.model(wanted) as path, path.open("rb") as file:
                inspect(file, path.stat().st_size)

        return absent.mistake(wanted) or judged(wanted, look)


@contextmanager
def gathered(source: Path) -> Iterator[Gathered]:
    """Open a collection. Raises Rejected where it is none."""
    if not source.exists():
        raise Rejected(f"there is no {source}")
    if source.is_dir():
        folder = Folder(source)
        yield _gathered(tables_beside(folder), folder)
    elif source.suffix.lower() == ".zip":
        with _opened(source) as file:
            archive = Archive(file, most_bytes=MOST_UNPACKED, most_files=MOST_FILES)
            yield _gathered(tables_beside(archive), archive)
    else:
        with _opened(source) as file:
            table = table_alone(source.name, file, source.stat().st_size)
        yield _gathered([table], source.absolute().parent)


def _opened(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        raise Rejected(f"{source} cannot be read: {error.strerror}") from error


def _gathered(tables: list[Table], beside: Beside | Path) -> Gathered:
    """What is in the tables; a folder is looked through only where a row names a model in it."""
    rows = [row for sheet in sheets_of(tables) for row in sheet.rows if row.kind == "exhibits"]
    found = list(wanted_models(rows))
    first = {
        one.exhibit: one for one in reversed(found) if isinstance(one, Wanted)
    }  # a row that stands twice counts once
    wanted = [one for one in found if isinstance(one, Wanted) and first[one.exhibit] is one]
    if isinstance(beside, Path):
        beside = Folder(beside) if wanted else Nothing()
    return Gathered(tables, beside, wanted, [one for one in found if isinstance(one, Mistake)])


class Nothing:
    """No files at all."""

    names: frozenset[str] = frozenset()

    def size(self, name: str) -> int:
        """There is none."""
        raise NotFound(f"there is no {name}")

    def open(self, name: str) -> BinaryIO:
        """There is none."""
        raise NotFound(f"there is no {name}")
