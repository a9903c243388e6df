"""Off-line, where something went wrong before: wrong answers are not kept for good, and what broke off is taken up again."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest
from playwright.sync_api import BrowserContext, Page

from exhibit_api.settings import Settings
from exhibit_api.storage import store_of
from exhibit_api.viewer.export import export
from tests.browser.static_server import static_server
from tests.browser.test_offline import until

CONTROLLED = "() => navigator.serviceWorker.controller !== null"
TYPE_OF = """async (address) => {
    const answer = await fetch(address, { cache: "no-cache" });
    return answer.headers.get("Content-Type") === "text/html" ? "page" : (await answer.json()).type;
}"""
VERSIONS = "async () => (await caches.keys()).filter((name) => name.startsWith('exhibit-viewer-')).sort()"
IS_KEPT = "async (address) => await (await caches.open('exhibit-blobs')).match(address) !== undefined"
BREAK_OFF = """async ([pointer, picture]) => {
    await (await caches.open("exhibit-state-1")).delete(pointer);
    await (await caches.open("exhibit-blobs")).delete(picture);
}"""


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A visitor whose browser keeps what was seen."""
    return new_context(service_workers="allow").new_page()


@pytest.fixture
def museum(demo_data: Path, tmp_path: Path) -> Path:
    """A hall as a folder, that the test may damage."""
    store = store_of(Settings(data=demo_data, store_url=None))
    with contextlib.closing(store):
        return export(store, tmp_path / "web" / "museum", halls=["shanghai"]).folder


@pytest.fixture
def origin(museum: Path) -> Iterator[str]:
    """Where the folder around it is served."""
    with static_server(museum.parent) as server:
        yield server


def enter(page: Page, address: str) -> None:
    """Visit the entrance until its worker answers for it."""
    page.goto(address)
    page.wait_for_function(CONTROLLED)


def test_a_page_in_place_of_a_document_does_no_lasting_harm(page: Page, museum: Path, origin: str) -> None:
    pointer = museum / "public/halls/shanghai.json"
    manifest = museum / "public/manifests" / Path(orjson.loads(pointer.read_bytes())["manifest"]["url"]).name
    enter(page, f"{origin}/museum/")
    for file in (pointer, manifest):
        address = f"{origin}/museum/{file.relative_to(museum).as_posix()}"
        whole = file.read_bytes()
        file.write_text("<!doctype html><title>Some servers answer so for what they have not</title>")
        assert page.evaluate("async (a) => (await (await fetch(a, { cache: 'no-cache' })).text()).slice(0, 9)", address)
        file.write_bytes(whole)
        later = file.stat().st_mtime + 10  # else the server answers that nothing has changed in this second
        os.utime(file, (later, later))
        assert page.evaluate(TYPE_OF, address) in ("HallPointer", "HallManifest")


def test_what_an_interrupted_visit_left_out_comes_at_the_next(page: Page, museum: Path, origin: str) -> None:
    pointer = f"{origin}/museum/public/halls/shanghai.json"
    told = orjson.loads((museum / "public/halls/shanghai.json").read_bytes())
    manifest = orjson.loads((museum / "public/halls" / told["manifest"]["url"]).read_bytes())
    pictures = [
        one for exhibit in manifest["exhibits"] for one in exhibit.get("pictures", ()) if not one.get("transparent")
    ]
    smallest = min(pictures, key=lambda picture: picture["width"])
    picture = f"{origin}/museum/public/{smallest['url'].removeprefix('../')}"
    enter(page, f"{origin}/museum/")
    page.evaluate(TYPE_OF, pointer)
    until(page, IS_KEPT, picture)
    until(page, "async (a) => await (await caches.open('exhibit-state-1')).match(a) !== undefined", pointer)
    page.evaluate(BREAK_OFF, [pointer, picture])
    page.evaluate(TYPE_OF, pointer)
    until(page, IS_KEPT, picture)


def test_exhibitions_beside_each_other_leave_each_others_viewer_alone(page: Page, museum: Path, origin: str) -> None:
    shutil.copytree(museum, museum.with_name("gallery"))
    enter(page, f"{origin}/gallery/")
    enter(page, f"{origin}/museum/")
    until(page, f"async () => (await ({VERSIONS})()).length === 2")
    before = page.evaluate(VERSIONS)
    (museum / "viewer/files.json").write_bytes((museum / "viewer/files.json").read_bytes() + b" ")
    page.goto(f"{origin}/museum/")
    until(page, f"async (old) => (await ({VERSIONS})()).some((name) => !old.includes(name))", before)
    page.goto(f"{origin}/museum/")
    assert len({name.split("-")[2] for name in page.evaluate(VERSIONS)}) == 2
    assert len(set(page.evaluate(VERSIONS)) & set(before)) == 2  # the gallery's, and the museum's of before
