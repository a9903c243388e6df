"""How exhibits stand: each fault is told with its place and its metres, and a good hall is told nothing."""

import pytest

from tests.halls.building import Corners, hall, placard, space, standing, turned, wall
from tests.halls.linting import codes, found, only

PILLAR = ((-0.25, 0.0, -0.25), (0.25, 2.0, 0.25))


def test_a_good_hall_has_no_findings() -> None:
    assert found(hall(standing("loom"), standing("lathe", (2.5, 0.9, 0), plinth=0.9), placard())) == ()


def test_exhibits_that_stand_in_each_other_are_told_with_width_height_and_depth() -> None:
    finding = only(hall(standing("loom"), standing("lathe", (0.5, 0, 0.25), PILLAR)), "EXHIBITS_OVERLAP")
    assert finding.message == "'lathe' and 'loom' overlap by 0.25 m × 1.00 m × 0.50 m (width × height × depth)"
    assert finding.subjects == ("placements/lathe", "placements/loom")
    assert finding.place == (0.375, 0.5, 0.25)
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param(standing("lathe", (1, 0, 0)), id="side by side"),
        pytest.param(standing("lathe", (0, 1, 0), plinth=1.0), id="one above the other"),
        pytest.param(standing("lathe", (1.1, 0, 1.1), rotation=turned(45)), id="turned, so that only the boxes meet"),
    ],
)
def test_exhibits_that_do_not_stand_in_each_other_are_not_told(beside) -> None:
    loom = standing("loom", rotation=turned(45 if beside.placement.pose.rotation[1] else 0))
    assert "EXHIBITS_OVERLAP" not in codes(hall(loom, beside))


def test_a_heap_of_exhibits_is_told_once_for_each() -> None:
    heap = [found_ for found_ in found(hall(*(standing(f"part-{i}") for i in range(30)))) if "heap" in found_.message]
    assert len(heap) == 30
    assert heap[0].message == "'part-0' stands in one heap with 29 other exhibits"


def test_an_exhibit_in_a_wall_is_told_with_the_depth() -> None:
    finding = only(hall(standing("loom", (2, 0, -3.5))), "EXHIBIT_IN_WALL")
    assert finding.message == "'loom' stands 0.10 m deep in wall 1 of the hall"
    assert finding.place == (2.0, 0.5, -3.95)


def test_an_exhibit_at_the_face_of_a_wall_is_not_in_it() -> None:
    assert codes(hall(standing("loom", (2, 0, -3.4)))) == []


def test_a_door_is_no_wall_as_far_as_it_is_high() -> None:
    door = space(spawn={"translation": (0, 0, 2)})
    tall = ((-0.25, 0.0, -0.25), (0.25, 3.0, 0.25))
    assert "EXHIBIT_IN_WALL" not in codes(hall(standing("loom", (0, 0, 3.75), PILLAR), room=door))
    finding = only(hall(standing("loom", (0, 0, 3.75), tall), room=door), "EXHIBIT_IN_WALL")
    assert finding.place == (0.0, 2.7, 3.95), "between the door's 2.4 m and the exhibit's 3 m"


def test_what_hangs_over_a_low_wall_is_not_in_it() -> None:
    low = space(walls=(wall((-2, 0), (2, 0), height=1.0),))
    assert "EXHIBIT_IN_WALL" not in codes(hall(standing("kite", (0, 1.0, 0)), room=low))


def test_an_exhibit_across_a_slanting_wall_is_as_deep_in_it_as_the_wall_is_thick() -> None:
    slanting = space(walls=(wall((-3, -3), (3, 3), thickness=0.3),))
    finding = only(hall(standing("loom", (-1, 0, -1)), room=slanting), "EXHIBIT_IN_WALL")
    assert finding.message == "'loom' stands 0.30 m deep in wall 1 of the hall"


def test_an_exhibit_that_leaves_the_floor_is_told_by_how_much() -> None:
    finding = only(hall(standing("loom", (4.75, 0, 0)), room=space(walls=())), "EXHIBIT_OUTSIDE")
    assert finding.message == "'loom' sticks out of the floor by 0.25 m"


def test_an_exhibit_at_the_edge_of_the_floor_does_not_leave_it() -> None:
    assert codes(hall(standing("loom", (4.5, 0, 0)), room=space(walls=()))) == []


@pytest.mark.parametrize(
    ("at", "plinth", "code", "message"),
    [
        ((0, 0.3, 0), None, "EXHIBIT_FLOATS", "'loom' floats 0.30 m above the floor"),
        ((0, 1.0, 0), 0.9, "EXHIBIT_FLOATS", "'loom' floats 0.10 m above its plinth of 0.90 m"),
        ((0, -0.25, 0), None, "EXHIBIT_SUNK", "'loom' sinks 0.25 m into the floor"),
        ((0, 0, 0), 0.9, "EXHIBIT_SUNK", "'loom' sinks 0.90 m into its plinth of 0.90 m"),
    ],
)
def test_an_exhibit_that_floats_or_sinks_is_told_by_how_much(at, plinth, code, message) -> None:
    finding = only(hall(standing("loom", at, plinth=plinth)), code)
    assert (finding.message, finding.pointer) == (message, "/pose/translation/1")


@pytest.mark.parametrize("y", [-0.05, 0.05])
def test_five_centimetres_above_or_below_the_floor_are_forgiven(y: float) -> None:
    assert codes(hall(standing("loom", (0, y, 0)))) == []


def test_an_exhibit_through_the_ceiling_is_told_by_how_much() -> None:
    finding = only(hall(standing("loom", scale=4.5)), "EXHIBIT_TOO_HIGH")
    assert finding.message == "'loom' reaches up to 4.50 m, 0.50 m through the ceiling at 4.00 m"


@pytest.mark.parametrize(
    ("box", "scale", "message"),
    [
        (((-1000, 0, -1), (1000, 10, 1)), 1, "is 2000 m large as it stands, over 50 m: a scale of 0.001 makes it 2 m"),
        (((-60, 0, -1), (60, 10, 1)), 2, "is 240 m large as it stands, over 50 m: a scale of 0.02 makes it 2.4 m"),
        (((0, 0, 0), (0.002, 0.001, 0)), 1, "is 0.002 m large as it stands, under 1 cm: a scale of 1000 makes it 2 m"),
        (((1, 1, 1), (1, 1, 1)), 1, "is 0 m large as it stands, under 1 cm: no scale helps"),
    ],
)
def test_an_exhibit_of_an_odd_size_is_told_the_scale_that_would_help(box: Corners, scale: float, message: str) -> None:
    finding = only(hall(standing("loom", box=box, scale=scale)), "EXHIBIT_SIZE")
    assert finding.message == f"'loom' {message}"


@pytest.mark.parametrize("far", [1e6, 1e300])
def test_of_an_exhibit_as_large_as_a_country_nothing_but_its_size_is_told(far: float) -> None:
    assert codes(hall(standing("loom", box=((-far, 0, -far), (far, far, far)), scale=10_000))) == ["EXHIBIT_SIZE"]


def test_an_exhibit_of_unknown_size_is_told() -> None:
    finding = only(hall(standing("loom", (1, 0, 1), box=None)), "BOUNDS_UNKNOWN")
    assert (finding.subjects, finding.place, finding.severity) == (("placements/loom",), (1.0, 0.0, 1.0), "warning")
