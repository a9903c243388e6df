"""A small exhibition as it lies in the store after publication, and a way to ask an ASGI application for it."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Any

import orjson

from exhibit_api.editions.forms import ENDINGS, make_forms
from exhibit_api.storage.base import ObjectStore

GLB = b"glTF" + bytes(range(256)) * 40
SCHEMA = b'{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "HallManifest"}\n'
SCHEMA_NAME = f"hall-manifest.{hashlib.sha256(SCHEMA).hexdigest()}.json"
EXPOSED = "ETag, Content-Length, Content-Range, Accept-Ranges, Link"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def variant(profile: str) -> dict[str, Any]:
    return {"profile": profile, "url": f"../blobs/{sha256(GLB)}.glb", "sha256": sha256(GLB), "bytes": len(GLB)}


def manifest_of(hall: str, edition: int = 1) -> bytes:
    """A manifest with two exhibits: one has a form for phones, one has its master only."""
    return orjson.dumps(
        {
            "type": "HallManifest",
            "hall": {"slug": hall},
            "edition": {"number": edition},
            "exhibits": [
                {"id": "exhibits/loom", "model": {"variants": [variant("master"), variant("webxr-mobile")]}},
                {
                    "id": "exhibits/robot",
                    "model": {"variants": [variant("master")]},
                    "label": {"zh-Hans": "焊接机器人" * 50},
                },
            ],
            "loadPlan": {"master": [{"step": "first-view"}], "webxr-mobile": [{"step": "rest"}]},
            "budget": {"master": {"bytes": 2}, "webxr-mobile": {"bytes": 1}},
            "links": {"schema": {"url": f"../schemas/{SCHEMA_NAME}"}},
        }
    )


MANIFEST = manifest_of("joint")


def pointer_to(manifest: bytes) -> bytes:
    digest = sha256(manifest)
    address = {"url": f"../manifests/{digest}.json", "sha256": digest, "bytes": len(manifest)}
    return orjson.dumps({"type": "HallPointer", "manifest": address | {"mediaType": "application/json"}})


def put_manifest(store: ObjectStore, manifest: bytes) -> str:
    """The manifest with its forms in the store; returns its path at `/public`."""
    key = f"public/manifests/{sha256(manifest)}.json"
    store.put(key, manifest, "application/json")
    for coding, data in make_forms(manifest).compressed.items():
        store.put(key + ENDINGS[coding], data, "application/json")
    return f"/{key}"


def put_blob(store: ObjectStore, data: bytes = GLB, suffix: str = "glb") -> str:
    """A blob in the store; returns its path at `/public`."""
    key = f"public/blobs/{sha256(data)}.{suffix}"
    store.put(key, data, "model/gltf-binary")
    return f"/{key}"


@dataclass(frozen=True)
class Told:
    """One answer of an ASGI application."""

    status: int
    headers: dict[str, str]
    body: bytes
    names: list[str]
    finished: bool

    def json(self) -> Any:
        return orjson.loads(self.body)


def is_open(told: Told) -> bool:
    """Whether any page may read the answer."""
    return (
        told.headers["access-control-allow-origin"] == "*"
        and "access-control-allow-credentials" not in told.headers
        and told.headers["access-control-expose-headers"] == EXPOSED
        and told.headers["timing-allow-origin"] == "*"
        and told.headers["cross-origin-resource-policy"] == "cross-origin"
        and told.headers["x-content-type-options"] == "nosniff"
    )


async def behind(scope: Any, receive: Any, send: Any) -> None:
    """What stands behind the public front: says that it was asked."""
    await send({"type": "http.response.start", "status": 404, "headers": [(b"x-behind", b"yes")]})
    await send({"type": "http.response.body", "body": b"behind"})


def ask(app: Any, path: str, method: str = "GET", query: str = "", **headers: str) -> Told:
    """One request, answered; `if_none_match=…` stands for If-None-Match."""
    return asyncio.run(asking(app, path, method, query, **headers))


async def asking(app: Any, path: str, method: str = "GET", query: str = "", **headers: str) -> Told:
    messages: list[dict[str, Any]] = []
    requests = [{"type": "http.request", "body": b"", "more_body": False}]
    forever = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if requests:
            return requests.pop()
        await forever.wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()],
    }
    await app(scope, receive, send)
    start, *rest = messages
    raw = [(name.decode(), value.decode("latin-1")) for name, value in start["headers"]]
    finished = bool(rest) and not rest[-1].get("more_body", False)
    body = b"".join(message.get("body", b"") for message in rest)
    return Told(start["status"], dict(raw), body, [name for name, _ in raw], finished)
