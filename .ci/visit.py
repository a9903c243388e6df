"""Visits every hall at an address as clients do: each document's digest, each file's bytes, the pages and the viewer's files."""

import hashlib
import json
import sys
import urllib.request
from urllib.parse import urljoin


def fetch(address):
    with urllib.request.urlopen(address) as answer:  # noqa: S310 (the address is the one that we serve at)
        return answer.read()


def resources(value):
    """Everything in a document that has bytes."""
    if isinstance(value, dict):
        if "url" in value and "sha256" in value:
            yield value
        for part in value.values():
            yield from resources(part)
    elif isinstance(value, list):
        for part in value:
            yield from resources(part)


base = sys.argv[1]
halls = files = 0
for exhibition in json.loads(fetch(base + "/v1/exhibitions"))["items"]:
    place = f"{base}/v1/exhibitions/{exhibition['slug']}"
    for hall in json.loads(fetch(place))["halls"]:
        address = f"{base}/v1/halls/{hall['slug']}/manifest"
        manifest = fetch(address)
        assert hashlib.sha256(manifest).hexdigest() == hall["manifest"]["sha256"], address
        halls += 1
        for resource in resources(json.loads(manifest)):
            data = fetch(urljoin(address, resource["url"]))
            assert hashlib.sha256(data).hexdigest() == resource["sha256"], resource
            assert len(data) == resource["bytes"], resource
            files += 1
        for page in (f"{base}/view/{hall['slug']}", f"{base}/catalogue/{hall['slug']}"):
            assert hall["label"]["en"].split(" (")[0] in fetch(f"{page}?lang=en").decode(), page
assert fetch(base + "/").startswith(b"<!doctype html>")
for file in json.loads(fetch(base + "/viewer/files.json"))["files"]:
    assert hashlib.sha256(fetch(f"{base}/viewer/{file['name']}")).hexdigest() == file["sha256"], file
assert halls >= 5, halls
assert files >= 40, files
print(f"visited {halls} halls and {files} files at {base}: every digest is right")
