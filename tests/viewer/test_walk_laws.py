"""Laws of walking that hold in every hall: whoever stands free stays free, doors can be passed, walls cannot.

The viewer's pure modules run in deno as they are; the halls are the demo's and some that are made to be difficult.
"""

from typing import Any

import pytest

from tests.viewer.demo_halls import demo
from tests.viewer.modules import ask

HALLS = ("shanghai", "jiangsu", "zhejiang", "anhui", "joint")


def empty(floor: list[list[float]], walls: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """As much of a manifest as walking reads."""
    space = {"floor": floor, "walls": walls or [], "portals": [], "waypoints": [], "tours": [], "height": 4}
    return {"space": space, "exhibits": [], "placards": []} | more


SQUARE = [[-5.0, -5.0], [5.0, -5.0], [5.0, 5.0], [-5.0, 5.0]]
STAR = [
    [0.0, 6.0],
    [1.0, 1.5],
    [5.0, 2.0],
    [1.6, -0.6],
    [4.0, -5.0],
    [0.0, -1.8],
    [-4.0, -5.0],
    [-1.6, -0.6],
    [-5.0, 2.0],
]
CROWD = [
    {"id": f"e{index}", "bounds": {"min": [x, 0, z], "max": [x + 0.4, 1, z + 0.4]}}
    for index, (x, z) in enumerate((-4.6 + column, -4.6 + row) for column in range(9) for row in range(9))
]

WANDER = """
import { groundOf } from "VIEWER/walk/obstacles.ts";
import { isFree, nearestFree, walkBy } from "VIEWER/walk/collisions.ts";
let seed = 7;
const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const ground = groundOf(data.manifest);
const start = nearestFree(ground, data.from[0], data.from[1]);
const caught: unknown[] = [];
let here = start!, far = 0, steps = 0;
for (let walk = 0; walk < 400; walk++) {
  const angle = random() * 2 * Math.PI;
  const stride = random() < 0.05 ? 40 : random() * 0.4;
  for (let step = 0; step < 25; step++, steps++) {
    const there = walkBy(ground, here, Math.cos(angle) * stride, Math.sin(angle) * stride);
    if (!isFree(ground, ...there)) caught.push([here, there]);
    here = there;
    far = Math.max(far, Math.hypot(here[0] - start![0], here[1] - start![1]));
  }
}
answer({ caught, far, steps });
"""


@pytest.mark.parametrize("hall", HALLS)
def test_ten_thousand_steps_through_a_demo_hall_never_end_in_a_wall(hall: str) -> None:
    manifest = demo(hall)
    x, _, z = manifest["space"]["spawn"]["translation"]
    wandered = ask(WANDER, {"manifest": manifest, "from": [x, z]})
    assert wandered["caught"] == []
    assert wandered["far"] > 5, "the visitor was stuck near the spawn"


@pytest.mark.parametrize(
    "manifest",
    [empty(SQUARE), empty(STAR), empty(SQUARE, exhibits=CROWD), empty([[0, 0], [4, 4], [4, 0], [0, 4]])],
    ids=["square", "star", "crowd", "crossing itself"],
)
def test_ten_thousand_steps_on_a_difficult_floor_never_end_outside(manifest: dict[str, Any]) -> None:
    wandered = ask(WANDER, {"manifest": manifest, "from": [0.3, 0.2]})
    assert wandered["caught"] == []
    assert wandered["far"] > 0.5


def walked(manifest: dict[str, Any], start: list[float], by: list[float]) -> list[float]:
    """Where one comes to, in steps of a hundredth of the way."""
    there: list[float] = ask(
        """
        import { groundOf } from "VIEWER/walk/obstacles.ts";
        import { walkBy } from "VIEWER/walk/collisions.ts";
        const ground = groundOf(data.manifest);
        let here = data.start;
        for (let step = 0; step < 100; step++) here = walkBy(ground, here, data.by[0] / 100, data.by[1] / 100);
        answer(here);
        """,
        {"manifest": manifest, "start": start, "by": by},
    )
    return there


def test_a_wall_stops_whoever_walks_straight_at_it() -> None:
    x, z = walked(empty(SQUARE), [0, 0], [0, -20])
    assert x == pytest.approx(0, abs=1e-6)
    assert z == pytest.approx(-5 + 0.28, abs=1e-3)


def test_one_slides_along_a_wall_that_is_met_at_an_angle() -> None:
    x, z = walked(empty(SQUARE), [0, 0], [4, -20])
    assert z == pytest.approx(-5 + 0.28, abs=1e-3)
    assert x == pytest.approx(4, abs=0.05)


def across(**wall: Any) -> dict[str, Any]:
    return empty(SQUARE, [{"start": [-5, 0], "end": [5, 0], "thickness": 0.2, **wall}])


def test_a_door_can_be_walked_through_and_the_wall_beside_it_cannot() -> None:
    manifest = across(openings=[{"start": 4.5, "end": 5.5, "height": 2.1}])
    assert walked(manifest, [0, 3], [0, -6])[1] == pytest.approx(-3)
    assert walked(manifest, [2, 3], [0, -6])[1] == pytest.approx(0.1 + 0.28, abs=1e-3)


def test_a_door_lower_than_a_head_is_no_door() -> None:
    manifest = across(openings=[{"start": 4, "end": 6, "height": 1.5}])
    assert walked(manifest, [0, 3], [0, -6])[1] == pytest.approx(0.38, abs=1e-3)


def test_a_door_narrower_than_shoulders_is_no_door() -> None:
    manifest = across(openings=[{"start": 4.8, "end": 5.2, "height": 2.4}])
    assert walked(manifest, [0, 3], [0, -6])[1] > 0


def test_openings_in_any_order_over_each_other_and_beyond_the_end_are_understood() -> None:
    openings = [{"start": 9, "end": 400}, {"start": 4, "end": 5.2}, {"start": 4.8, "end": 6}, {"start": 5, "end": 5.1}]
    manifest = across(openings=openings)
    assert walked(manifest, [1.5, 3], [0, -6])[1] > 0
    assert walked(manifest, [0.5, 3], [0, -6])[1] == pytest.approx(-3)
    assert walked(manifest, [4.5, 3], [0, -6])[1] == pytest.approx(-3)
    assert walked(manifest, [3, 3], [0, -6])[1] > 0


def test_a_bench_of_a_wall_stops_feet_and_a_beam_overhead_does_not() -> None:
    assert walked(across(height=0.45), [0, 3], [0, -6])[1] > 0
    beam = {"id": "beam", "bounds": {"min": [-5, 2.2, -0.2], "max": [5, 2.6, 0.2]}}
    assert walked(empty(SQUARE, exhibits=[beam]), [0, 3], [0, -6])[1] == pytest.approx(-3)
    below = beam | {"plinth": 0.6}
    assert walked(empty(SQUARE, exhibits=[below]), [0, 3], [0, -6])[1] > 0, "its plinth stands on the floor"


def test_whoever_would_stand_in_something_stands_beside_it() -> None:
    block = {"id": "block", "bounds": {"min": [-1, 0, -1], "max": [1, 1, 1]}}
    found = ask(
        """
        import { groundOf } from "VIEWER/walk/obstacles.ts";
        import { isFree, nearestFree } from "VIEWER/walk/collisions.ts";
        const ground = groundOf(data);
        const inside = nearestFree(ground, 0.9, 0)!, outside = nearestFree(ground, 40, 30)!;
        answer({ inside, outside, free: [inside, outside].map((at) => isFree(ground, ...at)), full: nearestFree(
          groundOf({ ...data, exhibits: [{ id: "all", bounds: { min: [-9, 0, -9], max: [9, 1, 9] } }] }), 0, 0) ?? null });
        """,
        empty(SQUARE, exhibits=[block]),
    )
    assert found["free"] == [True, True]
    assert found["inside"][0] == pytest.approx(1.28, abs=0.1)
    assert found["outside"] == pytest.approx([4.72, 4.72], abs=2)
    assert found["full"] is None


def test_where_no_place_is_free_one_walks_all_the_same() -> None:
    full = empty(SQUARE, exhibits=[{"id": "all", "bounds": {"min": [-9, 0, -9], "max": [9, 1, 9]}}])
    assert walked(full, [0, 0], [0, -2])[1] == pytest.approx(-2)


def test_among_a_thousand_exhibits_a_step_looks_at_a_few() -> None:
    exhibits = [
        {"id": f"e{index}", "bounds": {"min": [x, 0, z], "max": [x + 0.6, 1, z + 0.6]}}
        for index, (x, z) in enumerate((column * 2.0, row * 2.0) for column in range(40) for row in range(25))
    ]
    floor = [[-3.0, -3.0], [85.0, -3.0], [85.0, 55.0], [-3.0, 55.0]]
    most = ask(
        """
        import { groundOf } from "VIEWER/walk/obstacles.ts";
        const ground = groundOf(data);
        let most = 0;
        for (let x = -3; x < 85; x += 0.37) for (let z = -3; z < 55; z += 0.37) most = Math.max(most, ground.near(x, z).length);
        answer({ most, blocks: ground.blocks.length });
        """,
        empty(floor, exhibits=exhibits),
    )
    assert most["blocks"] == 1004
    assert most["most"] <= 6


@pytest.mark.parametrize("hall", HALLS)
def test_where_the_demo_lets_one_stand_is_free(hall: str) -> None:
    manifest = demo(hall)
    space = manifest["space"]
    places = [("spawn", space["spawn"])]
    places += [(waypoint["id"], waypoint) for waypoint in space["waypoints"]]
    places += [(portal["to"], portal["pose"]) for portal in space["portals"]]
    taken = ask(
        """
        import { groundOf } from "VIEWER/walk/obstacles.ts";
        import { isFree } from "VIEWER/walk/collisions.ts";
        const ground = groundOf(data.manifest);
        answer(data.places.filter(([, place]) => !isFree(ground, place.translation[0], place.translation[2])).map(([id]) => id));
        """,
        {"manifest": manifest, "places": places},
    )
    assert taken == []


def test_speed_is_the_same_at_every_frame_rate() -> None:
    def gone(rate: int) -> float:
        metres: float = ask(
            """
            import { AT_REST, moved } from "VIEWER/walk/motion.ts";
            const wish = { forward: 1, right: 0, turn: 0, nod: 0, fast: data.fast };
            let motion = AT_REST, metres = 0;
            for (let frame = 0; frame < data.rate * 2; frame++) {
              const next = moved(motion, wish, 1 / data.rate);
              motion = next.motion;
              metres += next.by.forward;
            }
            answer(metres);
            """,
            {"rate": rate, "fast": False},
        )
        return metres

    assert gone(10) == pytest.approx(gone(144), abs=1e-6)
    assert gone(60) == pytest.approx(2 * 1.6, abs=0.2)


def test_two_hands_do_not_walk_faster_than_one() -> None:
    wish = ask(
        """
        import { NOTHING, together } from "VIEWER/walk/wish.ts";
        answer(together([{ ...NOTHING, forward: 1, right: 1 }, { ...NOTHING, forward: 1, turn: -1 }, { ...NOTHING, turn: -1 }]));
        """
    )
    assert wish["forward"] ** 2 + wish["right"] ** 2 == pytest.approx(1)
    assert wish["turn"] == -1


def test_a_longer_narration_gets_more_time_in_chinese_as_in_english() -> None:
    seconds = ask(
        """
        import { readingSeconds } from "VIEWER/walk/reading_time.ts";
        answer(["", "木".repeat(130), "word ".repeat(75), "木".repeat(100000), "1. 焊接 robot"].map(readingSeconds));
        """
    )
    none, chinese, english, endless, short = seconds
    assert none == short == 6
    assert chinese == english == pytest.approx(33)
    assert endless == 180


def lines_of(text: str, width: int, most: int) -> list[str]:
    lines: list[str] = ask(
        """
        import { wrap } from "VIEWER/boards/wrapping.ts";
        answer(wrap(data.text, data.width, data.most, (text) => [...text].length).paragraphs.flat());
        """,
        {"text": text, "width": width, "most": most},
    )
    return lines


def test_english_breaks_between_words_and_chinese_before_no_full_stop() -> None:
    assert lines_of("Watch it pause in the corner.", 12, 9) == ["Watch it", "pause in the", "corner."]
    assert lines_of("看它转角处，那一顿。", 5, 9) == ["看它转角", "处，那一", "顿。"]


def test_a_text_that_is_too_long_ends_in_an_ellipsis_and_never_overflows() -> None:
    lines = lines_of("一" * 30 + "。\n\n" + "supercalifragilistic " * 40, 8, 4)
    assert len(lines) == 4
    assert all(len(line) <= 8 for line in lines)
    assert lines[-1].endswith("…")
    assert lines_of("", 8, 4) == []
    assert lines_of("too long", 3, 0) == []


def test_a_page_that_may_not_ask_for_gamepads_walks_without_them() -> None:
    # As over plain http, where the browser has no such function, and in a frame that forbids it.
    script = """
import { listenToGamepads } from "VIEWER/walk/gamepad.ts";
const wish = () => listenToGamepads(() => {}, { choose() {}, close() {} }).wish();
const missing = wish();
navigator.getGamepads = () => { throw new DOMException("not allowed here", "SecurityError"); };
answer([missing, wish()]);
"""
    still = {"forward": 0, "right": 0, "turn": 0, "nod": 0, "fast": False}
    assert ask(script) == [still, still]
