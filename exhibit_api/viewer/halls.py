"""The halls that are shown now, as pages need them: their manifests read, and the exhibitions that list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import structlog

from exhibit_api.editions.addresses import Current
from exhibit_api.editions.budget import Keep
from exhibit_api.editions.manifest import ExhibitionDocument, HallManifest
from exhibit_api.editions.published import Published
from exhibit_api.editions.shelf import Shelf

KEPT_BYTES = 16 << 20
"""Of manifests' JSON, whose objects take some times as much."""


log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ShownHall:
    """A hall's current manifest, and the sha256 of its bytes."""

    manifest: HallManifest
    digest: str


class ShownHalls:
    """Manifests read from the shelf. Safe for threads; reading a large one takes tenths of a second."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._read: Keep[HallManifest] = Keep(KEPT_BYTES)

    def digest_of(self, slug: str) -> str | None:
        """The sha256 of the manifest that the hall shows, None where it shows none."""
        found = self._shelf.held(Current(slug))
        return None if found is None else found.etag.decode().strip('"')

    def languages_of(self, slug: str) -> tuple[str, ...] | None:
        """The hall's languages, if its manifest was read already and is the one that is shown."""
        found = self._read.get(self.digest_of(slug) or "")
        return None if found is None else found.languages

    def hall(self, slug: str) -> ShownHall | None:
        """The hall as it is shown now. Raises ValueError for a manifest of another form than ours."""
        found = self._shelf.held(Current(slug))
        if found is None:
            return None
        digest = found.etag.decode().strip('"')
        if (manifest := self._read.get(digest)) is None:
            age, body = self._read.age, _body(found)
            manifest = HallManifest.model_validate_json(body)
            self._read.put(digest, manifest, len(body), age=age, owner=slug)
        return ShownHall(manifest, digest)

    def exhibitions(self) -> list[ExhibitionDocument]:
        """The exhibitions with the halls that can be visited, by their slugs."""
        listed = self._shelf.exhibitions()
        return [ExhibitionDocument.model_validate_json(listed[slug]) for slug in sorted(listed)]

    def of(self, exhibitions: Iterable[ExhibitionDocument]) -> dict[str, HallManifest]:
        """The manifests of their halls by slug, in their order; a hall that cannot be read is left out, and the log says so."""
        found = {}
        for slug in dict.fromkeys(entry.slug for exhibition in exhibitions for entry in exhibition.halls):
            try:
                hall = self.hall(slug)
            except ValueError as error:
                log.error("a hall's manifest cannot be read", hall=slug, error=str(error)[:500])  # noqa: TRY400
                continue
            if hall is not None:
                found[slug] = hall.manifest
        return found

    def state(self) -> str:
        """Changes when any exhibition or hall does."""
        table = self._shelf.table
        shown = sorted(path for path in table if path.startswith((b"/public/halls/", b"/public/exhibitions/")))
        return sha256(b"".join(path + table[path].etag for path in shown)).hexdigest()


def _body(found: Published) -> bytes:
    return found.whole["identity"].body
