"""The room around the exhibits: where visitors stand, the ways to other halls, tours, lights."""

import math
from collections.abc import Mapping, Sequence

from exhibit_api.demo.boards import board_id
from exhibit_api.demo.ground import Ground, edges
from exhibit_api.demo.plan import Door, Lamp, Plan, PlannedStop, View
from exhibit_api.demo.poses import Vec2, looking, metres, offset
from exhibit_api.demo.records import Records
from exhibit_api.demo.stands import Stand
from exhibit_api.errors import Rejected
from exhibit_api.halls.schemas import PlacardBody
from exhibit_api.halls.space import Light, Portal, Space, Spot, Stop, Tour, Viewpoint, Wall, Waypoint, Zone

THRESHOLD = 0.9
"""How deep a portal's floor reaches into the hall, metres."""


def space_of(
    plan: Plan,
    walls: Sequence[Wall],
    stands: Sequence[Stand],
    placards: Mapping[str, PlacardBody],
    ground: Ground,
    records: Records,
) -> Space:
    """The room with its zones, waypoints, tours and portals."""
    return Space(
        floor=plan.floor,
        height=plan.height,
        walls=tuple(walls),
        zones=tuple(Zone(id=zone.id, label=zone.label, floor=zone.floor) for zone in plan.zones),
        spawn=_viewpoint(plan.spawn),
        waypoints=_waypoints(plan, stands, placards, ground, records),
        tours=tuple(
            Tour(id=tour.id, label=tour.label, summary=tour.summary, stops=tuple(_stop(stop) for stop in tour.stops))
            for tour in plan.tours
        ),
        portals=tuple(portal(door, plan) for door in plan.doors),
    )


def _waypoints(
    plan: Plan, stands: Sequence[Stand], placards: Mapping[str, PlacardBody], ground: Ground, records: Records
) -> tuple[Waypoint, ...]:
    """Where to stand: at the spawn, on entering each zone, before each exhibit and board of the tours."""
    found = [_waypoint("spawn", plan.label, plan.spawn)]
    by_slug = {stand.exhibit: stand for stand in stands}
    for zone in plan.zones:
        own = [stand.middle for stand in stands if stand.zone == zone.id]
        middle = sum(x for x, _ in own) / len(own), sum(z for _, z in own) / len(own)
        found.append(_waypoint(f"zone-{zone.id}", zone.label, View(at=zone.stand, toward=middle)))
    seen = {}
    for stop in (stop for tour in plan.tours for stop in tour.stops):
        if stop.exhibit:
            seen[f"at-{stop.exhibit}"] = _before(by_slug[stop.exhibit], ground), records.exhibits[stop.exhibit].label
        elif stop.board:
            placard = placards[board_id(stop.board)]
            seen[f"at-{board_id(stop.board)}"] = _reader(placard), placard.label
    found += [_waypoint(name, label, view) for name, (view, label) in seen.items()]
    return tuple(found)


def _before(stand: Stand, ground: Ground) -> View:
    """Where an exhibit is seen whole: farther away from larger things."""
    front = offset(stand.middle, stand.facing, forward=stand.size[2] / 2)
    best = max(1.3, 0.9 * max(stand.size[:2]))
    distances = (best, best - 0.2, best + 0.2, best - 0.4, best + 0.4, 0.9)
    return View(at=ground.standing(front, stand.facing, distances, stand.exhibit), toward=stand.middle)


def _reader(placard: PlacardBody) -> View:
    if placard.view is None:
        raise Rejected("a board of the tour has no view")
    (x, _, z), (tx, _, tz) = placard.view.translation, placard.pose.translation
    return View(at=(x, z), toward=(tx, tz))


def _stop(stop: PlannedStop) -> Stop:
    name = stop.exhibit or board_id(stop.board or "")
    return Stop(waypoint=f"at-{name}", exhibit=stop.exhibit, placard=name, narration=stop.narration)


def portal(door: Door, plan: Plan) -> Portal:
    """The strip of floor inside a door. Its pose is where someone stands who has come through from the other hall."""
    start, end = edges(plan.floor)[door.edge]
    length = math.dist(start, end)
    share = (length / 2 if door.at is None else door.at) / length
    middle: Vec2 = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
    inward = _inward(start, end, plan)
    half = door.width / 2
    corners = [
        offset(middle, inward, forward=f, right=r)
        for f, r in ((0, -half), (0, half), (THRESHOLD, half), (THRESHOLD, -half))
    ]
    x, z = offset(middle, inward, forward=THRESHOLD + 0.5)
    tx, tz = offset(middle, inward, forward=THRESHOLD + 3.0)
    return Portal(
        to=door.to,
        label=door.label,
        floor=tuple((metres(x), metres(z)) for x, z in corners),
        pose=_viewpoint(View(at=(metres(x), metres(z)), toward=(tx, tz))),
    )


def _inward(start: Vec2, end: Vec2, plan: Plan) -> float:
    """The direction, square to an edge, that points into the hall: it depends on which way round the corners go."""
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in edges(plan.floor))
    dx, dz = end[0] - start[0], end[1] - start[1]
    return math.degrees(math.atan2(-dz, dx) if area > 0 else math.atan2(dz, -dx))


def light(lamp: Lamp) -> Light:
    spot = Spot(inner_cone_angle=0.0, outer_cone_angle=round(math.radians(lamp.cone), 4)) if lamp.cone else None
    aims = lamp.type != "point"
    return Light(
        type=lamp.type,
        name=lamp.name,
        color=lamp.color,
        intensity=lamp.intensity,
        spot=spot,
        translation=lamp.hangs,
        rotation=looking(lamp.hangs, lamp.shines) if aims else (0.0, 0.0, 0.0, 1.0),
    )


def _waypoint(name: str, label: dict[str, str], view: View) -> Waypoint:
    viewpoint = _viewpoint(view)
    return Waypoint(id=name, label=label, translation=viewpoint.translation, rotation=viewpoint.rotation)


def _viewpoint(view: View) -> Viewpoint:
    """Feet on the floor, looking straight ahead."""
    (x, z), (tx, tz) = view.at, view.toward
    return Viewpoint(translation=(x, 0.0, z), rotation=looking((x, 0.0, z), (tx, 0.0, tz)))
