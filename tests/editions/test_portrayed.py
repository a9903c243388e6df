"""A hall whose models were made light: its manifest names every form of every model, its pictures, and what each profile loads."""

import re
from dataclasses import replace
from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator

from exhibit_api.editions.compose import Composition, compose
from exhibit_api.editions.manifest import HallManifest
from exhibit_api.editions.profiles import for_profile
from exhibit_api.editions.schema import schema_of, schema_resource
from exhibit_api.halls.draft import HallDraft, Standing
from exhibit_api.profiles import DEFAULT_BUDGETS, PROFILES, Budgets
from tests.editions.test_compose import STAMP, TODAY
from tests.halls.building import digest, hall, measured, picture, portrayed, posters, standing, variant, words
from tests.looking import resources

SCHEMA = Draft202012Validator(schema_of("hall-manifest"), format_checker=Draft202012Validator.FORMAT_CHECKER)
MADE = ("webxr-high", "webxr-mobile", "scene-viewer", "mini-program", "quick-look", "lod1", "lod2")
OWN = tuple(picture(f"picture-{size}", digest(f"own {size}"), size) for size in (512, 1024))


def complete(slug: str = "loom", x: float = 0.0) -> Standing:
    """An exhibit with all that can be made; its USDZ stands still."""
    made = [
        variant(name, digest(f"{slug} {name}"), 100 + i, static=name == "quick-look", triangles=10 + i)
        for i, name in enumerate(MADE)
    ]
    return portrayed(standing(slug, (x, 0, -2)), *made, *posters(slug), bytes=9000, measures=measured(triangles=99))


def composed(draft: HallDraft, budgets: Budgets = DEFAULT_BUDGETS) -> Composition:
    return compose(draft, STAMP, schema_resource("hall-manifest"), TODAY, budgets)


def manifest_of(draft: HallDraft, budgets: Budgets = DEFAULT_BUDGETS) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(composed(draft, budgets).to_bytes())
    return document


def test_a_model_has_one_variant_a_profile_the_master_first() -> None:
    (exhibit,) = manifest_of(hall(complete()))["exhibits"]
    variants = exhibit["model"]["variants"]
    assert [(one["profile"], one["bytes"], one["triangles"]) for one in variants] == [
        ("master", 9000, 99),
        ("webxr-high", 100, 10),
        ("webxr-mobile", 101, 11),
        ("scene-viewer", 102, 12),
        ("quick-look", 104, 14),
        ("mini-program", 103, 13),
        ("fallback-2d", 1024, 0),
    ]
    assert [one["profile"] for one in variants] == list(PROFILES)
    types = {one["profile"]: (one["mediaType"], one["url"].rpartition(".")[2]) for one in variants}
    assert types["quick-look"] == ("model/vnd.usdz+zip", "usdz")
    assert types["fallback-2d"] == ("image/webp", "webp")
    assert {types[name] for name in PROFILES[:4]} == {("model/gltf-binary", "glb")}
    assert [one["profile"] for one in variants if "static" in one] == ["quick-look"]


def test_the_picture_of_a_model_costs_nothing_to_show() -> None:
    (exhibit,) = manifest_of(hall(complete()))["exhibits"]
    flat = exhibit["model"]["variants"][-1]
    counts = ("triangles", "vertices", "drawCalls", "materials", "textures", "maxTextureSize", "textureBytes")
    assert [flat[name] for name in counts] == [0] * len(counts)
    assert (flat["extensionsRequired"], flat["animations"]) == ([], [])


def test_levels_of_detail_stand_beside_the_variants() -> None:
    (exhibit,) = manifest_of(hall(complete()))["exhibits"]
    assert [(lod["level"], lod["profile"], lod["triangles"]) for lod in exhibit["model"]["lods"]] == [
        (1, "webxr-mobile", 15),
        (2, "webxr-mobile", 16),
    ]


def test_a_variant_that_is_the_master_names_the_masters_file() -> None:
    one = standing("loom")
    own = digest("loom")
    draft = hall(portrayed(one, variant("webxr-mobile", own, 1000), variant("mini-program", own, 1000)))
    (exhibit,) = manifest_of(draft)["exhibits"]
    assert [variant["url"] for variant in exhibit["model"]["variants"]] == [f"../blobs/{own}.glb"] * 3
    (blob,) = composed(draft).blobs
    assert (blob.key, blob.source, blob.bytes) == (f"public/blobs/{own}.glb", f"vault/masters/{own}", 1000)


def test_a_poster_has_the_exhibits_alt_and_all_sizes_are_told() -> None:
    (exhibit,) = manifest_of(hall(complete()))["exhibits"]
    assert exhibit["poster"]["sha256"] == digest("loom 1024-ground")
    assert exhibit["poster"]["alt"] == words("How the loom looks")
    assert [(one["width"], one["height"], one["transparent"]) for one in exhibit["pictures"]] == [
        (512, 512, False),
        (1024, 1024, False),
        (512, 512, True),
        (1024, 1024, True),
    ]


def test_a_curators_own_picture_is_the_poster_and_the_picture_of_the_2d_visit() -> None:
    (exhibit,) = manifest_of(hall(replace(complete(), pictures=OWN)))["exhibits"]
    own = digest("own 1024")
    assert exhibit["poster"]["sha256"] == exhibit["model"]["variants"][-1]["sha256"] == own
    assert [one["sha256"] for one in exhibit["pictures"][:2]] == [digest("own 512"), own]
    assert [one["transparent"] for one in exhibit["pictures"]] == [False, False, True, True]


def test_an_exhibit_of_which_nothing_was_made_has_its_master_alone() -> None:
    (exhibit,) = manifest_of(hall(portrayed(standing("loom"))))["exhibits"]
    assert [one["profile"] for one in exhibit["model"]["variants"]] == ["master"]
    assert (exhibit["model"]["lods"], exhibit["pictures"], "poster" in exhibit) == ([], [], False)


def test_every_file_that_is_named_is_a_blob_with_its_source() -> None:
    composition = composed(hall(complete(), replace(complete("pump", 2), pictures=OWN)))
    manifest = orjson.loads(composition.to_bytes())
    named = {one["url"]: one for one in resources(manifest["exhibits"])}
    assert {f"public/{url.removeprefix('../')}": one["bytes"] for url, one in named.items()} == {
        blob.key: blob.bytes for blob in composition.blobs
    }
    assert len(composition.blobs) == 2 * 8 + 4 + (2 + 2)
    for blob in composition.blobs:
        sha256, ending = re.fullmatch(r"public/blobs/([0-9a-f]{64})\.([a-z]+)", blob.key).groups()  # type: ignore[union-attr]
        is_master = sha256 in (digest("loom"), digest("pump"))
        assert blob.source == (f"vault/masters/{sha256}" if is_master else f"vault/variants/{sha256}.{ending}")


def test_a_file_that_is_one_exhibits_master_and_anothers_variant_is_needed_once() -> None:
    shared = digest("shared")
    made = portrayed(standing("loom"), variant("mini-program", shared))
    sent = portrayed(standing("pump", (2, 0, -2)), sha256=shared, bytes=100)
    keys = [blob.key for blob in composed(hall(made, sent)).blobs]
    assert sorted(keys) == sorted(set(keys))
    assert len(keys) == 2


def test_the_manifest_fits_its_schema_and_its_own_model() -> None:
    composition = composed(hall(complete(), portrayed(standing("pump", (2, 0, -2)))))
    assert not list(SCHEMA.iter_errors(orjson.loads(composition.to_bytes())))
    again = HallManifest.model_validate_json(composition.to_bytes())
    assert Composition(again, composition.blobs).to_bytes() == composition.to_bytes()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("exhibits", 0, "model", "lods", 0, "level"), 0),
        (("exhibits", 0, "model", "variants", 1, "profile"), "webxr"),
        (("exhibits", 0, "pictures", 0, "width"), 0),
        (("budget", "webxr-mobile", "limits", "hallBytes"), "much"),
        (("budget", "webxr-mobile", "parts", 0, "bytes"), -1),
    ],
)
def test_the_schema_finds_what_is_wrong(path: tuple[Any, ...], value: Any) -> None:
    manifest = manifest_of(hall(complete()))
    place: Any = manifest
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert list(SCHEMA.iter_errors(manifest))


def test_a_manifest_from_before_variants_still_fits() -> None:
    manifest = manifest_of(hall(portrayed(standing("loom"))))
    for exhibit in manifest["exhibits"]:
        del exhibit["pictures"], exhibit["model"]["lods"]
    manifest["loadPlan"] = {"master": manifest["loadPlan"]["master"]}
    manifest["budget"] = {"master": {"bytes": 1, "triangles": 1, "drawCalls": 1, "textureBytes": 1}}
    assert not list(SCHEMA.iter_errors(manifest))
    HallManifest.model_validate(manifest)


@pytest.mark.parametrize("profile", PROFILES)
def test_plan_and_budget_count_what_a_client_of_the_profile_loads(profile: str) -> None:
    """As docs/manifest.md tells clients: the profile's own variant, else the master; each digest once."""
    manifest = manifest_of(hall(complete(), portrayed(standing("pump", (2, 0, -2)), bytes=70), complete("loom2", -2)))
    by_id = {exhibit["id"]: exhibit for exhibit in manifest["exhibits"]}
    seen: set[str] = set()
    for step, part in zip(manifest["loadPlan"][profile], manifest["budget"][profile]["parts"], strict=True):
        assert step["step"] == part["part"]
        taken = 0
        for item in step["items"]:
            variants = {one["profile"]: one for one in by_id[item]["model"]["variants"]}
            file = variants.get(profile) or variants["master"]
            taken += 0 if file["sha256"] in seen else file["bytes"]
            seen.add(file["sha256"])
        assert step["bytes"] == part["bytes"] == taken
    budget = manifest["budget"][profile]
    for count in ("bytes", "triangles", "drawCalls", "textureBytes"):
        assert budget[count] == sum(part[count] for part in budget["parts"])


def test_limits_stand_in_the_manifest_and_whether_the_hall_is_within_them() -> None:
    draft = hall(complete())
    budget = manifest_of(draft)["budget"]
    assert budget["webxr-mobile"]["limits"]["hallBytes"] == 60_000_000
    assert budget["scene-viewer"]["limits"] == {"exhibitBytes": 10_000_000}
    assert [name for name in PROFILES if budget[name].get("within")] == ["webxr-mobile", "scene-viewer"]
    assert not [name for name in PROFILES if ("limits" in budget[name]) != ("within" in budget[name])]
    tight = Budgets.model_validate({"webxr-mobile": {"hallBytes": 100}, "scene-viewer": None})
    found = manifest_of(draft, tight)["budget"]
    assert found["webxr-mobile"]["within"] is False
    assert "limits" not in found["scene-viewer"]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_manifest_for_one_profile_has_its_files_and_levels_for_those_who_walk(profile: str) -> None:
    data = composed(hall(complete(), portrayed(standing("pump", (2, 0, -2))))).to_bytes()
    narrowed = orjson.loads(for_profile(data, profile))
    assert not list(SCHEMA.iter_errors(narrowed))
    loom, pump = narrowed["exhibits"]
    assert [one["profile"] for one in loom["model"]["variants"]] == [profile]
    assert [one["profile"] for one in pump["model"]["variants"]] == ["master"]
    assert len(loom["model"]["lods"]) == (2 if profile in ("webxr-high", "webxr-mobile") else 0)
    assert list(narrowed["loadPlan"]) == list(narrowed["budget"]) == [profile]
    assert narrowed["loadPlan"][profile] == orjson.loads(data)["loadPlan"][profile]
    assert len(loom["pictures"]) == 4
