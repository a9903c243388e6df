"""The shelf: published documents in memory, ready to be sent, so that a visit asks neither the database nor the store.

What is shown now stands in one table by path, which a flip replaces as a whole. Frozen documents that no hall shows now, and
the manifests for one profile, are fetched when they are asked for and kept under a budget of bytes.
"""

import re
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

import orjson
import structlog

from exhibit_api.editions.addresses import Current, Place, digest_in, place_of
from exhibit_api.editions.budget import Keep
from exhibit_api.editions.forms import Forms, make_forms, read_forms
from exhibit_api.editions.profiles import checked_profile, for_profile
from exhibit_api.editions.published import CURRENT, FROZEN, Published, publish
from exhibit_api.errors import NoSuchObject, StoreError
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.files import Stored

LOADERS = 8
MOST_FILES = 4096
SCHEMA_TYPE = "application/schema+json"

Table = Mapping[bytes, Published]

_SHA256 = re.compile(r"[0-9a-f]{64}")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one hall or exhibition shows: its paths, and for a hall the manifest's bytes."""

    table: Table
    manifest: Forms | None = None
    digest: str | None = None


class Shelf:
    """Published documents by path. All methods may be called from several threads; `table` and `hits` are for readers.

    `described_by` gives the path of the JSON Schema of pointers ("halls") and exhibitions' lists ("exhibitions").
    """

    def __init__(self, store: ObjectStore, budget_bytes: int, described_by: Mapping[str, str] | None = None) -> None:
        self.table: Table = {}
        self.hits: Counter[int] = Counter()
        """Answers to visitors by status, for the metrics; counted on the event loop alone."""
        self.files: dict[bytes, Stored] = {}
        """Blobs by path that were sent from files before; they may have gone since."""
        self._store = store
        self._described_by = described_by or {}
        self._shown: dict[str, _Shown] = {}
        self._flipping = Lock()
        self._kept: Keep[Published] = Keep(budget_bytes)

    def describe(self, described_by: Mapping[str, str]) -> None:
        """Name these schemas in what is shown from now on."""
        self._described_by = described_by

    def load(self, halls: Mapping[str, bytes], exhibitions: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
        """Show these pointers and lists of halls by slug, and nothing else.

        Returns the halls that could not be shown because the store did not give their manifest; the log says why.
        """
        with self._flipping:
            with ThreadPoolExecutor(LOADERS, thread_name_prefix="shelf") as pool:
                found = dict(zip(halls, pool.map(self._try_hall, halls, halls.values()), strict=True))
            shown = {f"halls/{slug}": hall for slug, hall in found.items() if hall is not None}
            for slug, document in (exhibitions or {}).items():
                shown[f"exhibitions/{slug}"] = self._exhibition(slug, document)
            self._kept.drop()
            self._replace(shown)
        return tuple(slug for slug, hall in found.items() if hall is None)

    def show_hall(self, slug: str, pointer: bytes) -> None:
        """Show the edition that the pointer names. Until all of it is here, the edition before stays.

        Raises StoreError where the store does not give the manifest whole.
        """
        with self._flipping:
            hall = self._hall(slug, pointer)
            self._kept.drop(slug)
            self._replace(self._shown | {f"halls/{slug}": hall})

    def hide_hall(self, slug: str) -> None:
        """Show the hall no more, nor keep anything of its editions in memory."""
        with self._flipping:
            self._kept.drop(slug)
            self._replace({name: shown for name, shown in self._shown.items() if name != f"halls/{slug}"})

    def show_exhibition(self, slug: str, document: bytes) -> None:
        """Show the list of an exhibition's halls."""
        with self._flipping:
            self._replace(self._shown | {f"exhibitions/{slug}": self._exhibition(slug, document)})

    def hide_exhibition(self, slug: str) -> None:
        """Show the list no more."""
        with self._flipping:
            self._replace({name: shown for name, shown in self._shown.items() if name != f"exhibitions/{slug}"})

    def exhibitions(self) -> dict[str, bytes]:
        """The lists of halls that are shown, by the slug of their exhibition."""
        table, found = self.table, {}
        for name in self._shown:
            folder, _, slug = name.partition("/")
            document = table.get(Place("exhibitions", f"{slug}.json").paths[0].encode())
            if folder == "exhibitions" and document is not None:
                found[slug] = document.whole["identity"].body
        return found

    def held(self, place: Place | Current) -> Published | None:
        """The document, if it is in memory."""
        path = place.path if isinstance(place, Current) else place.paths[0]
        found = self.table.get(path.encode())
        return found or (self._kept.get(place.key) if isinstance(place, Place) else None)

    def fetch(self, place: Place) -> Published | None:
        """A frozen document from memory or the store, None where there is none. It may wait for the store.

        Pointers and lists are never fetched: they are shown or they are not. Raises StoreError.
        """
        if (found := self.held(place)) is not None or place.folder not in ("manifests", "schemas"):
            return found
        age = self._kept.age
        try:
            forms = read_forms(self._store, place.key)
        except NoSuchObject:
            return None
        _require_digest(forms, digest_in(place.name), place.key)
        facts = _facts(forms.identity) if place.folder == "manifests" else _Facts()
        found = self._frozen_manifest(forms, facts) if place.folder == "manifests" else _schema(place, forms)
        self._kept.put(place.key, found, found.size, age=age, owner=facts.hall)
        return found

    def fetch_profile(self, hall: str, profile: str) -> Published | None:
        """The hall's manifest for one profile; None where the hall is not shown. It takes tens of milliseconds once.

        Raises Rejected for a profile that does not exist.
        """
        checked_profile(profile)
        age = self._kept.age
        shown = self._shown.get(f"halls/{hall}")
        if shown is None or shown.manifest is None:
            return None
        key = f"{shown.digest}?{profile}"
        if (found := self._kept.get(key)) is None:
            forms = make_forms(for_profile(shown.manifest.identity, profile))
            links = _manifest_links(str(shown.digest), hall, _facts(shown.manifest.identity).schema)
            location = f"{Current(hall).path}?profile={profile}"
            found = publish(forms, forms.digest, cache_control=CURRENT, links=links, location=location)
            self._kept.put(key, found, found.size, age=age, owner=hall)
        return found

    def remember_file(self, path: bytes, stored: Stored) -> None:
        """Let the next request for the blob find its file at once."""
        if len(self.files) >= MOST_FILES:
            self.files.clear()
        self.files[path] = stored

    def _replace(self, shown: dict[str, _Shown]) -> None:
        self._shown = shown
        self.table = {path: document for one in shown.values() for path, document in one.table.items()}

    def _try_hall(self, slug: str, pointer: bytes) -> _Shown | None:
        try:
            return self._hall(slug, pointer)
        except StoreError as error:
            log.error("a published hall cannot be shown", hall=slug, error=error.detail)  # noqa: TRY400 it is told whole
            return None

    def _hall(self, slug: str, pointer: bytes) -> _Shown:
        digest = _digest_named(slug, pointer)
        before = self._shown.get(f"halls/{slug}")
        if before is not None and before.manifest is not None and before.digest == digest:
            manifest = before.manifest
        else:
            key = Place("manifests", f"{digest}.json").key
            manifest = read_forms(self._store, key)
            _require_digest(manifest, digest, key)
        facts = _facts(manifest.identity)
        place, frozen = Place("manifests", f"{digest}.json"), self._frozen_manifest(manifest, facts)
        links = _manifest_links(digest, slug, facts.schema)
        current = publish(manifest, digest, cache_control=CURRENT, links=links, location=place.paths[0])
        table = {path.encode(): frozen for path in place.paths}
        table |= self._small(Place("halls", f"{slug}.json"), pointer)
        table[Current(slug).path.encode()] = current
        return _Shown(table, manifest, digest)

    def _exhibition(self, slug: str, document: bytes) -> _Shown:
        return _Shown(self._small(Place("exhibitions", f"{slug}.json"), document))

    def _small(self, place: Place, document: bytes) -> dict[bytes, Published]:
        schema = self._described_by.get(place.folder)
        links = _described_by(schema) if schema else ()
        # Made here and not read: what is beside it in the store may be of the version before or after.
        forms = make_forms(document)
        published = publish(forms, forms.digest, cache_control=CURRENT, links=links)
        return {path.encode(): published for path in place.paths}

    def _frozen_manifest(self, forms: Forms, facts: "_Facts") -> Published:
        links = _manifest_links(forms.digest, facts.hall, facts.schema)
        return publish(forms, forms.digest, cache_control=FROZEN, links=links)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What headers say of a manifest: the slug of its hall, the path of its schema."""

    hall: str | None = None
    schema: str | None = None


def _facts(manifest: bytes) -> _Facts:
    document = _parsed(manifest)
    hall = place_of(f"/v1/halls/{_at(document, 'hall', 'slug')}")
    address = str(_at(document, "links", "schema", "url"))
    schema = place_of(f"/public/{address.removeprefix('../')}")
    return _Facts(
        hall.name.removesuffix(".json") if isinstance(hall, Place) else None,
        schema.paths[0] if isinstance(schema, Place) and schema.folder == "schemas" else None,
    )


def _parsed(document: bytes) -> Any:
    try:
        return orjson.loads(document)
    except orjson.JSONDecodeError:
        return None


def _at(document: Any, *names: str) -> Any:
    for name in names:
        document = document.get(name) if isinstance(document, dict) else None
    return document


def _digest_named(slug: str, pointer: bytes) -> str:
    digest = _at(_parsed(pointer), "manifest", "sha256")
    if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
        raise StoreError(f"the pointer of halls/{slug} names no manifest")
    return digest


def _require_digest(forms: Forms, digest: str | None, key: str) -> None:
    if digest is not None and forms.digest != digest:
        raise StoreError(f"{key!r} has other bytes than its name says: their sha256 is {forms.digest}")


def _manifest_links(digest: str, hall: str | None, schema: str | None) -> tuple[str, ...]:
    latest = (f'<{Current(hall).path}>; rel="latest-version"',) if hall else ()
    canonical = f'<{Place("manifests", f"{digest}.json").paths[0]}>; rel="canonical"'
    return (*_described_by(schema), canonical, *latest)


def _described_by(schema: str | None) -> tuple[str, ...]:
    return (f'<{schema}>; rel="describedby"; type="{SCHEMA_TYPE}"',) if schema else ()


def _schema(place: Place, forms: Forms) -> Published:
    cache_control = FROZEN if place.frozen else CURRENT
    return publish(forms, forms.digest, cache_control=cache_control, media_type=SCHEMA_TYPE)
