"""Turns as quaternions (x y z w) and keyframes of a motion."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.mesh import Axis, Floats
from exhibit_api.gltf.document import Path

Quaternion = tuple[float, float, float, float]
UPRIGHT: Quaternion = (0.0, 0.0, 0.0, 1.0)
STEPS = 6  # straight pieces that stand for one soft movement


@dataclass(frozen=True)
class Motion:
    """A node's property over time: seconds, and the whole value at each."""

    path: Path
    times: list[float]
    values: Sequence[tuple[float, ...]]


def turn(axis: Axis, degrees: float) -> Quaternion:
    """A turn about an axis, counter-clockwise seen against it."""
    s, c = sine(degrees / 2), cosine(degrees / 2)
    return {"x": (s, 0.0, 0.0, c), "y": (0.0, s, 0.0, c), "z": (0.0, 0.0, s, c)}[axis]


def product(first: Quaternion, second: Quaternion) -> Quaternion:
    """Turn by the second in the space that the first has turned."""
    ax, ay, az, aw = first
    bx, by, bz, bw = second
    parts = (
        aw * bx + ax * bw + ay * bz - az * by,
        aw * by - ax * bz + ay * bw + az * bx,
        aw * bz + ax * by - ay * bx + az * bw,
        aw * bw - ax * bx - ay * by - az * bz,
    )
    x, y, z, w = (round(part, 9) + 0.0 for part in parts)
    return (x, y, z, w)


def rotated(points: Floats, rotation: Quaternion) -> Floats:
    """Points (n, 3) turned about the origin."""
    x, y, z, w = rotation
    px, py, pz = points[:, 0], points[:, 1], points[:, 2]
    tx, ty, tz = 2 * (y * pz - z * py), 2 * (z * px - x * pz), 2 * (x * py - y * px)
    return np.stack(
        [px + w * tx + y * tz - z * ty, py + w * ty + z * tx - x * tz, pz + w * tz + x * ty - y * tx], axis=1
    )


def eased(keys: Sequence[tuple[float, Sequence[float]]]) -> list[tuple[float, tuple[float, ...]]]:
    """Keys with soft starts and stops between them; a value that rests needs no more keys."""
    result: list[tuple[float, tuple[float, ...]]] = [(keys[0][0], tuple(keys[0][1]))]
    for (start, before), (end, after) in pairwise(keys):
        steps = 1 if tuple(before) == tuple(after) else STEPS
        for k in range(1, steps + 1):
            t = k / steps
            share = t * t * (3 - 2 * t)
            value = tuple(a + (b - a) * share for a, b in zip(before, after, strict=True))
            result.append((start + (end - start) * t, value))
    return result
