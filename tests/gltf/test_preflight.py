"""Models that are refused, each with its sentence, and models that are kept with a finding."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from exhibit_api.errors import BadModel
from exhibit_api.gltf.container import read_glb
from exhibit_api.gltf.issues import Issue
from exhibit_api.gltf.preflight import preflight
from exhibit_api.gltf.report import examine
from tests.gltf.building import (
    Bin,
    Json,
    Model,
    box,
    box_model,
    chain_model,
    document,
    flat_model,
    glb,
    png,
    png_header,
    triangle,
    triangle_model,
)
from tests.gltf.hostile import HOSTILE


def findings(data: bytes) -> tuple[Issue, ...]:
    file = io.BytesIO(data)
    return preflight(read_glb(file, len(data)), file)


def found(data: bytes) -> dict[str, Issue]:
    return {issue.code: issue for issue in findings(data)}


@pytest.mark.parametrize(("build", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_model_is_refused_with_its_reason(build: Callable[[], bytes], sentence: str) -> None:
    data = build()
    with pytest.raises(BadModel) as caught:
        examine(io.BytesIO(data), len(data))
    assert caught.value.detail.startswith(sentence)


def test_a_refusal_points_at_the_place() -> None:
    json, data = box_model()
    json["nodes"][0]["mesh"] = 7
    with pytest.raises(BadModel) as caught:
        findings(glb(json, data))
    (fault,) = caught.value.faults
    assert fault.pointer == "/nodes/0/mesh"
    assert fault.detail == "/nodes/0/mesh is 7; the index of one of the file's 1 meshes is due"


@pytest.mark.parametrize("data", [box(), box(seconds=2.0), triangle(png(8, 8)), triangle()], ids=str)
def test_a_sound_model_has_no_findings(data: bytes) -> None:
    assert findings(data) == ()


def test_a_data_uri_is_inside_the_file() -> None:
    json, data = triangle_model()
    json["images"] = [{"uri": "data:image/png;base64,iVBORw0KGgo="}]
    assert [issue.code for issue in findings(glb(json, data))] == ["IMAGE_UNREADABLE"]


def test_a_model_in_millimetres_is_told_its_scale() -> None:
    issue = found(box((400.0, 2118.5, 300.0)))["SCALE_SUSPECT"]
    assert issue.severity == "warning"
    assert issue.message == (
        "the model is 2118 m tall, larger than 50 m: authored in millimetres? place it with scale 0.001"
    )


SCALES: dict[str, tuple[tuple[float, float, float], str]] = {
    "centimetres": (
        (180.0, 60.0, 60.0),
        "180 m wide, larger than 50 m: authored in centimetres? place it with scale 0.01",
    ),
    "a speck": ((0.001, 0.001, 0.002), "0.002 m deep, smaller than 1 cm: place it with scale 1000"),
    "a planet": ((1e7, 1.0, 1.0), "10000000 m wide, larger than 50 m: place it with scale 1e-07"),
}


@pytest.mark.parametrize(("size", "sentence"), SCALES.values(), ids=SCALES)
def test_an_odd_extent_is_told_with_the_scale_that_helps(size: tuple[float, float, float], sentence: str) -> None:
    assert found(box(size))["SCALE_SUSPECT"].message == f"the model is {sentence}"


@pytest.mark.parametrize("size", [(50.0, 1.0, 1.0), (0.01, 0.01, 0.01)])
def test_the_limits_of_scale_are_no_findings(size: tuple[float, float, float]) -> None:
    assert "SCALE_SUSPECT" not in found(box(size))


def test_a_model_of_one_point_has_no_helpful_scale() -> None:
    assert "single point" in found(box(node={"scale": [0, 0, 0]}))["SCALE_SUSPECT"].message


def test_a_model_below_the_floor_is_told_how_far() -> None:
    issue = found(box(node={"translation": [0, -0.25, 0]}))["BELOW_FLOOR"]
    assert issue.severity == "info"
    assert "its lowest point is below the floor (y = 0), 0.25 m at the lowest" in issue.message


def test_a_model_beside_its_origin_is_told_how_far() -> None:
    issue = found(box(node={"translation": [3, 0, 4]}))["OFF_CENTRE"]
    assert "its middle is 5 m beside its origin" in issue.message


def changed(change: Callable[[Json], Any], model: Model | None = None) -> bytes:
    json, data = model or box_model()
    change(json)
    return glb(json, data)


ISSUES: dict[str, tuple[bytes, str, str, str]] = {
    "no scene": (
        changed(lambda json: (json.pop("scene"), json.pop("scenes"))),
        "NO_SCENE",
        "error",
        "the model has no scene: nothing would be shown",
    ),
    "nothing but an asset": (glb(document()), "NO_SCENE", "error", "the model has no scene"),
    "an empty scene": (
        changed(lambda json: json.update(scenes=[{}])),
        "NOTHING_SHOWN",
        "error",
        "the scene shows no mesh",
    ),
    "a node without mesh": (
        changed(lambda json: json["nodes"][0].pop("mesh")),
        "NOTHING_SHOWN",
        "error",
        "the scene shows no mesh",
    ),
    "too many draws": (
        glb(*flat_model(20_001)),
        "TOO_MANY_DRAW_CALLS",
        "error",
        "the scene takes 20001 draw calls; devices bear at most",
    ),
    "a huge picture": (
        triangle(png_header(30_000, 20_000)),
        "IMAGE_TOO_LARGE",
        "error",
        "image 0 has 30000 x 20000 pixels; devices bear at most 8192 a side",
    ),
    "a large picture": (
        triangle(png_header(4096, 16)),
        "IMAGE_LARGE",
        "warning",
        "image 0 has 4096 x 16 pixels; phones do well with 2048",
    ),
    "no picture": (
        triangle(b"BM bitmap"),
        "IMAGE_UNREADABLE",
        "error",
        "image 0 cannot be read: it is no PNG, JPEG, WebP",
    ),
    "half a picture": (
        triangle(png(4, 4)[:20]),
        "IMAGE_UNREADABLE",
        "error",
        "image 0 cannot be read: its header is cut",
    ),
    "a picture without width": (
        triangle(png_header(0, 4)),
        "IMAGE_UNREADABLE",
        "error",
        "image 0 cannot be read: its header says 0 x 4 pixels",
    ),
    "a picture from nowhere": (
        changed(lambda json: json["images"][0].pop("bufferView"), triangle_model(png())),
        "IMAGE_UNREADABLE",
        "error",
        "image 0 cannot be read: it has neither bufferView nor uri",
    ),
    "2,001 pictures": (
        changed(lambda json: json.update(images=json["images"] * 2001), triangle_model(png())),
        "TOO_MANY_IMAGES",
        "error",
        "the model has 2001 images; at most 2000 are taken",
    ),
    "65 pictures of 8192 a side": (
        triangle(*[png_header(8192, 8192)] * 65),
        "TOO_MANY_PIXELS",
        "error",
        "the images have 4362076160 pixels in all; devices bear at most 4294967296",
    ),
    "a rare extension": (
        changed(lambda json: json.update(extensionsRequired=["KHR_techniques_webgl"])),
        "EXTENSION_UNCOMMON",
        "warning",
        "the model requires the extension KHR_techniques_webgl, which common clients",
    ),
    "no normals": (
        changed(lambda json: json["meshes"][0]["primitives"][0]["attributes"].pop("NORMAL")),
        "NORMALS_MISSING",
        "info",
        "1 of 1 primitives have no normals: clients shade them flat",
    ),
    "no bounds": (
        changed(lambda json: json["accessors"][0].pop("max")),
        "BOUNDS_UNKNOWN",
        "warning",
        "1 of 1 primitives do not declare min and max of POSITION",
    ),
}


@pytest.mark.parametrize(("data", "code", "severity", "sentence"), ISSUES.values(), ids=ISSUES)
def test_a_model_is_kept_with_a_finding(data: bytes, code: str, severity: str, sentence: str) -> None:
    issue = found(data)[code]
    assert issue.severity == severity
    assert issue.message.startswith(sentence)


def test_too_many_vertices_are_a_finding_even_from_a_small_file() -> None:
    bin_ = Bin()
    many = bin_.floats("VEC3", [(0.0, 0.0, 0.0)])
    del bin_.accessors[many]["bufferView"]  # zeros without bytes, as the specification allows
    bin_.accessors[many]["count"] = 30_000_000
    primitive = {"attributes": {"POSITION": many, "NORMAL": many}}
    json, data = bin_.model(scenes=[{"nodes": [0]}], nodes=[{"mesh": 0}], meshes=[{"primitives": [primitive] * 2}])
    issue = found(glb(json, data))["TOO_MANY_VERTICES"]
    assert issue.message == "the scene shows 60000000 vertices; devices bear at most 50000000"


def test_a_deep_skeleton_is_taken() -> None:
    assert "OFF_CENTRE" in found(glb(*chain_model(512)))
