"""AR: the hall stands in the visitor's room, as a table-top model or life-size; an exhibit at its true size."""

import math
from collections.abc import Callable
from typing import Any

import pytest
import segno

from exhibit_api.viewer.codes import LEVEL, MASK
from tests.browser.headset import HEADSET, TABLE_HEIGHT, Headset

EYES = (0.0, 1.6, 0.0)
TABLE = (0.1, TABLE_HEIGHT, -1.4)
FLOOR = (0.8, 0.0, -0.8)

AROUND = """() => {
    const { scene } = window.exhibit.stage;
    const object = scene.getObjectByName("xr-exhibit");
    object.updateWorldMatrix(true, true);
    let min = [Infinity, Infinity, Infinity], max = [-Infinity, -Infinity, -Infinity];
    object.traverse((part) => {
        if (!part.isMesh) return;
        const place = part.geometry.attributes.position;
        for (let i = 0; i < place.count; i++) {
            const point = part.position.clone().fromBufferAttribute(place, i).applyMatrix4(part.matrixWorld).toArray();
            min = min.map((value, axis) => Math.min(value, point[axis]));
            max = max.map((value, axis) => Math.max(value, point[axis]));
        }
    });
    return { min, max };
}"""


def standing_on(headset: Headset, point: tuple[float, float, float]) -> dict[str, Any]:
    """Enter AR if need be, point there and tap: how the hall stands then."""
    if headset.facts()["mode"] == "screen":
        headset.enter("ar")
    headset.head(EYES, point)
    headset.aim((0.2, 1.3, -0.1), point)
    headset.click()
    placed: dict[str, Any] = headset.facts()["placed"]
    return placed


def test_a_tap_on_a_table_stands_the_hall_there_as_a_model(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    placed = standing_on(headset, TABLE)

    assert placed["position"] == pytest.approx(TABLE, abs=0.01)
    assert placed["scale"] == pytest.approx(0.03)
    middle = headset.page.evaluate("""() => {
        const { root, manifest } = window.exhibit.hall;
        const { min, max } = manifest.space.bounds;
        root.updateWorldMatrix(true, false);
        const between = (axis) => (min[axis] + max[axis]) / 2;
        return root.localToWorld(root.position.clone().set(between(0), 0, between(2))).toArray();
    }""")
    assert middle == pytest.approx(TABLE, abs=0.01)


def test_the_model_shows_its_front_to_the_visitor(wearing: Callable[..., Headset]) -> None:
    headset = wearing("jiangsu")
    standing_on(headset, TABLE)

    entrance, middle = headset.page.evaluate("""() => {
        const { root, manifest } = window.exhibit.hall;
        root.updateWorldMatrix(true, false);
        const at = (point) => root.localToWorld(root.position.clone().set(...point));
        const { translation, rotation: [x, y, z, w] } = manifest.space.spawn;
        const look = root.position.clone().set(0, 0, -1).applyQuaternion(root.quaternion.clone().set(x, y, z, w));
        const ahead = translation.map((value, axis) => value + look.toArray()[axis]);
        const from = at(translation), to = at(ahead);
        return [to.sub(from).normalize().toArray(), window.headset.position.toArray?.() ?? []];
    }""")
    away = [TABLE[0] - EYES[0], TABLE[2] - EYES[2]]
    length = math.hypot(*away)
    assert [entrance[0], entrance[2]] == pytest.approx([away[0] / length, away[1] / length], abs=0.02), middle


def test_the_anchors_are_tried_in_their_order(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    headset.enter("ar")
    headset.head(EYES, FLOOR)
    headset.aim((0.2, 1.3, -0.1), FLOOR)

    plan = headset.facts()["plan"]
    assert [passed["type"] for passed in plan["passed"]] == ["image", "geo", "floor"]
    assert "28.4" in plan["passed"][2]["why"]
    assert (plan["how"], plan["anchor"], plan["scale"]) == ("floor", 3, 0.03)


def test_without_planes_the_size_of_the_floor_is_taken_on_trust(wearing: Callable[..., Headset]) -> None:
    headset = wearing(features=[feature for feature in HEADSET if feature != "plane-detection"])
    headset.enter("ar")
    headset.head(EYES, FLOOR)
    headset.aim((0.2, 1.3, -0.1), FLOOR)
    assert (headset.facts()["plan"]["anchor"], headset.facts()["plan"]["scale"]) == (2, 1)

    headset.aim((0.2, 1.3, -0.1), TABLE)
    assert headset.facts()["plan"]["scale"] == 0.03, "life-size does not stand on a table"


def test_a_hall_stands_at_a_wall_where_its_anchors_say_so(wearing: Callable[..., Headset]) -> None:
    headset = wearing("anhui", features=[feature for feature in HEADSET if feature != "plane-detection"])
    wall = (0.0, 1.2, -3.0)
    placed = standing_on(headset, wall)

    assert headset.facts()["plan"]["how"] == "wall"
    assert placed["position"] == pytest.approx((0.0, 0.0, -3.0), abs=0.01)
    nearest = headset.page.evaluate("""() => {
        const { root, manifest } = window.exhibit.hall;
        root.updateWorldMatrix(true, false);
        return Math.max(...manifest.space.floor.map(([x, z]) => root.localToWorld(root.position.clone().set(x, 0, z)).z));
    }""")
    assert nearest == pytest.approx(-3.0, abs=0.05), "all of the hall is behind the wall, its front at it"


def test_a_printed_marker_places_the_hall_where_images_are_tracked(wearing: Callable[..., Headset]) -> None:
    headset = wearing(fresh=True, features=[*HEADSET, "image-tracking"])
    asked = headset.page.evaluate("""async () => {
        const asking = XRSystem.prototype.requestSession;
        let images;
        XRSystem.prototype.requestSession = function (mode, init) {
            images = init.trackedImages;
            return asking.call(this, mode, init);
        };
        window.marker = new XRSpace(undefined, new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0.3, 0.74, -1.2, 1]));
        XRFrame.prototype.getImageTrackingResults = () => window.inSight
            ? [{ index: 0, trackingState: "tracked", imageSpace: window.marker }] : [];
        await window.exhibit.immersion.enterAr();
        return images.map(({ image, widthInMeters }) => {
            const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
            context.drawImage(image, 0, 0);
            const module = 16, side = image.width / module, numbers = [...Array(side).keys()];
            const isDark = (x, y) => context.getImageData((x + 0.5) * module, (y + 0.5) * module, 1, 1).data[0] < 128;
            return { rows: numbers.map((y) => numbers.map((x) => Number(isDark(x, y)))), widthInMeters };
        });
    }""")
    printed = segno.make("exhibit:yangtze-delta/shanghai", micro=False, error=LEVEL, boost_error=False, mask=MASK)
    assert asked == [{"rows": [list(row) for row in printed.matrix], "widthInMeters": 0.2}], (
        "as the catalogue prints it"
    )
    headset.frames()
    assert headset.facts().get("placed") is None

    headset.page.evaluate("() => { window.inSight = true; }")
    headset.frames()
    placed = headset.facts()["placed"]
    assert headset.facts()["plan"]["how"] == "image"
    assert placed["position"] == pytest.approx((0.3, 0.74, -1.2), abs=0.01)
    assert placed["scale"] == 0.03, "on a table, a model"


def test_life_size_hides_the_room_and_stands_the_visitor_at_the_entrance(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    standing_on(headset, TABLE)
    seen = """() => Object.fromEntries(["floor", "walls", "ceiling", "plinths"].map((name) =>
        [name, window.exhibit.hall.room.root.getObjectByName(name).visible]))"""
    assert headset.page.evaluate(seen) == {"floor": True, "walls": True, "ceiling": False, "plinths": True}

    headset.press_button("size")
    assert headset.facts()["life"] is True
    assert headset.page.evaluate(seen) == {"floor": False, "walls": False, "ceiling": False, "plinths": True}
    spawn = headset.page.evaluate("""() => {
        const { root, manifest } = window.exhibit.hall;
        root.updateWorldMatrix(true, false);
        return root.localToWorld(root.position.clone().set(...manifest.space.spawn.translation)).toArray();
    }""")
    assert spawn == pytest.approx((0, 0, 0), abs=0.01)

    headset.press_button("size")
    assert headset.facts()["placed"]["scale"] == pytest.approx(0.03)
    assert headset.facts()["placed"]["position"] == pytest.approx(TABLE, abs=0.01)


def test_an_exhibit_stands_alone_at_its_true_size(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    headset.enter("ar", "exhibits/ship-propeller")
    headset.until("() => window.exhibit.stage.scene.getObjectByName('xr-exhibit') !== undefined")
    placed = standing_on(headset, FLOOR)

    assert placed["position"] == pytest.approx(FLOOR, abs=0.01)
    box = headset.page.evaluate(AROUND)
    assert box["min"][1] == pytest.approx(0, abs=0.02), "it stands on the floor"
    bounds = headset.page.evaluate(
        "() => window.exhibit.hall.manifest.exhibits.find((one) => one.id === 'exhibits/ship-propeller').bounds"
    )
    high = bounds["max"][1] - bounds["min"][1]
    assert box["max"][1] - box["min"][1] == pytest.approx(high, abs=0.05)
    before = headset.page.evaluate(AROUND)
    headset.frames(20)
    assert headset.page.evaluate(AROUND) == before, "its blades rest, for the visitor wants no motion"
    assert headset.page.evaluate("() => window.exhibit.hall.root.visible") is False


def test_dragging_moves_twisting_turns_and_two_hands_scale(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    before = standing_on(headset, TABLE)
    hand = (0.2, 1.3, -0.1)

    headset.press()
    headset.aim(hand, (TABLE[0] + 0.25, TABLE[1], TABLE[2] - 0.1))
    headset.release()
    moved = headset.facts()["placed"]
    assert moved["position"] == pytest.approx((TABLE[0] + 0.25, TABLE[1], TABLE[2] - 0.1), abs=0.01)
    assert moved["scale"] == before["scale"]

    headset.press()
    headset.page.evaluate("""() => {
        const { quaternion } = window.headset.controllers.right;
        const [x, y, z, w] = [quaternion.x, quaternion.y, quaternion.z, quaternion.w];
        const [s, c] = [Math.sin(Math.PI / 8), Math.cos(Math.PI / 8)];
        quaternion.set(x * c + y * s, y * c - x * s, z * c + w * s, w * c - z * s);
    }""")
    headset.frames()
    headset.release()
    turned = headset.facts()["placed"]
    assert turned["yaw"] - moved["yaw"] == pytest.approx(math.pi / 4, abs=0.02)

    headset.aim((0.2, 1.3, -0.3), TABLE, "right")
    headset.aim((-0.2, 1.3, -0.3), TABLE, "left")
    headset.press(hand="right")
    headset.press(hand="left")
    headset.aim((0.4, 1.3, -0.3), TABLE, "right")
    headset.aim((-0.4, 1.3, -0.3), TABLE, "left")
    headset.release(hand="right")
    headset.release(hand="left")
    assert headset.facts()["placed"]["scale"] == pytest.approx(0.06, rel=0.02)


def test_scaling_has_limits_and_snaps_to_true_size(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    headset.enter("ar", "exhibits/ship-propeller")
    headset.until("() => window.exhibit.stage.scene.getObjectByName('xr-exhibit') !== undefined")
    standing_on(headset, FLOOR)

    def spread(before: float, after: float) -> float:
        for hand, side in (("right", 1), ("left", -1)):
            headset.aim((side * before, 1.3, -0.3), FLOOR, hand)
        headset.press(hand="right")
        headset.press(hand="left")
        for hand, side in (("right", 1), ("left", -1)):
            headset.aim((side * after, 1.3, -0.3), FLOOR, hand)
        headset.release(hand="right")
        headset.release(hand="left")
        scale: float = headset.facts()["placed"]["scale"]
        return scale

    assert spread(0.1, 0.15) == pytest.approx(1.5, rel=0.01)
    assert spread(0.15, 0.105) == 1, "1.05 is meant to be true size"
    assert spread(0.01, 0.9) == 20, "no larger than the limit"
    headset.press_button("size")
    assert headset.facts()["placed"]["scale"] == 1


def test_what_was_placed_is_anchored_and_follows_the_device(wearing: Callable[..., Headset]) -> None:
    headset = wearing(fresh=True)
    standing_on(headset, TABLE)
    headset.until("() => window.exhibit.immersion.facts().anchored")

    headset.page.evaluate("""() => {
        const reading = XRFrame.prototype.getPose;
        const anchors = () => [...window.headset.activeSession[Object.getOwnPropertySymbols(
            window.headset.activeSession)[0]].trackedAnchors].map((anchor) => anchor.anchorSpace);
        XRFrame.prototype.getPose = function (space, base) {
            const pose = reading.call(this, space, base);
            if (!window.corrected || !anchors().includes(space)) return pose;
            const { x, y, z } = pose.transform.position;
            return { transform: new XRRigidTransform({ x: x + 0.05, y, z }, pose.transform.orientation) };
        };
    }""")
    headset.frames()
    headset.page.evaluate("() => { window.corrected = true; }")
    headset.frames()
    assert headset.facts()["placed"]["position"] == pytest.approx((TABLE[0] + 0.05, TABLE[1], TABLE[2]), abs=0.01)


def test_placing_again_looks_for_a_surface_anew(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    standing_on(headset, TABLE)
    headset.press_button("again")
    assert headset.facts().get("placed") is None
    assert standing_on(headset, (0.8, 0.0, -0.9))["position"] == pytest.approx((0.8, 0.0, -0.9), abs=0.01)


def test_a_device_without_hit_test_places_on_the_floor_of_the_feet(wearing: Callable[..., Headset]) -> None:
    headset = wearing(features=["hand-tracking"])
    assert standing_on(headset, FLOOR)["position"] == pytest.approx(FLOOR, abs=0.01)
