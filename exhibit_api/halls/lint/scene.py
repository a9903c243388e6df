"""The hall made ready for geometry: outlines of exhibits, pieces of walls, boards. Metres; the floor is (x, z)."""

import itertools
import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from exhibit_api.gltf.transforms import Bounds, Vector, pose_matrix, transform_point
from exhibit_api.halls.draft import HallDraft, Standing
from exhibit_api.halls.lint.boards import Board, board_of
from exhibit_api.halls.lint.sight import Box
from exhibit_api.halls.schemas import PlacardBody
from exhibit_api.halls.space import Space, Wall

VAST = 100_000.0
"""Beyond so many metres nothing is judged but the size: rounding, and then overflow, would speak."""


@dataclass(frozen=True)
class Piece:
    """An exhibit that takes up room: its upright box, and its outline on the floor, turned as it is."""

    id: str
    slug: str
    plinth: float
    at: Vector
    scale: Vector
    bounds: Bounds
    footprint: shapely.Geometry

    @property
    def subject(self) -> str:
        """Its id below the hall."""
        return f"placements/{self.id}"


@dataclass(frozen=True)
class Panel:
    """A piece of a wall without openings, or the lintel over one. `wall` is the index of the wall."""

    wall: int
    footprint: shapely.Geometry
    box: Box


@dataclass(frozen=True)
class Hung:
    """A placard where it hangs."""

    id: str
    placard: PlacardBody
    board: Board

    @property
    def subject(self) -> str:
        """Its id below the hall."""
        return f"placards/{self.id}"


@dataclass(frozen=True)
class Scene:
    """All that the rules of space need, each part in an order that does not depend on the order of the draft."""

    slug: str
    space: Space
    floor: shapely.Geometry
    pieces: tuple[Piece, ...]
    vast: tuple[Piece, ...]
    """Pieces that are too large, or too far away, for anything to be said but that. Their outline is empty."""
    boundless: tuple[Standing, ...]
    """Exhibits with a model whose size is not known."""
    panels: tuple[Panel, ...]
    hung: tuple[Hung, ...]

    @cached_property
    def panel_tree(self) -> shapely.STRtree:
        """The panels' outlines as a tree."""
        return shapely.STRtree([panel.footprint for panel in self.panels])


def scene_of(draft: HallDraft) -> Scene:
    """The scene of a draft."""
    space = draft.body.space
    floor = shapely.Polygon(space.floor)
    shapely.prepare(floor)
    in_order = sorted(draft.standing, key=lambda one: one.id)
    boxed = [piece for one in in_order if (piece := _piece(one)) is not None]
    placards = sorted(draft.placards, key=lambda pair: pair[0])
    return Scene(
        slug=draft.slug,
        space=space,
        floor=floor,
        pieces=tuple(piece for piece in boxed if not piece.footprint.is_empty),
        vast=tuple(piece for piece in boxed if piece.footprint.is_empty),
        boundless=tuple(one for one in in_order if one.model is not None and one.bounds is None),
        panels=tuple(panel for i, wall in enumerate(space.walls) for panel in _panels(i, wall, space.height)),
        hung=tuple(Hung(placard_id, placard, board_of(placard)) for placard_id, placard in placards),
    )


def _piece(one: Standing) -> Piece | None:
    bounds, model = one.bounds, one.model
    if bounds is None or model is None or model.measures.bounds is None:
        return None
    pose = one.placement.pose
    outline = shapely.Polygon()
    if all(abs(part) <= VAST for corner in bounds for part in corner):
        own = model.measures.bounds
        matrix = pose_matrix(pose.translation, pose.rotation, pose.scale)
        corners = itertools.product(*zip(own.min, own.max, strict=True))
        moved = np.array([transform_point((x, y, z), matrix) for x, y, z in corners])
        outline = shapely.convex_hull(shapely.multipoints(moved[:, (0, 2)]))
        if outline.area < 1e-6:  # a thing without depth still stands in the way
            outline = outline.buffer(0.001, quad_segs=1)
    return Piece(one.id, one.slug, one.placement.plinth or 0.0, pose.translation, pose.scale, bounds, outline)


def _panels(number: int, wall: Wall, hall_height: float) -> list[Panel]:
    (start_x, start_z), (end_x, end_z) = wall.start, wall.end
    length = math.hypot(end_x - start_x, end_z - start_z)
    if length == 0.0:
        return []
    along = ((end_x - start_x) / length, (end_z - start_z) / length)
    height = wall.height or hall_height
    cuts = sorted(
        {0.0, length} | {min(cut, length) for opening in wall.openings for cut in (opening.start, opening.end)}
    )
    panels = []
    for begins, ends in itertools.pairwise(cuts):
        middle = (begins + ends) / 2
        bottom = max((o.height for o in wall.openings if o.start <= middle <= o.end), default=0.0)
        if bottom >= height:
            continue
        box = Box(
            centre=(start_x + along[0] * middle, start_z + along[1] * middle),
            along=along,
            half=((ends - begins) / 2, wall.thickness / 2),
            bottom=bottom,
            top=height,
        )
        panels.append(Panel(number, _outline(box), box))
    return panels


def _outline(box: Box) -> shapely.Geometry:
    (x, z), (ux, uz), (length, thickness) = box.centre, box.along, box.half
    corners = np.array([(-length, -thickness), (length, -thickness), (length, thickness), (-length, thickness)])
    return shapely.Polygon(corners @ np.array([(ux, uz), (-uz, ux)]) + (x, z))
