"""The modelling kit: closed solids, true gears, unit normals, and the same bytes every time."""

import io
import json
import math
import struct
import zlib
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from exhibit_api.demo.modelling import blades, gears, materials, noise, outlines, parts, solids, sweeps
from exhibit_api.demo.modelling.deflate import compressed
from exhibit_api.demo.modelling.mesh import Mesh, merge
from exhibit_api.demo.modelling.model import Model
from exhibit_api.demo.modelling.motion import product, rotated, turn
from exhibit_api.demo.modelling.packing import packed
from exhibit_api.demo.modelling.png import png
from exhibit_api.demo.models import BUILDERS

L_SHAPE = [(0.0, 0.0), (1.0, 0.0), (1.0, 0.2), (0.2, 0.2), (0.2, 1.0), (0.0, 1.0)]
FOUR_HOLES = [outlines.circle(0.3, 16, (x, y)) for x in (-0.5, 0.5) for y in (-0.5, 0.5)]
LOOP = [(1.0, 0.0, 0.0), (0.0, 0.3, 1.0), (-1.0, 0.0, 0.0), (0.0, 0.3, -1.0)]
CLOSED = {
    "box": solids.box(1, 2, 3),
    "chamfered box": solids.box(1, 2, 3, 0.1),
    "lathe": solids.lathe([(0, 0), (1, 0), (1, 2), (0, 2)], 48, bevel=0.1),
    "wedge": solids.lathe([(0, 0), (1, 0), (1, 2), (0, 2)], 48, bevel=0.1, sweep=270),
    "tube": solids.tube(1, 0.5, 2, 48, 0.05),
    "half tube": solids.lathe([(0.5, 0), (1, 0), (1, 2), (0.5, 2)], 24, sweep=180),
    "sphere": solids.sphere(1),
    "torus": solids.torus(1, 0.2),
    "plate with holes": solids.extrude(outlines.rectangle(2, 2), 1, holes=FOUR_HOLES, bevel=0.02),
    "angle": solids.extrude(outlines.rounded(L_SHAPE, 0.05), 0.1, bevel=0.01),
    "pipe": sweeps.pipe(sweeps.bent([(0, 0, 0), (0, 1, 0), (1, 1, 0), (1, 1, 1)], 0.3), 0.05),
    "ring of pipe": sweeps.pipe(sweeps.curve(LOOP, ring=True), 0.1, ring=True),
    "spring": sweeps.spring(0.5, 0.05, 1, 5),
    "thread": sweeps.thread(0.01, 0.003, 0.1, 0.001),
    "helical gear": gears.gear(24, 0.004, 0.03, 0.015, helix=15),
    "gear with windows": gears.gear(48, 0.004, 0.03, 0.015, web=0.01, windows=6),
    "ring gear": gears.ring_gear(66, 0.004, 0.03, 0.16),
    "bevel gear": gears.bevel_gear(20, 0.004, 0.03),
    "rack": gears.rack(12, 0.004, 0.03, 0.02),
    "sprocket": gears.sprocket(18, 0.0127, 0.006, 0.02),
    "blade": blades.blade(1, (0.2, 0.1), (40, 5)),
    "bolt": parts.hex_bolt(0.01, 0.02),
    "mirrored bolt": parts.cap_bolt(0.01).mirrored("x"),
    "profile": solids.extrude(parts.t_slot(0.04), 1, bevel=0.0005),
}  # fmt: skip


def volume(mesh: Mesh) -> float:
    a, b, c = (mesh.points[mesh.triangles[:, corner]] for corner in range(3))
    return float((a * np.cross(b, c)).sum() / 6)


@pytest.mark.parametrize("name", CLOSED)
def test_a_solid_is_closed_and_turned_outside_out(name: str) -> None:
    mesh = CLOSED[name]
    edges = Counter((int(t[i]), int(t[(i + 1) % 3])) for t in mesh.triangles for i in range(3))

    assert all(count == 1 and edges[end, start] == 1 for (start, end), count in edges.items())
    assert volume(mesh) > 0


@pytest.mark.parametrize("name", CLOSED)
def test_normals_have_length_one_and_look_outward(name: str) -> None:
    mesh = CLOSED[name]
    a, b, c = (mesh.points[mesh.triangles[:, corner]] for corner in range(3))
    face = np.cross(b - a, c - a)
    size = np.linalg.norm(face, axis=1)
    sound = size > size.max() * 1e-6  # a sliver in a cap has no side of its own
    face = face[sound] / size[sound][:, None]

    assert np.allclose(np.linalg.norm(mesh.normals, axis=2), 1, atol=1e-9)
    assert ((mesh.normals[sound] * face[:, None]).sum(axis=2) > 0.2).all()


def test_volumes_are_those_of_the_textbook() -> None:
    assert volume(solids.box(1, 2, 3)) == pytest.approx(6)
    assert volume(solids.cylinder(1, 2, 256)) == pytest.approx(2 * math.pi, rel=1e-3)
    assert volume(solids.lathe([(0, 0), (1, 0), (1, 2), (0, 2)], 192, sweep=90)) == pytest.approx(math.pi / 2, rel=1e-3)
    assert volume(solids.sphere(1, 96, 48)) == pytest.approx(4 / 3 * math.pi, rel=5e-3)


def test_a_wide_face_stays_flat_beside_its_chamfer() -> None:
    top = solids.box(1, 1, 1, 0.02).normals[..., 1]

    assert (top > 0.999).any()


@pytest.mark.parametrize("teeth", [12, 18, 66])
def test_a_gear_has_its_teeth_and_its_pitch_radius(teeth: int) -> None:
    outline = gears.gear_outline(teeth, 0.004)
    radii = [math.hypot(x, y) for x, y in outline]
    pitch = gears.pitch_radius(teeth, 0.004)
    crossings = sum((a < pitch) != (b < pitch) for a, b in zip(radii, [*radii[1:], radii[0]], strict=True))

    assert crossings == 2 * teeth
    assert max(radii) == pytest.approx(pitch + 0.004)
    assert min(radii) == pytest.approx(pitch - 0.005)


@pytest.mark.parametrize("way", [90.0, 210.0, 330.0])
def test_a_planet_meshes_with_the_sun_and_the_ring_at_once(way: float) -> None:
    sun, planet, ring = 18, 24, 66
    by_sun = gears.meshing_turn(sun, planet, way)
    by_ring = gears.planet_turn(ring, planet, way, (180 * planet - 180) / ring)

    steps = (by_sun - by_ring) / (360 / planet)
    assert steps == pytest.approx(round(steps), abs=1e-9)


def test_meshing_gears_touch_nowhere() -> None:
    shapely = pytest.importorskip("shapely")
    first = shapely.Polygon(gears.gear_outline(18, 0.004))
    second = gears.gear(24, 0.004, 0.01, 0.01)
    distance = gears.pitch_radius(18, 0.004) + gears.pitch_radius(24, 0.004)
    turned = second.turned("z", gears.meshing_turn(18, 24, 0.0)).moved(x=distance)
    high = turned.points[:, 2].max() - 0.004 * 0.12
    outline = [(float(x), float(y)) for x, y, z in turned.points if abs(z - high) < 1e-9][
        : len(gears.gear_outline(24, 0.004))
    ]

    assert first.intersection(shapely.Polygon(outline)).area < 1e-9
    assert first.distance(shapely.Polygon(outline)) < 0.0005


def test_an_outline_that_crosses_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="crosses itself"):
        outlines.triangulated([(0, 0), (1, 1), (1, 0), (0, 1), (-1, 0.5), (0.5, -1), (0.2, 2)])


@pytest.mark.parametrize(
    "data", [b"", b"a", b"abc" * 1000, bytes(range(256)) * 40], ids=["none", "one", "runs", "bytes"]
)
def test_the_compressor_writes_what_zlib_reads(data: bytes) -> None:
    assert zlib.decompress(compressed(data)) == data


@pytest.mark.parametrize("shades", [2, 12, 200, 4000])
def test_a_png_shows_the_picture(shades: int) -> None:
    levels = np.floor(noise.cloudy(64, 4, 7) * shades).astype(np.int64)
    picture = np.stack([levels % 256, levels // 16, levels * 0 + 9], axis=2).astype(np.uint8)

    assert (np.array(Image.open(io.BytesIO(png(picture))).convert("RGB")) == picture).all()


def test_turns_follow_the_right_hand() -> None:
    both = product(turn("y", 90), turn("x", 90))

    assert np.allclose(rotated(np.array([[0.0, 0.0, 1.0]]), turn("y", 90)), [[1, 0, 0]])
    assert np.allclose(rotated(np.array([[0.0, 1.0, 0.0]]), both), [[1, 0, 0]])
    assert np.allclose(solids.panel(1, 1).facing("+x").normals, [1, 0, 0])
    assert np.allclose(solids.cylinder(0.1, 1).aimed((3, 0, 0)).bounds[1][0], 1)


def test_packing_needs_fewer_vertices_than_corners_and_keeps_the_indices_in_range() -> None:
    piece = packed(merge([solids.sphere(0.1), solids.box(1, 1, 1, 0.01)]), materials.paint("teal"))

    assert piece.indices.dtype == np.uint16
    assert len(piece.positions) < len(piece.indices)
    assert int(piece.indices.max()) == len(piece.positions) - 1


def test_a_clip_whose_parts_end_apart_is_refused() -> None:
    model = Model("two wheels")
    for name, seconds in (("left", 2.0), ("right", 3.0)):
        wheel = model.node(name).add(solids.cylinder(0.1, 0.1), materials.brass())
        model.spin(wheel, "y", seconds_per_turn=seconds)

    with pytest.raises(ValueError, match="would not loop"):
        model.to_glb()


@pytest.mark.parametrize("slug", ["planetary-gearbox", "welding-robot"])
def test_an_exhibit_is_built_twice_to_the_same_bytes_and_stands_on_the_floor(slug: str) -> None:
    glb = BUILDERS[slug]().to_glb()
    size = struct.unpack_from("<I", glb, 12)[0]
    document = json.loads(glb[20 : 20 + size])
    data = glb[28 + size :]

    assert BUILDERS[slug]().to_glb() == glb
    assert 20_000 <= len(glb) <= 2_000_000
    for accessor in document["accessors"]:
        view = document["bufferViews"][accessor["bufferView"]]
        kind = {5126: "<f4", 5125: "<u4", 5123: "<u2"}[accessor["componentType"]]
        values = np.frombuffer(data[view["byteOffset"] : view["byteOffset"] + view["byteLength"]], dtype=kind)
        rows = values.reshape(accessor["count"], -1)
        if "min" in accessor:
            assert rows.min(axis=0).tolist() == accessor["min"]
            assert rows.max(axis=0).tolist() == accessor["max"]
    for mesh in document["meshes"]:
        for primitive in mesh["primitives"]:
            view = document["accessors"][primitive["indices"]]
            assert view["count"] % 3 == 0
    low, high = BUILDERS[slug]().bounds()
    root = document["nodes"][document["scenes"][0]["nodes"][0]]
    assert root["translation"][1] == pytest.approx(-low[1], abs=1e-6)
    assert root["translation"][0] == pytest.approx(-(low[0] + high[0]) / 2, abs=1e-6)
