"""A published exhibition for the pages' tests: the demo's golden halls in a folder, with small files in place of the models."""

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import orjson

from exhibit_api.editions.manifest import HallManifest
from exhibit_api.editions.shelf import Shelf
from exhibit_api.storage.base import ObjectStore
from exhibit_api.viewer.files import Files
from exhibit_api.viewer.front import ViewerFront
from tests.editions.shown import Told, ask, behind, pointer_to, put_manifest

GOLDEN = Path(__file__).parents[2] / "manifests" / "golden"
EXHIBITION = "yangtze-delta"


def golden(hall: str = "shanghai") -> dict[str, Any]:
    """The demo hall's manifest, to be changed."""
    document: dict[str, Any] = json.loads((GOLDEN / f"{hall}.json").read_text(encoding="utf-8"))
    return document


def manifest_of(document: dict[str, Any]) -> HallManifest:
    return HallManifest.model_validate(document)


def put_hall(store: ObjectStore, document: dict[str, Any]) -> bytes:
    """Put the hall with all that it names into the store. Returns the manifest's bytes."""
    document = copy.deepcopy(document)
    _put_resources(store, document)
    data = orjson.dumps(document)
    put_manifest(store, data)
    store.put(f"public/halls/{document['hall']['slug']}.json", pointer_to(data), "application/json")
    return data


def _put_resources(store: ObjectStore, part: Any) -> None:
    if isinstance(part, list):
        for one in part:
            _put_resources(store, one)
    elif isinstance(part, dict):
        if "url" in part and "sha256" in part:
            data = f"the bytes of {part['sha256']}".encode()
            digest = hashlib.sha256(data).hexdigest()
            part["url"] = part["url"].replace(part["sha256"], digest)
            part["sha256"], part["bytes"] = digest, len(data)
            store.put(f"public/{part['url'].removeprefix('../')}", data, part["mediaType"])
        for one in part.values():
            _put_resources(store, one)


def put_exhibition(store: ObjectStore, *manifests: bytes) -> bytes:
    """Put the list of these halls into the store. Returns its bytes."""
    read = [orjson.loads(manifest) for manifest in manifests]
    entries = [
        {
            "id": one["hall"]["id"],
            "slug": one["hall"]["slug"],
            "label": one["hall"]["label"],
            "edition": one["edition"]["number"],
            "pointer": f"../halls/{one['hall']['slug']}.json",
            "manifest": {
                "url": f"../manifests/{hashlib.sha256(data).hexdigest()}.json",
                "sha256": hashlib.sha256(data).hexdigest(),
                "bytes": len(data),
                "mediaType": "application/json",
            },
        }
        for one, data in zip(read, manifests, strict=True)
    ]
    about = {name: read[0]["exhibition"][name] for name in ("id", "slug", "label")}
    data = orjson.dumps({"type": "Exhibition", "version": "1.0", **about, "halls": entries})
    store.put(f"public/exhibitions/{about['slug']}.json", data, "application/json")
    return data


def front_over(store: ObjectStore, *documents: dict[str, Any], files: Path | None = None) -> ViewerFront:
    """The viewer's front over these halls, with `behind` in the application's place."""
    manifests = [put_hall(store, document) for document in documents]
    lists = {EXHIBITION: put_exhibition(store, *manifests)} if manifests else {}
    shelf = Shelf(store, 1 << 24)
    shelf.load({orjson.loads(data)["hall"]["slug"]: pointer_to(data) for data in manifests}, lists)
    return ViewerFront(behind, shelf, store, files=Files(files) if files else None)


def visit(front: ViewerFront, path: str, query: str = "", **headers: str) -> Told:
    """One GET at the address `http://museum.example`."""
    return ask(front, path, query=query, host="museum.example", **headers)
