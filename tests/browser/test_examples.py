"""The examples for developers: every page in docs/examples stands the demo hall right, with nothing but files beside it."""

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.client_page import CLIENT

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
HALL = "shanghai"
NEAR = 0.1
"""Metres between a box in the manifest and the same box as an engine measures it: boxes around turned parts are loose."""

BOXES = {
    "three": """() => {
      return hall.manifest.exhibits.map(({ id }) => {
        const place = scene.getObjectByName(id);
        const full = place.levels.find(({ distance }) => distance === 0);
        if (full === undefined) return [id, undefined];
        const { min, max } = new three.Box3().setFromObject(full.object);
        return [id, [min.toArray(), max.toArray()]];
      });
    }""",
    "aframe": """() => {
      return hall.manifest.exhibits.map(({ id }) => {
        const place = document.getElementById(id);
        if (!place?.getObject3D("mesh")) return [id, undefined];
        place.object3D.updateWorldMatrix(true, true);
        const { min, max } = new AFRAME.THREE.Box3().setFromObject(place.object3D);
        return [id, [min.toArray(), max.toArray()]];
      });
    }""",
    "babylon": """() => {
      for (const group of scene.animationGroups) group.stop().reset();
      return hall.manifest.exhibits.map(({ id }) => {
        const place = scene.getTransformNodeByName(id);
        if (place.getChildMeshes().length === 0) return [id, undefined];
        place.computeWorldMatrix(true);
        for (const mesh of place.getChildMeshes()) mesh.computeWorldMatrix(true);
        const { min, max } = place.getHierarchyBoundingVectors();
        return [id, [min.asArray(), max.asArray()]];
      });
    }""",
}


class Quiet(SimpleHTTPRequestHandler):
    """Python's own static server: `python -m http.server`."""

    def log_message(self, *_: object) -> None:
        """Nothing to say."""


@pytest.fixture(scope="module")
def folder(demo_data: Path, tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a folder as docs/client.md describes it: public/, viewer/, node_modules/, and the pages."""
    root = tmp_path_factory.mktemp("examples")
    (root / "public").symlink_to(demo_data / "store" / "public")
    (root / "viewer").symlink_to(CLIENT.parent)
    (root / "node_modules").mkdir()
    for package in tools.iterdir():
        (root / "node_modules" / package.name).symlink_to(package)
    aframe = os.environ.get("AFRAME")
    if aframe:
        dist = root / "node_modules" / "aframe" / "dist"
        dist.mkdir(parents=True)
        shutil.copy(aframe, dist / "aframe-v1.8.0.min.js")
    for page in EXAMPLES.glob("*.html"):
        shutil.copy(page, root)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def stands(page: Page, address: str, example: str) -> None:
    """Open an example, and compare where its exhibits stand with what the manifest says."""
    page.goto(f"{address}/{example}.html?hall={HALL}")
    page.wait_for_function("window.hall")
    if example == "three":
        page.evaluate("async () => { window.three = await import('three') }")
    page.wait_for_function(f"() => ({BOXES[example]})().every(([, box]) => box)")
    bounds = page.evaluate("hall.manifest.exhibits.map(({ id, bounds }) => [id, [bounds.min, bounds.max]])")
    boxes = dict(page.evaluate(BOXES[example]))
    assert len(boxes) == 9
    for identity, corners in bounds:
        for said, found in zip(corners, boxes[identity], strict=True):
            assert found == pytest.approx(said, abs=NEAR), identity


def test_the_page_with_three_has_at_most_40_lines_and_uses_nothing_else() -> None:
    text = (EXAMPLES / "three.html").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 40
    assert max(len(line) for line in text.splitlines()) <= 130
    imported = {
        line.rpartition(' from "')[2].removesuffix('";') for line in text.splitlines() if line.startswith("import ")
    }
    assert {name.partition("/")[0] for name in imported} == {"three", "exhibit-client"}


def test_three_stands_every_exhibit_where_the_manifest_says(page: Page, folder: str) -> None:
    stands(page, folder, "three")
    assert page.evaluate("hall.finished.then(() => hall.progress.loaded === hall.progress.total)")
    levels = page.evaluate("scene.children.filter((child) => child.isLOD).map(({ levels }) => levels.length)")
    assert max(levels) > 1, "what has levels of detail shows them from afar"


def test_babylon_stands_every_exhibit_where_the_manifest_says(page: Page, folder: str) -> None:
    stands(page, folder, "babylon")


def test_model_viewer_shows_an_exhibit_at_its_true_size(page: Page, folder: str) -> None:
    page.set_viewport_size({"width": 400, "height": 400})
    page.goto(f"{folder}/model-viewer.html?hall={HALL}")
    page.wait_for_function("document.querySelector('model-viewer')?.loaded")
    shown = page.evaluate("""() => {
      const viewer = document.querySelector("model-viewer");
      const { x, y, z } = viewer.getDimensions();
      const { label } = hall.exhibit(viewer.id);
      const all = document.querySelectorAll("model-viewer").length;
      return { size: [x, y, z], caption: viewer.nextSibling.textContent, label, all };
    }""")
    assert shown["caption"] == shown["label"]["zh-Hans"]
    assert shown["all"] == 9
    assert all(0.05 < length < 10 for length in shown["size"])


@pytest.mark.skipif(
    "AFRAME" not in os.environ, reason="A-Frame's package cannot be installed by deno: AFRAME=aframe-v1.8.0.min.js"
)
def test_aframe_stands_every_exhibit_where_the_manifest_says(page: Page, folder: str) -> None:
    stands(page, folder, "aframe")
