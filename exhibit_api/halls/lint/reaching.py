"""What can be reached from the spawn: exhibits, the places to read placards, waypoints, portals."""

from collections.abc import Iterator

import shapely

from exhibit_api.halls.findings import Finding, FindingCode, finding
from exhibit_api.halls.lint.scene import Scene
from exhibit_api.halls.lint.ways import AISLE, HEADROOM, NEAR, Ways, gap_towards, ways_of


def findings(scene: Scene) -> Iterator[Finding]:
    """All findings about reach. Where the spawn is blocked, nothing else is told: from there nothing can be reached."""
    ways = ways_of(scene)
    if ways is None:
        yield blocked_spawn(scene)
        return
    yield from unreachable_exhibits(scene, ways)
    yield from unreachable_placards(scene, ways)
    yield from unreachable_waypoints(scene, ways)
    yield from unreachable_portals(scene, ways)


def blocked_spawn(scene: Scene) -> Finding:
    """What keeps a visitor from leaving the place where the visit begins."""
    x, y, z = scene.space.spawn.translation
    spawn = shapely.Point(x, z)
    taken = [repr(p.slug) for p in scene.pieces if p.bounds[0][1] < HEADROOM and p.footprint.intersects(spawn)]
    taken += [f"wall {p.wall + 1}" for p in scene.panels if p.box.bottom < HEADROOM and p.footprint.intersects(spawn)]
    if taken:
        why = f"{' and '.join(dict.fromkeys(taken[:3]))} stands on it"
    elif not scene.floor.intersects(spawn):
        why = "it is outside the floor"
    else:
        why = f"no way of {AISLE:g} m leads away from it"
    return finding(
        FindingCode.SPAWN_BLOCKED,
        f"the visit cannot begin at the spawn: {why}; what can be reached from it was not judged",
        f"halls/{scene.slug}",
        place=(x, y, z),
        pointer="/space/spawn",
    )


def unreachable_exhibits(scene: Scene, ways: Ways) -> Iterator[Finding]:
    """Exhibits that no visitor comes near to."""
    for piece in scene.pieces:
        if ways.near.intersects(piece.footprint):
            continue
        yield finding(
            FindingCode.EXHIBIT_UNREACHABLE,
            f"visitors come no nearer to {piece.slug!r} than {_figures(ways, piece.footprint)}",
            piece.subject,
            place=piece.at,
        )


def unreachable_placards(scene: Scene, ways: Ways) -> Iterator[Finding]:
    """Placards whose place to read them no visitor comes near to."""
    for hung in scene.hung:
        x, y, z = hung.board.eyes
        spot = shapely.Point(x, z)
        if ways.near.intersects(spot):
            continue
        yield finding(
            FindingCode.PLACARD_UNREACHABLE,
            f"visitors come no nearer to where the placard {hung.id!r} is read than {_figures(ways, spot)}",
            hung.subject,
            place=(x, y, z),
            pointer="/view" if hung.placard.view else "/pose",
        )


def unreachable_waypoints(scene: Scene, ways: Ways) -> Iterator[Finding]:
    """Waypoints where nobody can stand who came from the spawn."""
    for i, waypoint in enumerate(scene.space.waypoints):
        x, _, z = waypoint.translation
        spot = shapely.Point(x, z)
        if ways.stand.intersects(spot):
            continue
        yield finding(
            FindingCode.WAYPOINT_UNREACHABLE,
            f"the waypoint {waypoint.id!r} cannot be walked to: {_walk_figures(ways, spot)}",
            f"halls/{scene.slug}",
            place=waypoint.translation,
            pointer=f"/space/waypoints/{i}",
        )


def unreachable_portals(scene: Scene, ways: Ways) -> Iterator[Finding]:
    """Portals on whose floor nobody can step."""
    for i, portal in enumerate(scene.space.portals):
        floor = shapely.Polygon(portal.floor)
        if ways.stand.intersects(floor):
            continue
        middle = floor.centroid
        yield finding(
            FindingCode.PORTAL_UNREACHABLE,
            f"the portal to {portal.to!r} cannot be walked to: {_walk_figures(ways, floor)}",
            f"halls/{scene.slug}",
            place=(middle.x, 0.0, middle.y),
            pointer=f"/space/portals/{i}",
        )


def _figures(ways: Ways, target: shapely.Geometry) -> str:
    distance = ways.walk.distance(target)
    if distance <= NEAR:
        return f"{distance:.2f} m, with a wall between{_narrow(ways, target)}"
    return f"{distance:.2f} m; {NEAR:g} m are needed{_narrow(ways, target)}"


def _walk_figures(ways: Ways, target: shapely.Geometry) -> str:
    distance = ways.walk.distance(target)
    return f"the ways of {AISLE:g} m from the spawn end {distance:.2f} m from it{_narrow(ways, target)}"


def _narrow(ways: Ways, target: shapely.Geometry) -> str:
    gap = gap_towards(ways, target)
    return "" if gap is None else f"; the way there is only {gap[2]:.2f} m wide at x {gap[0]:.2f}, z {gap[1]:.2f}"
