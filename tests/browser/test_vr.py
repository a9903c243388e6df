"""VR: standing in the hall with controllers or bare hands; going, turning, reading, lifting, and on through portals."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.headset import HEADSET, Headset

ROBOT = "exhibits/welding-robot"


def in_vr(headset: Headset, at: tuple[float, float] | None = None, yaw: float = 0.0) -> Headset:
    """Enter VR, from that place on the hall's floor (x, z) if one is given."""
    if at:
        headset.page.evaluate(
            """([x, z, yaw]) => {
                const { walker } = window.exhibit, gaze = walker.gaze();
                walker.stand({ position: gaze.position.clone().set(x, 0, z), yaw, pitch: 0 });
            }""",
            [*at, yaw],
        )
    headset.page.evaluate("() => { headset.primaryInputMode = 'controller'; }")
    headset.head((0.3, 1.65, 0.2), (0.3, 1.65, -5))
    headset.aim((0.4, 1.4, 0.0), (0.4, 1.4, -5))
    headset.aim((0.1, 1.4, 0.0), (0.1, 2.9, -1), "left")
    headset.enter("vr")
    return headset


def middle_of(headset: Headset, exhibit: str) -> list[float]:
    middle: list[float] = headset.page.evaluate(
        """(id) => {
            const { bounds } = window.exhibit.hall.exhibits.all.get(id);
            return bounds.getCenter(window.exhibit.stage.rig.position.clone()).toArray();
        }""",
        exhibit,
    )
    return middle


def before(headset: Headset, exhibit: str) -> tuple[float, float]:
    """A free place two metres from an exhibit, in sight of it."""
    found: tuple[float, float] | None = headset.page.evaluate(
        """(id) => {
            const { hall, walker, stage } = window.exhibit;
            const { bounds } = hall.exhibits.all.get(id);
            const middle = bounds.getCenter(stage.rig.position.clone());
            for (let turn = 0; turn < 24; turn++) {
                const [x, z] = [middle.x + 2 * Math.cos(turn * Math.PI / 12), middle.z + 2 * Math.sin(turn * Math.PI / 12)];
                const eye = middle.clone().set(x, 1.5, z);
                const seen = hall.exhibits.at(eye, middle.clone().sub(eye).normalize());
                if (walker.isFree(x, z) && seen?.exhibit.id === id) return [x, z];
            }
            return null;
        }""",
        exhibit,
    )
    assert found is not None
    return found


def test_the_head_stands_where_the_visitor_stood(wearing: Callable[..., Headset]) -> None:
    headset = in_vr(wearing(), (1.0, 8.0), math.pi / 3)
    facts = headset.facts()
    assert [facts["head"][0], facts["head"][2]] == pytest.approx([1.0, 8.0], abs=0.01)
    assert facts["head"][1] == pytest.approx(1.65, abs=0.01), "as tall as the visitor is"
    assert facts["yaw"] == pytest.approx(math.pi / 3, abs=0.01)


@pytest.mark.parametrize("way", ["trigger", "stick"])
def test_teleporting_goes_to_a_free_place(wearing: Callable[..., Headset], way: str) -> None:
    headset = in_vr(wearing(), (0.0, 11.0))
    if way == "trigger":
        headset.aim_in_hall((0.0, 0.0, 8.6))
        landing = headset.page.evaluate("() => window.exhibit.stage.scene.getObjectByName('xr-teleport').userData")
        headset.click()
    else:
        headset.aim_in_hall((0.0, 0.0, 8.6))
        headset.stick(0, -1)
        landing = headset.page.evaluate("() => window.exhibit.stage.scene.getObjectByName('xr-teleport').userData")
        headset.stick(0, 0)
    assert landing["free"] is True
    head = headset.facts()["head"]
    assert [head[0], head[2]] == pytest.approx([landing["point"][0], landing["point"][2]], abs=0.01)
    assert head[2] < 10.5


def test_a_wall_is_no_place_to_go(wearing: Callable[..., Headset]) -> None:
    headset = in_vr(wearing(), (5.0, 4.0), -math.pi / 2)
    at = headset.facts()["head"]
    headset.aim_in_hall((8.0, 0.0, 4.0))
    shown = headset.page.evaluate("""() => {
        window.exhibit.stage.renderer.xr.getSession();
        return window.exhibit.immersion.facts().aims.find((aim) => aim.hand === "right");
    }""")
    assert (shown["kind"], shown["free"]) == ("floor", False)
    headset.press()
    mark = headset.page.evaluate("() => window.exhibit.stage.scene.getObjectByName('xr-teleport')?.userData")
    headset.release()
    assert mark["free"] is False
    assert headset.facts()["head"] == pytest.approx(at, abs=0.001)


def test_the_stick_turns_by_thirty_degrees_about_the_head(wearing: Callable[..., Headset]) -> None:
    headset = in_vr(wearing(), (1.0, 8.0))
    headset.stick(-1, 0)
    headset.frames(5)
    headset.stick(0, 0)
    facts = headset.facts()
    assert facts["yaw"] == pytest.approx(math.pi / 6, abs=0.01), "once for one push"
    assert [facts["head"][0], facts["head"][2]] == pytest.approx([1.0, 8.0], abs=0.01)
    headset.stick(1, 0)
    headset.stick(0, 0)
    assert headset.facts()["yaw"] == pytest.approx(0, abs=0.01)


def test_pointing_and_selecting_opens_an_exhibits_board(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    in_vr(headset, before(headset, ROBOT))
    headset.aim_in_hall(middle_of(headset, ROBOT))
    aim = next(one for one in headset.facts()["aims"] if one["hand"] == "right")
    assert (aim["kind"], aim["id"]) == ("exhibit", ROBOT)

    headset.click()
    board = headset.board()
    assert board["shown"]
    assert "焊接机器人" in board["words"]

    headset.press_button("language")
    board = headset.board()
    assert "Welding robot" in board["words"]
    assert board["lang"] == "en"

    headset.press_button("next")
    selected = headset.page.evaluate("() => location.hash")
    assert selected.startswith("#exhibit=")
    assert "welding-robot" not in selected
    headset.press_button("close")
    assert headset.board()["shown"] is False


def test_a_long_board_is_read_page_by_page(wearing: Callable[..., Headset]) -> None:
    headset = in_vr(wearing(fresh=True), (1.0, 8.0))
    headset.page.evaluate("""() => {
        const { manifest } = window.exhibit.hall;
        manifest.exhibits.find((one) => one.id === "exhibits/welding-robot").summary = { en: "A very long tale. ".repeat(200) };
        window.exhibit.select("welding-robot");
    }""")
    headset.frames()
    pages = headset.board()["pages"]
    assert pages > 2
    headset.press_button("more")
    assert headset.board()["page"] == 1


def test_what_goes_wrong_is_told_on_the_board_and_closed_there(wearing: Callable[..., Headset]) -> None:
    headset = in_vr(wearing(), (1.0, 8.0))
    headset.page.evaluate(
        "() => window.exhibit.tell('notice', { severity: 'warning', text: 'There is no such hall.' })"
    )
    headset.frames()
    board = headset.board()
    assert board["shown"]
    assert "There is no such hall." in str(board["words"])
    headset.press_button("close")
    assert not headset.board()["shown"]


def test_squeezing_lifts_a_copy_that_follows_the_hand_and_returns(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    in_vr(headset, before(headset, ROBOT))
    headset.aim_in_hall(middle_of(headset, ROBOT))
    headset.press("squeeze")
    headset.until("(id) => window.exhibit.immersion.facts().held === id", ROBOT)
    headset.frames()
    where = """() => {
        const held = window.exhibit.stage.scene.getObjectByName("xr-held");
        return held ? held.matrixWorld.elements.slice(12, 15).concat(Math.hypot(...held.matrixWorld.elements.slice(0, 3))) : null;
    }"""
    first = headset.page.evaluate(where)
    headset.page.evaluate("() => { const { position } = headset.controllers.right; position.y += 0.3; }")
    headset.frames()
    second = headset.page.evaluate(where)
    assert second[1] - first[1] == pytest.approx(0.3, abs=0.01)
    assert second[3] < 1, "a robot that is taller than a hand's reach is held as a small one"

    headset.release("squeeze")
    assert headset.facts().get("held") is None
    headset.until("() => !window.exhibit.stage.scene.getObjectByName('xr-held')")


def test_a_bare_hand_selects_by_pinching(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    in_vr(headset, before(headset, ROBOT))
    headset.page.evaluate("() => { headset.primaryInputMode = 'hand'; }")
    headset.aim((0.1, 1.4, 0.0), (0.1, 2.9, -1), "left", kind="hands")
    headset.aim_in_hall(middle_of(headset, ROBOT), kind="hands")
    headset.pinch()
    assert headset.page.evaluate("() => location.hash") == "#exhibit=welding-robot"
    assert headset.board()["shown"] is True


def test_a_portal_leads_on_within_the_session(wearing: Callable[..., Headset]) -> None:
    headset = wearing(fresh=True)
    step = "() => window.exhibit.hall.manifest.space.portals.find((one) => one.to === 'jiangsu')"
    portal = headset.page.evaluate(step)
    x = sum(corner[0] for corner in portal["floor"]) / 4
    z = sum(corner[1] for corner in portal["floor"]) / 4
    arrival = portal["pose"]["translation"]
    in_vr(headset, (arrival[0], arrival[2]))
    headset.page.evaluate("() => { window.first = headset.activeSession; window.loads = performance.timeOrigin; }")
    headset.aim_in_hall((x, 0.0, z))
    headset.page.evaluate(
        """([x, z]) => {
            // One walks into it on one's own feet.
            const { rig } = window.exhibit.stage;
            const local = rig.worldToLocal(rig.position.clone().set(x, 0, z));
            headset.position.set(local.x, headset.position.y, local.z);
        }""",
        [x, z],
    )
    headset.until("() => window.exhibit.hall.slug === 'jiangsu' && window.exhibit.immersion.facts().hall === 'jiangsu'")
    headset.frames(3)
    assert (
        headset.page.evaluate("() => headset.activeSession === window.first && window.exhibit.immersion.mode") == "vr"
    )
    back = headset.page.evaluate(
        "() => window.exhibit.hall.manifest.space.portals.find((one) => one.to === 'shanghai').pose.translation"
    )
    head = headset.facts()["head"]
    assert [head[0], head[2]] == pytest.approx([back[0], back[2]], abs=0.3)


def test_smooth_walking_is_off_until_it_is_wanted(wearing: Callable[..., Headset]) -> None:
    headset = in_vr(wearing(fresh=True), (0.0, 8.0))
    assert headset.facts()["smooth"] is False
    headset.page.evaluate("() => window.exhibit.select('welding-robot')")
    headset.frames()
    headset.press_button("smooth")
    headset.press_button("close")
    assert headset.facts()["smooth"] is True
    at = headset.facts()["head"]
    headset.stick(0, -1, "left")
    assert headset.page.evaluate("() => window.exhibit.stage.camera.getObjectByName('xr-vignette').visible") is True
    headset.stick(0, 0, "left")
    assert headset.facts()["head"][2] < at[2]
    assert headset.page.evaluate("() => window.exhibit.stage.camera.getObjectByName('xr-vignette').visible") is False


def test_the_end_leaves_the_visitor_standing_there_on_the_screen(wearing: Callable[..., Headset]) -> None:
    headset = wearing(features=[feature for feature in HEADSET if feature != "hand-tracking"] + ["hand-tracking"])
    state = """() => {
        const { stage, walker, immersion } = window.exhibit;
        return {
            mode: immersion.mode, enabled: walker.enabled, presenting: stage.renderer.xr.isPresenting,
            camera: [...stage.camera.position.toArray(), stage.camera.fov].map((value) => Math.round(value * 1000)),
            extras: stage.scene.children.filter((one) => one.name.startsWith("xr-")).length + stage.camera.children.length,
        };
    }"""
    before_it: dict[str, Any] = headset.page.evaluate(state)
    in_vr(headset, (1.0, 8.0))
    headset.aim_in_hall((1.0, 0.0, 6.5))
    headset.click()
    head = headset.facts()["head"]
    headset.page.evaluate("() => headset.activeSession.end()")
    assert headset.page.evaluate(state) == before_it
    gaze = headset.page.evaluate(
        "() => { const { position } = window.exhibit.walker.gaze(); return [position.x, position.z]; }"
    )
    assert gaze == pytest.approx([head[0], head[2]], abs=0.01)
