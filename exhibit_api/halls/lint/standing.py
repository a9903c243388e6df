"""How exhibits stand: on the floor or their plinth, in the hall, free of walls and of each other, at a fitting size."""

from collections.abc import Iterator

import numpy as np
import shapely

from exhibit_api.gltf.room import LARGEST_EXTENT, SMALLEST_EXTENT, helpful_scale, length
from exhibit_api.gltf.transforms import Bounds, Vector
from exhibit_api.halls.findings import Finding, FindingCode, finding
from exhibit_api.halls.lint.pairs import cuts_among
from exhibit_api.halls.lint.scene import Scene

NOTICED = 0.01
"""Metres. Less is rounding in a drawing, not a fault."""
OFF_THE_GROUND = 0.05
"""Metres by which an exhibit may hang above what it stands on, or sink into it."""


def findings(scene: Scene) -> Iterator[Finding]:
    """All findings about how exhibits stand."""
    yield from unknown_sizes(scene)
    yield from odd_sizes(scene)
    yield from heights(scene)
    yield from overlaps(scene)
    yield from in_walls(scene)
    yield from outside(scene)


def unknown_sizes(scene: Scene) -> Iterator[Finding]:
    """Exhibits of which nobody can say where they end."""
    for one in scene.boundless:
        yield finding(
            FindingCode.BOUNDS_UNKNOWN,
            f"the size of {one.slug!r} is not known: its model does not declare it, so that its place cannot be judged",
            f"placements/{one.id}",
            place=one.placement.pose.translation,
        )


def odd_sizes(scene: Scene) -> Iterator[Finding]:
    """Exhibits as large as a house, or too small to be seen: most often modelled in another unit."""
    for piece in (*scene.pieces, *scene.vast):
        extent = max(_sides(piece.bounds))
        if SMALLEST_EXTENT <= extent <= LARGEST_EXTENT:
            continue
        bound = f"over {LARGEST_EXTENT:g} m" if extent > LARGEST_EXTENT else f"under {SMALLEST_EXTENT * 100:g} cm"
        if not 0.0 < extent < float("inf"):
            advice = "no scale helps"
        else:
            scale = max(piece.scale) * helpful_scale(extent)
            advice = f"a scale of {scale:.6g} makes it {length(extent * helpful_scale(extent))}"
        yield finding(
            FindingCode.EXHIBIT_SIZE,
            f"{piece.slug!r} is {length(extent)} large as it stands, {bound}: {advice}",
            piece.subject,
            place=piece.at,
            pointer="/pose/scale",
        )


def heights(scene: Scene) -> Iterator[Finding]:
    """Exhibits that float above their plinth or the floor, sink into it, or go through the ceiling."""
    for piece in scene.pieces:
        bottom, top = piece.bounds[0][1], piece.bounds[1][1]
        ground = f"its plinth of {piece.plinth:.2f} m" if piece.plinth else "the floor"
        above = bottom - piece.plinth
        place, pointer = _middle(piece.bounds), "/pose/translation/1"
        if above > OFF_THE_GROUND:
            message = f"{piece.slug!r} floats {above:.2f} m above {ground}"
            yield finding(FindingCode.EXHIBIT_FLOATS, message, piece.subject, place=place, pointer=pointer)
        elif above < -OFF_THE_GROUND:
            message = f"{piece.slug!r} sinks {-above:.2f} m into {ground}"
            yield finding(FindingCode.EXHIBIT_SUNK, message, piece.subject, place=place, pointer=pointer)
        through = top - scene.space.height
        if through > NOTICED:
            message = (
                f"{piece.slug!r} reaches up to {top:.2f} m, {through:.2f} m through"
                f" the ceiling at {scene.space.height:.2f} m"
            )
            yield finding(FindingCode.EXHIBIT_TOO_HIGH, message, piece.subject, place=place, pointer=pointer)


def overlaps(scene: Scene) -> Iterator[Finding]:
    """Exhibits that stand in each other. Those that are turned count by their turned outline."""
    cuts = cuts_among([piece.bounds for piece in scene.pieces], NOTICED)
    for i, times in cuts.crowded.items():
        piece = scene.pieces[i]
        message = f"{piece.slug!r} stands in one heap with {times} other exhibits"
        yield finding(FindingCode.EXHIBITS_OVERLAP, message, piece.subject, place=_middle(piece.bounds))
    for i, j in cuts.pairs:
        one, other = scene.pieces[i], scene.pieces[j]
        shared = shapely.intersection(one.footprint, other.footprint)
        left, back, right, front = shapely.bounds(shared)
        if not (right - left > NOTICED and front - back > NOTICED):
            continue
        bottom, top = max(one.bounds[0][1], other.bounds[0][1]), min(one.bounds[1][1], other.bounds[1][1])
        yield finding(
            FindingCode.EXHIBITS_OVERLAP,
            f"{one.slug!r} and {other.slug!r} overlap by"
            f" {right - left:.2f} m × {top - bottom:.2f} m × {front - back:.2f} m (width × height × depth)",
            one.subject,
            other.subject,
            place=((left + right) / 2, (bottom + top) / 2, (back + front) / 2),
        )


def in_walls(scene: Scene) -> Iterator[Finding]:
    """Exhibits that cut a wall, or the lintel over an opening; the wall that they cut deepest."""
    deepest: dict[tuple[int, int], tuple[float, Bounds]] = {}
    pieces, panels = scene.panel_tree.query([piece.footprint for piece in scene.pieces]) if scene.pieces else ((), ())
    for p, q in zip(pieces, panels, strict=True):
        piece, panel = scene.pieces[p], scene.panels[q]
        bottom = max(piece.bounds[0][1], panel.box.bottom)
        top = min(piece.bounds[1][1], panel.box.top)
        shared = shapely.intersection(piece.footprint, panel.footprint)
        if top - bottom <= NOTICED or shared.area <= NOTICED * NOTICED:
            continue
        depth = _depth(shared, panel.box.along)
        if depth > NOTICED and depth > deepest.get((int(p), panel.wall), (0.0,))[0]:
            left, back, right, front = shared.bounds
            deepest[int(p), panel.wall] = depth, ((left, bottom, back), (right, top, front))
    for (p, wall), (depth, bounds) in deepest.items():
        piece = scene.pieces[p]
        yield finding(
            FindingCode.EXHIBIT_IN_WALL,
            f"{piece.slug!r} stands {depth:.2f} m deep in wall {wall + 1} of the hall",
            piece.subject,
            place=_middle(bounds),
            pointer="/pose/translation",
        )


def outside(scene: Scene) -> Iterator[Finding]:
    """Exhibits that stick out of the floor."""
    if not scene.pieces:
        return
    outlines = [piece.footprint for piece in scene.pieces]
    for i in np.flatnonzero(~shapely.covers(scene.floor, outlines)):
        piece = scene.pieces[i]
        corners = shapely.points(shapely.get_coordinates(shapely.difference(piece.footprint, scene.floor)))
        by = float(shapely.distance(corners, scene.floor).max(initial=0.0))
        if by > NOTICED:
            yield finding(
                FindingCode.EXHIBIT_OUTSIDE,
                f"{piece.slug!r} sticks out of the floor by {by:.2f} m",
                piece.subject,
                place=_middle(piece.bounds),
                pointer="/pose/translation",
            )


def _depth(shared: shapely.Geometry, along: tuple[float, float]) -> float:
    """How thick a shape is across a direction."""
    across = shapely.get_coordinates(shared) @ np.array([-along[1], along[0]])
    return float(np.ptp(across))


def _sides(bounds: Bounds) -> tuple[float, ...]:
    return tuple(high - low for low, high in zip(*bounds, strict=True))


def _middle(bounds: Bounds) -> Vector:
    (left, bottom, back), (right, top, front) = bounds
    return (left + right) / 2, (bottom + top) / 2, (back + front) / 2
