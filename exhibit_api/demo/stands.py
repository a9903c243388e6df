"""Stands: an exhibit on its plinth with the reading rail beside it; how high it stands, and how stands share a row.

An exhibit's rail stands at its right as the visitor sees it, flush with the front of the plinth.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from shapely import Polygon, unary_union

from exhibit_api.demo.plan import Row
from exhibit_api.demo.poses import Vec2, Vec3, along, metres, offset, right_of
from exhibit_api.errors import Rejected

Bounds = tuple[Vec3, Vec3]
"""The lowest and the highest corner of a model in its own frame, metres."""

AISLE = 0.9
MARGIN = 0.1
"""How far the plinth reaches beyond the model on each side, metres."""

RAIL = (0.7, 0.5)
RAIL_HEIGHT = 1.0
RAIL_TILT = 35.0
RAIL_DEPTH = 0.42
"""What the tilted rail takes up of the floor, metres."""
RAIL_GAP = 0.12

EYE_LEVEL = 1.5
"""Of a person of 1.6 m."""
SEEN_AT = 1.2
LOOKED_DOWN_UPON_AT = 0.95
"""Where the middle of an exhibit comes, metres above the floor: without stooping, or seen a little from above."""
SMALL = 0.8
TALL = 1.0
"""A thing is small whose longest side is no more, and tall whose height is no less, metres."""


@dataclass(frozen=True)
class Stand:
    """Where one exhibit stands: `middle` is the plinth's, `origin` is where the model's own origin comes to lie, both (x, z).

    `size` is width, height and depth as the visitor sees them; `plinth` is its height and `lift` that of the model's origin.
    """

    exhibit: str
    zone: str
    facing: float
    turn: float
    middle: Vec2
    origin: Vec2
    size: Vec3
    plinth: float
    lift: float

    @property
    def rail(self) -> Vec2:
        """The middle of the reading rail, (x, z)."""
        return offset(
            self.middle,
            self.facing,
            forward=self.size[2] / 2 + MARGIN - RAIL_DEPTH / 2,
            right=self.size[0] / 2 + MARGIN + RAIL_GAP + RAIL[0] / 2,
        )

    @property
    def look_at(self) -> Vec3:
        """The middle of the exhibit."""
        return self.middle[0], self.plinth + self.size[1] / 2, self.middle[1]

    def footprint(self) -> Polygon:
        """What the plinth covers."""
        return rectangle(self.middle, self.facing, self.size[0] + 2 * MARGIN, self.size[2] + 2 * MARGIN)

    def ground(self) -> Polygon:
        """What plinth and rail cover."""
        return unary_union([self.footprint(), rectangle(self.rail, self.facing, RAIL[0], RAIL_DEPTH)])


def rectangle(middle: Vec2, facing: float, width: float, depth: float) -> Polygon:
    """A rectangle on the floor whose depth lies along a direction."""
    return Polygon(
        offset(middle, facing, forward=f * depth / 2, right=r * width / 2)
        for f, r in ((1, -1), (1, 1), (-1, 1), (-1, -1))
    )


def plinth_height(size: Vec3) -> float:
    """How high a thing of that size stands, metres, to 5 cm.

    Small things come to the eye (0.9 to 1.1 m); tall machines stand low (0.15 to 0.4 m); broad ones are looked down upon.
    """
    tallness = size[1] / 2
    if max(size) <= SMALL:
        height = min(1.1, max(0.9, SEEN_AT - tallness))
    elif size[1] >= TALL:
        height = min(0.4, max(0.15, SEEN_AT - tallness))
    else:
        height = min(0.75, max(0.4, LOOKED_DOWN_UPON_AT - tallness))
    return round(height * 20) / 20


def in_row(zone: str, row: Row, bounds: Mapping[str, Bounds]) -> list[Stand]:
    """The row's exhibits, each with its rail, spread between the two points with equal gaps.

    In a row of one point an exhibit stands at that very point. Raises Rejected if they would stand nearer to each
    other than an aisle.
    """
    length = math.dist(row.start, row.end)
    way = _way(row, length)
    rail_comes_after = sum(a * b for a, b in zip(way, right_of(row.facing), strict=True)) >= 0
    turned = [_turned(bounds[slug], row.turns.get(slug, 0.0)) for slug in row.exhibits]
    reach = RAIL_GAP + RAIL[0]
    widths = [size[0] + 2 * MARGIN + reach for size, _ in turned]
    gap = (length - sum(widths)) / (len(widths) + 1)
    if len(widths) > 1 and gap < AISLE:
        raise Rejected(f"{', '.join(row.exhibits)} would stand {gap:.2f} m apart; the aisle is {AISLE} m")
    stands = []
    reached = gap
    for slug, (size, middle), width in zip(row.exhibits, turned, widths, strict=True):
        centre = reached + (width - reach) / 2 + (0 if rail_comes_after else reach) if length else 0.0
        spot = (metres(row.start[0] + way[0] * centre), metres(row.start[1] + way[1] * centre))
        origin = offset(spot, row.facing, forward=-middle[2], right=-middle[0])
        low, high = bounds[slug]
        plinth = row.plinths.get(slug, plinth_height((high[0] - low[0], high[1] - low[1], high[2] - low[2])))
        lift = plinth - low[1]
        stands.append(Stand(slug, zone, row.facing, row.turns.get(slug, 0.0), spot, origin, size, plinth, lift))
        reached += width + gap
    return stands


def _way(row: Row, length: float) -> Vec2:
    """The row's direction; a row of one point runs to the visitor's right."""
    if not length:
        return right_of(row.facing)
    return (row.end[0] - row.start[0]) / length, (row.end[1] - row.start[1]) / length


def _turned(bounds: Bounds, turn: float) -> tuple[Vec3, Vec3]:
    """Size and middle of a model's bounds in the stand's frame, where the model is turned by so many degrees."""
    (ax, ay, az), (bx, by, bz) = bounds
    sine, cosine = along(turn)
    corners = [(x * cosine + z * sine, -x * sine + z * cosine) for x in (ax, bx) for z in (az, bz)]
    xs, zs = zip(*corners, strict=True)
    size = (max(xs) - min(xs), by - ay, max(zs) - min(zs))
    return size, ((max(xs) + min(xs)) / 2, 0.0, (max(zs) + min(zs)) / 2)
