"""Space as data: what is taken, what is refused, and in which words."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from exhibit_api.halls.space import Anchor, Light, Opening, Pose, Space, Spot
from tests.halls.building import floor, space, turned, words

ANCHOR: TypeAdapter[Any] = TypeAdapter(Anchor)


def refusal(call: Any, *args: Any, **parts: Any) -> str:
    """What is said when something is refused."""
    with pytest.raises(ValidationError) as refused:
        call(*args, **parts)
    return str(refused.value)


def test_a_pose_is_at_the_origin_upright_and_of_its_own_size_if_nothing_is_said() -> None:
    assert Pose().plain() == {"translation": [0, 0, 0], "rotation": [0, 0, 0, 1], "scale": [1, 1, 1]}


@given(st.floats(-360, 360))
def test_every_turn_is_a_unit_quaternion(degrees: float) -> None:
    assert Pose(rotation=turned(degrees)).rotation == turned(degrees)


def test_a_quaternion_of_another_length_is_refused_with_the_one_that_was_meant() -> None:
    said = refusal(Pose, rotation=(0, 0, 0.5, 0.5))
    assert "this one has the length 0.7071" in said
    assert "[0.0, 0.0, 0.707107, 0.707107]" in said


def test_a_quaternion_of_no_length_is_refused_without_advice() -> None:
    said = refusal(Pose, rotation=(0, 0, 0, 0))
    assert "this one has the length 0" in said
    assert "divide" not in said


@pytest.mark.parametrize("rotation", [(0, 0, 0, 1.0005), (0, 0.70711, 0, 0.70711)])
def test_a_quaternion_in_single_precision_is_taken(rotation: tuple[float, float, float, float]) -> None:
    assert Pose(rotation=rotation).rotation == rotation


def test_euler_angles_are_no_rotation() -> None:
    assert "rotation" in refusal(Pose, rotation=(0, 90, 0))


def test_one_number_is_a_scale_for_all_three_axes() -> None:
    assert Pose.of({"scale": 2}).scale == (2.0, 2.0, 2.0)


@pytest.mark.parametrize("scale", [0, -1, (1, 1, 0), True, 10_001, (1, 1), math.nan])
def test_a_scale_that_flattens_mirrors_or_explodes_is_refused(scale: Any) -> None:
    assert "scale" in refusal(Pose.of, {"scale": scale})


@pytest.mark.parametrize("translation", [(0, 0, math.inf), (0, math.nan, 0), (10_001, 0, 0), (0, 0)])
def test_a_place_beyond_all_halls_is_refused(translation: Any) -> None:
    assert "translation" in refusal(Pose, translation=translation)


@pytest.mark.parametrize(("start", "end"), [(2, 1), (1, 1)])
def test_an_opening_ends_after_it_starts(start: float, end: float) -> None:
    assert "an opening ends where it starts, or before" in refusal(Opening, start=start, end=end)


def test_two_corners_are_no_floor() -> None:
    assert "at least 3 items" in refusal(Space, floor=((0, 0), (1, 1)))


@pytest.mark.parametrize("height", [1.9, 0, -4, 201])
def test_a_hall_is_higher_than_a_person(height: float) -> None:
    assert "height" in refusal(Space, floor=floor(4, 4), height=height)


def test_unknown_members_are_refused_so_that_typing_errors_are_found() -> None:
    assert "wals" in refusal(Space.of, {"floor": floor(4, 4), "wals": []})


def test_a_tour_has_a_stop() -> None:
    assert "stops" in refusal(
        Space.of, {"floor": floor(4, 4), "tours": [{"id": "round", "label": words("A"), "stops": []}]}
    )


def test_a_room_survives_being_written_and_read() -> None:
    room = space(zones=({"id": "west", "label": words("West"), "floor": floor(2, 2)},))
    assert Space.of(room.plain()) == room


@pytest.mark.parametrize(
    ("kind", "spot", "is_taken"),
    [("spot", {}, True), ("point", None, True), ("spot", None, False), ("directional", {}, False)],
)
def test_a_spot_light_and_only_one_has_a_cone(kind: str, spot: Any, is_taken: bool) -> None:
    light = {"type": kind, "spot": spot}
    if is_taken:
        assert Light.of(light).type == kind
    else:
        assert "a spot light has a `spot`" in refusal(Light.of, light)


@pytest.mark.parametrize(("inner", "outer"), [(0.5, 0.5), (0.6, 0.5)])
def test_the_inner_cone_of_a_spot_is_narrower_than_the_outer(inner: float, outer: float) -> None:
    assert "the inner cone must be narrower" in refusal(Spot, inner_cone_angle=inner, outer_cone_angle=outer)


def test_an_image_anchor_needs_the_width_of_its_print() -> None:
    assert "physicalWidth" in refusal(ANCHOR.validate_python, {"type": "image", "marker": "hall"})


@pytest.mark.parametrize(
    "place",
    [
        {"latitude": 91, "longitude": 0},
        {"latitude": 0, "longitude": 181},
        {"latitude": 0, "longitude": 0, "heading": 360},
    ],
)
def test_a_geo_anchor_lies_on_the_earth(place: dict[str, float]) -> None:
    assert "geo" in refusal(ANCHOR.validate_python, {"type": "geo", **place})


def test_an_anchor_of_an_unknown_kind_is_refused() -> None:
    assert "does not match any of the expected tags" in refusal(ANCHOR.validate_python, {"type": "ceiling"})
