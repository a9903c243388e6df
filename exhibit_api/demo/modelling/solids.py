"""Closed solids with chamfered edges: boxes, turned parts, extrusions. Also flat panels for pictures."""

from collections.abc import Sequence

import numpy as np

from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3
from exhibit_api.demo.modelling.outlines import (
    Outline,
    arc,
    chamfered,
    counter_clockwise,
    inset,
    triangulated,
)
from exhibit_api.demo.modelling.shading import CREASE, Facet, quad, shaded

ON_AXIS = 1e-9


def box(width: float, height: float, depth: float, bevel: float = 0.0) -> Mesh:
    """A box of x, y, z sizes centred on the origin; its edges chamfered by `bevel` metres (shaded as if rounded)."""
    bevel = min(bevel, 0.49 * min(width, height, depth))
    half = (width / 2, height / 2, depth / 2)
    if bevel <= 0:
        corners = [(i * half[0], j * half[1], k * half[2]) for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]
        sides = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
        return shaded(corners, [quad(*side) for side in sides])
    points: list[Vec3] = []
    index: dict[tuple[tuple[int, int, int], int], int] = {}
    signs = [(i, j, k) for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]
    for sign in signs:
        for axis in range(3):  # the corner's point on the face across this axis
            index[sign, axis] = len(points)
            inner = [sign[a] * (half[a] if a == axis else half[a] - bevel) for a in range(3)]
            points.append((inner[0], inner[1], inner[2]))
    facets: list[Facet] = []
    for axis in range(3):
        first, second = (axis + 1) % 3, (axis + 2) % 3
        for side in (-1, 1):
            turn = ((-1, -1), (1, -1), (1, 1), (-1, 1))
            around = [_signs(axis, side, first, a, second, b) for a, b in (turn if side > 0 else turn[::-1])]
            facets.append(quad(*(index[sign, axis] for sign in around)))
        for a in (-1, 1):  # the four edges that run along this axis
            for b in (-1, 1):
                low, high = (_signs(axis, end, first, a, second, b) for end in (-1, 1))
                corners4 = (index[low, first], index[low, second], index[high, second], index[high, first])
                facets.append(quad(*(corners4 if a * b > 0 else corners4[::-1])))
    for sign in signs:
        corner = (index[sign, 0], index[sign, 1], index[sign, 2])
        facets.append([corner if sign[0] * sign[1] * sign[2] > 0 else corner[::-1]])
    return shaded(points, facets, crease=60)


def lathe(
    profile: Outline, segments: int = 32, *, bevel: float = 0.0, sweep: float = 360.0, crease: float = CREASE
) -> Mesh:
    """A turned part round the y axis; the profile is (radius, height) pairs.

    A profile with both ends on the axis is full; any other is closed by itself and gives a hollow ring. `bevel`
    chamfers its sharp corners. With `sweep` under 360 a wedge is left out and the cut is closed: +X turns toward -Z.
    """
    full = profile[0][0] <= ON_AXIS and profile[-1][0] <= ON_AXIS
    outline = chamfered(profile, bevel, closed=not full) if bevel > 0 else list(profile)
    outline = counter_clockwise(outline)
    points, columns = _revolved(outline, segments, sweep)
    facets: list[Facet] = []
    uvs = []
    widest = max(radius for radius, _ in outline)
    steps = len(outline) - 1 if full else len(outline)
    lengths = [0.0]
    for k in range(steps):
        (r, y), (s, z) = outline[k], outline[(k + 1) % len(outline)]
        lengths.append(lengths[-1] + float(np.sqrt((s - r) * (s - r) + (z - y) * (z - y))))
    girth = round(widest * 6.283185307 * sweep / 360, 6)
    for i in range(segments):
        here, there = columns[i], columns[(i + 1) % len(columns)]
        u, w = girth * i / segments, girth * (i + 1) / segments
        for k in range(steps):
            n = (k + 1) % len(outline)
            corners = [(here[k], u, -lengths[k]), (there[k], w, -lengths[k])]
            corners += [(there[n], w, -lengths[k + 1]), (here[n], u, -lengths[k + 1])]
            pieces = [
                piece
                for piece in ((corners[0], corners[1], corners[2]), (corners[0], corners[2], corners[3]))
                if len({corner[0] for corner in piece}) == 3
            ]
            if pieces:
                facets.append([(a[0], b[0], c[0]) for a, b, c in pieces])
                uvs.append([[corner[1:] for corner in piece] for piece in pieces])
    if sweep < 360:
        flat, triangles = triangulated(outline)
        for column, order in ((columns[0], 1), (columns[-1], -1)):
            facets.append([tuple(column[index] for index in piece[::order]) for piece in triangles])  # type: ignore[misc]
            uvs.append([[flat[index] for index in piece[::order]] for piece in triangles])
    return shaded(points, facets, uvs=uvs, crease=crease)


def cylinder(radius: float, height: float, segments: int = 32, bevel: float = 0.0) -> Mesh:
    """A cylinder that stands on y = 0."""
    return lathe([(0, 0), (radius, 0), (radius, height), (0, height)], segments, bevel=bevel)


def cone(bottom: float, top: float, height: float, segments: int = 32, bevel: float = 0.0) -> Mesh:
    """A cone or frustum by its two radii, standing on y = 0."""
    profile = [(0, 0), (bottom, 0), (top, height), (0, height)] if top > 0 else [(0, 0), (bottom, 0), (0, height)]
    return lathe(profile, segments, bevel=bevel)


def tube(outer: float, inner: float, height: float, segments: int = 32, bevel: float = 0.0) -> Mesh:
    """A hollow cylinder that stands on y = 0."""
    return lathe([(inner, 0), (outer, 0), (outer, height), (inner, height)], segments, bevel=bevel)


def rod(start: Vec3, end: Vec3, radius: float, segments: int = 16, bevel: float = 0.0) -> Mesh:
    """A cylinder from one point to another."""
    x, y, z = (b - a for a, b in zip(start, end, strict=True))
    length = float(np.sqrt(x * x + y * y + z * z))
    return cylinder(radius, length, segments, bevel).aimed((x, y, z)).moved(*start)


def sphere(radius: float, segments: int = 24, rings: int = 12) -> Mesh:
    """A ball round the origin."""
    profile = [
        (radius * cosine(angle), radius * sine(angle)) for angle in (-90 + 180 * k / rings for k in range(rings + 1))
    ]
    return lathe(profile, segments, crease=80)


def dome(radius: float, height: float, segments: int = 24, rings: int = 6) -> Mesh:
    """Half an ellipsoid that stands on y = 0."""
    curve = [(radius * cosine(90 * k / rings), height * sine(90 * k / rings)) for k in range(rings + 1)]
    return lathe([(0, 0), *curve], segments)


def capsule(radius: float, height: float, segments: int = 20, rings: int = 6) -> Mesh:
    """A cylinder with round ends, `height` over all, standing on y = 0."""
    low = arc(radius, -90, 0, rings, (0, radius))
    high = arc(radius, 0, 90, rings, (0, height - radius))
    return lathe(low + high, segments, crease=80)


def torus(radius: float, thickness: float, segments: int = 40, around: int = 14) -> Mesh:
    """A ring round the y axis: `radius` to the middle of the ring, `thickness` the ring's own radius."""
    return lathe([(radius + x, y) for x, y in arc(thickness, 0, 360, around)[:-1]], segments, crease=80)


def extrude(
    outline: Outline,
    depth: float,
    *,
    holes: Sequence[Outline] = (),
    bevel: float = 0.0,
    twist: float = 0.0,
    layers: int = 1,
    crease: float = CREASE,
) -> Mesh:
    """An outline with holes as a plate, centred on z = 0 along z. `bevel` chamfers both rims (keep it small).

    `twist` turns the +z end against the -z end by degrees, in `layers` pieces (helical gears).
    """
    loops = [counter_clockwise(outline), *(counter_clockwise(hole)[::-1] for hole in holes)]
    half = depth / 2
    sections = [(half * (2 * k / layers - 1) * (1 - bevel / half), 0.0) for k in range(layers + 1)]
    if bevel > 0:
        sections = [(-half, bevel), *sections, (half, bevel)]
    points: list[Vec3] = []
    flat: list[list[Vec2]] = []
    for z, shrink in sections:
        turn = twist * z / depth
        c, s = cosine(turn), sine(turn)
        layer = [point for loop in loops for point in (inset(loop, shrink) if shrink else loop)]
        flat.append(layer)
        points += [(x * c - y * s, x * s + y * c, z) for x, y in layer]
    size = len(flat[0])
    facets: list[Facet] = []
    start = 0
    for loop in loops:
        for row in range(len(sections) - 1):
            low, high = row * size + start, (row + 1) * size + start
            for i in range(len(loop)):
                n = (i + 1) % len(loop)
                facets.append(quad(low + i, low + n, high + n, high + i))
        start += len(loop)
    shrunk = [inset(loop, sections[-1][1]) if bevel else loop for loop in loops]
    _, triangles = triangulated(shrunk[0], shrunk[1:])
    last = (len(sections) - 1) * size
    facets.append([(a + last, b + last, c + last) for a, b, c in triangles])
    facets.append([(c, b, a) for a, b, c in triangles])
    return shaded(points, facets, crease=crease)


def panel(width: float, height: float) -> Mesh:
    """One flat quad that faces +Z, a picture's uvs from 0 to 1 on it: labels, screens."""
    x, y = width / 2, height / 2
    corners: list[Vec2] = [(0, 1), (1, 1), (1, 0), (0, 0)]
    points = [(-x, -y, 0.0), (x, -y, 0.0), (x, y, 0.0), (-x, y, 0.0)]
    return shaded(points, [quad(0, 1, 2, 3)], uvs=[[[corners[i] for i in piece] for piece in quad(0, 1, 2, 3)]])


def disc(radius: float, segments: int = 40) -> Mesh:
    """A flat disc that faces +Z, a square picture fitted to it: gauge faces."""
    rim = arc(1.0, 0, 360, segments)[:-1]
    points = [(x * radius, y * radius, 0.0) for x, y in rim]
    _, triangles = triangulated(rim)
    fitted = [((x + 1) / 2, (1 - y) / 2) for x, y in rim]
    return shaded(points, [triangles], uvs=[[[fitted[i] for i in piece] for piece in triangles]])


def _revolved(outline: list[Vec2], segments: int, sweep: float) -> tuple[list[Vec3], list[list[int]]]:
    """The points, and for every column of the turn which point stands for which place of the outline."""
    points: list[Vec3] = []
    poles: dict[int, int] = {}
    columns = []
    for i in range(segments if sweep == 360 else segments + 1):
        c, s = cosine(sweep * i / segments), sine(sweep * i / segments)
        column = []
        for k, (radius, height) in enumerate(outline):
            if radius <= ON_AXIS and k in poles:
                column.append(poles[k])
                continue
            if radius <= ON_AXIS:
                poles[k] = len(points)
            column.append(len(points))
            points.append((radius * c, height, -radius * s))
        columns.append(column)
    return points, columns


def _signs(axis: int, a: int, first: int, b: int, second: int, c: int) -> tuple[int, int, int]:
    sign = [0, 0, 0]
    sign[axis], sign[first], sign[second] = a, b, c
    return (sign[0], sign[1], sign[2])
