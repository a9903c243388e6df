"""In which order a visitor's device loads a hall: what is in view first, then zone by zone, then the rest."""

import math
from collections.abc import Sequence

from exhibit_api.halls.draft import Standing
from exhibit_api.halls.rules import zone_at
from exhibit_api.halls.space import Quaternion, Space, Vec3

FIRST_VIEW, REST = "first-view", "rest"
"""Names of steps that no zone has."""

VIEW_DISTANCE = 10.0
"""Metres: what is farther is small on the screen and can come later."""

VIEW_ANGLE = math.radians(50)
"""Half of the angle in which something counts as in view: a phone held upright or a headset, turned a little."""

MOST_IN_VIEW = 8

Step = tuple[str, tuple[Standing, ...]]


def steps(standing: Sequence[Standing], space: Space) -> tuple[Step, ...]:
    """First what is in view from the spawn, then zone by zone from near to far, then the rest. Each exhibit stands in one step."""
    spawn = space.spawn.translation

    def nearness(one: Standing) -> tuple[int, float, str, str]:
        return -one.placement.priority, _distance(one, spawn), one.slug, one.id

    by_nearness = sorted(standing, key=nearness)
    in_view = [one for one in by_nearness if _in_view(one, spawn, space.spawn.rotation)][:MOST_IN_VIEW]
    seen = {one.id for one in in_view}
    zones: dict[str, list[Standing]] = {}
    for one in by_nearness:
        if one.id not in seen:
            zones.setdefault(zone_of(one, space) or REST, []).append(one)
    farthest_last = sorted(
        zones.items(), key=lambda item: (item[0] == REST, min(_distance(o, spawn) for o in item[1]), item[0])
    )
    return tuple((name, tuple(items)) for name, items in [(FIRST_VIEW, in_view), *farthest_last] if items)


def zone_of(one: Standing, space: Space) -> str | None:
    """The zone that the exhibit stands in: the one it was put in, else the one on whose floor it stands."""
    x, _, z = one.placement.pose.translation
    return one.placement.zone or zone_at(space, x, z)


def _distance(one: Standing, spawn: Vec3) -> float:
    x, _, z = one.placement.pose.translation
    return math.dist((x, z), (spawn[0], spawn[2]))


def _in_view(one: Standing, spawn: Vec3, rotation: Quaternion) -> bool:
    x, _, z = one.placement.pose.translation
    to_x, to_z = x - spawn[0], z - spawn[2]
    distance = math.hypot(to_x, to_z)
    if distance > VIEW_DISTANCE:
        return False
    ahead_x, ahead_z = _ahead(rotation)
    return distance == 0 or (to_x * ahead_x + to_z * ahead_z) / distance >= math.cos(VIEW_ANGLE)


def _ahead(rotation: Quaternion) -> tuple[float, float]:
    """Where −Z of the viewer points on the floor, as a unit vector; straight ahead for one who looks up or down."""
    x, y, z, w = rotation
    ahead_x, ahead_z = -2 * (x * z + w * y), -(1 - 2 * (x * x + y * y))
    length = math.hypot(ahead_x, ahead_z)
    return (ahead_x / length, ahead_z / length) if length > 1e-6 else (0.0, -1.0)
