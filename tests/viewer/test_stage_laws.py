"""Laws of the frame budget, of the forms of exhibits and of light: pure modules, run in deno."""

from typing import Any

from tests.viewer.modules import ask

BUDGET = """
import { makeBudget } from "VIEWER/stage/budget.ts";
const budget = makeBudget(data.start);
const levels = [budget.level];
for (const [milliseconds, count] of data.frames)
  for (let frame = 0; frame < count; frame++) if (budget.frame(milliseconds)) levels.push(budget.level);
answer(levels);
"""
LADDER = """
import { ladderOf, marksOf, rungFor } from "VIEWER/exhibits/ladder.ts";
const rungs = ladderOf(data.exhibit, data.full);
const marks = marksOf(rungs);
let rung = 0;
answer({ forms: rungs.map((one) => one.form), at: data.sizes.map((size) => rung = rungFor(marks, size, rung)) });
"""
PLINTHS = """
import { plinthsOf } from "VIEWER/room/plinth_places.ts";
answer(plinthsOf({ exhibits: data }));
"""

SURROUNDINGS = """
import { moodNamed } from "VIEWER/stage/moods.ts";
import { surroundingsOf } from "VIEWER/stage/surroundings.ts";
answer(data.map((mood) => {
  const cube = surroundingsOf(moodNamed(mood));
  const faces = [cube, ...cube.mipmaps].flatMap(({ image }) => image);
  const halves = faces.flatMap(({ image }) => [...image.data]);
  return { faces: faces.length, brightest: Math.max(...halves.filter((_, at) => at % 4 < 3).map((half) => half & 0x7fff)),
    wrong: halves.filter((half) => (half & 0x7c00) === 0x7c00 || half & 0x8000).length };
}));
"""


def levels(start: float, *frames: tuple[float, int]) -> list[float]:
    found: list[float] = ask(BUDGET, {"start": start, "frames": frames})
    return found


def ladder(sizes: list[float], *, full: dict[str, Any] | None, lods: tuple[int, ...] = (), pictures: int = 1) -> Any:
    exhibit = {
        "pictures": [{"width": 512, "transparent": True, "bytes": 1}] * pictures,
        "model": {"lods": [{"level": at + 1, "triangles": triangles} for at, triangles in enumerate(lods)]},
    }
    return ask(LADDER, {"exhibit": exhibit, "full": full, "sizes": sizes})


GLB = {"mediaType": "model/gltf-binary", "triangles": 10_000}


def test_slow_frames_lower_the_level_one_step_and_very_slow_ones_two() -> None:
    assert levels(1, (25, 40)) == [1, 0.75]
    assert levels(1, (60, 40)) == [1, 0.5]


def test_the_level_never_leaves_its_range() -> None:
    assert levels(0, (200, 200)) == [0]
    assert levels(1, (8, 5000)) == [1]


def test_short_frames_raise_the_level_after_a_while_and_not_before() -> None:
    assert levels(0.5, (16.7, 100)) == [0.5]
    assert levels(0.5, (16.7, 300)) == [0.5, 0.75]


def test_one_long_frame_among_short_ones_changes_nothing() -> None:
    assert levels(0.5, *[(16.7, 10), (300, 1)] * 6) == [0.5]


def test_a_machine_between_two_levels_is_not_tossed_about() -> None:
    # At 0.75 it is too slow, at 0.5 it has time: as if drawn in turns for two minutes.
    script = BUDGET.replace(
        "for (const [milliseconds, count] of data.frames)",
        "for (const [milliseconds, count] of [[0, 7200]])",
    ).replace("budget.frame(milliseconds)", "budget.frame(budget.level > 0.5 ? 28 : 16.7)")
    found = ask(script, {"start": 0.5})
    assert len(found) < 12, found


def test_the_wish_of_the_visitor_holds_against_any_frame() -> None:
    held = """
import { makeBudget } from "VIEWER/stage/budget.ts";
const budget = makeBudget(0.5);
budget.hold(1);
for (let frame = 0; frame < 200; frame++) budget.frame(90);
const high = budget.level;
budget.hold(undefined);
for (let frame = 0; frame < 200; frame++) budget.frame(90);
answer([high, budget.level]);
"""
    assert ask(held) == [1, 0]


def test_an_exhibit_is_shown_coarse_from_afar_and_full_from_near() -> None:
    found = ladder([0.01, 0.08, 0.15, 0.5], full=GLB, lods=(4000, 800))
    assert found["forms"] == ["poster", "lod", "lod", "full"]
    assert found["at"] == [0, 1, 2, 3]


def test_what_stands_at_a_mark_does_not_flicker() -> None:
    at = ladder([0.3] + [0.235, 0.245] * 5, full=GLB, lods=(4000,))["at"]
    assert set(at) == {2}


def test_a_level_that_spares_little_is_passed_over() -> None:
    assert ladder([1], full=GLB, lods=(9000,))["forms"] == ["poster", "full"]


def test_an_exhibit_without_levels_and_pictures_shows_its_model_at_any_size() -> None:
    assert ladder([0.0, 1], full=GLB, pictures=0) == {"forms": ["full"], "at": [0, 0]}


def test_where_a_device_is_given_a_picture_there_is_no_model() -> None:
    assert ladder([1], full={"mediaType": "image/webp", "triangles": 0}, lods=(10,))["forms"] == ["poster"]
    assert ladder([1], full=None)["forms"] == ["poster"]


def exhibit(extents: tuple[float, float], yaw: tuple[float, float], plinth: float | None = 0.5) -> dict[str, Any]:
    x, z = extents
    return {
        "id": "exhibits/a",
        "pose": {"translation": [2, 0, 3], "rotation": [0, yaw[0], 0, yaw[1]]},
        "plinth": plinth,
        "bounds": {"min": [2 - x / 2, 0, 3 - z / 2], "max": [2 + x / 2, 1, 3 + z / 2]},
    }


def test_plinths_turn_with_what_they_carry_and_carry_all_of_it() -> None:
    # A block of 2 by 1 metres, turned by 30°, fills 2.232 by 1.866 metres.
    [plinth] = ask(PLINTHS, [exhibit((2.2320508, 1.8660254), (0.2588190, 0.9659258))])
    assert abs(plinth["width"] - 2.18) < 1e-3
    assert abs(plinth["depth"] - 1.18) < 1e-3
    assert (plinth["x"], plinth["z"], plinth["height"]) == (2, 3, 0.5)


def test_a_plinth_under_what_is_turned_by_an_eighth_fills_its_bounds() -> None:
    [plinth] = ask(PLINTHS, [exhibit((1.4, 1.4), (0.3826834, 0.9238795))])
    assert plinth["yaw"] == 0
    assert abs(plinth["width"] - 1.58) < 1e-6


def test_an_exhibit_without_bounds_gets_a_plinth_all_the_same() -> None:
    [plinth] = ask(PLINTHS, [exhibit((1, 1), (0, 1)) | {"bounds": None}])
    assert plinth["width"] > 0.3


def test_meshes_of_unlike_corners_stay_apart_and_lines_are_not_lost_when_a_model_is_merged() -> None:
    found = ask("""
import { BufferAttribute, BufferGeometry, Group, LineSegments, Mesh, MeshBasicMaterial, PointLight } from "three";
import { mergeModel } from "VIEWER/exhibits/merging.ts";
const material = new MeshBasicMaterial({ vertexColors: true });
function triangle(channels: number): Mesh {
  const geometry = new BufferGeometry().setIndex([0, 1, 2]);
  for (const [name, size] of [["position", 3], ["normal", 3], ["color", channels]] as const)
    geometry.setAttribute(name, new BufferAttribute(new Float32Array(3 * size), size));
  return new Mesh(geometry, material);
}
const lamp = new Group().add(new PointLight());
const scene = new Group().add(triangle(3), triangle(4), triangle(3), new LineSegments(), lamp);
mergeModel(scene, []);
const corners = scene.children.flatMap((part) => part.type === "Mesh" ? part.geometry.getAttribute("position").count : []);
answer({ kinds: scene.children.map(({ type }) => type).sort(), corners: corners.sort() });
""")
    assert found == {"kinds": ["LineSegments", "Mesh", "Mesh"], "corners": [3, 6]}


def test_a_copy_that_is_taken_down_gives_its_model_back_once() -> None:
    found = ask("""
import { Box3, Group, Vector3 } from "three";
import { makeCopies } from "VIEWER/exhibits/copies.ts";
const works = new Set();
const onFrame = (work) => { works.add(work); return () => works.delete(work); };
const frame = () => { for (const work of [...works]) work(0.016); };
let given = 0;
const copies = makeCopies({ onFrame }, () => given += 1);
const box = new Box3(new Vector3(2, 1, 2), new Vector3(4, 2, 4));
const copy = copies.make({ clips: [], copy: () => new Group() }, { id: "exhibits/a", root: new Group(), bounds: box });
const counts = [];
const count = () => { frame(); counts.push([given, works.size]); };
count();
new Group().add(copy);
count();
copy.removeFromParent();
count();
copies.dispose();
count();
answer(counts);
""")
    assert found == [[0, 1], [0, 1], [1, 0], [1, 0]]


def test_the_lamps_of_a_hall_that_is_opened_in_ar_do_not_shine_there_and_do_afterwards() -> None:
    found = ask("""
import { Color, Group, PointLight, Scene } from "three";
import { lightRoom } from "VIEWER/xr/light.ts";
const scene = new Scene();
const lamps = new Group().add(new PointLight());
lamps.name = "lamps";
scene.add(lamps);
scene.background = new Color("#ff0000");
const shining = () => {
  let count = 0;
  scene.traverseVisible((part) => count += part.type === "PointLight" ? 1 : 0);
  return count;
};
const light = lightRoom({ scene }, undefined);
const before = [shining(), scene.background];
lamps.clear().add(new PointLight(), new PointLight());
scene.background = new Color("#0000ff");
light.relit();
const within = [shining(), scene.background];
light.undo();
answer([before, within, [shining(), scene.background.getHexString()]]);
""")
    assert found == [[0, None], [0, None], [2, "0000ff"]]


def test_the_halls_own_model_of_its_room_makes_way_in_ar_and_comes_back() -> None:
    found = ask("""
import { Group } from "three";
import { hallInRoom } from "VIEWER/xr/in_room.ts";
const room = new Group();
for (const name of ["floor", "walls", "ceiling", "signs", "shell"]) {
  const part = new Group();
  part.name = name;
  part.visible = name !== "walls" && name !== "ceiling";
  room.add(part);
}
const space = { spawn: {}, height: 4, bounds: { min: [-5, 0, -5], max: [5, 4, 5] } };
const placed = hallInRoom({ manifest: { space, anchors: [] }, root: new Group(), room: { root: room } });
const seen = () => room.children.filter((part) => part.visible).map((part) => part.name);
placed.dress(1);
const life = seen();
placed.dress(0.05);
const model = seen();
placed.undo();
answer([life, model, seen()]);
""")
    assert found == [[], ["floor", "walls", "signs"], ["floor", "signs", "shell"]]


def test_what_polished_things_mirror_is_light_in_all_its_parts() -> None:
    moods = ["gallery", "studio", "daylight", "evening", "none"]
    for told in ask(SURROUNDINGS, moods):
        assert told["faces"] == 30
        assert told["wrong"] == 0, "infinite, negative or no number: graphics cards would draw it black"
        assert told["brightest"] > 0x4000, "no lamp is in it"
