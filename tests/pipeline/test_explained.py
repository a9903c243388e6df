"""The validator's findings in words: what, where, how to mend, in both languages."""

import re
from typing import Any

import pytest

from exhibit_api.pipeline.explained import EXPLAINED, MOST_IN_FULL, explain, issues_from, where
from exhibit_api.pipeline.explained_file import FILE
from exhibit_api.pipeline.explained_geometry import GEOMETRY
from exhibit_api.pipeline.explained_scene import SCENE

# What real files have most often, by the validator's runs over public collections.
COMMONEST = (
    "UNUSED_OBJECT",
    "MESH_PRIMITIVE_GENERATED_TANGENT_SPACE",
    "UNSUPPORTED_EXTENSION",
    "NODE_EMPTY",
    "IMAGE_NPOT_DIMENSIONS",
    "BUFFER_VIEW_TARGET_MISSING",
    "ACCESSOR_VECTOR3_NON_UNIT",
    "ACCESSOR_MIN_MISMATCH",
    "ACCESSOR_MAX_MISMATCH",
    "ACCESSOR_INDEX_TRIANGLE_DEGENERATE",
    "NODE_SKINNED_MESH_NON_ROOT",
    "ANIMATION_DUPLICATE_TARGETS",
    "IMAGE_MIME_TYPE_INVALID",
    "VALUE_NOT_IN_RANGE",
    "VALUE_NOT_IN_LIST",
    "UNEXPECTED_PROPERTY",
    "UNDECLARED_EXTENSION",
    "EMPTY_ENTITY",
    "UNDEFINED_PROPERTY",
    "UNRESOLVED_REFERENCE",
    "GLB_CHUNK_LENGTH_UNALIGNED",
    "GLB_LENGTH_MISMATCH",
    "IO_ERROR",
    "IMAGE_UNRECOGNIZED_FORMAT",
    "ACCESSOR_INDEX_OOB",
    "ACCESSOR_WEIGHTS_NON_NORMALIZED",
    "UNUSED_MESH_TANGENT",
)
CHINESE = re.compile("[\u4e00-\u9fff]")

PLACES = {
    "": ("整个文件", "the whole file"),
    "/asset/version": ("文件说明（asset）", "the file's own description (asset)"),
    "/meshes/3/primitives/0/attributes/POSITION": ("网格 3 的第 0 部分", "mesh 3, part 0"),
    "/meshes/3/primitives/0/targets/12/NORMAL": (
        "网格 3 的第 0 部分的第 12 个变形目标",
        "mesh 3, part 0, morph target 12",
    ),
    "/materials/1/pbrMetallicRoughness/baseColorTexture/texCoord": (
        "材质 1 的基础色贴图",
        "material 1, base colour texture",
    ),
    "/materials/1/extensions/KHR_materials_volume/thicknessFactor": (
        "材质 1 的扩展 KHR_materials_volume",
        "material 1, extension KHR_materials_volume",
    ),
    "/extensions/KHR_lights_punctual/lights/2/color": (
        "扩展 KHR_lights_punctual 的第 2 盏灯",
        "extension KHR_lights_punctual, light 2",
    ),
    "/animations/0/samplers/4/input": ("动画 0 的第 4 个采样器", "animation 0, sampler 4"),
    "/samplers/4": ("贴图采样器 4", "texture sampler 4"),
    "/scenes/0/nodes/7": ("场景 0 的第 7 个根节点", "scene 0, root 7"),
    "/nodes": ("节点列表", "the list “nodes”"),
    "/nodes/x": ("节点列表", "the list “nodes”"),
    "/nodes/٣": ("节点列表", "the list “nodes”"),
    "/extensionsUsed/0": ("所用扩展 0", "extension used 0"),
    "/odd~1name~0": ("文件顶层的“odd/name~”", "“odd/name~” at the top of the file"),
    "/extensions": ("文件顶层的“extensions”", "“extensions” at the top of the file"),
}


def message(code: str, severity: int, **more: Any) -> dict[str, Any]:
    return {"code": code, "severity": severity, "message": f"{code} was found.", **more}


def report(*messages: dict[str, Any]) -> dict[str, Any]:
    return {"issues": {"messages": list(messages)}}


@pytest.mark.parametrize("code", COMMONEST)
def test_the_commonest_codes_are_explained(code: str) -> None:
    assert explain(code) is not None


def test_an_unknown_code_has_no_explanation() -> None:
    assert explain("SOMETHING_NEW") is None


@pytest.mark.parametrize("code", EXPLAINED)
def test_an_explanation_speaks_both_languages_in_whole_sentences(code: str) -> None:
    found = EXPLAINED[code]
    for words in (found.summary, found.remedy):
        assert list(words) == ["zh-Hans", "en"]
        assert CHINESE.search(words["zh-Hans"])
        assert words["zh-Hans"].endswith("。")
        assert not CHINESE.search(words["en"])
        assert words["en"].endswith(".")


def test_a_code_is_explained_once() -> None:
    codes = [code for row in (*FILE, *GEOMETRY, *SCENE) for code in row[0]]
    assert len(codes) == len(set(codes)) == len(EXPLAINED)


@pytest.mark.parametrize(("pointer", "words"), PLACES.items(), ids=PLACES)
def test_a_pointer_is_told_in_words(pointer: str, words: tuple[str, str]) -> None:
    assert where(pointer) == {"zh-Hans": words[0], "en": words[1]}


def test_a_finding_says_what_where_and_how_to_mend() -> None:
    (found,) = issues_from(report(message("ACCESSOR_MIN_MISMATCH", 0, pointer="/accessors/2/min/0")))
    assert (found.code, found.severity, found.count) == ("ACCESSOR_MIN_MISMATCH", "error", 1)
    assert found.message == "ACCESSOR_MIN_MISMATCH was found."
    assert found.pointer == "/accessors/2/min/0"
    assert found.where["en"] == "accessor 2"
    assert "differs from the data" in found.summary["en"]
    assert "修复" in found.remedy["zh-Hans"]


def test_a_rare_code_still_has_words() -> None:
    (found,) = issues_from(report(message("CAMERA_YFOV_GEQUAL_PI", 1, pointer="/cameras/0/perspective/yfov")))
    assert found.severity == "warning"
    assert found.where["zh-Hans"] == "相机 0"
    assert found.summary["en"].startswith("The validator found a departure from the glTF standard")


def test_a_broken_frame_is_told_by_its_byte() -> None:
    (found,) = issues_from(report(message("GLB_CHUNK_TOO_BIG", 0, offset=12)))
    assert found.pointer == ""
    assert found.where == {"zh-Hans": "文件的第 12 字节处", "en": "byte 12 of the file"}


def test_errors_come_first() -> None:
    found = issues_from(report(*(message("UNUSED_OBJECT", severity, pointer="") for severity in (3, 1, 2, 0))))
    assert [each.severity for each in found] == ["error", "warning", "info", "hint"]


def test_after_a_hundred_the_rest_is_counted_by_code() -> None:
    hints = [message("BUFFER_VIEW_TARGET_MISSING", 3, pointer=f"/bufferViews/{at}") for at in range(700)]
    infos = [message("UNUSED_OBJECT", 2, pointer=f"/materials/{at}") for at in range(90)]
    found = issues_from(report(*hints, *infos, message("NODE_EMPTY", 2, pointer="/nodes/1")))
    assert len(found) == MOST_IN_FULL + 1
    assert [each.count for each in found[:MOST_IN_FULL]] == [1] * MOST_IN_FULL
    rest = found[-1]
    assert (rest.code, rest.count, rest.pointer) == ("BUFFER_VIEW_TARGET_MISSING", 691, "/bufferViews/9")
    assert sum(each.count for each in found) == 791


def test_what_a_stranger_wrote_stays_short_and_is_no_control_character() -> None:
    pointer = "/meshes/0/primitives/0/attributes/" + "x" * 10_000
    (found,) = issues_from(
        report(message("MESH_PRIMITIVE_INVALID_ATTRIBUTE", 0, pointer=pointer) | {"message": "\x1b" * 999})
    )
    assert found.where["en"] == "mesh 0, part 0"
    assert len(found.pointer) < 400
    assert len(found.message) < 400
    assert "\x1b" not in found.message
    assert len(where("/extensions/" + "x" * 10_000)["en"]) < 200
    assert len(where("/meshes/" + "9" * 10_000)["en"]) < 200
