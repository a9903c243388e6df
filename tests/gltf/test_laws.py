"""What holds for every file: only BadModel is raised; and for every box: its corners stay inside."""

import copy
import io
import math
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exhibit_api.errors import BadModel
from exhibit_api.gltf import report
from exhibit_api.gltf.report import examine, inspect
from exhibit_api.gltf.transforms import Bounds, Matrix, Vector, multiply, pose_matrix, transform_point, world_bounds
from tests.gltf.building import Json, box, box_model, glb, ktx2_header, png, triangle_model
from tests.gltf.hostile import HOSTILE

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MODELS = (
    box_model(seconds=2.0, instances=[(0, 0, 0), (1, 0, 0)], node={"translation": [1, 0, 0], "extras": {"a": [1]}}),
    triangle_model(png(4, 4), ktx2_header(16, 16, basis_lz=True)),
)
ODD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 40),
    st.sampled_from(
        [2**31, 2**53, 2**63, -(2**63), 1e308, -1e-308, 0.0, 1.0, "", "0", "data:", "VEC3", [], {}, [0], [[0]]]
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.lists(st.integers(-2, 60), max_size=17),
    st.dictionaries(st.sampled_from(["uri", "count", "nodes", "POSITION", "sparse"]), st.integers(-1, 9), max_size=3),
)


def examined(data: bytes) -> report.Report | None:
    """The report, or None where the model is refused; every other exception fails the test."""
    try:
        return examine(io.BytesIO(data), len(data))
    except BadModel:
        return None


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a JSON with every key of it."""
    pending = [value]
    while pending:
        container = pending.pop()
        keys = list(container) if isinstance(container, dict) else range(len(container))
        for key in keys:
            yield container, key
            if isinstance(container[key], (dict, list)):
                pending.append(container[key])


@UNHURRIED
@given(model=st.sampled_from(MODELS), data=st.data())
def test_odd_values_anywhere_in_the_json_raise_nothing_but_bad_model(
    model: tuple[Json, bytes], data: st.DataObject
) -> None:
    json, bin_ = copy.deepcopy(model)
    for _ in range(data.draw(st.integers(1, 3))):
        found = list(places(json))
        container, key = found[data.draw(st.integers(0, len(found) - 1))]
        if isinstance(container, dict) and data.draw(st.booleans()):
            del container[key]
        else:
            container[key] = data.draw(ODD_VALUES)
    examined(glb(json, bin_))


@UNHURRIED
@given(model=st.sampled_from(MODELS), changes=st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=20))
def test_odd_bytes_anywhere_in_the_file_raise_nothing_but_bad_model(
    model: tuple[Json, bytes], changes: list[tuple[int, int]]
) -> None:
    data = bytearray(glb(*model))
    for place, value in changes:
        data[place % len(data)] = value
    examined(bytes(data))


@UNHURRIED
@given(model=st.sampled_from(MODELS), end=st.integers(0, 5000))
def test_a_file_cut_anywhere_raises_nothing_but_bad_model(model: tuple[Json, bytes], end: int) -> None:
    whole = glb(*model)
    assert (examined(whole[:end]) is None) == (end < len(whole))


@UNHURRIED
@given(
    picture=st.binary(max_size=80),
    start=st.sampled_from([b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBPVP8", b"\0\0\0\0ftyp", b""]),
)
def test_odd_pictures_raise_nothing(picture: bytes, start: bytes) -> None:
    assert examined(glb(*triangle_model(start + picture + b"x"))) is not None


def test_the_report_is_the_same_each_time() -> None:
    assert examined(box()) == examined(box()) == inspect(io.BytesIO(box()), len(box()))


@pytest.mark.parametrize("build", [build for build, _ in HOSTILE.values()], ids=HOSTILE)
def test_hostile_files_never_need_the_net(build: Any) -> None:
    assert examined(build()) is None


def test_the_net_holds_what_falls() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise RuntimeError("the reader broke")

    with pytest.raises(BadModel, match=r"could not be understood \(RuntimeError\)") as caught:
        inspect(Broken(), 100)
    assert isinstance(caught.value.__cause__, RuntimeError)


def test_findings_decide_whether_a_model_may_be_published() -> None:
    sound, empty = examined(box()), examined(glb({"asset": {"version": "2.0"}}))
    assert sound is not None
    assert sound.publishable
    assert empty is not None
    assert not empty.publishable


LENGTHS = st.floats(-1e4, 1e4)
VECTORS = st.tuples(LENGTHS, LENGTHS, LENGTHS)


@st.composite
def poses(draw: st.DrawFn) -> Matrix:
    x, y, z, w = (draw(st.floats(-1, 1)) for _ in range(4))
    size = math.hypot(x, y, z, w)
    rotation = (x / size, y / size, z / size, w / size) if size > 0.01 else (0.0, 0.0, 0.0, 1.0)
    return pose_matrix(draw(VECTORS), rotation, draw(VECTORS))


@st.composite
def boxes(draw: st.DrawFn) -> Bounds:
    sides = [sorted((draw(LENGTHS), draw(LENGTHS))) for _ in range(3)]
    return (sides[0][0], sides[1][0], sides[2][0]), (sides[0][1], sides[1][1], sides[2][1])


@UNHURRIED
@given(bounds=boxes(), matrix=poses())
def test_every_corner_of_a_box_stays_inside_and_each_side_is_touched(bounds: Bounds, matrix: Matrix) -> None:
    low, high = world_bounds(bounds, matrix)
    corners = [transform_point(corner, matrix) for corner in product(*zip(*bounds, strict=True))]  # type: ignore[arg-type]
    for axis in range(3):
        assert min(corner[axis] for corner in corners) == low[axis]
        assert max(corner[axis] for corner in corners) == high[axis]


@UNHURRIED
@given(point=VECTORS, outer=poses(), inner=poses())
def test_a_product_of_poses_does_one_after_the_other(point: Vector, outer: Matrix, inner: Matrix) -> None:
    once = transform_point(point, multiply(outer, inner))
    twice = transform_point(transform_point(point, inner), outer)
    size = max(map(abs, outer)) * max(map(abs, inner)) * max(1.0, *map(abs, point))
    assert once == pytest.approx(twice, rel=1e-9, abs=max(1e-9, size * 1e-12))
