"""Solids along a path: pipes, cables, springs, threads, ropes and lofts."""

from collections.abc import Sequence

import numpy as np

from exhibit_api.demo.modelling.angles import bearing, cosine, sine
from exhibit_api.demo.modelling.mesh import Floats, Mesh, Vec2, Vec3, merge, unit
from exhibit_api.demo.modelling.outlines import Outline, circle, counter_clockwise, triangulated
from exhibit_api.demo.modelling.shading import CREASE, Facet, quad, shaded

Path = Sequence[Vec3]


def loft(
    sections: Sequence[Sequence[Vec3] | Floats], *, ring: bool = False, crease: float = CREASE, flat_ends: bool = True
) -> Mesh:
    """A skin over sections of equally many points, each counter-clockwise seen from the last section's side.

    The two ends are capped, or with `ring` the last section meets the first.
    """
    rows = [np.asarray(section, dtype=np.float64) for section in sections]
    size, count = len(rows[0]), len(rows)
    across = _running(np.concatenate([rows[0], rows[0][:1]]))
    along = _running(np.stack([row[0] for row in [*rows, rows[0]]]))
    facets: list[Facet] = []
    uvs: list[Sequence[Sequence[Vec2]]] = []
    for k in range(count if ring else count - 1):
        low, high = k * size, (k + 1) % count * size
        for i in range(size):
            n = (i + 1) % size
            corners = {
                low + i: (along[k], across[i]), low + n: (along[k], across[i + 1]),
                high + n: (along[k + 1], across[i + 1]), high + i: (along[k + 1], across[i]),
            }  # fmt: skip
            facet = quad(low + i, low + n, high + n, high + i)
            facets.append(facet)
            uvs.append([[corners[index] for index in piece] for piece in facet])
    if not ring:
        for row, start, order in ((rows[0], 0, -1), (rows[-1], (count - 1) * size, 1)):
            flat = _flattened(row)
            _, triangles = triangulated(flat)
            facets.append([(a + start, b + start, c + start) for a, b, c in (piece[::order] for piece in triangles)])
            uvs.append([[flat[index] for index in piece[::order]] for piece in triangles])
    return shaded(np.concatenate(rows), facets, uvs=uvs, crease=crease if flat_ends else 100)


def sweep(
    profile: Outline, path: Path, *, ring: bool = False, crease: float = CREASE, scales: Sequence[float] | None = None
) -> Mesh:
    """A flat outline led along a path without twisting; `scales` makes it thinner or thicker at each path point.

    The outline's x looks to the right of the path's first step (seen along it, up being +Y), its y up.
    """
    outline = np.array(counter_clockwise(profile)[::-1], dtype=np.float64)
    sections = []
    for index, (centre, right, up) in enumerate(_frames(np.array(path, dtype=np.float64), ring)):
        shape = outline * (1.0 if scales is None else scales[index])
        sections.append(centre + shape[:, :1] * right + shape[:, 1:] * up)
    return loft(sections, ring=ring, crease=crease)


def pipe(path: Path, radius: float, segments: int = 12, *, ring: bool = False) -> Mesh:
    """A round pipe or cable along a path (see `bent` and `curve` for paths)."""
    return sweep(circle(radius, segments), path, ring=ring, crease=60)


def bent(path: Path, radius: float, steps: int = 6) -> list[Vec3]:
    """A path of straight lines with its corners bent by a radius, like a tube from the bending machine."""
    places = [np.array(point, dtype=np.float64) for point in path]
    result = [places[0]]
    for before, here, after in zip(places, places[1:], places[2:], strict=False):
        a, b = before - here, after - here
        cut = min(radius, 0.49 * _length(a), 0.49 * _length(b))
        start, end = here + a / _length(a) * cut, here + b / _length(b) * cut
        for k in range(steps + 1):  # a parabola: close to an arc, and all arithmetic
            t = k / steps
            result.append(start * ((1 - t) * (1 - t)) + here * (2 * t * (1 - t)) + end * (t * t))
    result.append(places[-1])
    return [(float(x), float(y), float(z)) for x, y, z in result]


def curve(points: Path, steps: int = 8, *, ring: bool = False) -> list[Vec3]:
    """A smooth path through all points (Catmull-Rom): hanging cables, hoses, handles."""
    places = [np.array(point, dtype=np.float64) for point in points]
    count = len(places)
    result = []
    for index in range(count if ring else count - 1):
        if ring:
            a, b, c, d = (places[(index + shift) % count] for shift in (-1, 0, 1, 2))
        else:
            b, c = places[index], places[index + 1]
            a = places[index - 1] if index > 0 else b * 2 - c
            d = places[index + 2] if index + 2 < count else c * 2 - b
        for k in range(steps):
            t = k / steps
            result.append(
                (b * 2 + (c - a) * t + (a * 2 - b * 5 + c * 4 - d) * (t * t) + (b * 3 - a - c * 3 + d) * (t * t * t))
                / 2
            )
    if not ring:
        result.append(places[-1])
    return [(float(x), float(y), float(z)) for x, y, z in result]


def helix(radius: float, pitch: float, turns: float, steps: int = 16, *, start: float = 0.0) -> list[Vec3]:
    """A right-handed helix round the y axis, upwards from y = 0, `steps` pieces a turn."""
    count = round(turns * steps)
    return [
        (radius * cosine(start + 360 * k / steps), pitch * k / steps, -radius * sine(start + 360 * k / steps))
        for k in range(count + 1)
    ]


def spring(radius: float, wire: float, height: float, turns: float, steps: int = 16, segments: int = 8) -> Mesh:
    """A compression spring on y = 0, `radius` to the middle of the wire, `wire` the wire's radius."""
    path = helix(radius, (height - 2 * wire) / turns, turns, steps)
    return pipe(path, wire, segments).moved(y=wire)


def thread(radius: float, pitch: float, length: float, depth: float, steps: int = 18) -> Mesh:
    """A helical thread with its core, `radius` over all, from y = 0 upwards: lead screws, worm shafts, big bolts."""
    core = radius - depth
    ridge = [(-pitch * 0.45, -depth * 0.3), (pitch * 0.45, -depth * 0.3), (pitch * 0.16, depth), (-pitch * 0.16, depth)]
    path = helix(core, pitch, max((length - pitch) / pitch, 1.0), steps)
    sections = []
    for x, y, z in path:
        outward = unit(np.array([x, 0.0, z]))
        centre = np.array([x, y + pitch / 2, z])
        sections.append(np.stack([centre + outward * b + np.array([0.0, -a, 0.0]) for a, b in ridge[::-1]]))
    body = pipe([(0, 0, 0), (0, length, 0)], core, max(steps, 12))
    return merge([body, loft(sections)])


def rope(path: Path, radius: float, *, strands: int = 3, lay: float | None = None, segments: int = 6) -> Mesh:
    """A laid rope along a path; give the path points closer than a quarter of `lay` (default 7 radii)."""
    twist = radius * 7 if lay is None else lay
    centre = np.array(path, dtype=np.float64)
    travelled = _running(centre)
    thick = radius * 0.52
    made = []
    for strand in range(strands):
        places = []
        for (middle, right, up), way in zip(_frames(centre, ring=False), travelled, strict=True):
            angle = 360 * (way / twist + strand / strands)
            places.append(middle + right * ((radius - thick) * cosine(angle)) + up * ((radius - thick) * sine(angle)))
        made.append(pipe([(float(x), float(y), float(z)) for x, y, z in places], thick, segments))
    return merge(made)


def _frames(path: Floats, ring: bool) -> list[tuple[Floats, Floats, Floats]]:
    """At each point: the point, and two units across the path, carried along without twist."""
    ahead, behind = np.roll(path, -1, axis=0) - path, path - np.roll(path, 1, axis=0)
    if not ring:
        ahead[-1], behind[0] = behind[-1], ahead[0]
    tangents = unit(unit(ahead) + unit(behind))
    helper = np.array([0.0, 0.0, 1.0]) if abs(tangents[0][1]) > 0.9 else np.array([0.0, 1.0, 0.0])
    right = unit(_cross(tangents[0], helper))
    frames = []
    for point, tangent in zip(path, tangents, strict=True):
        right = unit(right - tangent * _dot(right, tangent))
        frames.append((point, right, _cross(right, tangent)))
    if ring:
        _, first, up = frames[0]
        last = unit(right - tangents[0] * _dot(right, tangents[0]))
        slip = bearing(_dot(last, first), _dot(last, up))
        for index, (point, right, up) in enumerate(frames):
            c, s = cosine(-slip * index / len(frames)), sine(-slip * index / len(frames))
            frames[index] = (point, right * c + up * s, up * c - right * s)
    return frames


def _flattened(row: Floats) -> list[Vec2]:
    """The section seen along its own normal, counter-clockwise as it is given."""
    normal = np.zeros(3)
    for here, there in zip(row, np.roll(row, -1, axis=0), strict=True):
        normal = normal + _cross(here - row[0], there - row[0])
    normal = unit(normal)
    helper = np.array([1.0, 0.0, 0.0]) if abs(normal[0]) < 0.8 else np.array([0.0, 1.0, 0.0])
    right = unit(_cross(helper, normal))
    up = _cross(normal, right)
    return [(_dot(point, right), _dot(point, up)) for point in row]


def _running(path: Floats) -> list[float]:
    total = [0.0]
    for step in path[1:] - path[:-1]:
        total.append(total[-1] + _length(step))
    return total


def _cross(a: Floats, b: Floats) -> Floats:
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


def _dot(a: Floats, b: Floats) -> float:
    return float(a[0] * b[0] + a[1] * b[1] + a[2] * b[2])


def _length(a: Floats) -> float:
    return float(np.sqrt(_dot(a, a)))
