"""Looking at a site from outside of the service: what its store holds, what a visitor's client finds when it follows links."""

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import httpx2
import orjson

from exhibit_api.storage.base import ObjectStore, pages
from exhibit_api.web.site import Site

Fetch = Callable[[str], bytes]


def keys(store: ObjectStore, prefix: str = "") -> set[str]:
    """All keys that begin so."""
    return {key for keys in pages(store, prefix) for key in keys}


def left_over(site: Site) -> int:
    """How many interrupted uploads lie in the staging area; they are swept away."""
    swept: int = site.store.sweep_staging(older_than_seconds=-60)  # type: ignore[attr-defined]  # both stores have it
    return swept


def resources(value: Any) -> list[dict[str, Any]]:
    """Everything in a document that has bytes."""
    found = [value] if isinstance(value, dict) and "sha256" in value else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return found + [resource for part in parts for resource in resources(part)]


def load(fetch: Fetch, address: str) -> dict[str, Any]:
    """The document at the address, after everything in it that has bytes was fetched and found to be what it says."""
    document: dict[str, Any] = orjson.loads(fetch(address))
    for resource in resources(document):
        assert not resource["url"].startswith(("/", "http")), "the URL is not relative"
        data = fetch(urljoin(address, resource["url"]))
        assert len(data) == resource["bytes"]
        assert hashlib.sha256(data).hexdigest() == resource["sha256"]
        assert resource["mediaType"]
    return document


def load_hall(fetch: Fetch, address: str) -> dict[str, Any]:
    """The manifest that the pointer at the address names, with all that is in it loaded and checked."""
    pointer = load(fetch, address)
    return load(fetch, urljoin(address, pointer["manifest"]["url"]))


def from_store(site: Site) -> Fetch:
    """Fetches "public/…" as a static server of the bucket would."""
    return lambda address: site.store.read(address.removeprefix("http://bucket/"))


def problem(answer: httpx2.Response, status: int, *words: str) -> dict[str, Any]:
    """The problem document of a refused request, whose words name what is wrong."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    for word in words:
        assert word in told["detail"], told["detail"]
    return told
