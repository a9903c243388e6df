"""Which files are meant: those named, and the models in the folders named."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

MODELS = frozenset((".glb", ".gltf"))


class NothingToCheck(Exception):
    """A file that is not there, or a folder without models."""


def models_in(paths: Iterable[Path]) -> list[Path]:
    """The files, and what the folders hold of .glb and .gltf, at any depth; each once, in their order."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            models = sorted(file for file in path.rglob("*") if file.suffix.lower() in MODELS and file.is_file())
            if not models:
                raise NothingToCheck(f"the folder {path} has no .glb file")
            found |= dict.fromkeys(models)
        elif path.is_file():
            found[path] = None
        else:
            raise NothingToCheck(f"{path} is not there")
    return list(found)


def brought(path: Path, folder: Path, name: str) -> Path:
    """A copy of the file in a folder for tools. They may write there, and no tool may reach the original."""
    there = folder / name
    shutil.copyfile(path, there)
    return there


def name_of(path: Path) -> str:
    """The file's name as text, which it need not be: bytes that are no UTF-8 stand as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
