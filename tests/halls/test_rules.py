"""What must hold in a hall as data, and where each fault is said to be."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibit_api.errors import Rejected
from exhibit_api.halls.geometry import holds, outside_by
from exhibit_api.halls.rules import check_hall, check_placement, missing_stops, zone_at
from exhibit_api.halls.schemas import HallBody, PlacementBody
from tests.halls.building import floor, hall, space, wall, words

L_SHAPE = ((0, 0), (4, 0), (4, 2), (2, 2), (2, 4), (0, 4))


def faults(room: dict[str, Any] | None = None, **parts: Any) -> list[tuple[str, str]]:
    """Pointer and words of each fault of a good hall with other parts."""
    body: HallBody = hall(room=space(**(room or {})), **parts).body
    try:
        check_hall(body)
    except Rejected as refused:
        return [(fault.pointer, fault.detail) for fault in refused.faults]
    return []


def zone(slug: str, corners: Any) -> dict[str, Any]:
    return {"id": slug, "label": words(slug), "floor": corners}


def test_a_good_hall_has_no_faults() -> None:
    assert (
        faults(
            {"zones": (zone("west", floor(5, 8, (-2.5, 0))),), "waypoints": ({"id": "in", "translation": (0, 0, 3)},)}
        )
        == []
    )


@pytest.mark.parametrize(
    ("corners", "said"),
    [
        (((0, 0), (2, 2), (2, 0), (0, 2)), "the outline is no simple polygon: self-intersection[1 1]"),
        (((0, 0), (2, 0), (4, 0)), "the outline is no simple polygon"),
        (((1, 1), (1, 1), (1, 1)), "the outline is no simple polygon"),
        (floor(0.4, 0.4), "the outline holds 0.16 m²; at least 0.25 m² are needed"),
    ],
)
def test_a_floor_that_is_no_polygon_is_the_only_fault_told(corners: Any, said: str) -> None:
    ((pointer, detail),) = faults({"floor": corners, "zones": (zone("west", floor(99, 99)),)})
    assert pointer == "/space/floor"
    assert detail.startswith(said)


def test_a_floor_may_be_closed_by_its_first_corner_and_run_either_way() -> None:
    corners = floor(10, 8)
    assert faults({"floor": (*corners, corners[0])}) == []
    assert faults({"floor": corners[::-1]}) == []


def test_a_zone_outside_of_the_floor_is_told_with_its_area() -> None:
    assert faults({"zones": (zone("west", floor(10, 8, (1, 0))),)}) == [
        ("/space/zones/0/floor", "the zone 'west' sticks out of the floor by 7.9 m²")
    ]


@pytest.mark.parametrize("beyond", [0.0, 0.009, 0.01])
def test_a_zone_may_stick_out_by_a_centimetre_at_sides_and_corners(beyond: float) -> None:
    assert faults({"zones": (zone("whole", floor(10 + 2 * beyond, 8 + 2 * beyond)),)}) == []


def test_a_zone_in_the_notch_of_a_floor_is_outside() -> None:
    room = {
        "floor": L_SHAPE,
        "walls": (),
        "spawn": {"translation": (1, 0, 1)},
        "zones": (zone("notch", floor(1, 1, (3, 3))),),
    }
    assert faults(room) == [("/space/zones/0/floor", "the zone 'notch' sticks out of the floor by 1 m²")]


def test_a_crossed_portal_floor_is_told_with_the_portals_name() -> None:
    portal = {"to": "anhui", "floor": ((0, 0), (1, 1), (1, 0), (0, 1))}
    ((pointer, detail),) = faults({"portals": (portal,)})
    assert pointer == "/space/portals/0/floor"
    assert detail.startswith("the portal to 'anhui': the outline is no simple polygon")


def test_repeated_ids_are_told_once_for_each_kind() -> None:
    point = {"id": "in", "translation": (0, 0, 0)}
    tour = {"id": "round", "label": words("A round"), "stops": ({"waypoint": "in"},)}
    room = {
        "zones": (zone("west", floor(1, 1)),) * 3,
        "waypoints": (point, point),
        "tours": (tour, tour),
    }
    assert faults(room) == [
        ("/space/zones", "the id 'west' stands 3 times among the zones"),
        ("/space/waypoints", "the id 'in' stands 2 times among the waypoints"),
        ("/space/tours", "the id 'round' stands 2 times among the tours"),
    ]


def test_spawn_and_waypoints_lie_on_the_floor() -> None:
    room = {"spawn": {"translation": (0, 0, 4.5)}, "waypoints": ({"id": "out", "translation": (-6, 0, 0)},)}
    assert faults(room) == [
        ("/space/spawn/translation", "the spawn is at x 0, z 4.5, outside the floor"),
        ("/space/waypoints/0/translation", "the waypoint 'out' is at x -6, z 0, outside the floor"),
    ]


def test_a_wall_has_a_length_and_holds_its_openings() -> None:
    openings = ({"start": 0, "end": 3.005}, {"start": 2, "end": 3.5})
    assert faults({"walls": (wall((1, 1), (1, 1)), wall((0, 0), (0, 3), *openings))}) == [
        ("/space/walls/0", "the wall ends where it starts"),
        ("/space/walls/1/openings/1", "the opening ends at 3.5 m of a wall that is 3.00 m long"),
    ]


def test_tours_stop_at_waypoints_of_the_hall() -> None:
    tour = {"id": "round", "label": words("A round"), "stops": ({"waypoint": "nowhere"},)}
    assert faults({"tours": (tour,)}) == [("/space/tours/0/stops/0/waypoint", "the hall has no waypoint 'nowhere'")]


def test_a_language_stands_once() -> None:
    assert faults(languages=("en", "zh-Hans", "en")) == [("/languages", "a language is named twice")]


def test_all_faults_are_listed_and_the_first_three_said() -> None:
    room = space(waypoints=tuple({"id": f"out-{i}", "translation": (9, 0, 0)} for i in range(5)))
    with pytest.raises(Rejected) as refused:
        check_hall(hall(room=room).body)
    assert len(refused.value.faults) == 5
    assert refused.value.detail.count("outside the floor") == 3


def placement_faults(at: tuple[float, float, float], **parts: Any) -> list[tuple[str, str]]:
    room = space(zones=(zone("west", floor(5, 8, (-2.5, 0))),))
    try:
        check_placement(room, PlacementBody.model_validate({"exhibit": "loom", "translation": at} | parts))
    except Rejected as refused:
        return [(fault.pointer, fault.detail) for fault in refused.faults]
    return []


@pytest.mark.parametrize("at", [(0, 0, 0), (5, 0, 4), (-5, 4, 0), (0, -0.01, 0)])
def test_an_exhibit_stands_on_the_floor_its_edge_and_corners_included(at: Any) -> None:
    assert placement_faults(at, zone="west") == []


@pytest.mark.parametrize(
    ("at", "pointer", "said"),
    [
        ((5.01, 0, 0), "/pose/translation", "'loom' would stand at x 5.01, z 0, outside the floor"),
        ((0, 4.1, 0), "/pose/translation/1", "'loom' would stand 4.1 m high in a hall of 4 m"),
        ((0, -0.5, 0), "/pose/translation/1", "'loom' would stand -0.5 m high in a hall of 4 m"),
    ],
)
def test_an_exhibit_outside_of_the_hall_is_refused(at: Any, pointer: str, said: str) -> None:
    assert placement_faults(at) == [(pointer, said)]


def test_an_exhibit_in_an_unknown_zone_is_refused() -> None:
    assert placement_faults((0, 0, 0), zone="east") == [("/zone", "the hall has no zone 'east'")]


def test_a_point_is_in_the_first_zone_that_holds_it() -> None:
    room = space(zones=(zone("west", floor(5, 8, (-2.5, 0))), zone("east", floor(5, 8, (2.5, 0)))))
    assert [zone_at(room, x, 0) for x in (-1, 0, 1, 9)] == ["west", "west", "east", None]


def test_stops_at_what_is_not_in_the_hall_are_named() -> None:
    stops = ({"waypoint": "in", "exhibit": "loom"}, {"waypoint": "in", "exhibit": "lathe", "placard": "about-loom"})
    room = space(tours=({"id": "round", "label": words("A round"), "stops": stops},))
    assert [fault.pointer for fault in missing_stops(room, {"loom"}, {"about-loom"})] == [
        "/space/tours/0/stops/1/exhibit"
    ]
    assert [fault.pointer for fault in missing_stops(room, {"loom", "lathe"}, set())] == [
        "/space/tours/0/stops/1/placard"
    ]


def test_a_point_that_rounding_pushed_off_the_edge_is_on_it() -> None:
    corners = ((0.0, 0.0), (0.3, 0.0), (0.3, 1.0), (0.0, 1.0))
    assert holds(corners, 3 * 0.1, 0.5)
    assert not holds(corners, 0.3001, 0.5)


@pytest.mark.parametrize(
    ("x", "z", "inside"),
    [(1, 1, True), (3, 1, True), (3, 3, False), (2, 3, True), (2, 2, True), (-1, 0, False), (5, 2, False)],
)
def test_an_angular_floor_holds_what_is_in_its_arms(x: float, z: float, inside: bool) -> None:
    assert holds(L_SHAPE, x, z) is inside
    assert holds(L_SHAPE[::-1], x, z) is inside


coordinates = st.integers(-40, 40).map(lambda n: n / 8)


@given(coordinates, coordinates, coordinates, coordinates)
def test_a_point_is_held_exactly_where_a_small_floor_around_it_fits(x: float, z: float, dx: float, dz: float) -> None:
    moved = tuple((cx + dx, cz + dz) for cx, cz in L_SHAPE)
    speck = floor(0.03, 0.03, (x, z))
    if outside_by(speck, moved) == 0:
        assert holds(moved, x, z)
    if not holds(moved, x, z):
        assert outside_by(speck, moved) > 0
