"""Triangle meshes that are never changed: move, turn, scale and merge give new ones. Metres, right-handed, +Y up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from exhibit_api.demo.modelling.angles import bearing, cosine, sine

Vec2 = tuple[float, float]
Vec3 = tuple[float, float, float]
Axis = Literal["x", "y", "z"]
Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
ORIGIN: Vec3 = (0.0, 0.0, 0.0)


@dataclass(frozen=True, eq=False)
class Mesh:
    """n points and m triangles over them; each of a triangle's corners has its own normal and uv.

    points (n, 3); triangles (m, 3), counter-clockwise seen from outside; normals (m, 3, 3), unit; uvs (m, 3, 2), in
    metres for materials that tile, or 0..1 with v down where a picture is fitted (panels and dials).
    """

    points: Floats
    triangles: Indices
    normals: Floats
    uvs: Floats

    @property
    def bounds(self) -> tuple[Vec3, Vec3]:
        """The lowest and the highest corner of the axis-aligned box around the mesh."""
        low, high = self.points.min(axis=0), self.points.max(axis=0)
        return (float(low[0]), float(low[1]), float(low[2])), (float(high[0]), float(high[1]), float(high[2]))

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> "Mesh":
        """Shifted by metres."""
        return replace(self, points=self.points + np.array([x, y, z]))

    def turned(self, axis: Axis, degrees: float, about: Vec3 = ORIGIN) -> "Mesh":
        """Turned counter-clockwise (seen against the axis) about a point."""
        centre = np.array(about)
        return replace(
            self,
            points=_turned(self.points - centre, axis, degrees) + centre,
            normals=_turned(self.normals, axis, degrees),
        )

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> "Mesh":
        """Scaled about the origin; one factor for all axes, or three. Factors are positive; see `mirrored`."""
        factors = np.array([x, x if y is None else y, x if z is None else z])
        return replace(self, points=self.points * factors, normals=unit(self.normals / factors))

    def mirrored(self, axis: Axis) -> "Mesh":
        """The mirror image through the plane across the axis at the origin."""
        factors = np.array([-1.0 if axis == name else 1.0 for name in "xyz"])
        return Mesh(
            points=self.points * factors,
            triangles=self.triangles[:, ::-1].copy(),
            normals=(self.normals * factors)[:, ::-1].copy(),
            uvs=self.uvs[:, ::-1].copy(),
        )

    def aimed(self, direction: Vec3) -> "Mesh":
        """Turned so that its +Y points in the direction (for bolts, cylinders and cones)."""
        x, y, z = direction
        flat = float(np.sqrt(x * x + z * z))
        tilted = self.turned("z", bearing(y, -flat))
        return tilted.turned("y", bearing(x, -z)) if flat > 0 else tilted

    def facing(self, axis: Literal["+x", "-x", "+y", "-y", "+z", "-z"]) -> "Mesh":
        """Turned so that what faces +Z (gears, extrusions, panels, dials) faces the named way."""
        turns: dict[str, tuple[Axis, float]] = {
            "+x": ("y", 90), "-x": ("y", -90), "+y": ("x", -90), "-y": ("x", 90), "+z": ("y", 0), "-z": ("y", 180),
        }  # fmt: skip
        return self.turned(*turns[axis])

    def ringed(self, count: int, axis: Axis = "y", *, start: float = 0.0, sweep: float = 360.0) -> "Mesh":
        """`count` copies evenly round the axis; with less than a full sweep the last stands at its end."""
        gap = sweep / count if sweep == 360.0 else sweep / max(count - 1, 1)
        return merge(self.turned(axis, start + gap * index) for index in range(count))

    def repeated(self, count: int, step: Vec3) -> "Mesh":
        """`count` copies, each a step further, centred as a row on where the mesh was."""
        half = (count - 1) / 2
        shifts = (tuple((index - half) * part for part in step) for index in range(count))
        return merge(self.moved(*shift) for shift in shifts)


def merge(meshes: Iterable[Mesh]) -> Mesh:
    """All meshes as one, in their order. Nothing is welded."""
    parts = list(meshes)
    starts = np.cumsum([0, *(len(part.points) for part in parts[:-1])])
    return Mesh(
        points=np.concatenate([part.points for part in parts]),
        triangles=np.concatenate([part.triangles + start for part, start in zip(parts, starts, strict=True)]),
        normals=np.concatenate([part.normals for part in parts]),
        uvs=np.concatenate([part.uvs for part in parts]),
    )


def at_each(mesh: Mesh, places: Sequence[Vec3]) -> Mesh:
    """A copy of the mesh at every place."""
    return merge(mesh.moved(*place) for place in places)


def unit(vectors: Floats) -> Floats:
    """Vectors (…, 3) of length one; a vector of no length becomes +Y."""
    x, y, z = vectors[..., 0], vectors[..., 1], vectors[..., 2]
    length = np.sqrt(x * x + y * y + z * z)
    void = length < 1e-15
    result = vectors / np.where(void, 1.0, length)[..., None]
    result[void] = (0.0, 1.0, 0.0)
    return np.asarray(result, dtype=np.float64)


def _turned(vectors: Floats, axis: Axis, degrees: float) -> Floats:
    c, s = cosine(degrees), sine(degrees)
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    result = vectors.copy()
    result[..., first] = vectors[..., first] * c - vectors[..., second] * s
    result[..., second] = vectors[..., first] * s + vectors[..., second] * c
    return result
