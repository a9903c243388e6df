"""Polygons on the floor: [x, z] corners in metres. shapely is loaded only where it is used, since a serving instance never needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exhibit_api.gltf.transforms import Bounds

if TYPE_CHECKING:
    import shapely

Corners = tuple[tuple[float, float], ...]

TOUCH = 0.01
"""Metres by which a zone may stick out of the floor: rounding in a drawing, not a fault."""

ROUNDING = 1e-9
"""Metres by which a point may lie off an edge and be on it: 3 × 0.1 is not quite 0.3."""

SMALLEST_PART = 1e-4
"""Square metres. Less is what rounding leaves of a difference of two polygons."""

SMALLEST_FLOOR = 0.25
"""Square metres. Less is a slip of the pen."""


def polygon(corners: Corners) -> shapely.Polygon:
    """The polygon of the corners."""
    import shapely

    return shapely.Polygon(corners)


def fault_of(corners: Corners) -> str | None:
    """What is wrong with a floor, in words; None where nothing is."""
    import shapely
    from shapely.validation import explain_validity

    shape = shapely.Polygon(corners)
    if not shape.is_valid:
        reason = explain_validity(shape)
        return f"the outline is no simple polygon: {reason[0].lower()}{reason[1:]}"
    if shape.area < SMALLEST_FLOOR:
        return f"the outline holds {shape.area:.2f} m²; at least {SMALLEST_FLOOR} m² are needed"
    return None


def outside_by(inner: Corners, outer: Corners) -> float:
    """How many square metres of `inner` lie outside `outer`; a centimetre of rounding at its edge is forgiven."""
    # Mitred, since a round buffer would forgive less at corners than along the sides.
    area = float(polygon(inner).difference(polygon(outer).buffer(TOUCH, join_style="mitre")).area)
    return area if area > SMALLEST_PART else 0.0


def holds(corners: Corners, x: float, z: float) -> bool:
    """Whether a point lies on the floor, its edge included (even-odd rule)."""
    inside = False
    for (ax, az), (bx, bz) in zip(corners, corners[1:] + corners[:1], strict=True):
        cross = (bx - ax) * (z - az) - (bz - az) * (x - ax)
        within_x = min(ax, bx) - ROUNDING <= x <= max(ax, bx) + ROUNDING
        within_z = min(az, bz) - ROUNDING <= z <= max(az, bz) + ROUNDING
        if within_x and within_z and abs(cross) <= ROUNDING * max(1.0, abs(bx - ax) + abs(bz - az)):
            return True
        if (az > z) != (bz > z) and x < (bx - ax) * (z - az) / (bz - az) + ax:
            inside = not inside
    return inside


def footprint(bounds: Bounds) -> shapely.Polygon:
    """The rectangle on the floor under a box."""
    import shapely

    (low_x, _, low_z), (high_x, _, high_z) = bounds
    return shapely.box(low_x, low_z, high_x, high_z)
