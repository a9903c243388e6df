"""The ways of a hall: where a visitor can walk from the spawn in an aisle of 0.9 m, and what is near to them."""

import math
from dataclasses import dataclass

import numpy as np
import shapely

from exhibit_api.halls.lint.scene import Scene

AISLE = 0.9
"""Metres that a visitor needs to pass, a wheelchair included."""
ROUNDING = 0.005
"""Metres forgiven at each side, so that an aisle of just 0.9 m is one."""
HEADROOM = 2.0
"""What hangs at this height or above is no obstacle. Metres."""
SEEN_OVER = 1.2
"""A wall up to this height can be looked over. Metres."""
NEAR = 1.5
"""Metres within which a visitor must come to what is to be looked at."""
STEP = AISLE / math.sqrt(2) + 0.01
"""From the middle of an aisle into the corner of a room: a place this near can be stood on. Metres."""


@dataclass(frozen=True)
class Ways:
    """Where visitors come from the spawn, as shapes on the floor."""

    walk: shapely.Geometry
    """Where the middle of a visitor can be."""
    stand: shapely.Geometry
    """Where a foot can be."""
    near: shapely.Geometry
    """What is within 1.5 m of `walk` and not behind a wall."""
    free: shapely.Geometry
    """The floor without all that stands on it."""
    edges: shapely.Geometry
    """The edges of the free floor."""
    others: shapely.STRtree
    """Parts as wide as an aisle that are cut off from the spawn."""


def ways_of(scene: Scene) -> Ways | None:
    """The ways from the spawn; None where it is blocked."""
    x, _, z = scene.space.spawn.translation
    spawn = shapely.Point(x, z)
    walls = [panel.footprint for panel in scene.panels if panel.box.bottom < HEADROOM]
    things = [piece.footprint for piece in scene.pieces if piece.plinth or piece.bounds[0][1] < HEADROOM]
    free = scene.floor.difference(shapely.union_all([*walls, *things]))
    home = _part_with(free, spawn)
    if home is None:
        return None
    wide = _parts(free.buffer(-(AISLE / 2 - ROUNDING)))
    # Only what lies in the spawn's own part: the other side of a thin wall is as near, and cannot be walked to.
    reached = [part for part in wide if home.intersects(part) and part.distance(spawn) <= STEP]
    if not reached:
        return None
    walk = min(reached, key=lambda part: (part.distance(spawn), -part.area))
    hiding = [p.footprint for p in scene.panels if p.box.bottom < HEADROOM and p.box.top > SEEN_OVER]
    open_floor = scene.floor.difference(shapely.union_all(hiding))
    edges = free.boundary
    for shape in (walk, free, edges):
        shapely.prepare(shape)
    return Ways(
        walk=walk,
        stand=_touching(walk.buffer(STEP).intersection(home), walk),
        near=_touching(walk.buffer(NEAR).intersection(open_floor), walk),
        free=free,
        edges=edges,
        others=shapely.STRtree([part for part in wide if part is not walk]),
    )


def gap_towards(ways: Ways, target: shapely.Geometry) -> tuple[float, float, float] | None:
    """Where the way to a target gets too narrow: x, z and the width there, in metres; None where that is not plain.

    Looked for on the shortest line from the ways to the wide part beside the target: plain if that is all free floor.
    """
    found = ways.others.query_nearest(target, max_distance=NEAR, all_matches=False)
    if len(found) == 0:
        return None
    line = shapely.shortest_line(ways.walk, ways.others.geometries[found[0]])
    if not ways.free.covers(line):
        return None
    points = shapely.line_interpolate_point(line, np.linspace(0.0, 1.0, 9), normalized=True)
    margins = shapely.distance(ways.edges, points)
    narrowest = points[int(np.argmin(margins))]
    width = 2 * float(margins.min())
    return (narrowest.x, narrowest.y, width) if width < AISLE else None


def _parts(shape: shapely.Geometry) -> list[shapely.Geometry]:
    return [part for part in shapely.get_parts(shape).tolist() if part.area > 0]


def _part_with(shape: shapely.Geometry, point: shapely.Geometry) -> shapely.Geometry | None:
    """The part of a shape that holds the point, its edge included."""
    return next((part for part in _parts(shape) if part.distance(point) <= ROUNDING), None)


def _touching(shape: shapely.Geometry, core: shapely.Geometry) -> shapely.Geometry:
    """The parts of a shape that hang together with a core: not what lies behind a wall."""
    whole = shapely.union_all([part for part in _parts(shape) if part.intersects(core)])
    shapely.prepare(whole)
    return whole
