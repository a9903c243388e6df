"""Flat outlines (counter-clockwise loops of x, y in metres): to draw, chamfer, offset and triangulate them."""

from collections.abc import Sequence

import numpy as np

from exhibit_api.demo.modelling.angles import bearing, cosine, sine
from exhibit_api.demo.modelling.mesh import Vec2

Outline = Sequence[Vec2]
Loop = list[int]


def circle(radius: float, segments: int = 32, centre: Vec2 = (0.0, 0.0)) -> list[Vec2]:
    """A circle as a regular polygon, its first corner on the x axis."""
    return arc(radius, 0, 360, segments, centre)[:-1]


def arc(radius: float, start: float, end: float, segments: int = 8, centre: Vec2 = (0.0, 0.0)) -> list[Vec2]:
    """segments + 1 points from one angle to another (degrees), both ends included."""
    step = (end - start) / segments
    angles = [start + step * index for index in range(segments + 1)]
    return [(centre[0] + radius * cosine(angle), centre[1] + radius * sine(angle)) for angle in angles]


def rectangle(width: float, height: float, centre: Vec2 = (0.0, 0.0)) -> list[Vec2]:
    """A rectangle around a centre."""
    x, y = width / 2, height / 2
    return [(centre[0] + i * x, centre[1] + j * y) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


def slot(length: float, width: float, segments: int = 8, centre: Vec2 = (0.0, 0.0)) -> list[Vec2]:
    """A stadium along x: `length` over all, round ends of `width`."""
    reach = (length - width) / 2
    right = arc(width / 2, -90, 90, segments, (centre[0] + reach, centre[1]))
    return right + arc(width / 2, 90, 270, segments, (centre[0] - reach, centre[1]))


def regular(sides: int, radius: float, start: float = 0.0) -> list[Vec2]:
    """A regular polygon by its corners' radius; hexagon heads: radius = width over flats / 1.732."""
    return arc(radius, start, start + 360, sides)[:-1]


def signed_area(outline: Outline) -> float:
    """Positive when the outline runs counter-clockwise."""
    pairs = zip(outline, [*outline[1:], outline[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def counter_clockwise(outline: Outline) -> list[Vec2]:
    """The outline, reversed if need be."""
    return list(outline) if signed_area(outline) > 0 else list(outline)[::-1]


def rounded(outline: Outline, radius: float, steps: int = 4, *, closed: bool = True, least: float = 25.0) -> list[Vec2]:
    """Corners that turn more than `least` degrees get arcs of `steps` pieces (1 = a plain chamfer).

    An edge shorter than two radii gives what it has. An open line keeps both of its ends.
    """
    count = len(outline)
    result: list[Vec2] = []
    for index, (x, y) in enumerate(outline):
        if not closed and index in (0, count - 1):
            result.append((x, y))
            continue
        before, after = outline[index - 1], outline[(index + 1) % count]
        turn = _turn(before, (x, y), after)
        if abs(turn) < least or abs(turn) > 179:
            result.append((x, y))
            continue
        tangent = sine(abs(turn) / 2) / cosine(abs(turn) / 2)
        cut = radius if steps == 1 else radius * tangent
        cut = min(cut, 0.49 * _distance(before, (x, y)), 0.49 * _distance((x, y), after))
        start, end = _toward((x, y), before, cut), _toward((x, y), after, cut)
        if steps == 1:
            result += [start, end]
            continue
        side = 1.0 if turn > 0 else -1.0
        dx, dy = (x - start[0]) / cut, (y - start[1]) / cut
        bend = cut / tangent
        centre = (start[0] - dy * side * bend, start[1] + dx * side * bend)
        opening = bearing(start[0] - centre[0], start[1] - centre[1])
        result += [start, *arc(bend, opening, opening + turn, steps, centre)[1:-1], end]
    return result


def chamfered(outline: Outline, width: float, *, closed: bool = True) -> list[Vec2]:
    """Every sharp corner cut off, `width` along both of its edges."""
    return rounded(outline, width, 1, closed=closed)


def inset(outline: Outline, distance: float) -> list[Vec2]:
    """A counter-clockwise outline shrunk by a small distance (negative grows it); corners are mitred up to 3 times."""
    result = []
    count = len(outline)
    for index, (x, y) in enumerate(outline):
        ax, ay = _normal(outline[index - 1], (x, y))
        bx, by = _normal((x, y), outline[(index + 1) % count])
        sx, sy = ax + bx, ay + by
        square = max(sx * sx + sy * sy, 0.22)
        result.append((x + distance * 2 * sx / square, y + distance * 2 * sy / square))
    return result


def triangulated(outline: Outline, holes: Sequence[Outline] = ()) -> tuple[list[Vec2], list[tuple[int, int, int]]]:
    """The points of outline and holes in their order, and triangles over them: ears are cut, holes joined by bridges.

    The outline runs counter-clockwise, holes clockwise.
    """
    points = [point for loop in (outline, *holes) for point in loop]
    loop = list(range(len(outline)))
    start = len(outline)
    inner: list[Loop] = []
    for hole in holes:
        inner.append(list(range(start, start + len(hole))))
        start += len(hole)
    inner.sort(key=lambda hole: (-max(points[index][0] for index in hole), hole[0]))
    for ring in inner:
        loop = _bridged(points, loop, ring)
    return points, _ears(points, loop)


def _bridged(points: list[Vec2], loop: Loop, hole: Loop) -> Loop:
    """The loop, led to the hole's rightmost point, round the hole, and back."""
    tip = max(hole, key=lambda index: (points[index][0], -index))
    x, y = points[tip]
    best: tuple[float, int] | None = None
    for place, index in enumerate(loop):
        a, b = points[index], points[loop[(place + 1) % len(loop)]]
        if a[1] <= y < b[1] and (cut := a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])) >= x:
            end = place if a[0] > b[0] else (place + 1) % len(loop)
            if best is None or cut < best[0]:
                best = (cut, end)
    if best is None:
        raise ValueError(f"a hole near ({x:.4f}, {y:.4f}) lies outside its outline")
    candidates = [best[1]]
    wedge = [(x, y), (best[0], y), points[loop[best[1]]]]
    for place, index in enumerate(loop):  # a corner inside the wedge would be crossed: the one lowest in angle is seen
        if points[index] not in (wedge[0], wedge[2]) and _within(points[index], wedge) and points[index][0] >= x:
            candidates.append(place)

    def rank(place: int) -> tuple[bool, float, float, int]:
        px, py = points[loop[place]]
        slope = abs(py - y) / max(px - x, 1e-12)
        opens = _opens_to(points, loop, place, (x, y))
        return (not opens, slope, px, place)

    gate = min(candidates, key=rank)
    entry = hole.index(tip)
    return [*loop[: gate + 1], *hole[entry:], *hole[: entry + 1], *loop[gate:]]


def _opens_to(points: list[Vec2], loop: Loop, place: int, target: Vec2) -> bool:
    """Whether the corner's inside looks toward the target (a corner may stand in the loop twice, after a bridge)."""
    before, here, after = (points[loop[(place + shift) % len(loop)]] for shift in (-1, 0, 1))
    left, right = _cross(here, after, target) >= 0, _cross(before, here, target) >= 0
    return (left and right) if _cross(before, here, after) > 0 else (left or right)


def _ears(points: list[Vec2], loop: Loop) -> list[tuple[int, int, int]]:
    where = np.array(points, dtype=np.float64)
    triangles: list[tuple[int, int, int]] = []
    left = list(loop)
    place = 0
    idle = 0
    while len(left) > 3:
        size = len(left)
        a, b, c = left[place - 1], left[place % size], left[(place + 1) % size]
        area = _cross(points[a], points[b], points[c])
        if (area > 1e-16 and _empty(where, left, (a, b, c))) or (idle > size and abs(area) <= 1e-16):
            triangles.append((a, b, c))
            del left[place]
            place = (place + 1) % len(left) if place < len(left) else 0  # skipping on makes fewer slivers
            idle = 0
            continue
        place = (place + 1) % size
        idle += 1
        if idle > 2 * size + 2:
            raise ValueError(f"an outline of {len(loop)} points crosses itself near {points[b]}")
    triangles.append((left[0], left[1], left[2]))
    return triangles


def _empty(where: np.ndarray, left: Loop, ear: tuple[int, int, int]) -> bool:
    """Whether no other corner lies in the ear or on its border."""
    (ax, ay), (bx, by), (cx, cy) = (where[index] for index in ear)
    others = where[left]
    x, y = others[:, 0], others[:, 1]
    inside = ((bx - ax) * (y - ay) - (by - ay) * (x - ax) >= -1e-15) & (
        (cx - bx) * (y - by) - (cy - by) * (x - bx) >= -1e-15
    )
    inside &= (ax - cx) * (y - cy) - (ay - cy) * (x - cx) >= -1e-15
    corner = ((x == ax) & (y == ay)) | ((x == bx) & (y == by)) | ((x == cx) & (y == cy))
    return not bool((inside & ~corner).any())


def _within(point: Vec2, wedge: Sequence[Vec2]) -> bool:
    a, b, c = wedge if _cross(*wedge) > 0 else wedge[::-1]
    return _cross(a, b, point) >= 0 and _cross(b, c, point) >= 0 and _cross(c, a, point) >= 0


def _cross(a: Vec2, b: Vec2, c: Vec2) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _turn(a: Vec2, b: Vec2, c: Vec2) -> float:
    first, second = bearing(b[0] - a[0], b[1] - a[1]), bearing(c[0] - b[0], c[1] - b[1])
    return (second - first + 180) % 360 - 180


def _distance(a: Vec2, b: Vec2) -> float:
    return float(np.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])))


def _toward(a: Vec2, b: Vec2, distance: float) -> Vec2:
    share = distance / _distance(a, b)
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def _normal(a: Vec2, b: Vec2) -> Vec2:
    """The unit normal to the left of the edge: inward, when the outline runs counter-clockwise."""
    length = _distance(a, b) or 1.0
    return (-(b[1] - a[1]) / length, (b[0] - a[0]) / length)
