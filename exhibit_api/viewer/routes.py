"""Which page a visitor's path names. Whether there is such a hall, or such a file, is not said here."""

import re
from dataclasses import dataclass
from typing import Literal

from exhibit_api.text import is_slug

Kind = Literal["entrance", "view", "catalogue", "file", "worker", "icon", "sitemap", "robots", "oembed"]

_HALL = re.compile(r"/(view|catalogue)/([^/]+)(/?)")
_FILE = re.compile(r"/viewer/((?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)?[A-Za-z0-9_-][A-Za-z0-9._-]*)")
_OURS = re.compile(r"/(?:view|catalogue|viewer)(?:/.*)?")
_SINGLE: dict[str, Kind] = {
    "/": "entrance",
    "/service-worker.js": "worker",
    "/favicon.ico": "icon",
    "/sitemap.xml": "sitemap",
    "/robots.txt": "robots",
    "/oembed": "oembed",
}


@dataclass(frozen=True, slots=True)
class Route:
    """A page of one kind; `name` is a hall's slug or a file's name, where the kind has one."""

    kind: Kind
    name: str = ""
    slashed: bool = False
    """Whether a slash stands at the end, where none belongs: relative addresses in the page would lead astray."""


def is_ours(path: str) -> bool:
    """Whether all that lies below this path is answered by the viewer, be it by a 404."""
    return path in _SINGLE or _OURS.fullmatch(path) is not None


def route_of(path: str) -> Route | None:
    """What the decoded path names; None where it has the form of nothing."""
    if (kind := _SINGLE.get(path)) is not None:
        return Route(kind)
    if (found := _HALL.fullmatch(path)) is not None and is_slug(found[2]):
        return Route("view" if found[1] == "view" else "catalogue", found[2], bool(found[3]))
    if (found := _FILE.fullmatch(path)) is not None:
        return Route("file", found[1])
    return None
