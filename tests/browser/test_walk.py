"""Walking in a real browser: keys, mouse, fingers, gamepad; walls, doors and portals of the demo's halls."""

import math
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page

from tests.browser.walking import (
    SMALL,
    choice,
    drawn,
    exhibit_middle,
    gaze,
    gone,
    is_free,
    on_screen,
    selected,
    stand,
)

Visit = Callable[..., Page]
NewContext = Callable[..., BrowserContext]


@pytest.fixture
def hall(small_page: Page) -> Page:
    """Where these tests walk."""
    return small_page


def test_keys_walk_forward_sideways_and_turn(hall: Page) -> None:
    start = stand(hall, 0, 6)
    hall.keyboard.down("KeyW")
    gone(hall, start, 0.6)
    hall.keyboard.up("KeyW")
    after = gaze(hall)
    assert after.z < start.z - 0.5
    assert after.x == pytest.approx(start.x, abs=0.01)
    hall.keyboard.down("KeyD")
    gone(hall, after, 0.3)
    hall.keyboard.up("KeyD")
    assert gaze(hall).x > after.x + 0.2
    hall.keyboard.down("ArrowLeft")
    hall.wait_for_function("() => exhibit.walker.gaze().yaw > 0.3")
    hall.keyboard.up("ArrowLeft")
    hall.keyboard.down("KeyE")
    hall.wait_for_function("() => exhibit.walker.gaze().yaw < 0.1")
    hall.keyboard.up("KeyE")


def test_one_stands_still_at_once_when_the_window_loses_the_keyboard(hall: Page) -> None:
    start = stand(hall, 0, 8)
    hall.keyboard.down("ArrowUp")
    gone(hall, start, 0.2)
    hall.evaluate("() => void window.dispatchEvent(new Event('blur'))")
    there = gaze(hall)
    drawn(hall, 3)
    assert gaze(hall) == there
    hall.keyboard.up("ArrowUp")


def test_letters_typed_into_a_field_do_not_walk(hall: Page) -> None:
    start = stand(hall, 0, 8)
    hall.evaluate(
        """() => {
            const field = Object.assign(document.createElement("input"), { id: "typed" });
            document.body.append(field);
            field.focus();
        }"""
    )
    for key in ("KeyW", "KeyA", "ArrowUp"):
        hall.keyboard.down(key)
        drawn(hall, 2)
        hall.keyboard.up(key)
    assert hall.evaluate("() => document.getElementById('typed').value") == "wa"
    assert gaze(hall) == start
    hall.evaluate("() => document.getElementById('typed').remove()")


def test_arrows_scroll_what_is_long_and_has_the_keyboard(hall: Page) -> None:
    start = stand(hall, 0, 8)
    hall.evaluate(
        """() => {
            const long = Object.assign(document.createElement("div"), { id: "long", tabIndex: 0 });
            long.style.cssText = "position: fixed; inset: 0 0 auto auto; width: 90px; height: 60px; overflow-y: auto";
            long.append(Object.assign(document.createElement("p"), { textContent: "long ".repeat(99) }));
            document.body.append(long);
            long.focus();
        }"""
    )
    hall.keyboard.press("ArrowDown")
    hall.wait_for_function("() => document.getElementById('long').scrollTop > 0")
    assert gaze(hall) == start
    hall.evaluate("() => document.getElementById('long').remove()")


def test_keys_with_a_modifier_are_the_browsers(hall: Page) -> None:
    start = stand(hall, 0, 8)
    hall.keyboard.down("Control")
    hall.keyboard.down("KeyD")
    drawn(hall, 3)
    hall.keyboard.up("KeyD")
    hall.keyboard.up("Control")
    assert gaze(hall) == start


def test_nobody_walks_while_a_dialog_has_the_visitor(hall: Page) -> None:
    start = stand(hall, 0, 8)
    hall.evaluate("() => { exhibit.walker.enabled = false; }")
    hall.keyboard.down("KeyW")
    drawn(hall, 3)
    assert gaze(hall) == start
    hall.keyboard.up("KeyW")
    hall.evaluate("() => { exhibit.walker.enabled = true; }")
    hall.keyboard.down("KeyW")
    gone(hall, start, 0.2)
    hall.keyboard.up("KeyW")


def test_a_wall_stops_and_one_slides_along_it(hall: Page) -> None:
    # The wall at x = −3.6, from its east at an angle: walking north-west comes up against it, and on along it.
    start = stand(hall, -2.6, -9.9, math.pi / 3)
    hall.keyboard.down("KeyW")
    gone(hall, start, 0.9)
    hall.keyboard.up("KeyW")
    after = gaze(hall)
    assert -3.6 + 0.1 + 0.28 - 0.001 <= after.x <= -3.1, "at the wall, or at a board on it"
    assert after.z < start.z - 0.4
    assert is_free(hall)


def test_a_portal_leads_to_the_next_hall_without_a_new_page_and_back(hall: Page) -> None:
    hall.evaluate("() => { window.same = 'page'; }")
    stand(hall, 0, -14.2)
    hall.keyboard.down("KeyW")
    hall.wait_for_function("() => exhibit.hall.slug === 'joint'")
    hall.keyboard.up("KeyW")
    arrived = gaze(hall)
    assert arrived.distance(-9.18, 5.3) < 1.5, "one arrives at the portal that leads back"
    assert hall.url.endswith("/view/joint")
    drawn(hall, 3)
    assert hall.evaluate("() => exhibit.hall.slug") == "joint"
    # Back: turned round, over the same threshold.
    stand(hall, -9.18, 5.3, arrived.yaw + math.pi)
    hall.keyboard.down("KeyW")
    hall.wait_for_function("() => exhibit.hall.slug === 'shanghai'")
    hall.keyboard.up("KeyW")
    assert gaze(hall).distance(0, -14.2) < 1.5
    assert hall.evaluate("() => window.same") == "page"


def test_a_visitor_set_down_on_a_portal_stays_until_leaving_it(hall: Page) -> None:
    start = stand(hall, 0, -14.8)
    hall.keyboard.down("KeyW")
    gone(hall, start, 0.1)
    hall.keyboard.up("KeyW")
    drawn(hall, 2)
    assert hall.evaluate("() => exhibit.hall.slug") == "shanghai"


def test_a_drag_looks_and_chooses_nothing(hall: Page) -> None:
    selected(hall)
    start = stand(hall, 0, 6)
    hall.mouse.move(240, 150)
    hall.mouse.down()
    hall.mouse.move(300, 130, steps=4)
    hall.mouse.up()
    after = gaze(hall)
    assert after.yaw > 0.1, "what was under the pointer went with it to the right"
    assert after.pitch < start.pitch
    assert (after.x, after.z) == (start.x, start.z)
    assert choice(hall) is None


def test_a_click_on_an_exhibit_opens_it_and_goes_there(hall: Page) -> None:
    selected(hall)
    stand(hall, 0, 7.5, math.pi / 2 - 0.1)
    hall.mouse.click(*on_screen(hall, *exhibit_middle(hall, "welding-robot")))
    hall.wait_for_function("() => chosen.length > 0")
    assert choice(hall) == "exhibits/welding-robot"
    hall.wait_for_function(
        "() => Math.hypot(exhibit.walker.gaze().position.x, exhibit.walker.gaze().position.z - 7.5) > 0.3"
    )
    assert is_free(hall)


def test_an_exhibit_behind_a_wall_cannot_be_clicked(hall: Page) -> None:
    selected(hall)
    # In the bay next to the robot's, with the wall at z = 4.6 between.
    stand(hall, -5, 1.5, 0.0)
    x, y, z = exhibit_middle(hall, "welding-robot")
    assert z > 4.6
    stand(hall, x, 1.5, math.pi)
    hall.mouse.click(*on_screen(hall, x, y, z))
    drawn(hall, 3)
    assert hall.evaluate("() => chosen.includes('exhibits/welding-robot')") is False


def test_a_click_on_the_floor_glides_there_under_a_ring(new_context: NewContext, visit: Visit) -> None:
    page = visit("shanghai", on=new_context(viewport=SMALL, reduced_motion="no-preference").new_page())
    start = stand(page, 0, 8, 0, -0.3)
    page.evaluate(
        """() => {
            const ring = exhibit.stage.scene.getObjectByName("ring");
            window.rings = [];
            exhibit.stage.onFrame(() => rings.push(ring.visible));
        }"""
    )
    page.mouse.click(*on_screen(page, 0.4, 0, 5.2))
    page.wait_for_function("() => Math.abs(exhibit.walker.gaze().position.z - 5.2) < 0.05 && rings.includes(true)")
    after = gaze(page)
    assert after.x == pytest.approx(0.4, abs=0.05)
    assert after.yaw == pytest.approx(start.yaw)
    page.wait_for_function("() => { exhibit.stage.invalidate(); return rings.at(-1) === false; }")


def test_whoever_wants_no_motion_jumps_to_where_the_floor_was_clicked(hall: Page) -> None:
    stand(hall, 0, 8, 0, -0.3)
    hall.evaluate(
        "() => { window.places = new Set(); exhibit.stage.onFrame(() => places.add(exhibit.walker.gaze().position.z)); }"
    )
    hall.mouse.click(*on_screen(hall, 0, 0, 5.2))
    hall.wait_for_function("() => Math.abs(exhibit.walker.gaze().position.z - 5.2) < 0.05")
    drawn(hall, 2)
    assert len(hall.evaluate("() => [...places]")) <= 2, "no place between here and there was shown"


def test_the_wheel_goes_forward_and_back(hall: Page) -> None:
    start = stand(hall, 0, 8)
    hall.mouse.move(240, 150)
    hall.mouse.wheel(0, -200)
    gone(hall, start, 0.5)
    forward = gaze(hall)
    assert forward.z < start.z
    hall.mouse.wheel(0, 300)
    hall.wait_for_function("(z) => exhibit.walker.gaze().position.z > z + 0.5", arg=forward.z)


def test_a_key_ends_a_flight_where_one_can_stand(new_context: NewContext, visit: Visit) -> None:
    page = visit("shanghai", on=new_context(viewport=SMALL, reduced_motion="no-preference").new_page())
    start = stand(page, 0, 10)
    page.evaluate(
        """() => {
            const position = exhibit.walker.gaze().position.set(0, 0, -12);
            window.flight = exhibit.walker.fly({ position, yaw: 0, pitch: 0 }, 600).then((arrived) => (window.arrived = arrived));
        }"""
    )
    drawn(page, 2)
    page.keyboard.down("KeyS")
    page.wait_for_function("() => window.arrived === false")
    page.keyboard.up("KeyS")
    assert gaze(page).distance(start.x, start.z) < 10
    assert is_free(page)


def test_a_flight_into_an_exhibit_ends_beside_it(hall: Page) -> None:
    x, _, z = exhibit_middle(hall, "welding-robot")
    arrived = hall.evaluate(
        """([x, z]) => {
            const position = exhibit.walker.gaze().position.set(x, 0, z);
            return exhibit.walker.fly({ position, yaw: 0, pitch: 0 });
        }""",
        [x, z],
    )
    assert arrived is True
    assert is_free(hall)
    assert gaze(hall).distance(x, z) < 3


def test_whoever_visits_an_exhibit_stands_free_and_has_it_in_view(hall: Page) -> None:
    seen = hall.evaluate(
        """async () => {
            const { walker, stage, hall } = exhibit;
            const troubles = [];
            for (const shown of hall.exhibits.all.values()) {
                const arrived = await walker.visit({ exhibit: shown.exhibit });
                const { x, z } = walker.gaze().position;
                stage.camera.updateWorldMatrix(true, false);
                stage.camera.matrixWorldInverse.copy(stage.camera.matrixWorld).invert();
                const at = shown.bounds.getCenter(walker.gaze().position).project(stage.camera);
                if (!arrived || !walker.isFree(x, z) || Math.hypot(at.x, at.y) > 0.5 || at.z > 1) {
                    troubles.push([shown.id, arrived, at.toArray()]);
                }
            }
            return troubles;
        }"""
    )
    assert seen == []


PAD = """
    window.pad = { axes: [0, 0, 0, 0], buttons: Array.from({ length: 17 }, () => ({ pressed: false, value: 0 })),
                   connected: true, mapping: "standard", id: "pad", index: 0, timestamp: 0 };
    navigator.getGamepads = () => [window.pad, null, null, null];
"""


def test_a_gamepad_walks_looks_chooses_and_closes(new_context: NewContext, visit: Visit) -> None:
    context = new_context(viewport=SMALL)
    context.add_init_script(PAD)
    page = visit("shanghai", on=context.new_page())
    selected(page)
    start = stand(page, 0, 9)
    page.evaluate("() => { pad.axes[1] = 0.15; }")
    drawn(page, 3)
    assert gaze(page) == start, "a stick at rest is never quite at zero"
    page.evaluate("() => { pad.axes[1] = -1; }")
    gone(page, start, 0.5)
    page.evaluate("() => { pad.axes[1] = 0; pad.axes[2] = 1; }")
    page.wait_for_function("() => exhibit.walker.gaze().yaw < -0.3")
    page.evaluate("() => { pad.axes[2] = 0; }")
    page.evaluate("async () => { await exhibit.walker.visit({ exhibit: exhibit.hall.manifest.exhibits[0] }); }")
    page.evaluate("() => { pad.buttons[0].pressed = true; }")
    page.wait_for_function("() => chosen.at(-1) === exhibit.hall.manifest.exhibits[0].id")
    page.evaluate("() => { pad.buttons[0].pressed = false; pad.buttons[1].pressed = true; }")
    page.wait_for_function("() => chosen.at(-1) === null")


def touch(cdp: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    cdp.send(
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": x, "y": y, "id": index} for index, (x, y) in enumerate(points)]},
    )


@pytest.fixture
def phone(new_context: NewContext, visit: Visit) -> Page:
    context = new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    return visit("shanghai", on=context.new_page())


def test_fingers_look_pinch_and_tap(phone: Page) -> None:
    cdp = phone.context.new_cdp_session(phone)
    selected(phone)
    start = stand(phone, 0, 8, 0, -0.3)
    touch(cdp, "touchStart", (180, 300))
    for moved in (200, 220, 240):
        touch(cdp, "touchMove", (moved, 300))
    touch(cdp, "touchEnd")
    phone.wait_for_function("() => exhibit.walker.gaze().yaw > 0.05")
    looked = gaze(phone)
    assert (looked.x, looked.z) == (start.x, start.z)
    touch(cdp, "touchStart", (150, 300), (210, 300))
    touch(cdp, "touchMove", (120, 300), (240, 300))
    touch(cdp, "touchEnd")
    gone(phone, looked, 0.4)
    here = stand(phone, 0, 8, 0, -0.3)
    x, y = on_screen(phone, 0, 0, 5.5)
    touch(cdp, "touchStart", (x, y))
    touch(cdp, "touchEnd")
    gone(phone, here, 2)
    assert gaze(phone).z == pytest.approx(5.5, abs=0.1)
    assert choice(phone) is None


def test_the_stick_on_a_touched_screen_walks(phone: Page) -> None:
    cdp = phone.context.new_cdp_session(phone)
    start = stand(phone, 0, 8)
    stick = phone.locator(".walk-stick").bounding_box()
    assert stick is not None
    assert stick["x"] < 60
    assert stick["y"] + stick["height"] > 540
    x, y = stick["x"] + stick["width"] / 2, stick["y"] + stick["height"] / 2
    touch(cdp, "touchStart", (x, y))
    touch(cdp, "touchMove", (x, y - 40))
    gone(phone, start, 0.5)
    touch(cdp, "touchEnd")
    assert gaze(phone).z < start.z - 0.4
