"""Where pages find each other: relative to the page that names them, so that they work below any folder and on any server."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

PageKind = Literal["entrance", "view", "catalogue"]


@dataclass(frozen=True, slots=True)
class Addresses:
    """How addresses are written: relative to a page by its `root`, and whole where `base` is known (`https://host/`, with its slash).

    `folders`: as files of a static server have them, `catalogue/shanghai/en/`; else `catalogue/shanghai?lang=en`.
    """

    root: str
    base: str | None = None
    folders: bool = False

    def page(self, kind: PageKind, hall: str = "", language: str | None = None, *, whole: bool = False) -> str:
        """The address of a page, in a language or in the visitor's. `whole`: with the scheme and the host."""
        start = (self.base or "") if whole else self.root
        path = "" if kind == "entrance" else f"{kind}/{quote(hall)}"
        if self.folders:
            end = f"{language}/" if language and kind != "view" else ""
            asked = f"?lang={quote(language)}" if language and kind == "view" else ""
            return f"{start}{path}{'/' if path else ''}{end}{asked}" or "./"
        return f"{start}{path}{f'?lang={quote(language)}' if language else ''}" or "./"

    def exhibit(self, hall: str, exhibit: str, *, whole: bool = False) -> str:
        """The address of an exhibit in its hall in three dimensions."""
        return f"{self.page('view', hall, whole=whole)}#exhibit={quote(exhibit)}"

    def manifest(self, digest: str) -> str:
        """The address of a frozen manifest."""
        return f"{self.root}public/manifests/{digest}.json"

    def blob(self, url: str, *, whole: bool = False) -> str:
        """The address of something with bytes, from its address relative to a manifest (`../blobs/….webp`)."""
        start = (self.base or "") if whole else self.root
        return f"{start}public/{url.removeprefix('../')}"
