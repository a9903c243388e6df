"""Matrices and boxes in space as plain tuples: metres, right-handed, +Y up, quaternions x y z w, as in glTF.

A matrix is 16 floats, column by column. A box is its lowest and its highest corner.
"""

from collections.abc import Iterable

Vector = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]
Matrix = tuple[float, ...]
Bounds = tuple[Vector, Vector]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)


def pose_matrix(translation: Vector, rotation: Quaternion, scale: Vector) -> Matrix:
    """The matrix that scales, then rotates by a unit quaternion (x y z w), then moves."""
    x, y, z, w = rotation
    sx, sy, sz = scale
    return (
        (1.0 - 2.0 * (y * y + z * z)) * sx,
        2.0 * (x * y + z * w) * sx,
        2.0 * (x * z - y * w) * sx,
        0.0,
        2.0 * (x * y - z * w) * sy,
        (1.0 - 2.0 * (x * x + z * z)) * sy,
        2.0 * (y * z + x * w) * sy,
        0.0,
        2.0 * (x * z + y * w) * sz,
        2.0 * (y * z - x * w) * sz,
        (1.0 - 2.0 * (x * x + y * y)) * sz,
        0.0,
        *translation,
        1.0,
    )


def multiply(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that does `inner` first and `outer` after it. Both end in the row 0 0 0 1, as poses do."""
    if outer is IDENTITY or inner is IDENTITY:  # most nodes of most models
        return inner if outer is IDENTITY else outer
    a0, a1, a2, _, a4, a5, a6, _, a8, a9, a10, _, a12, a13, a14, _ = outer
    b0, b1, b2, _, b4, b5, b6, _, b8, b9, b10, _, b12, b13, b14, _ = inner
    return (
        a0 * b0 + a4 * b1 + a8 * b2,
        a1 * b0 + a5 * b1 + a9 * b2,
        a2 * b0 + a6 * b1 + a10 * b2,
        0.0,
        a0 * b4 + a4 * b5 + a8 * b6,
        a1 * b4 + a5 * b5 + a9 * b6,
        a2 * b4 + a6 * b5 + a10 * b6,
        0.0,
        a0 * b8 + a4 * b9 + a8 * b10,
        a1 * b8 + a5 * b9 + a9 * b10,
        a2 * b8 + a6 * b9 + a10 * b10,
        0.0,
        a0 * b12 + a4 * b13 + a8 * b14 + a12,
        a1 * b12 + a5 * b13 + a9 * b14 + a13,
        a2 * b12 + a6 * b13 + a10 * b14 + a14,
        1.0,
    )


def transform_point(point: Vector, matrix: Matrix) -> Vector:
    """Where the matrix takes a point."""
    x, y, z = point
    return (
        matrix[0] * x + matrix[4] * y + matrix[8] * z + matrix[12],
        matrix[1] * x + matrix[5] * y + matrix[9] * z + matrix[13],
        matrix[2] * x + matrix[6] * y + matrix[10] * z + matrix[14],
    )


def world_bounds(bounds: Bounds, matrix: Matrix) -> Bounds:
    """The smallest upright box around a box that was moved, turned and scaled."""
    left, right = extent(matrix[0], matrix[4], matrix[8], matrix[12], bounds)
    bottom, top = extent(matrix[1], matrix[5], matrix[9], matrix[13], bounds)
    back, front = extent(matrix[2], matrix[6], matrix[10], matrix[14], bounds)
    return (left, bottom, back), (right, top, front)


def extent(x: float, y: float, z: float, move: float, bounds: Bounds) -> tuple[float, float]:
    """The least and the greatest that a row of a matrix makes of a box, of the lesser and the greater products.

    They are summed in the order of `transform_point`, so that not even rounding lets a corner stand outside.
    """
    (left, bottom, back), (right, top, front) = bounds
    low_x, high_x = (x * left, x * right) if x >= 0.0 else (x * right, x * left)
    low_y, high_y = (y * bottom, y * top) if y >= 0.0 else (y * top, y * bottom)
    low_z, high_z = (z * back, z * front) if z >= 0.0 else (z * front, z * back)
    return low_x + low_y + low_z + move, high_x + high_y + high_z + move


def union(boxes: Iterable[Bounds]) -> Bounds | None:
    """The smallest box around all boxes; None around none."""
    low, high = None, None
    for box_low, box_high in boxes:
        if low is None or high is None:
            low, high = box_low, box_high
            continue
        low = (min(low[0], box_low[0]), min(low[1], box_low[1]), min(low[2], box_low[2]))
        high = (max(high[0], box_high[0]), max(high[1], box_high[1]), max(high[2], box_high[2]))
    return None if low is None or high is None else (low, high)
