"""The plan of a hall as shapes to draw, from its data: floor, walls without their openings, zones, portals, numbered exhibits.

Metres as in the hall, x to the right and z downwards: one looks from above, and what lies ahead of the spawn is at the top.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from exhibit_api.editions.manifest import HallManifest
from exhibit_api.halls.space import Wall

MARGIN = 0.6
"""Metres around the floor."""

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the plan with what is written there."""

    x: float
    z: float
    label: Mapping[str, str] | None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn. Paths are SVG's, in metres; `unit` is a length that looks alike on small and on large halls."""

    view_box: str
    width: float
    depth: float
    unit: float
    floor: str
    walls: str
    zones: tuple[tuple[str, Mark], ...]
    portals: tuple[tuple[str, Mark], ...]
    exhibits: tuple[Mark, ...]
    spawn: str


def plan_of(manifest: HallManifest, numbers: Mapping[str, int]) -> Plan:
    """The plan; `numbers` are those of exhibits by id."""
    space = manifest.space
    xs, zs = [x for x, _ in space.floor], [z for _, z in space.floor]
    left, top = min(xs) - MARGIN, min(zs) - MARGIN
    width, depth = max(xs) + MARGIN - left, max(zs) + MARGIN - top
    unit = max(width, depth) / 100
    return Plan(
        view_box=f"{_n(left)} {_n(top)} {_n(width)} {_n(depth)}",
        width=width,
        depth=depth,
        unit=unit,
        floor=_outline(space.floor),
        walls=" ".join(_line(piece) for wall in space.walls for piece in _standing(wall)),
        zones=tuple((_outline(zone.floor), _middle(zone.floor, zone.label)) for zone in space.zones),
        portals=tuple((_outline(portal.floor), _middle(portal.floor, portal.label)) for portal in space.portals),
        exhibits=tuple(
            Mark(exhibit.pose.translation[0], exhibit.pose.translation[2], exhibit.label, numbers.get(exhibit.id))
            for exhibit in manifest.exhibits
        ),
        spawn=_arrow(space.spawn.translation, space.spawn.rotation, 2.2 * unit),
    )


def _standing(wall: Wall) -> list[tuple[Corner, Corner]]:
    """The pieces of a wall between its openings."""
    (x, z), (end_x, end_z) = wall.start, wall.end
    length = math.hypot(end_x - x, end_z - z)
    if length == 0:
        return []
    pieces, at = [], 0.0
    for opening in sorted(wall.openings, key=lambda one: one.start):
        if opening.start > at:
            pieces.append((at, min(opening.start, length)))
        at = max(at, opening.end)
    if at < length:
        pieces.append((at, length))
    along = ((end_x - x) / length, (end_z - z) / length)
    return [
        ((x + along[0] * start, z + along[1] * start), (x + along[0] * end, z + along[1] * end))
        for start, end in pieces
    ]


def _middle(corners: Sequence[Corner], label: Mapping[str, str] | None) -> Mark:
    """Where a label stands: the middle of the outline's box."""
    xs, zs = [x for x, _ in corners], [z for _, z in corners]
    return Mark((min(xs) + max(xs)) / 2, (min(zs) + max(zs)) / 2, label)


def _arrow(at: tuple[float, float, float], rotation: tuple[float, float, float, float], size: float) -> str:
    """A triangle that points to where −Z of the rotation looks."""
    x, y, z, w = rotation
    ahead = (-2 * (x * z + w * y), -(1 - 2 * (x * x + y * y)))
    length = math.hypot(*ahead) or 1.0
    ahead = (ahead[0] / length * size, ahead[1] / length * size)
    aside = (-ahead[1] * 0.7, ahead[0] * 0.7)
    tip = (at[0] + ahead[0], at[2] + ahead[1])
    feet = [(at[0] - ahead[0] * 0.6 + side * aside[0], at[2] - ahead[1] * 0.6 + side * aside[1]) for side in (1, -1)]
    return _outline([tip, *feet])


def _outline(corners: Iterable[Corner]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(z)}" for x, z in corners) + "Z"


def _line(piece: tuple[Corner, Corner]) -> str:
    (x, z), (end_x, end_z) = piece
    return f"M{_n(x)} {_n(z)}L{_n(end_x)} {_n(end_z)}"


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
