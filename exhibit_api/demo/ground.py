"""The floor of a hall as visitors walk on it: what walls and stands leave free, and where one can stand."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shapely import LineString, MultiPolygon, Point, Polygon, unary_union
from shapely.geometry.base import BaseGeometry

from exhibit_api.demo.plan import Plan
from exhibit_api.demo.poses import Vec2, metres, offset
from exhibit_api.demo.stands import AISLE, Stand
from exhibit_api.errors import Rejected
from exhibit_api.halls.space import Opening, Wall

SWAYS = (0, 10, -10, 20, -20, 30, -30, 40, -40, 50, -50)
"""How far beside the straight line before a thing one may stand, degrees; the first free one is taken."""


def walls_of(plan: Plan) -> list[Wall]:
    """A wall over each edge of the floor with its doors, then the inner walls."""
    walls = []
    for index, (start, end) in enumerate(edges(plan.floor)):
        length = math.dist(start, end)
        openings = []
        for door in (door for door in plan.doors if door.edge == index):
            middle = length / 2 if door.at is None else door.at
            sides = metres(middle - door.width / 2), metres(middle + door.width / 2)
            openings.append(Opening(start=sides[0], end=sides[1], height=door.height))
        walls.append(Wall(start=start, end=end, openings=tuple(openings)))
    return walls + list(plan.walls)


def edges(corners: Sequence[Vec2]) -> list[tuple[Vec2, Vec2]]:
    """The edges of a polygon, the last from the last corner to the first."""
    return list(zip(corners, [*corners[1:], corners[0]], strict=True))


def solid(wall: Wall) -> BaseGeometry:
    """What a wall covers of the floor, without its openings."""
    line = LineString([wall.start, wall.end])
    pieces = []
    reached = 0.0
    for opening in sorted(wall.openings, key=lambda opening: opening.start):
        pieces.append((reached, opening.start))
        reached = opening.end
    pieces.append((reached, line.length))
    return unary_union(
        [
            LineString([line.interpolate(a), line.interpolate(b)]).buffer(wall.thickness / 2, cap_style="square")
            for a, b in pieces
            if b - a > 1e-6
        ]
    )


@dataclass(frozen=True)
class Ground:
    """The floor without walls and stands (`free`), and where the middle of an aisle reaches from the spawn (`walk`)."""

    free: BaseGeometry
    walk: Polygon

    def standing(self, before: Vec2, facing: float, distances: Iterable[float], what: str) -> Vec2:
        """The first point that is free to stand on before a front. Rejected if there is none."""
        for distance in distances:
            for sway in SWAYS:
                x, z = offset(before, facing + sway, forward=distance)
                spot = (metres(x), metres(z))
                if self.walk.covers(Point(spot)):
                    return spot
        raise Rejected(f"nobody can stand before {what!r}: walls and stands leave no room there")


def ground_of(plan: Plan, walls: Sequence[Wall], stands: Sequence[Stand]) -> Ground:
    """The walkable ground. Rejected if something stands nearer than an aisle to a wall or to something else."""
    built = unary_union([solid(wall) for wall in walls])
    floor = Polygon(plan.floor)
    for i, stand in enumerate(stands):
        own = stand.ground()
        if not floor.covers(own):
            raise Rejected(f"{stand.exhibit!r} would stand outside the hall {plan.slug!r}")
        others = [("a wall", built), *((other.exhibit, other.ground()) for other in stands[i + 1 :])]
        for name, other in others:
            if (gap := own.distance(other)) < AISLE:
                raise Rejected(
                    f"{stand.exhibit!r} stands {gap:.2f} m from {name} in {plan.slug!r}; an aisle is {AISLE} m"
                )
    free = floor.difference(unary_union([built, *(stand.ground() for stand in stands)]))
    roomy = free.buffer(-AISLE / 2 + 1e-3)
    parts = roomy.geoms if isinstance(roomy, MultiPolygon) else [roomy]
    walk = next((part for part in parts if part.covers(Point(plan.spawn.at))), None)
    if walk is None:
        raise Rejected(f"the spawn of {plan.slug!r} is not on free floor")
    return Ground(free, walk)
