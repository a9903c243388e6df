"""What can be reached from the spawn in an aisle of 0.9 m."""

import re

import pytest

from exhibit_api.halls.space import Space
from tests.halls.building import Corners, floor, hall, placard, space, standing, wall
from tests.halls.linting import codes, found, only

WALLS = space().walls
BEHIND = (0.0, 0.0, -2.5)


def divided(*openings: dict[str, float], **parts) -> Space:
    """The good hall with a wall across its middle, from x −5 to 5."""
    return space(walls=(*WALLS, wall((-5, 0), (5, 0), *openings)), **parts)


def door(width: float, height: float = 2.4) -> dict[str, float]:
    """A door in the middle of the wall across."""
    return {"start": 5 - width / 2, "end": 5 + width / 2, "height": height}


def number(text: str, pattern: str) -> float:
    match = re.search(pattern, text)
    assert match, text
    return float(match[1])


def test_an_exhibit_in_a_room_without_a_door_is_unreachable() -> None:
    finding = only(hall(standing("loom", BEHIND), room=divided()), "EXHIBIT_UNREACHABLE")
    assert number(finding.message, r"no nearer to 'loom' than ([\d.]+) m; 1\.5 m are needed") == pytest.approx(
        2.545, abs=0.01
    )
    assert (finding.subjects, finding.place, finding.severity) == (("placements/loom",), BEHIND, "warning")


def test_an_exhibit_right_behind_a_wall_is_unreachable_although_it_is_near() -> None:
    finding = only(hall(standing("loom", (0, 0, -0.75)), room=divided()), "EXHIBIT_UNREACHABLE")
    assert number(finding.message, r"than ([\d.]+) m, with a wall between") == pytest.approx(0.795, abs=0.01)


def test_an_exhibit_behind_a_low_wall_can_be_looked_at() -> None:
    rail = space(walls=(*WALLS, wall((-5, 0), (5, 0), height=0.9)))
    assert codes(hall(standing("loom", (0, 0, -0.75)), room=rail)) == []


def test_a_door_of_the_width_of_an_aisle_is_one() -> None:
    assert codes(hall(standing("loom", BEHIND), room=divided(door(0.9)))) == []


def test_a_way_that_is_too_narrow_is_told_with_its_width_and_place() -> None:
    finding = only(hall(standing("loom", BEHIND), room=divided(door(0.6))), "EXHIBIT_UNREACHABLE")
    assert finding.message.endswith("; the way there is only 0.60 m wide at x 0.00, z 0.00")


def test_a_door_that_is_too_low_to_walk_through_is_none() -> None:
    assert codes(hall(standing("loom", BEHIND), room=divided(door(2, height=1.2)))) == ["EXHIBIT_UNREACHABLE"]


def test_exhibits_stand_in_the_way_and_what_hangs_overhead_does_not() -> None:
    block: Corners = ((-4.9, 0.0, -0.5), (4.9, 1.0, 0.5))
    above: Corners = ((-4.9, 2.5, -0.5), (4.9, 3.0, 0.5))
    loom = standing("loom", (0, 0, -3.0))
    assert "EXHIBIT_UNREACHABLE" in codes(hall(loom, standing("bridge", box=block)))
    assert codes(hall(loom, standing("kite", box=above))) == ["EXHIBIT_FLOATS"]


def test_a_placard_that_is_read_behind_a_closed_wall_is_unreachable() -> None:
    room = divided()
    finding = only(hall(standing("loom", (0, 0, 2)), placard(), room=room), "PLACARD_UNREACHABLE")
    assert number(finding.message, r"'about-loom' is read than ([\d.]+) m; 1\.5 m are needed") == pytest.approx(
        3.395, abs=0.01
    )
    assert (finding.pointer, finding.place) == ("/pose", (0.0, 1.5, -2.85))


def test_a_placard_is_reached_where_its_view_says_that_it_is_read() -> None:
    board = placard(view={"translation": (0, 1.5, 1)})
    low = space(walls=(*WALLS, wall((-5, 0), (5, 0), height=0.5)))
    assert codes(hall(standing("loom", (2, 0, 2)), board, room=low)) == []


def test_a_waypoint_in_an_exhibit_cannot_be_walked_to() -> None:
    room = space(waypoints=({"id": "start", "translation": (0, 0, 2)}, {"id": "loom-front", "translation": (0, 0, 0)}))
    finding = only(hall(standing("loom"), room=room), "WAYPOINT_UNREACHABLE")
    assert number(finding.message, r"'loom-front' .* end ([\d.]+) m from it") == pytest.approx(0.945, abs=0.01)
    assert (finding.subjects, finding.pointer) == (("halls/shanghai",), "/space/waypoints/1")


def test_a_waypoint_close_to_a_wall_can_be_stood_on() -> None:
    room = space(waypoints=({"id": "at-the-wall", "translation": (4.8, 0, 0)},))
    assert codes(hall(standing("loom"), room=room)) == []


def test_a_portal_in_a_closed_part_of_the_hall_is_unreachable() -> None:
    portals = ({"to": "anhui", "floor": floor(1, 1, (0, 3.5))}, {"to": "anhui", "floor": floor(1, 1, (0, -3.5))})
    finding = only(hall(standing("loom", (3, 0, 2)), room=divided(portals=portals)), "PORTAL_UNREACHABLE")
    assert (finding.pointer, finding.place) == ("/space/portals/1", (0.0, 0.0, -3.5))
    assert "the portal to 'anhui' cannot be walked to" in finding.message


@pytest.mark.parametrize(
    ("room", "why"),
    [
        pytest.param(space(spawn={"translation": (0, 0, 0)}), "'loom' stands on it", id="in an exhibit"),
        pytest.param(space(spawn={"translation": (3, 0, -4)}), "wall 1 stands on it", id="in a wall"),
        pytest.param(space(spawn={"translation": (0, 0, 9)}), "it is outside the floor", id="outside"),
        pytest.param(
            space(walls=(*WALLS, wall((-5, 3.1), (5, 3.1))), spawn={"translation": (2, 0, 3.5)}),
            "no way of 0.9 m leads away from it",
            id="in a slit",
        ),
    ],
)
def test_a_blocked_spawn_forbids_publication_and_says_why(room: Space, why: str) -> None:
    (finding,) = found(hall(standing("loom"), room=room))
    assert (finding.code, finding.severity, finding.pointer) == ("SPAWN_BLOCKED", "error", "/space/spawn")
    assert finding.message == (
        f"the visit cannot begin at the spawn: {why}; what can be reached from it was not judged"
    )


@pytest.mark.parametrize("spawn", [(3, 0, 3.8), (4.85, 0, 3.85)])
def test_a_visit_may_begin_with_the_back_to_a_wall_or_in_a_corner(spawn: tuple[float, float, float]) -> None:
    assert codes(hall(standing("loom"), room=space(spawn={"translation": spawn}))) == []


def test_the_other_side_of_a_thin_wall_is_no_way_out() -> None:
    room = space(walls=(*WALLS, wall((-5, 3.2), (5, 3.2), thickness=0.02)), spawn={"translation": (2, 0, 3.3)})
    assert codes(hall(standing("loom"), room=room)) == ["SPAWN_BLOCKED"]


def test_an_empty_floor_without_walls_is_walked_to_its_edge() -> None:
    assert codes(hall(standing("loom", (4.5, 0, -3.5)), room=space(walls=()))) == []
