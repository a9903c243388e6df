"""Where a visitor stands and looks, and moving them, for the tests of walking, tours and boards."""

import math
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, ViewportSize

SMALL: ViewportSize = {"width": 480, "height": 300}
"""A small screen is drawn quickly."""


def at_rest(page: Page) -> Page:
    """No tour is under way, nothing is chosen, and no key is held."""
    page.evaluate(
        """() => {
            exhibit.guide.end();
            exhibit.select(undefined);
            dispatchEvent(new Event("blur"));
            document.activeElement.blur();
        }"""
    )
    return page


@dataclass(frozen=True)
class Gaze:
    """Feet at x, z (metres); yaw and pitch in radians."""

    x: float
    z: float
    yaw: float
    pitch: float

    def distance(self, x: float, z: float) -> float:
        return math.hypot(self.x - x, self.z - z)


def gaze(page: Page) -> Gaze:
    found = page.evaluate(
        "() => { const { position: { x, z }, yaw, pitch } = exhibit.walker.gaze(); return { x, z, yaw, pitch }; }"
    )
    return Gaze(**found)


def stand(page: Page, x: float, z: float, yaw: float = 0.0, pitch: float = 0.0) -> Gaze:
    """Set the visitor down, and draw one frame there."""
    page.evaluate(
        """async ([x, z, yaw, pitch]) => {
            const position = exhibit.walker.gaze().position.set(x, 0, z);
            exhibit.walker.stand({ position, yaw, pitch });
        }""",
        [x, z, yaw, pitch],
    )
    drawn(page)
    return gaze(page)


def drawn(page: Page, frames: int = 1) -> None:
    """Wait until so many more frames were drawn."""
    page.evaluate(
        """async (frames) => {
            for (let left = frames; left > 0; left--) {
                await new Promise((done) => {
                    const undo = exhibit.stage.onFrame(() => { undo(); requestAnimationFrame(done); });
                    exhibit.stage.invalidate();
                });
            }
        }""",
        frames,
    )


def gone(page: Page, start: Gaze, metres: float) -> None:
    """Wait until the visitor is so far from there."""
    page.wait_for_function(
        """([x, z, metres]) => {
            const { position } = exhibit.walker.gaze();
            return Math.hypot(position.x - x, position.z - z) >= metres;
        }""",
        arg=[start.x, start.z, metres],
    )


def is_free(page: Page) -> bool:
    """Whether the visitor stands where one can stand."""
    free: bool = page.evaluate(
        "() => { const { x, z } = exhibit.walker.gaze().position; return exhibit.walker.isFree(x, z); }"
    )
    return free


def on_screen(page: Page, x: float, y: float, z: float) -> tuple[float, float]:
    """Where on the page a place of the hall is seen now, in pixels; a place behind the visitor fails."""
    seen = page.evaluate(
        """([x, y, z]) => {
            const { camera, canvas, rig } = exhibit.stage;
            rig.updateMatrixWorld(true);
            camera.matrixWorldInverse.copy(camera.matrixWorld).invert();
            const at = exhibit.walker.gaze().position.set(x, y, z).project(camera);
            const { left, top, width, height } = canvas.getBoundingClientRect();
            return at.z < 1 ? [left + (at.x + 1) / 2 * width, top + (1 - at.y) / 2 * height] : null;
        }""",
        [x, y, z],
    )
    assert seen is not None, "it is behind the visitor"
    return seen[0], seen[1]


def exhibit_middle(page: Page, slug: str) -> tuple[float, float, float]:
    found = page.evaluate(
        """(slug) => {
            const { bounds } = exhibit.hall.exhibits.all.get(`exhibits/${slug}`);
            return bounds.getCenter(exhibit.walker.gaze().position).toArray();
        }""",
        slug,
    )
    return found[0], found[1], found[2]


def selected(page: Page) -> None:
    """From now on, the page remembers what was selected last: see `choice`."""
    page.evaluate(
        """() => {
            window.chosen = [];
            exhibit.on("select", (found) => chosen.push(found?.exhibit?.id ?? found?.placard?.id ?? null));
        }"""
    )


def choice(page: Page) -> Any:
    """What was selected last: an id; None after closing."""
    return page.evaluate("() => chosen.at(-1)")
