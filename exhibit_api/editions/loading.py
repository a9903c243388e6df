"""In which order a visitor's device loads a hall, and what the whole of it costs. The sums are true, so that progress can be."""

import math
from collections.abc import Sequence

from exhibit_api.editions.manifest import Budget, LoadStep
from exhibit_api.gltf.budget import Totals
from exhibit_api.halls.draft import Standing
from exhibit_api.halls.rules import zone_at
from exhibit_api.halls.space import Quaternion, Space, Vec3

VIEW_DISTANCE = 10.0
"""Metres: what is farther is small on the screen and can come later."""

VIEW_ANGLE = math.radians(50)
"""Half of the angle in which something counts as in view: a phone held upright or a headset, turned a little."""

MOST_IN_VIEW = 8


def plan(standing: Sequence[Standing], space: Space) -> tuple[LoadStep, ...]:
    """First what is in view from the spawn, then zone by zone from near to far, then the rest. Each exhibit stands in one step."""
    spawn = space.spawn.translation

    def nearness(one: Standing) -> tuple[int, float, str]:
        return -one.placement.priority, _distance(one, spawn), one.slug

    by_nearness = sorted(standing, key=nearness)
    in_view = [one for one in by_nearness if _in_view(one, spawn, space.spawn.rotation)][:MOST_IN_VIEW]
    steps = [("first-view", in_view)]
    zones: dict[str, list[Standing]] = {}
    for one in by_nearness:
        if one not in in_view:
            zones.setdefault(_zone(one, space) or "rest", []).append(one)
    farthest_last = sorted(
        zones.items(), key=lambda item: (item[0] == "rest", min(_distance(o, spawn) for o in item[1]), item[0])
    )
    loaded: set[str] = set()
    return tuple(_step(name, items, loaded) for name, items in steps + farthest_last if items)


def budget(standing: Sequence[Standing]) -> Budget:
    """What the whole hall costs. A model that stands twice is downloaded and held once, and drawn twice."""
    total, seen = Totals(), set[str]()
    for one in standing:
        if one.model is None:
            continue
        measures, again = one.model.measures, one.model.sha256 in seen
        seen.add(one.model.sha256)
        total += Totals(
            0 if again else one.model.bytes,
            measures.triangles,
            measures.draw_calls,
            0 if again else measures.texture_bytes,
        )
    return Budget(
        bytes=total.bytes,
        triangles=total.triangles,
        draw_calls=total.draw_calls,
        texture_bytes=total.texture_bytes,
    )


def _zone(one: Standing, space: Space) -> str | None:
    x, _, z = one.placement.pose.translation
    return one.placement.zone or zone_at(space, x, z)


def _step(name: str, items: Sequence[Standing], loaded: set[str]) -> LoadStep:
    size = 0
    for one in items:
        if one.model and one.model.sha256 not in loaded:
            loaded.add(one.model.sha256)
            size += one.model.bytes
    return LoadStep(step=name, items=tuple(f"exhibits/{one.slug}" for one in items), bytes=size)


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
