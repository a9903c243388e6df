"""Numbers that were worked out by hand."""

import io
import struct
from typing import Any

import pytest
from PIL import Image

from exhibit_api.gltf.budget import Totals
from exhibit_api.gltf.container import read_glb
from exhibit_api.gltf.measure import Clip, Measures, measure
from tests.gltf.building import (
    Bin,
    Json,
    Model,
    box,
    box_model,
    glb,
    ktx2_header,
    png,
    png_header,
    triangle,
    triangle_model,
)


def measured(data: bytes) -> Measures:
    file = io.BytesIO(data)
    return measure(read_glb(file, len(data)), file)


def with_nodes(*nodes: Json, model: Model | None = None) -> bytes:
    """The box shown by these nodes, the first of which is the root."""
    json, data = model or box_model()
    return glb(json | {"nodes": list(nodes)}, data)


def test_a_box() -> None:
    assert measured(box((2.0, 3.0, 4.0), seconds=2.5)) == Measures(
        triangles=12,
        vertices=24,
        draw_calls=1,
        materials=1,
        textures=0,
        max_texture_size=0,
        texture_bytes=0,
        geometry_bytes=24 * 12 + 24 * 12 + 36 * 2,
        nodes=1,
        animations=(Clip("turn", 2.5),),
        skins=0,
        extensions_used=(),
        extensions_required=(),
        bounds=((-1.0, 0.0, -2.0), (1.0, 3.0, 2.0)),
    )


def test_a_mesh_shown_three_times_costs_three_times_but_is_stored_once() -> None:
    found = measured(
        with_nodes({"children": [1, 2, 3]}, *({"mesh": 0, "translation": [at, 0, 0]} for at in (0, 5, 10)))
    )
    assert (found.triangles, found.vertices, found.draw_calls, found.geometry_bytes) == (36, 72, 3, 648)
    assert found.bounds == ((-0.5, 0.0, -0.5), (10.5, 1.0, 0.5))


def test_instances_cost_each_but_are_one_draw() -> None:
    found = measured(box(instances=[(0, 0, 0), (2, 0, 0), (0, 3, -4)], node={"scale": [2, 2, 2]}))
    assert (found.triangles, found.vertices, found.draw_calls) == (36, 72, 1)
    assert found.bounds == ((-1.0, 0.0, -9.0), (5.0, 8.0, 1.0))
    assert found.extensions_required == ("EXT_mesh_gpu_instancing",)


def test_turned_and_scaled_instances_are_inside_the_bounds() -> None:
    json, data = box_model((2.0, 2.0, 2.0), instances=[(0, 0, 0), (10, 0, 0)])
    attributes = json["nodes"][0]["extensions"]["EXT_mesh_gpu_instancing"]["attributes"]
    for name, kind, low, high in (("SCALE", "VEC3", [1] * 3, [2] * 3), ("ROTATION", "VEC4", [-1] * 4, [1] * 4)):
        accessor = {"componentType": 5126, "type": kind, "count": 2, "min": low, "max": high}
        json["accessors"].append(accessor)
        attributes[name] = len(json["accessors"]) - 1
    bounds = measured(glb(json, data)).bounds
    assert bounds is not None
    reach = 2 * 6**0.5  # twice the way from the origin to the farthest corner (1, 2, 1)
    assert bounds[0] == pytest.approx((-reach, -reach, -reach))
    assert bounds[1] == pytest.approx((10 + reach, reach, reach))


def test_instances_without_places_have_no_bounds() -> None:
    json, data = box_model(instances=[(0, 0, 0)])
    json["accessors"][-1]["bufferView"] = 0
    json["accessors"][-1]["componentType"] = 5121
    assert measured(glb(json, data)).bounds is None


def test_poses_are_composed_from_the_root_down() -> None:
    quarter = 0.5**0.5
    found = measured(
        with_nodes(
            {"translation": [10, 0, 0], "children": [1]},
            {"rotation": [0, quarter, 0, quarter], "scale": [2, 2, 2], "children": [2]},
            {"matrix": [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 3, 0, 0, 1], "mesh": 0},
        )
    )
    assert found.bounds is not None
    assert found.bounds[0] == pytest.approx((9.0, 0.0, -7.0))
    assert found.bounds[1] == pytest.approx((11.0, 2.0, -5.0))


def test_nodes_outside_the_scene_do_not_count() -> None:
    found = measured(with_nodes({"mesh": 0}, {"mesh": 0, "translation": [99, 0, 0]}))
    assert (found.draw_calls, found.nodes) == (1, 2)
    assert found.bounds == ((-0.5, 0.0, -0.5), (0.5, 1.0, 0.5))


def test_the_scene_named_as_default_is_measured() -> None:
    json, data = box_model()
    json |= {"nodes": [{"mesh": 0}, {"mesh": 0, "translation": [4, 0, 0]}], "scenes": [{"nodes": [0]}, {"nodes": [1]}]}
    assert measured(glb(json | {"scene": 1}, data)).bounds == ((3.5, 0.0, -0.5), (4.5, 1.0, 0.5))


def test_a_skinned_mesh_ignores_the_pose_of_its_node() -> None:
    json, data = box_model(node={"translation": [7, 0, 0], "skin": 0})
    found = measured(glb(json | {"skins": [{"joints": [0]}]}, data))
    assert found.skins == 1
    assert found.bounds == ((-0.5, 0.0, -0.5), (0.5, 1.0, 0.5))


@pytest.mark.parametrize(
    ("component", "low", "high", "expected"),
    [(5122, -32768, 32767, (-1.0, 1.0)), (5121, 0, 51, (0.0, 0.2)), (5120, -127, 0, (-1.0, 0.0))],
)
def test_normalised_numbers_are_scaled_to_one(
    component: int, low: int, high: int, expected: tuple[float, float]
) -> None:
    json, data = box_model()
    json["accessors"][0] |= {"componentType": component, "normalized": True, "min": [low] * 3, "max": [high] * 3}
    bounds = measured(glb(json, data)).bounds
    assert bounds is not None
    assert bounds[0] == pytest.approx((expected[0],) * 3)
    assert bounds[1] == pytest.approx((expected[1],) * 3)


def test_whole_numbers_that_are_not_normalised_are_taken_as_they_are() -> None:
    json, data = box_model()
    json["accessors"][0] |= {"componentType": 5122, "min": [-300, 0, 0], "max": [300, 4, 4]}
    assert measured(glb(json, data)).bounds == ((-300.0, 0.0, 0.0), (300.0, 4.0, 4.0))


def test_morph_targets_do_not_count_at_rest_but_fill_memory() -> None:
    json, data = box_model()
    json["accessors"].append({"componentType": 5126, "type": "VEC3", "count": 24, "min": [0] * 3, "max": [50] * 3})
    json["meshes"][0]["primitives"][0]["targets"] = [{"POSITION": len(json["accessors"]) - 1}]
    found = measured(glb(json, data))
    assert found.bounds == ((-0.5, 0.0, -0.5), (0.5, 1.0, 0.5))
    assert found.geometry_bytes == 648 + 24 * 12


@pytest.mark.parametrize(("mode", "triangles"), [(0, 0), (1, 0), (2, 0), (3, 0), (4, 12), (5, 34), (6, 34)])
def test_lists_strips_and_fans_have_their_triangles(mode: int, triangles: int) -> None:
    json, data = box_model()
    json["meshes"][0]["primitives"][0]["mode"] = mode
    assert measured(glb(json, data)).triangles == triangles


def test_without_indices_each_three_vertices_are_a_triangle() -> None:
    assert measured(triangle()).triangles == 1


def test_an_animation_lasts_until_its_last_key() -> None:
    bin_ = Bin()
    short, long = (bin_.floats("SCALAR", [(0.0,), (end,)]) for end in (1.5, 4.0))
    values = bin_.floats("VEC3", [(0, 0, 0), (1, 0, 0)])
    samplers = [{"input": short, "output": values}, {"input": long, "output": values}]
    json, data = bin_.model(nodes=[{}], animations=[{"samplers": samplers, "channels": []}, {}])
    assert measured(glb(json, data)).animations == (Clip("", 4.0), Clip("", 0.0))


def encoded(kind: str, width: int, height: int, **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 60)).save(file, kind, **options)
    return file.getvalue()


PICTURES = {
    "png": (png(64, 32), 64, 32 * 64 * 4 * 4 // 3 + 1),
    "jpeg": (encoded("JPEG", 60, 30), 60, 60 * 30 * 4 * 4 // 3),
    "progressive jpeg": (encoded("JPEG", 60, 30, progressive=True), 60, 9600),
    "jpeg with metadata": (encoded("JPEG", 60, 30, icc_profile=bytes(150_000)), 60, 9600),
    "webp": (encoded("WEBP", 120, 48), 120, 30720),
    "lossless webp": (encoded("WEBP", 120, 48, lossless=True), 120, 30720),
    "webp with metadata": (encoded("WEBP", 120, 48, exif=b"Exif\0\0" + bytes(50)), 120, 30720),
    "avif": (encoded("AVIF", 120, 48), 120, 30720),
    "ktx2 as etc1s": (ktx2_header(512, 256, basis_lz=True), 512, 512 * 256 // 2 * 4 // 3 + 1),
    "ktx2 as uastc": (ktx2_header(512, 256, basis_lz=False), 512, 512 * 256 * 4 // 3 + 1),
}


@pytest.mark.parametrize(("picture", "side", "size"), PICTURES.values(), ids=PICTURES)
def test_a_texture_is_measured_by_its_header(picture: bytes, side: int, size: int) -> None:
    found = measured(triangle(picture))
    assert (found.textures, found.max_texture_size, found.texture_bytes) == (1, side, size)


def test_a_picture_in_a_data_uri_is_measured() -> None:
    json, data = triangle_model(png())
    json["images"] = [{"uri": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAAAgCAAAAAA="}]  # 64 x 32
    assert measured(glb(json, data)).max_texture_size == 64


def test_an_image_of_two_textures_is_in_memory_once_and_an_unused_one_never() -> None:
    json, data = triangle_model(png(4, 4), png_header(64, 64))
    json["textures"] = [{"source": 0}, {"source": 0}, {}]
    found = measured(glb(json, data))
    assert (found.textures, found.texture_bytes, found.max_texture_size) == (3, 86, 4)


def test_the_image_of_an_extension_stands_for_the_plain_one() -> None:
    json, data = triangle_model(png(64, 64), ktx2_header(32, 32, basis_lz=True))
    json["textures"] = [{"source": 0, "extensions": {"KHR_texture_basisu": {"source": 1}}}]
    assert measured(glb(json, data)).texture_bytes == 32 * 32 // 2 * 4 // 3 + 1


def test_a_claim_of_half_the_world_is_no_size() -> None:
    found = measured(triangle(png_header(2**31, 2**31), ktx2_header(2**32 - 1, 1, basis_lz=True)))
    assert (found.max_texture_size, found.texture_bytes) == (0, 0)


def test_a_broken_jpeg_has_no_size() -> None:
    endless = b"\xff\xd8" + (b"\xff\xe1" + struct.pack(">H", 2)) * 300 + encoded("JPEG", 60, 30)[2:]
    garbled = b"\xff\xd8\xff\xe0\x00\x02garbled"
    assert measured(triangle(endless, garbled)).max_texture_size == 0


def test_totals_add_up() -> None:
    models = (Totals(bytes=1, triangles=2, draw_calls=3, texture_bytes=4), Totals(10, 20, 30, 40))
    assert sum(models, Totals()) == Totals(bytes=11, triangles=22, draw_calls=33, texture_bytes=44)
