"""Levels of detail have few meshes: what looks alike and stands still is joined, and visitors see the same."""

import io
import math
import struct
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.gltf.building import Bin, Json, Model, box_primitive, turn
from tests.pipeline.figures import Row, picture, puppet_model, sheet, textured_model
from tests.pipeline.making import Made, Make, maker

SIDE = 0.25
LEVEL = {"geometry": "meshopt", "textures": "webp", "join": True}
Surface = tuple[tuple[float, ...], float, float]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Give it a model, a verb and options: what was made."""
    return maker(tmp_path)


def paint(at: int) -> Json:
    """A paint unlike all others below 64."""
    return {
        "name": f"paint {at}",
        "pbrMetallicRoughness": {
            "baseColorFactor": [linear(at * 6), linear(255 - at * 5), linear(at * 37 % 256), 1.0],
            "roughnessFactor": (at % 8) / 8,
            "metallicFactor": (at % 3) / 2,
        },
    }


def linear(byte: int) -> float:
    share = byte / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def painted_model(count: int, **parts: Any) -> Model:
    """Boxes in a row, a metre apart, each of a paint of its own, below a node that is half as large; each second one is mirrored."""
    bin_ = Bin()
    primitives = [box_primitive(bin_, (SIDE, SIDE, SIDE)) | {"material": at} for at in range(count)]
    boxes: list[Json] = [
        {"name": f"box {at}", "mesh": at, "translation": [at, 0, 0], "scale": [(-1) ** at, 1, 1]} for at in range(count)
    ]
    stand = {"name": "stand", "scale": [0.5, 0.5, 0.5], "children": list(range(count))}
    animations = {"animations": [turn(bin_, 2)]} if parts.pop("turns", False) else {}
    return bin_.model(
        scene=0,
        scenes=[{"nodes": [count]}],
        nodes=[*boxes, stand],
        meshes=[{"name": f"box {at}", "primitives": [one]} for at, one in enumerate(primitives)],
        materials=[paint(at) for at in range(count)],
        **{**animations, **parts},
    )


def rows_of(made: Made, accessor: int) -> list[Row]:
    """The rows of an accessor of floats."""
    about = made.json["accessors"][accessor]
    assert about["componentType"] == 5126
    view = made.json["bufferViews"][about["bufferView"]]
    width = {"VEC2": 2, "VEC3": 3}[about["type"]]
    start, stride = view.get("byteOffset", 0) + about.get("byteOffset", 0), view.get("byteStride", 4 * width)
    return [struct.unpack_from(f"<{width}f", made.data, start + at * stride) for at in range(about["count"])]


def texel(made: Made, texture: Json, place: Row) -> tuple[int, ...]:
    """What a texture that is not filtered shows at a place."""
    about = made.json["textures"][texture["index"]]
    sampler = made.json["samplers"][about["sampler"]]
    assert (sampler["magFilter"], sampler["minFilter"]) == (9728, 9728)
    with Image.open(io.BytesIO(made.images()[about["source"]])) as image:
        found = image.getpixel((int(place[0] * image.width), int(place[1] * image.height)))
    assert isinstance(found, tuple)
    return found


def test_a_level_of_detail_of_forty_flat_paints_has_few_meshes_and_views(make: Make) -> None:
    before = make(painted_model(40), geometry="meshopt", textures="webp")
    after = make(painted_model(40), **LEVEL)
    assert before.measures().draw_calls == 40
    assert after.measures().draw_calls == 1
    assert len(after.json["meshes"]) == len(after.json["materials"]) == 1
    assert len(after.json["bufferViews"]) <= 6
    assert after.measures().triangles == before.measures().triangles == 480
    assert after.record["bytes"] < before.record["bytes"] / 2


def test_what_is_joined_has_the_bounds_that_it_had(make: Make) -> None:
    after = make(painted_model(40), **LEVEL).measures().bounds
    assert after
    expected = (-SIDE / 4, 0.0, -SIDE / 4), (39 / 2 + SIDE / 4, SIDE / 2, SIDE / 4)
    for corner, wanted in zip(after, expected, strict=True):
        assert corner == pytest.approx(wanted, abs=20 / 2**14)


def test_what_is_joined_has_the_very_colours_that_it_had(make: Make) -> None:
    made = make(painted_model(40), join=True)
    (primitive,) = made.json["meshes"][0]["primitives"]
    surface = made.json["materials"][0]["pbrMetallicRoughness"]
    assert not {"baseColorFactor", "roughnessFactor", "metallicFactor"} & set(surface)
    attributes = primitive["attributes"]
    corners, places = rows_of(made, attributes["POSITION"]), rows_of(made, attributes["TEXCOORD_0"])
    seen: dict[int, set[tuple[tuple[int, ...], ...]]] = {}
    for corner, place in zip(corners, places, strict=True):
        looks = (texel(made, surface[name], place) for name in ("baseColorTexture", "metallicRoughnessTexture"))
        seen.setdefault(round(corner[0] * 2), set()).add(tuple(looks))
    assert seen == {
        at: {
            (
                (at * 6, 255 - at * 5, at * 37 % 256),
                (0, math.floor(255 * (at % 8) / 8 + 0.5), math.floor(255 * (at % 3) / 2 + 0.5)),
            )
        }
        for at in range(40)
    }


def test_what_is_joined_faces_outwards_also_where_it_was_mirrored(make: Make) -> None:
    made = make(painted_model(6), join=True)
    (primitive,) = made.json["meshes"][0]["primitives"]
    corners = rows_of(made, primitive["attributes"]["POSITION"])
    normals = rows_of(made, primitive["attributes"]["NORMAL"])
    about = made.json["accessors"][primitive["indices"]]
    start = made.json["bufferViews"][about["bufferView"]].get("byteOffset", 0) + about.get("byteOffset", 0)
    indices = struct.unpack_from(f"<{about['count']}H", made.data, start)
    for at in range(0, len(indices), 3):
        a, b, c = (corners[index] for index in indices[at : at + 3])
        u, v = ([q - p for p, q in zip(a, end, strict=True)] for end in (b, c))
        face = (u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
        assert sum(p * q for p, q in zip(face, normals[indices[at]], strict=True)) > 0


def test_a_part_that_moves_keeps_its_node_and_its_animation(make: Make) -> None:
    made = make(painted_model(8, turns=True), **LEVEL)
    assert made.measures().draw_calls == 2
    assert "box 0" in made.names("nodes")
    (animation,) = made.json["animations"]
    (channel,) = animation["channels"]
    assert made.json["nodes"][channel["target"]["node"]]["name"] == "box 0"


def test_joining_is_the_same_each_time(make: Make) -> None:
    first, second = (make(painted_model(9, turns=True), **LEVEL) for _ in range(2))
    assert first.path.read_bytes() == second.path.read_bytes()


def test_what_has_bones_morphs_or_variants_is_not_joined(make: Make) -> None:
    json, data = puppet_model()
    json["nodes"].append({"name": "twin", "mesh": 0, "skin": 0})
    json["scenes"][0]["nodes"].append(len(json["nodes"]) - 1)
    made = make((json, data), **LEVEL)
    assert set(made.names("nodes")) >= {"puppet", "twin", "shoulder", "hand", "where the placard stands"}
    assert made.measures().draw_calls == 2
    (mesh,) = made.json["meshes"]
    assert set(mesh["primitives"][0]["attributes"]) >= {"POSITION", "NORMAL", "JOINTS_0", "WEIGHTS_0"}
    assert len(mesh["primitives"][0]["extensions"]["KHR_materials_variants"]["mappings"]) == 2
    assert {"red", "blue"} <= set(made.names("materials"))


def test_what_has_a_picture_keeps_it_and_where_it_lies(make: Make) -> None:
    made = make(textured_model(picture(16, 16), baseColorTexture=0), **LEVEL)
    assert made.names("materials") == ["paint"]
    assert made.images()[0].startswith(b"RIFF")
    assert "TEXCOORD_0" in made.json["meshes"][0]["primitives"][0]["attributes"]


def test_a_large_mesh_that_stands_in_many_places_is_written_once(make: Make) -> None:
    bin_ = Bin()
    primitives = [sheet(bin_, 20) | {"material": at} for at in range(4)]
    nodes = [{"mesh": 0, "translation": [at, 0, 0]} for at in range(5)]
    materials = [paint(at) for at in range(4)]
    scenes = [{"nodes": list(range(5))}]
    model = bin_.model(scene=0, scenes=scenes, nodes=nodes, meshes=[{"primitives": primitives}], materials=materials)
    made = make(model, **LEVEL)
    assert len(made.json["meshes"]) == 1
    assert made.measures().draw_calls == 5
    assert made.measures().triangles == 5 * 4 * 19 * 19 * 2


def test_glass_is_drawn_part_by_part(make: Make) -> None:
    json, data = painted_model(6)
    for material in json["materials"]:
        material["alphaMode"] = "BLEND"
    assert make((json, data), **LEVEL).measures().draw_calls == 6
