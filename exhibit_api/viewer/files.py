"""The viewer's built files: scripts, styles, decoders, icons. They are read once, and again when a new build lies there."""

import json
import re
from pathlib import Path
from stat import S_ISREG

from exhibit_api.storage.media_types import BY_SUFFIX, UNKNOWN
from exhibit_api.viewer.page import Page
from exhibit_api.viewer.security import FROZEN, REVALIDATED

State = tuple[int, int, int]

BUILT = Path(__file__).parent / "static"
ICONS = Path(__file__).parent / "icons"

OPEN = (
    (b"access-control-allow-origin", b"*"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"vary", b"Accept-Encoding"),
)
"""Other pages may use the library too."""

_HASHED = re.compile(r"[A-Za-z0-9_-]+-[0-9A-Z]{8}\.js")


def first_scripts() -> list[str]:
    """The pieces of script that the viewer's own imports before it runs: asked for at once, they come side by side."""
    try:
        listed: list[str] = json.loads((BUILT / "files.json").read_bytes())["first"]
    except (OSError, ValueError, KeyError):
        return []
    return listed


class Files:
    """Built files by name. Safe for threads: two that read the same file at once both have it."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders or (BUILT, ICONS)
        self._read: dict[str, tuple[State, Page]] = {}

    def held(self, name: str) -> Page | None:
        """The file, if it was read and is still the one that lies there."""
        found, lying = self._read.get(name), self._lying(name)
        return found[1] if found is not None and lying is not None and found[0] == lying[1] else None

    def read(self, name: str) -> Page | None:
        """The file, None where there is none. `name` has no leading slash or dot, and at most one folder."""
        if (held := self.held(name)) is not None:
            return held
        if (lying := self._lying(name)) is None:
            self._read.pop(name, None)
            return None
        kind = BY_SUFFIX.get(name.rpartition(".")[2], UNKNOWN)
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        cache_control = FROZEN if _HASHED.fullmatch(name) else REVALIDATED
        try:
            page = Page(lying[0].read_bytes(), kind, [(b"cache-control", cache_control), *OPEN])
        except OSError:  # a new build took its place at this moment
            return None
        self._read[name] = lying[1], page
        return page

    def _lying(self, name: str) -> tuple[Path, State] | None:
        """Where the file lies, and what changes when it does."""
        for folder in self._folders:
            try:
                found = (folder / name).stat()
            except (OSError, ValueError):
                continue
            if S_ISREG(found.st_mode):
                return folder / name, (found.st_mtime_ns, found.st_size, found.st_ino)
        return None
