"""`exhibit export`: the exhibition as a folder that any static server shows, with the service switched off or gone.

The folder is made beside its place and renamed when it is whole. Files are checked against the digest in their name as they
are copied, so that what is handed on is what was published.
"""

import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from exhibit_api.documents import canonical_bytes
from exhibit_api.editions.addresses import Place, place_of
from exhibit_api.editions.filling import fill
from exhibit_api.editions.manifest import ExhibitionDocument, HallManifest
from exhibit_api.editions.shelf import Shelf
from exhibit_api.errors import Conflict, NotFound, StoreError, StoreFull
from exhibit_api.storage.base import ObjectStore
from exhibit_api.viewer.export_pages import pages_of
from exhibit_api.viewer.files import BUILT, ICONS
from exhibit_api.viewer.halls import ShownHall, ShownHalls

MARK = "export.json"
"""Stands in every export, so that the next one may take its place."""

WORKER = "service-worker.js"
UNSHIPPED = ("stamp",)
SHELF_BYTES = 64 << 20

Advance = Callable[[int, int], None]
"""Told how many bytes are copied, of how many."""


@dataclass(frozen=True, slots=True)
class Export:
    """What was made."""

    folder: Path
    halls: tuple[str, ...]
    files: int
    bytes: int


def export(
    store: ObjectStore,
    folder: Path,
    *,
    exhibitions: Sequence[str] = (),
    halls: Sequence[str] = (),
    base_url: str | None = None,
    force: bool = False,
    advance: Advance = lambda done, total: None,
) -> Export:
    """Write the current editions of these exhibitions, or of these halls, to `folder`; without a choice, of all.

    `base_url` is where the folder will be found; with it, it has a sitemap, whole addresses for search engines, and QR codes.

    Raises NotFound for what is not shown, Conflict for a folder that holds something else, StoreError and StoreFull.
    """
    folder = folder.resolve()
    _require_room_for(folder, force)
    if not (BUILT / "viewer.js").is_file():
        raise NotFound(f"the viewer's files are not built: {BUILT} has no viewer.js; install the package again")
    shelf = Shelf(store, SHELF_BYTES)
    fill(shelf, store)
    shown = ShownHalls(shelf)
    lists = _chosen(shown, exhibitions, halls)
    manifests = shown.of(lists)
    if missing := sorted({entry.slug for one in lists for entry in one.halls} - set(manifests)):
        raise StoreError(f"the current edition cannot be read: {', '.join(missing)}")
    making = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        making.mkdir(parents=True)
        documents = _documents(shelf, shown, lists, manifests)
        size = _copy(store, making, documents, advance)
        _write_all(making, documents)
        read = {slug: ShownHall(manifest, shown.digest_of(slug) or "") for slug, manifest in manifests.items()}
        _write_all(making, pages_of(lists, read, base_url))
        _copy_viewer(making)
        mark = {
            "type": "ExhibitionExport",
            "version": "1.0",
            "halls": {slug: shown.digest_of(slug) for slug in manifests},
        }
        (making / MARK).write_bytes(canonical_bytes(mark) + b"\n")
        count = sum(1 for file in making.rglob("*") if file.is_file())
        _take_place(making, folder)
    except OSError as error:
        raise StoreFull(f"{folder} could not be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Export(folder, tuple(manifests), count, size)


def _require_room_for(folder: Path, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise Conflict(f"{folder} is a file, not a folder")
    if force or not folder.exists() or not any(folder.iterdir()):
        return
    if (folder / ".git").exists():
        raise Conflict(
            f"{folder} is a git repository, and its history would be lost; export beside it and copy, or --force"
        )
    if (folder / MARK).is_file():
        return
    raise Conflict(
        f"{folder} holds something that is no export; with --force it is replaced, and all that is in it is lost"
    )


def _chosen(shown: ShownHalls, exhibitions: Sequence[str], halls: Sequence[str]) -> list[ExhibitionDocument]:
    """The lists of halls, without those that are not wanted."""
    lists = {one.slug: one for one in shown.exhibitions()}
    if not lists:
        raise NotFound("no exhibition is shown; publish a hall first")
    if unknown := [slug for slug in exhibitions if slug not in lists]:
        raise NotFound(f"no such exhibition is shown: {', '.join(unknown)}; there are {', '.join(lists)}")
    wanted = [one for one in lists.values() if not exhibitions or one.slug in exhibitions]
    if halls:
        there = {entry.slug for one in wanted for entry in one.halls}
        if unknown := [slug for slug in halls if slug not in there]:
            raise NotFound(f"no such hall is shown: {', '.join(unknown)}; there are {', '.join(sorted(there))}")
        wanted = [
            one.model_copy(update={"halls": tuple(entry for entry in one.halls if entry.slug in halls)})
            for one in wanted
        ]
    return [one for one in wanted if one.halls]


def _documents(
    shelf: Shelf, shown: ShownHalls, lists: Sequence[ExhibitionDocument], manifests: Mapping[str, HallManifest]
) -> dict[str, bytes]:
    """Lists, pointers and manifests, byte for byte as they are published; a list of fewer halls is written anew."""
    whole = shelf.exhibitions()
    found = {}
    for one in lists:
        published = ExhibitionDocument.model_validate_json(whole[one.slug])
        same = published.halls == one.halls
        found[f"public/exhibitions/{one.slug}.json"] = whole[one.slug] if same else canonical_bytes(one.plain())
    for slug in manifests:
        for place in (Place("halls", f"{slug}.json"), Place("manifests", f"{shown.digest_of(slug)}.json")):
            document = shelf.held(place)
            if document is None:
                raise StoreError(f"{place.key} was withdrawn at this moment; try again")
            found[place.key] = document.whole["identity"].body
    return found


def _copy(store: ObjectStore, making: Path, documents: Mapping[str, bytes], advance: Advance) -> int:
    """Copy every file that the manifests name, once. Returns the bytes of all."""
    named: dict[Place, int] = {}
    for key, document in documents.items():
        if key.startswith("public/manifests/"):
            named.update(_named_in(orjson.loads(document)))
    total, done = sum(named.values()), 0
    for place in named:
        target = making / place.key
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = sha256()
        with target.open("wb") as file:
            for chunk in store.stream(place.key):
                digest.update(chunk)
                file.write(chunk)
                done += len(chunk)
                advance(done, total)
        if digest.hexdigest() not in place.name:
            raise StoreError(f"{place.key} has other bytes than its name says; `exhibit verify` tells more")
    return done


def _named_in(part: Any) -> Iterator[tuple[Place, int]]:
    """Everything with bytes in a manifest, and how many."""
    if isinstance(part, list):
        for one in part:
            yield from _named_in(one)
    elif isinstance(part, dict):
        url, size = part.get("url"), part.get("bytes")
        if isinstance(url, str) and isinstance(size, int) and "sha256" in part:
            place = place_of(f"/public/{url.removeprefix('../')}")
            if not isinstance(place, Place) or not place.frozen:
                raise StoreError(f"a manifest names {url[:120]!r}, which is no address of a published file")
            yield place, size
        for one in part.values():
            yield from _named_in(one)


def _write_all(making: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        target = making / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _copy_viewer(making: Path) -> None:
    shutil.copytree(BUILT, making / "viewer", ignore=shutil.ignore_patterns(*UNSHIPPED, WORKER))
    shutil.copytree(ICONS, making / "viewer", dirs_exist_ok=True)
    shutil.copyfile(BUILT / WORKER, making / WORKER)  # a worker answers for what lies beside and below it


def _take_place(making: Path, folder: Path) -> None:
    """Put the new folder where the old one is. Between two renames there is none; neither is ever half there."""
    if not folder.exists():
        making.rename(folder)
        return
    old = making.with_name(f"{making.name}.old")
    folder.rename(old)
    try:
        making.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
