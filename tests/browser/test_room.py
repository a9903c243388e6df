"""The rooms of the demo halls: built of few draw calls, bright, with floors to stand on and doors that tell where they lead."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.looking import brightness, colours, screenshot, share_of_black
from tests.browser.test_halls import DRAWN
from tests.browser.visitors import Visitors
from tests.browser.walking import SMALL

HALLS = ("shanghai", "jiangsu", "zhejiang", "anhui", "joint")
EMPTY = """() => {
    const { hall } = window.exhibit;
    hall.exhibits.root.visible = hall.boards.root.visible = false;
    window.exhibit.stage.invalidate();
}"""


@pytest.fixture(scope="module")
def halls(visitors: Visitors) -> Iterator[Page]:
    """A page that these tests lead from hall to hall."""
    with visitors.alone("joint", "?lang=zh-Hans", viewport=SMALL, looked_at=True) as page:
        yield page


@pytest.fixture(params=HALLS)
def room(halls: Page, request: pytest.FixtureRequest) -> Page:
    halls.evaluate("(slug) => window.exhibit.open(slug)", request.param)
    halls.wait_for_function("(slug) => window.exhibit.hall.slug === slug", arg=request.param)
    halls.evaluate(EMPTY)
    halls.evaluate(DRAWN)
    return halls


def test_an_empty_room_is_bright_calm_and_cheap(room: Page) -> None:
    seen = screenshot(room.locator("#stage"))
    assert 90 < brightness(seen) < 245
    assert share_of_black(seen) < 0.02
    assert colours(seen) > 15
    assert room.evaluate("() => window.exhibit.stage.stats().drawCalls") <= 12


def test_the_floor_is_under_every_waypoint_and_nowhere_outside(room: Page) -> None:
    under, outside = room.evaluate(
        """() => {
            const { hall, stage } = window.exhibit;
            const { waypoints, bounds } = hall.manifest.space;
            const index = hall.room.floor.geometry.index, at = hall.room.floor.geometry.getAttribute("position");
            const covers = (x, z) => {
                for (let i = 0; i < index.count; i += 3) {
                    const [a, b, c] = [0, 1, 2].map((k) => [at.getX(index.getX(i + k)), at.getZ(index.getX(i + k))]);
                    const side = (p, q) => Math.sign((q[0] - p[0]) * (z - p[1]) - (q[1] - p[1]) * (x - p[0]));
                    const sides = [side(a, b), side(b, c), side(c, a)];
                    if (!(sides.includes(1) && sides.includes(-1))) return true;
                }
                return false;
            };
            return [waypoints.every(({ translation: [x, , z] }) => covers(x, z)), covers(bounds.max[0] + 1, bounds.max[2] + 1)];
        }"""
    )
    assert under
    assert not outside


def test_every_door_has_its_sign(room: Page) -> None:
    signs, portals = room.evaluate(
        """() => [window.exhibit.hall.room.root.getObjectByName("signs").children.map((sign) => sign.name),
                window.exhibit.hall.manifest.space.portals.map(({ to }) => to)]"""
    )
    assert signs == portals


def test_what_ar_hides_has_a_name(room: Page) -> None:
    names = room.evaluate("() => window.exhibit.hall.room.root.children.map(({ name }) => name)")
    assert {"floor", "walls", "ceiling", "plinths", "signs"} <= set(names)
