"""The service is down, the folder `public/` is served by any web server: every hall and every model still loads."""

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import pytest

from exhibit_api.storage.local import LocalStore
from tests.acting import House
from tests.gltf.building import box, triangle
from tests.looking import keys, load, load_hall

HALLS = ("suzhou", "wuxi", "nantong")


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=60) as answer:
        data: bytes = answer.read()
        return data


@pytest.fixture
def public(laptop: House) -> Path:
    """The public folder of a small exhibition: three halls, four models, one of them in all halls."""
    models = {"loom": box((1, 1, 1)), "pump": box((0.5, 1, 0.5)), "gear": triangle(), "torch": box((0.2, 1, 0.2))}
    for hall, own in zip(HALLS, ("pump", "gear", "torch"), strict=True):
        laptop.hall(hall)
        for at, slug in enumerate(("loom", own)):
            if laptop.admin.get(f"/v1/exhibits/{slug}").status_code == 404:
                laptop.exhibit(slug, models[slug])
            laptop.place(hall, slug, at=(at * 2, 0, -3))
        laptop.publish(hall)
    assert isinstance(laptop.site.store, LocalStore)
    return laptop.site.store.path("public/halls/suzhou.json").parents[1]


@contextmanager
def static_server(folder: Path) -> Iterator[str]:
    """Python's own web server over a folder."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()  # "Serving HTTP on 127.0.0.1 port 40123 (http://127.0.0.1:40123/) ..."
        yield line.partition("(")[2].partition(")")[0]
        process.terminate()


@pytest.mark.parametrize("below", ["", "shows/delta/2026"])
def test_an_exhibition_stays_open_without_the_service(laptop: House, public: Path, tmp_path: Path, below: str) -> None:
    store, blobs = laptop.site.store, keys(laptop.site.store, "public/blobs/")
    root = tmp_path / "www"
    (root / below).parent.mkdir(parents=True, exist_ok=True)
    (root / below).symlink_to(public)
    loaded: set[str] = set()

    def note(address: str) -> bytes:
        loaded.add(address)
        return fetch(address)

    with static_server(root) as url:
        base = urljoin(url, f"{below}/" if below else "")
        exhibition = load(note, f"{base}exhibitions/delta.json")
        assert sorted(entry["slug"] for entry in exhibition["halls"]) == sorted(HALLS)
        for entry in exhibition["halls"]:
            pointer = urljoin(f"{base}exhibitions/delta.json", entry["pointer"])
            manifest = load_hall(note, pointer)
            assert (manifest["hall"]["slug"], len(manifest["exhibits"])) == (entry["slug"], 2)
            here = f"{base}manifests/{entry['manifest']['sha256']}.json"
            assert urljoin(here, manifest["links"]["latest"]) == pointer
            assert load(note, urljoin(here, manifest["links"]["exhibition"])) == exhibition
    assert len(blobs) == 4
    for key in blobs:
        assert f"{base}{key.removeprefix('public/')}" in loaded
        assert store.read(key).startswith(b"glTF")
