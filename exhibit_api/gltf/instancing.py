"""The room that the instances of EXT_mesh_gpu_instancing take."""

import math
import sys
from array import array
from typing import BinaryIO

from exhibit_api.gltf.accessors import FLOAT, WIDTHS, Accessor
from exhibit_api.gltf.outline import Outline
from exhibit_api.gltf.transforms import Bounds

MOST_READ = 4 << 20  # bytes of one attribute that are read where it declares no range

Range = list[tuple[float, float]]


def instances_bounds(outline: Outline, instancing: dict[str, int], box: Bounds, file: BinaryIO) -> Bounds | None:
    """A box around all instances of a mesh's box, in the node's own space; None where their places cannot be told.

    It is not the smallest one: every instance is taken to have the greatest scale and, where one is turned, all
    rotations.
    """
    accessors = {name: outline.accessors[index] for name, index in instancing.items()}
    low, high = box
    if "ROTATION" in accessors:
        reach = math.hypot(*(max(abs(least), abs(most)) for least, most in zip(low, high, strict=True)))
        low, high = (-reach, -reach, -reach), (reach, reach, reach)
    sides: Range = list(zip(low, high, strict=True))
    if "SCALE" in accessors:
        scale = value_range(outline, accessors["SCALE"], file)
        if scale is None:
            return None
        if "ROTATION" in accessors:  # the box is scaled before it is turned: its longest scale reaches everywhere
            scale = [(min(least for least, _ in scale), max(most for _, most in scale))] * 3
        sides = [product(side, factor) for side, factor in zip(sides, scale, strict=True)]
    if "TRANSLATION" in accessors:
        moves = value_range(outline, accessors["TRANSLATION"], file)
        if moves is None:
            return None
        sides = [(side[0] + move[0], side[1] + move[1]) for side, move in zip(sides, moves, strict=True)]
    (x, right), (y, top), (z, front) = sides
    return (x, y, z), (right, top, front)


def product(side: tuple[float, float], factor: tuple[float, float]) -> tuple[float, float]:
    """The range of products of two ranges."""
    corners = [a * b for a in side for b in factor]
    return min(corners), max(corners)


def value_range(outline: Outline, accessor: Accessor, file: BinaryIO) -> Range | None:
    """The least and the greatest of each component: as declared, else as read from plain floats of a bounded number."""
    if WIDTHS[accessor.kind] != 3:
        return None
    declared = accessor.bounds()
    if declared:
        return list(zip(*declared, strict=True))
    if accessor.component != FLOAT or accessor.sparse or accessor.view is None or accessor.decoded_bytes > MOST_READ:
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
