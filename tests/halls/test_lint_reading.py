"""Whether placards can be read: height, letters, sight, place."""

import pytest

from tests.halls.building import CUBE, hall, placard, space, standing, turned, wall
from tests.halls.linting import codes, found, only

LOOM = standing("loom", (3, 0, 1))
WALLS = space().walls


@pytest.mark.parametrize(
    ("y", "code", "said"),
    [
        (2.1, "PLACARD_TOO_HIGH", "the middle of the placard 'about-loom' is 2.10 m high"),
        (0.5, "PLACARD_TOO_LOW", "the middle of the placard 'about-loom' is 0.50 m high"),
    ],
)
def test_a_placard_out_of_the_band_of_eyes_is_told_its_height(y: float, code: str, said: str) -> None:
    finding = only(hall(LOOM, placard(at=(0, y, -3.85))), code)
    assert finding.message.startswith(said)
    assert "between 0.8 m and 1.8 m" in finding.message
    assert (finding.severity, finding.place) == ("warning", (0.0, y, -3.85))


@pytest.mark.parametrize("y", [0.8, 1.8])
def test_the_ends_of_the_band_are_in_it(y: float) -> None:
    assert codes(hall(LOOM, placard(at=(0, y, -3.85)))) == []


def test_too_much_text_makes_letters_too_small() -> None:
    board = placard(size=(0.2, 0.1), body={"zh-Hans": "织" * 396, "en": "A loom"})
    finding = only(hall(LOOM, board), "PLACARD_SMALL")
    assert finding.message == (
        "the zh-Hans text of the placard 'about-loom' fits on 0.2 m × 0.1 m in letters of 3.7 mm;"
        " read from 1.00 m they need 4.0 mm"
    )


def test_as_many_latin_letters_take_half_the_room() -> None:
    assert codes(hall(LOOM, placard(size=(0.2, 0.1), body={"zh-Hans": "一", "en": "l" * 396}))) == []


def test_letters_must_be_larger_where_the_board_is_read_from_afar() -> None:
    text = {"zh-Hans": "织" * 396, "en": "A loom"}
    assert codes(hall(LOOM, placard(body=text))) == []
    finding = only(hall(LOOM, placard(body=text, view={"translation": (0, 1.4, 1.15)})), "PLACARD_SMALL")
    assert finding.message.endswith("in letters of 13.0 mm; read from 5.00 m they need 20.0 mm")


def test_an_exhibit_between_reader_and_board_hides_it() -> None:
    pillar = standing("pillar", (0, 0, -3.25), ((-0.25, 0.0, -0.25), (0.25, 2.0, 0.25)))
    finding = only(hall(LOOM, pillar, placard()), "PLACARD_HIDDEN")
    assert finding.message == (
        "the placard 'about-loom' cannot be seen from where it is read, 1.00 m off:"
        " 'pillar' stands in the way, 0.16 m before the eyes"
    )


def test_an_exhibit_below_the_line_of_sight_hides_nothing() -> None:
    low = standing("low", (0, 0, -3.25), ((-0.25, 0.0, -0.25), (0.25, 1.3, 0.25)))
    assert "PLACARD_HIDDEN" not in codes(hall(LOOM, low, placard()))


@pytest.mark.parametrize(("height", "hidden"), [(1.0, True), (2.4, False)])
def test_a_wall_hides_a_board_above_its_opening_and_not_through_it(height: float, hidden: bool) -> None:
    opening = {"start": 3.0, "end": 7.0, "height": height}
    room = space(walls=(*WALLS, wall((-5, -2), (5, -2), opening)))
    board = placard(size=(2, 1), view={"translation": (0, 1.5, 0)})
    told = [finding.message for finding in found(hall(LOOM, board, room=room)) if finding.code == "PLACARD_HIDDEN"]
    assert ["wall 5 stands in the way, 1.9" in message for message in told] == [True] * hidden


def test_a_board_that_hangs_inside_a_wall_is_hidden() -> None:
    assert codes(hall(LOOM, placard(at=(0, 1.4, -3.95)))) == ["PLACARD_HIDDEN"]


@pytest.mark.parametrize("z", [-3.9, -3.895])
def test_a_board_on_the_face_of_a_wall_is_in_sight(z: float) -> None:
    assert codes(hall(LOOM, placard(at=(0, 1.4, z)))) == []


def test_a_placard_that_faces_a_wall_is_told_how_near_it_is() -> None:
    finding = only(hall(LOOM, placard(at=(0, 1.4, -3.65), rotation=turned(180))), "PLACARD_FACES_WALL")
    assert finding.message.startswith("wall 1 stands 0.2")
    assert finding.message.endswith("m before the front of the placard 'about-loom'; 0.6 m must be free")


def test_a_placard_two_thirds_of_a_metre_before_a_wall_has_room_enough() -> None:
    board = placard(at=(0, 1.4, -3.25), rotation=turned(180), view={"translation": (0, 1.5, -3.7)})
    assert "PLACARD_FACES_WALL" not in codes(hall(LOOM, board))


@pytest.mark.parametrize(
    ("at", "where"),
    [
        ((0, 1.4, -4.25), "0.25 m outside the floor"),
        ((0, 4.5, 0), "0.50 m above the ceiling"),
        ((0, -0.5, 0), "0.50 m below the floor"),
    ],
)
def test_a_placard_outside_of_the_hall_is_told_how_far(at, where: str) -> None:
    finding = only(hall(LOOM, placard(at=at), room=space(walls=())), "PLACARD_OUTSIDE")
    assert finding.message == f"the placard 'about-loom' hangs {where}"


def test_placards_that_cover_each_other_are_told_by_how_much() -> None:
    boards = placard("one"), placard("two", (0.4, 1.3, -3.85))
    finding = only(hall(LOOM, *boards), "PLACARDS_OVERLAP")
    assert finding.message == "the placards 'one' and 'two' overlap by 0.20 m × 0.30 m (width × height)"
    assert finding.subjects == ("placards/one", "placards/two")


def test_boards_that_cross_each_other_overlap_though_they_face_elsewhere() -> None:
    boards = placard("one", (0, 1.4, 0)), placard("two", (0.1, 1.4, 0.1), rotation=turned(90))
    assert codes(hall(LOOM, *boards)) == ["PLACARDS_OVERLAP"]


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param(placard("two", (0.6, 1.4, -3.85)), id="side by side"),
        pytest.param(placard("two", (0.1, 1.4, -3.8)), id="five centimetres before it"),
        pytest.param(placard("two", (0.0, 1.4, -3.2), rotation=turned(90)), id="at a right angle before it"),
    ],
)
def test_placards_that_only_stand_close_do_not_overlap(beside) -> None:
    assert "PLACARDS_OVERLAP" not in codes(hall(LOOM, placard("one"), beside))


def test_a_heap_of_placards_is_told_once_for_each() -> None:
    told = found(hall(LOOM, *(placard(f"board-{i}") for i in range(12))))
    assert told[0].message == "the placard 'board-0' hangs in one heap with 11 others"
    assert len(told) == 12


def test_a_board_that_lies_on_its_back_is_read_from_its_lower_edge() -> None:
    flat = placard(at=(0, 0.9, 0), rotation=(-(0.5**0.5), 0, 0, 0.5**0.5))
    desk = standing("desk", (0, 0, -0.75), ((-0.5, 0, -0.5), (0.5, 1.4, 0.5)))
    assert codes(hall(desk, flat)) == []
    assert codes(hall(standing("desk", (0, 0, 0.75), ((-0.5, 0, -0.5), (0.5, 1.4, 0.5))), flat)) == ["PLACARD_HIDDEN"]


def test_an_exhibit_behind_the_reader_hides_nothing() -> None:
    assert codes(hall(standing("loom", (0, 0, -2.0), CUBE), placard(view={"translation": (0, 1.5, -2.6)}))) == []
