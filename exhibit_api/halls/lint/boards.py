"""A placard's board in space: its axes, where a reader stands, and whether two boards cut each other."""

import math
from dataclasses import dataclass

from exhibit_api.gltf.transforms import Vector, pose_matrix
from exhibit_api.halls.schemas import PlacardBody

EYES = 1.5
"""Height in metres of the eyes of a person of 1.6 m."""
READING_DISTANCE = 1.0
"""Metres before the board where a reader stands if the placard does not say where."""
HALF_THICKNESS = 0.005
TOUCHING = 0.001
"""Metres by which boards may cut each other: rounding."""

Axes = tuple[Vector, Vector, Vector]


@dataclass(frozen=True)
class Board:
    """A board: its middle, its unit axes (right, up, front), half its sides, and the reader's eyes. Metres."""

    centre: Vector
    axes: Axes
    half: Vector
    eyes: Vector
    ahead: tuple[float, float]
    """The direction on the floor from the board to its readers, of length 1."""


def board_of(placard: PlacardBody) -> Board:
    """The board of a placard. Where no place to read it is given, it is read from 1 m before its front."""
    centre = placard.pose.translation
    m = pose_matrix((0.0, 0.0, 0.0), placard.pose.rotation, (1.0, 1.0, 1.0))
    right, up, front = (m[0], m[1], m[2]), (m[4], m[5], m[6]), (m[8], m[9], m[10])
    # A board that lies on its back is read from its lower edge.
    x, z = (front[0], front[2]) if math.hypot(front[0], front[2]) > 0.1 else (-up[0], -up[2])
    length = math.hypot(x, z) or 1.0
    ahead = (x / length, z / length)
    away = READING_DISTANCE
    eyes = (
        placard.view.translation if placard.view else (centre[0] + ahead[0] * away, EYES, centre[2] + ahead[1] * away)
    )
    return Board(centre, (right, up, front), (placard.size[0] / 2, placard.size[1] / 2, HALF_THICKNESS), eyes, ahead)


def reach_of(board: Board, direction: Vector) -> float:
    """How far the board reaches from its middle in a direction (of length 1), in metres."""
    return sum(half * abs(_dot(axis, direction)) for half, axis in zip(board.half, board.axes, strict=True))


def overlap(one: Board, other: Board) -> tuple[float, float] | None:
    """By how much two boards overlap along the width and the height of the first, in metres; None where they do not.

    The separating axes of two boxes: three faces of each, nine pairs of edges.
    """
    between = tuple(b - a for a, b in zip(one.centre, other.centre, strict=True))
    apart = (between[0], between[1], between[2])
    axes = [*one.axes, *other.axes]
    for a in one.axes:
        for b in other.axes:
            cross = _cross(a, b)
            length = math.sqrt(_dot(cross, cross))
            if length > 1e-6:
                axes.append((cross[0] / length, cross[1] / length, cross[2] / length))
    depths = [reach_of(one, axis) + reach_of(other, axis) - abs(_dot(apart, axis)) for axis in axes]
    if min(depths) <= TOUCHING:
        return None
    sides = (2 * min(one.half[i], reach_of(other, one.axes[i])) for i in (0, 1))
    width, height = (min(depth, side) for depth, side in zip(depths, sides, strict=False))
    return width, height


def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _cross(a: Vector, b: Vector) -> Vector:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
