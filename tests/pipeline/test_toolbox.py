"""The toolbox in the package: how it answers, what it keeps of a model, and how it makes one lighter."""

import struct
import zipfile
from pathlib import Path
from typing import Any

import orjson
import pytest

from exhibit_api.gltf.container import read_glb
from exhibit_api.gltf.measure import measure
from exhibit_api.pipeline import tools
from exhibit_api.pipeline.child import Cause
from tests.gltf.building import Bin, Json, box_model, document, glb
from tests.pipeline.converting import CAPS, Record, converted
from tests.pipeline.figures import picture, pieces_model, puppet_model, scene, sheet, sheet_model, textured_model
from tests.pipeline.making import Make, maker

PROJECT = Path(__file__).parents[2]
ETC1S, UASTC = 163, 166  # colour models of a KTX2 file's data format descriptor
LINEAR, SRGB = 1, 2


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Give it a model, a verb and options: what was made."""
    return maker(tmp_path)


def step(source: Path, do: str, **options: Any) -> Record:
    return {"name": do, "do": do, "input": str(source), "output": f"{source}.{do}", "options": options}


def size_of(ktx2: bytes) -> tuple[int, ...]:
    """Width, height and number of levels of a KTX2 file."""
    assert ktx2.startswith(b"\xabKTX 20\xbb")
    width, height, _depth, _layers, _faces, levels = struct.unpack_from("<6I", ktx2, 20)
    return width, height, levels


def coding_of(ktx2: bytes) -> tuple[int, int]:
    """Colour model and transfer function of a KTX2 file."""
    (descriptor,) = struct.unpack_from("<I", ktx2, 48)
    return ktx2[descriptor + 12], ktx2[descriptor + 14]


def form_of(image: bytes) -> str:
    starts = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"RIFF": "webp", b"\xabKTX": "ktx2"}
    return next(form for start, form in starts.items() if image.startswith(start))


def test_each_step_of_a_plan_is_told_when_it_begins_and_how_it_ended(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.glb", tmp_path / "bad.glb"
    good.write_bytes(glb(*sheet_model(4)))
    bad.write_bytes(b"no model")
    plan = tmp_path / "plan.json"
    plan.write_bytes(orjson.dumps({"steps": [step(bad, "normalise"), step(good, "juggle"), step(good, "repair")]}))
    records: list[Record] = []
    ended = tools.call("make", plan, folder=tmp_path, caps=CAPS, on_record=records.append, stopping=lambda: False)
    assert ended.cause is Cause.DONE
    assert [(record["step"], record["state"], record.get("code")) for record in records] == [
        ("normalise", "started", None),
        ("normalise", "failed", "NOT_GLB"),
        ("juggle", "started", None),
        ("juggle", "failed", "UNKNOWN_STEP"),
        ("repair", "started", None),
        ("repair", "made", None),
    ]
    assert records[-1]["bytes"] == Path(records[-1]["output"]).stat().st_size


def test_a_command_that_does_not_exist_fails(tmp_path: Path) -> None:
    ended = tools.call("juggle", "x", folder=tmp_path, caps=CAPS, on_record=lambda _: None, stopping=lambda: False)
    assert ended.cause is Cause.FAILED
    assert "usage" in ended.errors


def test_what_asks_for_another_file_is_refused_by_every_step(tmp_path: Path) -> None:
    source = tmp_path / "asking.glb"
    source.write_bytes(glb(document(images=[{"uri": "file:///etc/passwd"}])))
    steps = [step(source, do) for do in ("normalise", "variant", "repair", "usdz")]
    assert [(end["state"], end.get("code")) for end in converted(steps, tmp_path)] == [
        ("failed", "OUTSIDE_RESOURCE")
    ] * 4


@pytest.mark.parametrize("geometry", ["plain", "meshopt", "draco"])
def test_whatever_a_placard_or_a_client_may_name_survives(make: Make, geometry: str) -> None:
    made = make(puppet_model(), geometry=geometry, textures="webp")
    assert set(made.names("nodes")) >= {"puppet", "shoulder", "hand", "where the placard stands"}
    assert set(made.names("materials")) >= {"red", "blue"}
    assert made.names("animations") == ["wave", "flutter"]
    assert made.names("skins") == ["bones"]
    (mesh,) = made.json["meshes"]
    assert len(mesh["primitives"][0]["targets"]) == 1
    assert mesh["extras"] == {"targetNames": ["wind"]}
    assert {"POSITION", "NORMAL", "JOINTS_0", "WEIGHTS_0"} <= set(mesh["primitives"][0]["attributes"])
    assert [one["name"] for one in made.json["extensions"]["KHR_materials_variants"]["variants"]] == [
        "festive",
        "plain",
    ]
    assert len(mesh["primitives"][0]["extensions"]["KHR_materials_variants"]["mappings"]) == 2
    assert made.json["extras"] == {"inventory": "2026-17"}
    assert made.json["scenes"][0]["extras"] == {"light": "soft"}
    puppet = next(node for node in made.json["nodes"] if node.get("name") == "puppet")
    assert puppet["extras"] == {"label": "木偶"}


def test_materials_that_are_equal_keep_their_two_names(make: Make) -> None:
    json, data = puppet_model()
    mappings = json["meshes"][0]["primitives"][0]["extensions"]["KHR_materials_variants"]["mappings"]
    mappings[0]["material"] = 2
    assert set(make((json, data)).names("materials")) == {"red", "blue", "also blue"}


@pytest.mark.parametrize(("geometry", "textures"), [("draco", "webp"), ("meshopt", "ktx2")])
def test_normalising_leaves_nothing_that_a_reader_must_know(make: Make, geometry: str, textures: str) -> None:
    packed = make(textured_model(picture(16, 16), baseColorTexture=0), geometry=geometry, textures=textures)
    assert packed.json["extensionsRequired"]
    plain = make(packed.path, "normalise")
    assert "extensionsRequired" not in plain.json
    assert "extensionsUsed" not in plain.json
    assert [form_of(image) for image in plain.images()] == ["jpeg"]
    attributes = plain.json["meshes"][0]["primitives"][0]["attributes"].values()
    assert {plain.json["accessors"][at]["componentType"] for at in attributes} == {5126}


def test_colour_is_coded_as_etc1s_and_data_as_uastc_with_all_levels(make: Make) -> None:
    pictures = [picture(32, 16), picture(32, 32), picture(64, 64)]
    slots = {"baseColorTexture": 0, "normalTexture": 1, "metallicRoughnessTexture": 2, "occlusionTexture": 2}
    made = make(textured_model(*pictures, **slots), textures="ktx2", maxTexture=32)
    found = {slot: (coding_of(made.picture_in(slot)), size_of(made.picture_in(slot))) for slot in slots}
    assert found == {
        "baseColorTexture": ((ETC1S, SRGB), (32, 16, 6)),
        "normalTexture": ((UASTC, LINEAR), (32, 32, 6)),
        "metallicRoughnessTexture": ((UASTC, LINEAR), (32, 32, 6)),
        "occlusionTexture": ((UASTC, LINEAR), (32, 32, 6)),
    }
    assert made.json["extensionsRequired"] == ["KHR_texture_basisu"]


def test_a_picture_that_is_colour_here_and_data_there_is_coded_for_both(make: Make) -> None:
    made = make(textured_model(picture(8, 8), emissiveTexture=0, normalTexture=0), textures="ktx2")
    assert coding_of(made.picture_in("emissiveTexture")) == (ETC1S, SRGB)
    assert coding_of(made.picture_in("normalTexture")) == (UASTC, LINEAR)


def test_pictures_of_any_size_get_sides_that_ktx2_takes(make: Make) -> None:
    made = make(textured_model(picture(5, 3), baseColorTexture=0), textures="ktx2")
    assert size_of(made.images()[0])[:2] == (8, 4)


@pytest.mark.parametrize("textures", ["plain", "webp", "ktx2"])
def test_a_picture_one_pixel_high_is_no_hindrance(make: Make, textures: str) -> None:
    made = make(textured_model(picture(300, 1), baseColorTexture=0), textures=textures, maxTexture=64)
    assert len(made.images()) == 1


def test_plain_textures_are_jpeg_unless_their_alpha_is_read(make: Make) -> None:
    see_through = picture(96, 96, alpha=True)
    blended = make(textured_model(see_through, baseColorTexture=0, alphaMode="BLEND"), textures="plain")
    opaque = make(textured_model(see_through, baseColorTexture=0), textures="plain")
    assert [form_of(image) for image in (*blended.images(), *opaque.images())] == ["png", "jpeg"]


def test_a_jpeg_that_is_small_enough_is_not_coded_again(make: Make) -> None:
    jpeg = picture(16, 16, form="JPEG")
    for do in ("normalise", "variant"):
        assert make(textured_model(jpeg, baseColorTexture=0), do, maxTexture=16).images() == [jpeg]


def test_a_picture_that_cannot_be_read_fails_its_step_by_name(tmp_path: Path) -> None:
    json, data = textured_model(picture(8, 8)[:60], baseColorTexture=0)
    json["images"][0]["name"] = "torn"
    source = tmp_path / "torn.glb"
    source.write_bytes(glb(json, data))
    (end,) = converted([step(source, "variant", textures="webp")], tmp_path)
    assert (end["state"], end["code"]) == ("failed", "IMAGE_UNREADABLE")
    assert '"torn"' in end["message"]


def test_a_bound_on_triangles_holds(make: Make) -> None:
    made = make(sheet_model(100), maxTriangles=3000)
    assert 2000 <= made.record["detail"]["triangles"] <= 3000
    with made.path.open("rb") as file:
        assert measure(read_glb(file, made.record["bytes"]), file).triangles == made.record["detail"]["triangles"]


def test_a_level_of_detail_has_never_fewer_than_two_thousand_triangles(make: Make) -> None:
    assert 1800 <= make(sheet_model(100), ratio=0.01, error=1).record["detail"]["triangles"] <= 2000
    small = make(sheet_model(20), ratio=0.01)
    assert small.record["detail"]["triangles"] == 19 * 19 * 2


def test_an_error_bound_stops_a_level_of_detail_before_its_ratio(make: Make) -> None:
    loose, tight = (
        make(sheet_model(100), ratio=0.15, error=error).record["detail"]["triangles"] for error in (1, 0.0001)
    )
    assert tight > loose * 1.5


def test_pieces_of_a_scan_stay_together_where_they_meet(make: Make) -> None:
    made = make(pieces_model(80), ratio=0.1, error=1)
    left, right = ({point for point in made.positions(at) if point[0] == 1.0} for at in (0, 1))
    assert left == right
    assert 2 <= len(left) < 80


def test_points_and_lines_stay_as_they_are(make: Make) -> None:
    bin_ = Bin()
    primitives = [sheet(bin_, 80) | {"mode": 4}, sheet(bin_, 30) | {"mode": 0}, sheet(bin_, 30) | {"mode": 1}]
    made = make(scene(bin_, primitives), maxTriangles=2000, geometry="meshopt", textures="webp")
    assert [one.get("mode", 4) for one in made.json["meshes"][0]["primitives"]] == [4, 0, 1]
    assert made.record["detail"]["triangles"] <= 2000


@pytest.mark.parametrize("do", ["normalise", "variant", "repair"])
def test_an_empty_scene_stays_valid(make: Make, do: str) -> None:
    assert make((document(scene=0, scenes=[{"name": "empty"}]), b""), do).json["scenes"] == [{"name": "empty"}]


def test_instances_become_nodes(make: Make) -> None:
    plain = make(box_model(instances=[(0, 0, 0), (2, 0, 0), (4, 0, 0)]), "normalise")
    assert plain.record["detail"]["triangles"] == 36
    assert "extensionsUsed" not in plain.json


def test_repairing_mends_what_a_writer_got_wrong(make: Make) -> None:
    json, data = sheet_model(4)
    bounds = json["accessors"][0]
    bounds["min"], bounds["max"] = [0.0, 0.0, 0.0], [9.0, 9.0, 9.0]
    assert make((json, data), "repair").json["accessors"]


def test_a_usdz_says_whether_skins_and_morph_targets_stand_still_in_it(tmp_path: Path) -> None:
    puppet, thing = tmp_path / "puppet.glb", tmp_path / "thing.glb"
    puppet.write_bytes(glb(*puppet_model()))
    thing.write_bytes(glb(*textured_model(picture(8, 8), baseColorTexture=0)))
    ends = converted([step(puppet, "usdz"), step(thing, "usdz", maxTexture=4)], tmp_path)
    assert [end["notes"] for end in ends] == [["STATIC_POSE"], []]
    with zipfile.ZipFile(ends[1]["output"]) as archive:
        first, *others = archive.infolist()
        assert first.filename.endswith(".usda")
        assert {one.compress_type for one in (first, *others)} == {zipfile.ZIP_STORED}


def test_the_bundle_has_all_it_needs_and_the_notices_of_all_that_is_in_it() -> None:
    wanted: Json = orjson.loads((PROJECT / "web/pipeline/package.json").read_bytes())["dependencies"]
    text = (tools.BUNDLE / "NOTICES.txt").read_text(encoding="utf-8")
    for name, version in wanted.items():
        assert f"\n{name} {version} (" in f"\n{text}"
    folder = tools.BUNDLE / "node_modules"
    manifests = [path for path in folder.glob("**/package.json") if "version" in orjson.loads(path.read_bytes())]
    shipped = {path.parent.relative_to(folder).as_posix() for path in manifests}
    assert {"sharp", "@img/sharp-wasm32"} <= shipped
    for name in shipped:
        assert f"\n{name} " in f"\n{text}"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (tools.BUNDLE / "licences/LGPL-3.0.txt").read_text(encoding="utf-8")


def test_no_source_of_the_toolbox_names_an_address_to_fetch_from() -> None:
    sources = [path for path in (PROJECT / "web/pipeline").rglob("*") if path.suffix in (".mjs", ".json", ".lock")]
    assert len(sources) > 10
    for path in sources:
        assert "://" not in path.read_text(encoding="utf-8"), path
