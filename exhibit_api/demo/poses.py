"""Directions and turns of what stands in a hall: floor directions in degrees, rotations as quaternions x y z w.

A direction of 0° is +Z, 90° is +X. Exhibits and placards have their front on +Z of their own frame; eyes look along −Z.
"""

import math

Vec2 = tuple[float, float]
Vec3 = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]


def metres(value: float) -> float:
    """Rounded to a millimetre, and never −0."""
    return round(value, 3) + 0.0


def along(direction: float) -> Vec2:
    """The unit vector (x, z) of a direction in degrees."""
    return math.sin(math.radians(direction)), math.cos(math.radians(direction))


def right_of(direction: float) -> Vec2:
    """The unit vector (x, z) that points to the right of someone who looks at a front with that direction."""
    x, z = along(direction)
    return z, -x


def offset(start: Vec2, direction: float, *, forward: float = 0.0, right: float = 0.0) -> Vec2:
    """The point so many metres before a front, and to its right as the visitor sees it."""
    (fx, fz), (rx, rz) = along(direction), right_of(direction)
    return start[0] + fx * forward + rx * right, start[1] + fz * forward + rz * right


def turned(direction: float, tilt: float = 0.0) -> Quaternion:
    """The rotation that turns a front (+Z) into a direction on the floor and tilts it upwards, both in degrees."""
    return _rotation(math.radians(direction), -math.radians(tilt))


def looking(eyes: Vec3, at: Vec3) -> Quaternion:
    """The rotation of eyes that look (along −Z) from one point at another."""
    dx, dy, dz = (b - a for a, b in zip(eyes, at, strict=True))
    return _rotation(math.atan2(-dx, -dz), math.atan2(dy, math.hypot(dx, dz)))


def _rotation(yaw: float, pitch: float) -> Quaternion:
    """First the pitch about +X, then the yaw about +Y, in radians; rounded to six places."""
    sy, cy = math.sin(yaw / 2), math.cos(yaw / 2)
    sx, cx = math.sin(pitch / 2), math.cos(pitch / 2)
    x, y, z, w = (round(part, 6) + 0.0 for part in (cy * sx, sy * cx, -sy * sx, cy * cx))
    return x, y, z, w
