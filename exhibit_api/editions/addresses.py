"""Where published things are found: from the path of a request to the name of what is stored below `public/`.

The public tree hangs at `/public/…`. It hangs a second and a third time at `/v1/…` and `/v1/halls/…`, where only file names
with an extension are met, so that the relative addresses in a pointer read at `/v1/halls/{slug}` and in a manifest read at
`/v1/halls/{slug}/manifest` lead somewhere. No slug has a dot, so nothing is ambiguous.
"""

import re
from dataclasses import dataclass
from typing import Literal

from exhibit_api.storage.media_types import BY_SUFFIX

Folder = Literal["manifests", "halls", "exhibitions", "blobs", "schemas"]

ROOTS = ("/public", "/v1", "/v1/halls")

SLUG = r"[a-z0-9](?:[a-z0-9-]{0,126}[a-z0-9])?"
"""More than any slug of ours: it keeps paths and headers clean, the catalogue says what a slug is."""

BLOB_SUFFIXES = tuple(suffix for suffix in BY_SUFFIX if suffix not in ("html", "js", "css"))
"""No blob is a page or a script: they would run in the service's own origin."""

_FILES: dict[str, re.Pattern[str]] = {
    "manifests": re.compile(r"[0-9a-f]{64}\.json"),
    "halls": re.compile(rf"{SLUG}\.json"),
    "exhibitions": re.compile(rf"{SLUG}\.json"),
    "schemas": re.compile(rf"{SLUG}(?:\.[0-9a-f]{{64}})?\.json"),
    "blobs": re.compile(rf"[0-9a-f]{{64}}\.(?:{'|'.join(BLOB_SUFFIXES)})"),
}
_DIGEST = re.compile(r"(?:^|\.)[0-9a-f]{64}\.")
_FILE = re.compile(r"/(?:public|v1|v1/halls)/(manifests|halls|exhibitions|schemas|blobs)/([^/]{1,200}\.[a-z0-9]{1,8})")
_SHORT = re.compile(rf"/v1/(halls|exhibitions)/({SLUG})")
_CURRENT = re.compile(rf"/v1/halls/({SLUG})/manifest")


@dataclass(frozen=True, slots=True)
class Place:
    """A file below `public/`."""

    folder: Folder
    name: str

    @property
    def key(self) -> str:
        """Its key in the store."""
        return f"public/{self.folder}/{self.name}"

    @property
    def paths(self) -> tuple[str, ...]:
        """All paths at which it is found."""
        whole = tuple(f"{root}/{self.folder}/{self.name}" for root in ROOTS)
        if self.folder not in ("halls", "exhibitions"):
            return whole
        return (*whole, f"/v1/{self.folder}/{self.name.removesuffix('.json')}")

    @property
    def frozen(self) -> bool:
        """Whether its name has the digest of its bytes, so that they never change."""
        return digest_in(self.name) is not None


@dataclass(frozen=True, slots=True)
class Current:
    """The manifest that a hall shows now."""

    hall: str

    @property
    def path(self) -> str:
        """Where it is found."""
        return f"/v1/halls/{self.hall}/manifest"


def place_of(path: str) -> Place | Current | None:
    """What a request's decoded path names, if it has the form of a public address. Whether it exists is not said."""
    if (found := _CURRENT.fullmatch(path)) is not None:
        return Current(found[1])
    if (found := _SHORT.fullmatch(path)) is not None:
        return Place(_folder(found[1]), f"{found[2]}.json")
    if (found := _FILE.fullmatch(path)) is not None and _FILES[found[1]].fullmatch(found[2]):
        return Place(_folder(found[1]), found[2])
    return None


def digest_in(name: str) -> str | None:
    """The sha256 that a file name carries: `<sha256>.glb`, `hall-manifest.<sha256>.json`."""
    found = _DIGEST.search(name)
    return found[0].strip(".") if found else None


def _folder(name: str) -> Folder:
    folders: tuple[Folder, ...] = ("manifests", "halls", "exhibitions", "schemas", "blobs")
    return next(folder for folder in folders if folder == name)
