"""What must hold in a hall as data: outlines are polygons, zones lie in the hall, names exist. Each rule gives the faulty places."""

from collections import Counter
from collections.abc import Iterator, Sequence

from exhibit_api.errors import Fault, Rejected
from exhibit_api.halls.geometry import fault_of, holds, outside_by
from exhibit_api.halls.schemas import HallBody, PlacementBody
from exhibit_api.halls.space import Space


def check_hall(body: HallBody) -> None:
    """Raise Rejected with all faults of the hall's own data."""
    faults = tuple(_space_faults(body.space))
    if len(set(body.languages)) != len(body.languages):
        faults += (Fault("/languages", "a language is named twice"),)
    _refuse(faults)


def check_placement(space: Space, body: PlacementBody) -> None:
    """Raise Rejected where the exhibit would stand outside of the hall, or in a zone that is none of it."""
    x, y, z = body.pose.translation
    faults = []
    if not holds(space.floor, x, z):
        faults.append(
            Fault("/pose/translation", f"{body.exhibit!r} would stand at x {x:g}, z {z:g}, outside the floor")
        )
    if not -0.01 <= y <= space.height:
        faults.append(
            Fault("/pose/translation/1", f"{body.exhibit!r} would stand {y:g} m high in a hall of {space.height:g} m")
        )
    if body.zone is not None and body.zone not in {zone.id for zone in space.zones}:
        faults.append(Fault("/zone", f"the hall has no zone {body.zone!r}"))
    _refuse(tuple(faults))


def zone_at(space: Space, x: float, z: float) -> str | None:
    """The first zone whose floor holds the point."""
    return next((zone.id for zone in space.zones if holds(zone.floor, x, z)), None)


def missing_stops(space: Space, exhibits: set[str], placards: set[str]) -> tuple[Fault, ...]:
    """Stops of tours that name an exhibit or placard which is not in the hall."""
    return tuple(
        Fault(
            f"/space/tours/{t}/stops/{s}/{what}",
            f"the tour {tour.id!r} names the {what} {name!r}, which is not in the hall",
        )
        for t, tour in enumerate(space.tours)
        for s, stop in enumerate(tour.stops)
        for what, name, known in (("exhibit", stop.exhibit, exhibits), ("placard", stop.placard, placards))
        if name is not None and name not in known
    )


def _refuse(faults: tuple[Fault, ...]) -> None:
    if faults:
        raise Rejected("; ".join(fault.detail for fault in faults[:3]), faults=faults)


def _space_faults(space: Space) -> Iterator[Fault]:
    if fault := fault_of(space.floor):
        yield Fault("/space/floor", fault)
        return
    yield from _repeated("zones", [zone.id for zone in space.zones])
    yield from _repeated("waypoints", [waypoint.id for waypoint in space.waypoints])
    yield from _repeated("tours", [tour.id for tour in space.tours])
    for i, zone in enumerate(space.zones):
        yield from _part_faults(f"/space/zones/{i}/floor", f"the zone {zone.id!r}", zone.floor, space)
    for i, portal in enumerate(space.portals):
        yield from _part_faults(f"/space/portals/{i}/floor", f"the portal to {portal.to!r}", portal.floor, space)
    places = [("/space/spawn", "the spawn", space.spawn.translation)]
    places += [
        (f"/space/waypoints/{i}", f"the waypoint {waypoint.id!r}", waypoint.translation)
        for i, waypoint in enumerate(space.waypoints)
    ]
    for pointer, name, (x, _, z) in places:
        if not holds(space.floor, x, z):
            yield Fault(f"{pointer}/translation", f"{name} is at x {x:g}, z {z:g}, outside the floor")
    yield from _wall_faults(space)
    waypoints = {waypoint.id for waypoint in space.waypoints}
    for t, tour in enumerate(space.tours):
        for s, stop in enumerate(tour.stops):
            if stop.waypoint not in waypoints:
                yield Fault(f"/space/tours/{t}/stops/{s}/waypoint", f"the hall has no waypoint {stop.waypoint!r}")


def _part_faults(pointer: str, name: str, part: tuple[tuple[float, float], ...], space: Space) -> Iterator[Fault]:
    if fault := fault_of(part):
        yield Fault(pointer, f"{name}: {fault}")
    elif (area := outside_by(part, space.floor)) > 0:
        yield Fault(pointer, f"{name} sticks out of the floor by {area:.2g} m²")


def _wall_faults(space: Space) -> Iterator[Fault]:
    for i, wall in enumerate(space.walls):
        length = ((wall.end[0] - wall.start[0]) ** 2 + (wall.end[1] - wall.start[1]) ** 2) ** 0.5
        if length < 0.01:
            yield Fault(f"/space/walls/{i}", "the wall ends where it starts")
        for j, opening in enumerate(wall.openings):
            if opening.end > length + 0.01:
                yield Fault(
                    f"/space/walls/{i}/openings/{j}",
                    f"the opening ends at {opening.end:g} m of a wall that is {length:.2f} m long",
                )


def _repeated(what: str, names: Sequence[str]) -> Iterator[Fault]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Fault(f"/space/{what}", f"the id {name!r} stands {times} times among the {what}")
