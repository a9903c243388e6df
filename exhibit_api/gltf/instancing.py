"""The room that the instances of EXT_mesh_gpu_instancing take."""

import math
import sys
from array import array
from typing import BinaryIO

from exhibit_api.gltf.accessors import FLOAT, Accessor
from exhibit_api.gltf.outline import Outline
from exhibit_api.gltf.transforms import Bounds

MOST_READ = 16 << 20  # bytes of all attributes that are read where they declare no range

RANGED = ("TRANSLATION", "SCALE")

Range = list[tuple[float, float]]
Ranges = dict[int, Range | None]


def read_ranges(outline: Outline, file: BinaryIO) -> Ranges:
    """By accessor, the least and the greatest of each component of the instances' places and scales; None if unknown."""
    used = {node.instancing[name] for node in outline.graph.nodes for name in RANGED if name in node.instancing}
    ranges: Ranges = {}
    left = MOST_READ
    for index in sorted(used):
        accessor = outline.accessors[index]
        ranges[index] = declared_range(accessor)
        if ranges[index] is None and accessor.decoded_bytes <= left:
            left -= accessor.decoded_bytes
            ranges[index] = range_in_bin(outline, accessor, file)
    return ranges


def instances_bounds(instancing: dict[str, int], box: Bounds, ranges: Ranges) -> Bounds | None:
    """A box around all instances of a mesh's box, in the node's own space; None where their places cannot be told.

    It is not the smallest one: every instance is taken to have the greatest scale and, where one is turned, all
    rotations.
    """
    low, high = box
    if "ROTATION" in instancing:
        reach = math.hypot(*(max(abs(least), abs(most)) for least, most in zip(low, high, strict=True)))
        low, high = (-reach, -reach, -reach), (reach, reach, reach)
    sides: Range = list(zip(low, high, strict=True))
    if "SCALE" in instancing:
        scale = ranges[instancing["SCALE"]]
        if scale is None:
            return None
        if "ROTATION" in instancing:  # the box is scaled before it is turned: its longest scale reaches everywhere
            scale = [(min(least for least, _ in scale), max(most for _, most in scale))] * 3
        sides = [product(side, factor) for side, factor in zip(sides, scale, strict=True)]
    if "TRANSLATION" in instancing:
        moves = ranges[instancing["TRANSLATION"]]
        if moves is None:
            return None
        sides = [(side[0] + move[0], side[1] + move[1]) for side, move in zip(sides, moves, strict=True)]
    (x, right), (y, top), (z, front) = sides
    return (x, y, z), (right, top, front)


def product(side: tuple[float, float], factor: tuple[float, float]) -> tuple[float, float]:
    """The range of products of two ranges."""
    corners = [a * b for a in side for b in factor]
    return min(corners), max(corners)


def declared_range(accessor: Accessor) -> Range | None:
    declared = accessor.bounds()
    return list(zip(*declared, strict=True)) if declared else None


def range_in_bin(outline: Outline, accessor: Accessor, file: BinaryIO) -> Range | None:
    """The range of an accessor that holds plain vectors of floats in the BIN chunk."""
    if accessor.kind != "VEC3" or accessor.component != FLOAT or accessor.sparse or accessor.view is None:
        return None
    view = outline.views[accessor.view]
    if view.stride not in (0, accessor.element_bytes) or not outline.buffers[view.buffer].in_bin:
        return None
    file.seek(outline.bin_offset + view.offset + accessor.offset)
    values = array("f", file.read(accessor.decoded_bytes))
    if sys.byteorder == "big":
        values.byteswap()
    if not all(map(math.isfinite, values)):
        return None
    return [(min(values[axis::3]), max(values[axis::3])) for axis in range(3)]
