"""Lines of sight: which boxes stand in their way. Many lines and boxes at once, since halls hold thousands of both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from exhibit_api.gltf.transforms import Bounds, Vector

GRAZE = 0.005
"""Metres by which every box is thinned, so that what hangs on its face is not inside it."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Box:
    """An upright box, turned about the vertical: its middle on the floor, its direction, half its length and width."""

    centre: tuple[float, float]
    along: tuple[float, float]
    half: tuple[float, float]
    bottom: float
    top: float


def box_of(bounds: Bounds) -> Box:
    """The box of bounds."""
    (left, bottom, back), (right, top, front) = bounds
    return Box(
        ((left + right) / 2, (back + front) / 2), (1.0, 0.0), ((right - left) / 2, (front - back) / 2), bottom, top
    )


def first_obstacles(
    starts: Sequence[Vector], ends: Sequence[Vector], boxes: Sequence[Box], tree: shapely.STRtree
) -> dict[int, tuple[int, float]]:
    """Index of a line → the box that it meets first, and after how much of its way (0 to 1). Free lines are left out.

    `tree` holds the boxes' outlines on the floor, in the order of `boxes`.
    """
    if not starts or not boxes:
        return {}
    a, b = np.array(starts, np.float64), np.array(ends, np.float64)
    on_floor = shapely.linestrings(np.stack([a[:, (0, 2)], b[:, (0, 2)]], axis=1))
    lines, candidates = tree.query(on_floor)
    entries = _entries(a[lines], b[lines], _rows(boxes)[candidates])
    first: dict[int, tuple[int, float]] = {}
    for i in np.flatnonzero(np.isfinite(entries)):
        line, box, entry = int(lines[i]), int(candidates[i]), float(entries[i])
        if line not in first or (entry, box) < (first[line][1], first[line][0]):
            first[line] = box, entry
    return first


def _rows(boxes: Sequence[Box]) -> Floats:
    return np.array([(*box.centre, *box.along, *box.half, box.bottom, box.top) for box in boxes], np.float64)


def _entries(starts: Floats, ends: Floats, rows: Floats) -> Floats:
    """Where each line enters the box of its row, as a part of its way; infinite where it passes by (slab method)."""
    x, z, ux, uz, half_length, half_width, bottom, top = rows.T
    from_local, to_local = _local(starts, x, z, ux, uz), _local(ends, x, z, ux, uz)
    middle = (bottom + top) / 2
    sides = ((half_length, 0.0), ((top - bottom) / 2, middle), (half_width, 0.0))
    enters, leaves = np.zeros(len(rows)), np.ones(len(rows))
    for axis, (half, centre) in enumerate(sides):
        thin = np.maximum(half - GRAZE, half / 2)
        begin, way = from_local[axis] - centre, to_local[axis] - from_local[axis]
        still = np.abs(way) < 1e-12
        safe = np.where(still, 1.0, way)
        one, other = (-thin - begin) / safe, (thin - begin) / safe
        within = np.abs(begin) < thin
        enters = np.maximum(enters, np.where(still, np.where(within, 0.0, np.inf), np.minimum(one, other)))
        leaves = np.minimum(leaves, np.where(still, np.where(within, 1.0, -np.inf), np.maximum(one, other)))
    return np.where(enters < leaves, enters, np.inf)


def _local(points: Floats, x: Floats, z: Floats, ux: Floats, uz: Floats) -> tuple[Floats, Floats, Floats]:
    dx, dz = points[:, 0] - x, points[:, 2] - z
    return dx * ux + dz * uz, points[:, 1], dz * ux - dx * uz
