"""A model becomes what every device needs; and what is not made has its reason."""

import threading
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from exhibit_api.gltf.report import examine
from exhibit_api.pipeline import plan
from exhibit_api.pipeline.child import Stopped, never
from exhibit_api.pipeline.gate import verdicts
from exhibit_api.pipeline.judge import File, examined, sha256_of
from exhibit_api.pipeline.make import due, judged, worked
from exhibit_api.pipeline.outcome import GLB, USDZ, Outcome, Product, ReasonCode, Words
from exhibit_api.pipeline.recipes import RECIPES, Bounds, spares
from exhibit_api.pipeline.repair import repair
from tests.gltf.building import Bin, Json, Model, box, box_model, glb, png, triangle
from tests.pipeline.extents import extents

BOX = examine(BytesIO(box()), len(box())).measures
PUBLISHED = [recipe.name for recipe in RECIPES if recipe.published]
JOINED = [recipe.name for recipe in RECIPES if recipe.options.get("join")]
TWINS = ("whale_cranium", "whale_mandible")
"""Scans of the same kind as whale_cranium_draco, which stands for them: each takes half a minute."""
FOUND = (Path(__file__).parents[3] / "shared" / "corpus" / "models").glob("*.glb")
MODELS = sorted(path for path in FOUND if path.stem not in TWINS)


def made(data: bytes, folder: Path, *, unknown: tuple[str, ...] = ()) -> Outcome:
    """All that comes of a model, without its pictures."""
    master = master_of(data, folder)
    products, reasons = judged(worked(master, folder, unknown, lambda *_: None, never), master)
    return Outcome(products, reasons)


def master_of(data: bytes, folder: Path) -> File:
    path = folder / "master.glb"
    path.write_bytes(data)
    return examined(path)


def named(outcome: Outcome) -> dict[str, Product]:
    return {product.name: product for product in outcome.products}


def codes(outcome: Outcome) -> dict[str, ReasonCode]:
    return {reason.name: reason.code for reason in outcome.reasons}


def words_of(outcome: Outcome, name: str) -> Words:
    return next(reason.words for reason in outcome.reasons if reason.name == name)


def relief(side: int) -> Model:
    """A square of side × side × 2 triangles, hilly, so that none of them is idle."""
    bin_ = Bin()
    rows = range(side + 1)
    hills: list[tuple[float, ...]] = [
        (x / side, (x * x * 7 + z * z * 13) % 11 / 40, z / side) for z in rows for x in rows
    ]
    positions = bin_.floats("VEC3", hills)
    normals = bin_.floats("VEC3", [(0.0, 1.0, 0.0)] * len(hills), bounded=False)
    quads = [z * (side + 1) + x for z in range(side) for x in range(side)]
    indices = bin_.shorts([at + step for at in quads for step in (0, side + 1, 1, 1, side + 1, side + 2)])
    primitive: Json = {"attributes": {"POSITION": positions, "NORMAL": normals}, "indices": indices}
    nodes = [{"name": "relief", "mesh": 0}]
    return bin_.model(scene=0, scenes=[{"nodes": [0]}], nodes=nodes, meshes=[{"primitives": [primitive]}])


def morphing() -> bytes:
    """A triangle that can be bent."""
    bin_ = Bin()
    corners: list[tuple[float, ...]] = [(-0.5, 0.0, 0.0), (0.5, 0.0, 0.0), (0.0, 1.0, 0.0)]
    attributes = {"POSITION": bin_.floats("VEC3", corners), "NORMAL": bin_.floats("VEC3", [(0.0, 0.0, 1.0)] * 3)}
    lift = bin_.floats("VEC3", [(0.0, 0.5, 0.0)] * 3)
    mesh = {"primitives": [{"attributes": attributes, "targets": [{"POSITION": lift}]}], "weights": [0.0]}
    return glb(*bin_.model(scene=0, scenes=[{"nodes": [0]}], nodes=[{"mesh": 0}], meshes=[mesh]))


def test_a_relief_becomes_a_file_for_every_profile_within_its_bounds(tmp_path: Path) -> None:
    outcome = made(glb(*relief(150)), tmp_path)
    products = named(outcome)
    assert set(products) == set(PUBLISHED)
    assert codes(outcome).get("webxr-mobile") is None
    for recipe in RECIPES:
        if recipe.bounds and recipe.published:
            product = products[recipe.name]
            assert product.measures
            assert recipe.bounds.broken_by(product.measures, product.bytes) is None
    finest, lod1, lod2 = (products[name].measures for name in ("webxr-mobile", "lod1", "lod2"))
    assert finest
    assert lod1
    assert lod2
    assert lod2.triangles < lod1.triangles < finest.triangles == 45_000
    assert products["webxr-mobile"].bytes < products["scene-viewer"].bytes


def test_products_are_told_with_the_hash_and_size_of_their_bytes(tmp_path: Path) -> None:
    for product in made(glb(*relief(40)), tmp_path).products:
        assert product.sha256 == sha256_of(product.path)
        assert product.bytes == product.path.stat().st_size
        assert product.path.parent == tmp_path
        assert product.media_type == (USDZ if product.name == "quick-look" else GLB)


def test_a_master_that_cannot_be_bettered_serves_itself(tmp_path: Path) -> None:
    outcome = made(box(), tmp_path)
    mini = named(outcome)["mini-program"]
    assert codes(outcome)["mini-program"] is ReasonCode.MASTER_IS_BEST
    assert (mini.path.name, mini.sha256) == ("master.glb", sha256_of(tmp_path / "master.glb"))


def test_a_master_that_a_profile_cannot_read_never_serves_it(tmp_path: Path) -> None:
    outcome = made(box(instances=[(0, 0, 0), (3, 0, 0)]), tmp_path)  # needs EXT_mesh_gpu_instancing
    for name in ("scene-viewer", "mini-program"):
        product = named(outcome)[name]
        assert product.path.name != "master.glb"
        assert product.measures
        assert not product.measures.extensions_required
        assert product.measures.triangles == 24


def test_levels_of_detail_that_would_save_nothing_are_not_made(tmp_path: Path) -> None:
    outcome = made(box(), tmp_path)
    assert [codes(outcome)[name] for name in ("lod1", "lod2")] == [ReasonCode.NOT_LIGHTER] * 2
    assert "12 triangles" in words_of(outcome, "lod1")["en"]
    assert "12 个三角形" in words_of(outcome, "lod1")["zh-Hans"]


def test_a_model_with_an_unknown_extension_is_served_as_its_master_alone(tmp_path: Path) -> None:
    json, data = box_model()
    json["extensionsUsed"] = ["VENDOR_smell"]
    path = tmp_path / "smelling.glb"
    path.write_bytes(glb(json, data))
    (verdict,) = verdicts([path], tmp_path)
    assert verdict.unknown_extensions == ("VENDOR_smell",)

    outcome = made(path.read_bytes(), tmp_path, unknown=verdict.unknown_extensions)
    assert outcome.products == ()
    assert codes(outcome) == dict.fromkeys(PUBLISHED, ReasonCode.UNKNOWN_EXTENSION)
    assert all("VENDOR_smell" in text for text in words_of(outcome, "quick-look").values())


def test_a_file_for_iphones_says_when_what_could_move_stands_still(tmp_path: Path) -> None:
    assert named(made(morphing(), tmp_path))["quick-look"].static
    assert not named(made(box(seconds=2.0), tmp_path))["quick-look"].static


def test_a_result_over_its_bound_is_put_aside_with_both_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tight = Bounds(1024, 100_000, bytes=1_000)
    recipes = [recipe for recipe in RECIPES if recipe.name in ("plain", "light")]
    heavy = next(recipe for recipe in RECIPES if recipe.name == "scene-viewer")
    monkeypatch.setattr("exhibit_api.pipeline.make.RECIPES", [*recipes, replace(heavy, bounds=tight)])
    outcome = made(glb(*relief(40)), tmp_path)
    assert codes(outcome) == {"scene-viewer": ReasonCode.TOO_HEAVY}
    assert "at most 1.0 kB" in words_of(outcome, "scene-viewer")["en"]


def test_a_picture_that_cannot_be_read_costs_what_is_made_of_it_and_says_so(tmp_path: Path) -> None:
    outcome = made(triangle(png(4, 4)[:44]), tmp_path)
    assert outcome.products == ()
    root, *others = outcome.reasons
    assert root.code is ReasonCode.TOOL_FAILED
    assert all("png" in text.lower() or "image" in text.lower() for text in root.words.values())
    assert str(tmp_path) not in str([root, *others])
    assert codes(outcome)["webxr-mobile"] is ReasonCode.NO_SOURCE


def test_a_step_that_is_ended_costs_its_own_product_and_the_rest_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plain file is larger than a tool may write; a compressed one is not."""
    high = next(recipe for recipe in RECIPES if recipe.name == "webxr-high")
    mobile = next(recipe for recipe in RECIPES if recipe.name == "webxr-mobile")
    monkeypatch.setattr(
        "exhibit_api.pipeline.make.RECIPES",
        [RECIPES[0], replace(mobile, source="plain"), replace(high, source="master")],
    )
    monkeypatch.setattr(plan, "CAPS", replace(plan.CAPS, file_size=1_500_000))
    outcome = made(glb(*relief(250)), tmp_path)
    assert [product.name for product in outcome.products] == ["webxr-high"]
    assert codes(outcome) == {"plain": ReasonCode.TOOL_STOPPED, "webxr-mobile": ReasonCode.NO_SOURCE}
    assert words_of(outcome, "plain")["en"] == "The tool was ended: it wrote more than it may."


def test_steps_are_told_as_they_begin_and_counted(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    master = master_of(box(), tmp_path)
    worked(master, tmp_path, (), lambda *step: told.append(step), never)
    assert told == [(recipe.name, at) for at, recipe in enumerate(due(master, ()))]


def test_a_job_that_is_stopped_half_way_ends(tmp_path: Path) -> None:
    stop = threading.Event()
    with pytest.raises(Stopped):
        worked(master_of(box(), tmp_path), tmp_path, (), lambda *_: stop.set(), stop.is_set)


def test_a_broken_model_is_mended_by_being_written_anew(tmp_path: Path) -> None:
    json, data = box_model()
    json["accessors"][0]["max"] = [9.0, 9.0, 9.0]
    source = tmp_path / "lying.glb"
    source.write_bytes(glb(json, data))
    mended = repair(source, tmp_path, stopping=never)
    before, after = verdicts([source, mended], tmp_path)
    assert before.report
    assert after.report
    assert (before.report["issues"]["numErrors"] > 0, after.report["issues"]["numErrors"]) == (True, 0)


@pytest.mark.skipif(not MODELS, reason="the corpus of real models is not beside the checkout")
@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_real_model_is_made_for_every_profile_without_an_error(path: Path, tmp_path: Path) -> None:
    outcome = made(path.read_bytes(), tmp_path)
    products = named(outcome)
    assert {name for name in PUBLISHED if not name.startswith("lod")} <= set(products)
    assert {reason.code for reason in outcome.reasons} <= {ReasonCode.MASTER_IS_BEST, ReasonCode.NOT_LIGHTER}
    models = [product.path for product in outcome.products if product.media_type == GLB]
    for verdict in verdicts(models, tmp_path):
        assert verdict.report
        assert verdict.report["issues"]["numErrors"] == 0
    master, *levels = extents([tmp_path / "master.glb", *models], tmp_path)
    assert all(level == pytest.approx(master, rel=0.01, abs=0.01 * abs(master).max()) for level in levels)
    with path.open("rb") as file:
        bounds = examine(file, path.stat().st_size).measures.bounds
    assert bounds
    for product in outcome.products:
        assert product.measures
        assert product.measures.bounds
        if product.name in JOINED:  # boxes of fewer parts are closer
            continue
        for corner, expected in zip(product.measures.bounds, bounds, strict=True):
            assert corner == pytest.approx(expected, rel=0.01, abs=0.01 * max(map(abs, (*bounds[0], *bounds[1]))))


def photograph(side: int) -> bytes:
    """A colour picture with shapes of many sizes, as a PNG."""
    mandelbrot = Image.effect_mandelbrot((side, side), (-2.0, -1.5, 1.0, 1.5), 40)
    noise = Image.effect_noise((side // 8, side // 8), 60).resize((side, side))
    out = BytesIO()
    Image.merge("RGB", (mandelbrot, noise, noise.rotate(90))).save(out, "PNG")
    return out.getvalue()


def test_large_textures_are_compressed_for_the_memory_of_phones(tmp_path: Path) -> None:
    measures = named(made(triangle(photograph(1024)), tmp_path))["webxr-mobile"].measures
    assert measures
    assert "KHR_texture_basisu" in measures.extensions_required
    assert measures.texture_bytes < 1024 * 1024 * 4 / 4


def test_a_form_that_spares_memory_is_taken_unless_it_is_far_larger_to_download() -> None:
    large, small, middling = (replace(BOX, texture_bytes=size << 20) for size in (4, 1, 3))
    assert spares((100, large), (200, small))
    assert not spares((100, large), (201, small))
    assert not spares((100, large), (100, middling))
