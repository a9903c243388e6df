"""Models that have much in them, for the toolbox: what a step must keep, spread, or take care of."""

import io
import math
import struct
from typing import Any

from PIL import Image

from tests.gltf.building import Bin, Json, Model

Row = tuple[float, ...]


def picture(width: int, height: int, *, alpha: bool = False, form: str = "PNG") -> bytes:
    """A colourful picture; its left half lets through, with `alpha`."""
    image = Image.new("RGBA" if alpha else "RGB", (width, height))
    for x in range(width):
        for y in range(height):
            colour = (x * 255 // width, y * 255 // height, (x * y) % 256)
            image.putpixel((x, y), (*colour, 128 if x * 2 < width else 255) if alpha else colour)
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


def sheet(bin_: Bin, side: int, *, left: float = 0.0, moves: bool = False) -> Json:
    """A primitive: a wavy sheet of a metre, with (side - 1)² × 2 triangles; where it `moves`, a morph target and joints 0 and 1."""
    rows: list[Row] = [
        (left + x / (side - 1), wave(left + x / (side - 1), y / (side - 1)), y / (side - 1))
        for y in range(side)
        for x in range(side)
    ]
    triangles = [(at, at + side, at + 1, at + 1, at + side, at + side + 1) for at in corners(side)]
    attributes = {
        "POSITION": bin_.floats("VEC3", rows),
        "NORMAL": bin_.floats("VEC3", [(0.0, 1.0, 0.0)] * len(rows), bounded=False),
        "TEXCOORD_0": bin_.floats("VEC2", [(x - left, z) for x, _, z in rows], bounded=False),
    }
    primitive: Json = {
        "attributes": attributes,
        "indices": bin_.shorts([index for one in triangles for index in one]),
        "material": 0,
    }
    if moves:
        attributes["JOINTS_0"] = joints(bin_, len(rows))
        attributes["WEIGHTS_0"] = bin_.floats("VEC4", [(1 - x, x, 0.0, 0.0) for x, _, _ in rows], bounded=False)
        primitive["targets"] = [{"POSITION": bin_.floats("VEC3", [(0.0, x / 10, 0.0) for x, _, _ in rows])}]
    return primitive


def wave(x: float, z: float) -> float:
    return 0.05 * math.sin(9 * x) * math.cos(7 * z)


def corners(side: int) -> list[int]:
    """The first vertex of each square."""
    return [y * side + x for y in range(side - 1) for x in range(side - 1)]


def joints(bin_: Bin, count: int) -> int:
    bin_.accessors.append(
        {
            "bufferView": bin_.view(struct.pack("<4H", 0, 1, 0, 0) * count),
            "componentType": 5123,
            "count": count,
            "type": "VEC4",
        }
    )
    return len(bin_.accessors) - 1


def texture_parts(bin_: Bin, *pictures: bytes) -> Json:
    """The images, and a texture of each."""
    images = [{"bufferView": bin_.view(data), "mimeType": mime_type_of(data)} for data in pictures]
    return {"images": images, "textures": [{"source": at} for at in range(len(images))]}


def mime_type_of(data: bytes) -> str:
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"


def scene(bin_: Bin, primitives: list[Json], **parts: Any) -> Model:
    """A model of one mesh on one node."""
    parts.setdefault("materials", [{"name": "clay"}])
    mesh = {"name": "sheet", "primitives": primitives}
    return bin_.model(scene=0, scenes=[{"nodes": [0]}], nodes=[{"name": "sheet", "mesh": 0}], meshes=[mesh], **parts)


def sheet_model(side: int) -> Model:
    """One sheet."""
    bin_ = Bin()
    return scene(bin_, [sheet(bin_, side)])


def pieces_model(side: int) -> Model:
    """Two sheets side by side, as a scan in pieces: they share the positions of their border, at x = 1."""
    bin_ = Bin()
    return scene(bin_, [sheet(bin_, side), sheet(bin_, side, left=1.0)])


def textured_model(*pictures: bytes, **slots: Any) -> Model:
    """A sheet whose only material has these slots, by index of picture: `baseColorTexture=0`."""
    bin_ = Bin()
    inner = {
        name: {"index": at} for name, at in slots.items() if name in ("baseColorTexture", "metallicRoughnessTexture")
    }
    outer = {name: {"index": at} for name, at in slots.items() if name not in inner and name != "alphaMode"}
    mode = {"alphaMode": slots["alphaMode"]} if "alphaMode" in slots else {}
    material = {"name": "paint", "pbrMetallicRoughness": inner, **outer, **mode}
    return scene(bin_, [sheet(bin_, 5)], materials=[material], **texture_parts(bin_, *pictures))


def puppet_model() -> Model:
    """All that must survive: skin, morph target, animations of both, variants of material, extras, names, empty nodes, equal materials."""
    bin_ = Bin()
    primitive = sheet(bin_, 12, moves=True)
    primitive["extensions"] = {
        "KHR_materials_variants": {"mappings": [{"material": 0, "variants": [0]}, {"material": 1, "variants": [1]}]}
    }
    still: list[Row] = [(1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)]
    times = bin_.floats("SCALAR", [(0.0,), (0.5,), (1.0,)])
    turns = bin_.floats("VEC4", [(0.0, 0.0, 0.0, 1.0), (0.0, 0.6, 0.0, 0.8), (0.0, 0.0, 0.0, 1.0)], bounded=False)
    weights = bin_.floats("SCALAR", [(0.0,), (1.0,), (0.25,)], bounded=False)
    inverse = bin_.floats("MAT4", still * 2, bounded=False)
    return bin_.model(
        extras={"inventory": "2026-17"},
        scene=0,
        scenes=[{"name": "stage", "nodes": [0, 1, 3], "extras": {"light": "soft"}}],
        nodes=[
            {"name": "puppet", "mesh": 0, "skin": 0, "extras": {"label": "木偶"}},
            {"name": "shoulder", "children": [2]},
            {"name": "hand", "translation": [0, 0, 0.5]},
            {"name": "where the placard stands", "translation": [1, 2, 3]},
        ],
        meshes=[{"name": "cloth", "primitives": [primitive], "weights": [0.0], "extras": {"targetNames": ["wind"]}}],
        materials=[
            {"name": "red", "pbrMetallicRoughness": {"baseColorFactor": [1, 0, 0, 1]}, "extras": {"paint": 7}},
            {"name": "blue", "pbrMetallicRoughness": {"baseColorFactor": [0, 0, 1, 1]}},
            {"name": "also blue", "pbrMetallicRoughness": {"baseColorFactor": [0, 0, 1, 1]}},
        ],
        skins=[{"name": "bones", "joints": [1, 2], "inverseBindMatrices": inverse}],
        animations=[
            {"name": "wave", **channel(times, turns, 2, "rotation")},
            {"name": "flutter", **channel(times, weights, 0, "weights")},
        ],
        extensions={"KHR_materials_variants": {"variants": [{"name": "festive"}, {"name": "plain"}]}},
        extensionsUsed=["KHR_materials_variants"],
    )


def channel(times: int, values: int, node: int, path: str) -> Json:
    return {
        "channels": [{"sampler": 0, "target": {"node": node, "path": path}}],
        "samplers": [{"input": times, "output": values}],
    }
