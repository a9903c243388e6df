"""A small made-up hall for the tests of the library: its public files as a dictionary, path → bytes."""

import hashlib
import json
import random
from dataclasses import dataclass, field, replace
from typing import Any

PROFILES = ("master", "webxr-mobile")
POINTER = "/public/halls/test.json"


@dataclass(frozen=True)
class MadeHall:
    """Models by the slugs of their exhibits, in the order of the load plan. Every model is `webxr-mobile` and master at once."""

    models: dict[str, bytes]
    edition: int = 1
    version: str = "1.0"
    moved: frozenset[str] = frozenset()
    sizes: dict[str, int] = field(default_factory=dict)
    """What the manifest says instead of the truth."""

    def with_model(self, slug: str, model: bytes) -> "MadeHall":
        """The next edition, with one model more or another one."""
        return replace(self, models=self.models | {slug: model}, edition=self.edition + 1)

    def without(self, slug: str) -> "MadeHall":
        """The next edition, with one exhibit less."""
        rest = {name: model for name, model in self.models.items() if name != slug}
        return replace(self, models=rest, edition=self.edition + 1)

    def moving(self, slug: str) -> "MadeHall":
        """The next edition, in which one exhibit stands elsewhere."""
        return replace(self, moved=self.moved | {slug}, edition=self.edition + 1)

    @property
    def total(self) -> int:
        """Bytes to load: each file once."""
        return sum(len(model) for model in set(self.models.values()))

    def path(self, slug: str) -> str:
        """Where the model of an exhibit lies."""
        return f"/public/blobs/{digest(self.models[slug])}.glb"

    @property
    def manifest(self) -> bytes:
        steps = [{"step": "first-view", "items": [f"exhibits/{slug}" for slug in self.models], "bytes": self.total}]
        return as_json(
            {
                "type": "HallManifest",
                "version": self.version,
                "id": "halls/test",
                "hall": {"id": "halls/test", "slug": "test", "label": {"en": "Test"}},
                "edition": {"number": self.edition, "publishedAt": "2026-01-01T00:00:00Z"},
                "exhibits": [self._exhibit(slug) for slug in self.models],
                "loadPlan": dict.fromkeys(PROFILES, steps),
                "links": {"latest": "../halls/test.json"},
            }
        )

    @property
    def files(self) -> dict[str, bytes]:
        """All that is public of it."""
        manifest = self.manifest
        name = f"{digest(manifest)}.json"
        named = {"url": f"../manifests/{name}", "sha256": digest(manifest), "bytes": len(manifest)}
        pointer = {"type": "HallPointer", "version": "1.0", "edition": self.edition, "manifest": named}
        blobs = {self.path(slug): model for slug, model in self.models.items()}
        return {POINTER: as_json(pointer), f"/public/manifests/{name}": manifest} | blobs

    def _exhibit(self, slug: str) -> dict[str, Any]:
        model = self.models[slug]
        resource = {
            "url": f"../blobs/{digest(model)}.glb",
            "sha256": digest(model),
            "bytes": self.sizes.get(slug, len(model)),
            "mediaType": "model/gltf-binary",
        }
        return {
            "id": f"exhibits/{slug}",
            "label": {"en": slug},
            "pose": {"translation": [1.0 if slug in self.moved else 0.0, 0.0, 0.0]},
            "model": {"variants": [resource | {"profile": profile} for profile in PROFILES]},
        }


def hall_of(*sizes: int) -> MadeHall:
    """A hall with models of so many bytes each, called `one`, `two`, `three`, … or by numbers; always the same bytes."""
    names = ("one", "two", "three", "four", "five", "six")
    chance = random.Random(7)
    named = zip(names if len(sizes) <= len(names) else map(str, range(len(sizes))), sizes, strict=False)
    return MadeHall({name: chance.randbytes(size) for name, size in named})


def as_json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
