"""From points and facets to a mesh: normals by crease angle, uvs by metres.

A facet is a flat piece (a quad, a whole cap). At a point, facets less than the crease apart share a normal, a blend of
theirs by area squared. So wide faces stay flat, and a narrow chamfer shades like a round edge.
"""

from collections.abc import Sequence

import numpy as np

from exhibit_api.demo.modelling.angles import cosine
from exhibit_api.demo.modelling.mesh import Floats, Indices, Mesh, Vec2, Vec3, unit

Triangle = tuple[int, int, int]
Facet = Sequence[Triangle]
CREASE = 50.0


def quad(a: int, b: int, c: int, d: int) -> Facet:
    """Four corners, counter-clockwise, as a facet of two triangles."""
    return ((a, b, c), (a, c, d))


def shaded(
    points: Sequence[Vec3] | Floats,
    facets: Sequence[Facet],
    *,
    crease: float = CREASE,
    uvs: Sequence[Sequence[Sequence[Vec2]]] | None = None,
) -> Mesh:
    """A mesh of the facets.

    `uvs` has for each facet, for each triangle, three pairs; without it each facet is projected along its main axis.
    """
    where = np.asarray(points, dtype=np.float64)
    triangles = np.array([triangle for facet in facets for triangle in facet], dtype=np.int64)
    owner = np.repeat(np.arange(len(facets)), [len(facet) for facet in facets])
    across = _facet_sums(where, triangles, owner, len(facets))
    normals = _corner_normals(triangles, owner, across, crease)
    if uvs is None:
        flat = _projected(where, triangles, unit(across)[owner])
    else:
        flat = np.array([corner for facet in uvs for corner in facet], dtype=np.float64)
    return Mesh(where, triangles, normals, flat)


def _facet_sums(points: Floats, triangles: Indices, owner: Indices, count: int) -> Floats:
    """Twice the area times the normal of each facet, (count, 3)."""
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    u, v = b - a, c - a
    cross = np.stack(
        [
            u[:, 1] * v[:, 2] - u[:, 2] * v[:, 1],
            u[:, 2] * v[:, 0] - u[:, 0] * v[:, 2],
            u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0],
        ],
        axis=1,
    )
    return np.stack([np.bincount(owner, cross[:, axis], count) for axis in range(3)], axis=1)


def _corner_normals(triangles: Indices, owner: Indices, across: Floats, crease: float) -> Floats:
    x, y, z = across[:, 0], across[:, 1], across[:, 2]
    areas = np.sqrt(x * x + y * y + z * z).tolist()
    normals = unit(across).tolist()
    around: dict[int, list[int]] = {}
    for triangle, facet in zip(triangles.tolist(), owner.tolist(), strict=True):
        for point in triangle:
            facets = around.setdefault(point, [])
            if facet not in facets:
                facets.append(facet)
    limit = cosine(crease) - 1e-9
    blended = {
        (point, facet): normal
        for point, facets in around.items()
        for group in _smooth_groups(facets, normals, limit)
        for normal in [_blend(group, normals, areas)]
        for facet in group
    }
    corners = [
        blended[point, facet]
        for triangle, facet in zip(triangles.tolist(), owner.tolist(), strict=True)
        for point in triangle
    ]
    return unit(np.array(corners).reshape(-1, 3, 3))


def _smooth_groups(facets: list[int], normals: list[list[float]], limit: float) -> list[list[int]]:
    """Facets round a point, those together that a chain of soft edges joins: they share a vertex."""
    groups: list[list[int]] = []
    for facet in facets:
        x, y, z = normals[facet]
        joined, apart = [facet], []
        for group in groups:
            soft = any(x * normals[one][0] + y * normals[one][1] + z * normals[one][2] > limit for one in group)
            if soft:
                joined += group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return groups


def _blend(group: list[int], normals: list[list[float]], areas: list[float]) -> list[float]:
    total = [0.0, 0.0, 0.0]
    scale = max(areas[facet] for facet in group) or 1.0
    for facet in sorted(group):
        share = areas[facet] / scale
        total = [part + more * share * share for part, more in zip(total, normals[facet], strict=True)]
    return total if any(abs(part) > 1e-12 for part in total) else normals[group[0]]


def _projected(points: Floats, triangles: Indices, normals: Floats) -> Floats:
    """uvs (m, 3, 2) in metres, seen along the axis that each triangle faces most."""
    main = np.argmax(np.round(np.abs(normals), 6), axis=1)
    corners = points[triangles]
    first = np.array([2, 0, 0])[main]
    second = np.array([1, 2, 1])[main]
    rows = np.arange(len(triangles))[:, None]
    cols = np.arange(3)[None, :]
    u = corners[rows, cols, first[:, None]]
    v = -corners[rows, cols, second[:, None]]
    return np.stack([u, v], axis=2)
