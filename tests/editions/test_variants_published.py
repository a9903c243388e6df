"""Halls whose models were made light, as visitors get them: every form of a model is copied under its digest; budgets are enforced."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from exhibit_api.assets.due import PROCESS
from exhibit_api.assets.tables import Asset, Picture, Variant, variant_key
from exhibit_api.db import transaction
from exhibit_api.jobs.tables import JobState, job_of
from exhibit_api.pipeline import recipes
from exhibit_api.pipeline.outcome import GLB, USDZ, WEBP
from exhibit_api.profiles import PROFILES
from exhibit_api.storage import open_store
from exhibit_api.verify import verify_site
from tests.acting import House
from tests.conftest import opened
from tests.gltf.building import box
from tests.looking import from_store, keys, load_hall, problem

LOOM, PUMP = box((1, 1, 1)), box((0.5, 1, 0.5))
MODELS = {
    "webxr-high": GLB,
    "webxr-mobile": GLB,
    "scene-viewer": GLB,
    "mini-program": GLB,
    "quick-look": USDZ,
    "lod1": GLB,
}
POSTERS = {f"poster-{size}{ground}": size for size in (512, 1024) for ground in ("", "-ground")}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def stored(house: House, data: bytes, media_type: str) -> dict[str, Any]:
    """The bytes in the vault, and how a row tells them."""
    house.site.store.put(variant_key(sha256(data), media_type), data, media_type)
    return {"sha256": sha256(data), "bytes": len(data), "media_type": media_type}


def make_light(house: House, master: bytes, version: int = 1, **sizes: int) -> None:
    """All that can be made of a master, as the recipes leave it behind; `sizes` say how many bytes a variant has ("webxr_mobile")."""
    with transaction(house.site.sessions) as session:
        asset = session.get_one(Asset, sha256(master))
        for name, media_type in MODELS.items():
            size = sizes.get(name.replace("-", "_"), 200)
            file = stored(house, f"{name} {version} of {asset.sha256}".encode().ljust(size), media_type)
            form = {"static": True} if media_type == USDZ else {}
            session.merge(Variant(asset=asset.sha256, name=name, measures=asset.measures, form=form, **file))
        for name, size in POSTERS.items():
            file = stored(house, f"{name} {version} of {asset.sha256}".encode(), WEBP)
            form = {"width": size, "height": size, "transparent": not name.endswith("ground")}
            session.merge(Variant(asset=asset.sha256, name=name, measures=None, form=form, **file))
        asset.recipe = recipes.RECIPE_VERSION


@pytest.fixture
def hall(house: House) -> str:
    """A hall with a loom that was made light, and a pump that was not yet."""
    slug = house.hall()
    house.place(slug, house.exhibit("loom", LOOM))
    house.place(slug, house.exhibit("pump", PUMP), at=(2, 0, -3))
    make_light(house, LOOM)
    return slug


def test_every_form_of_a_model_is_published_under_its_digest_with_its_media_type(house: House, hall: str) -> None:
    house.publish(hall)
    manifest = load_hall(lambda address: house.fetch(address).content, f"/v1/halls/{hall}")
    loom, pump = manifest["exhibits"]
    files = [*loom["model"]["variants"], *loom["model"]["lods"], *loom["pictures"], loom["poster"]]
    assert [one["profile"] for one in loom["model"]["variants"]] == list(PROFILES)
    assert [one["profile"] for one in pump["model"]["variants"]] == ["master"]
    for file in files:
        answer = house.fetch(f"/public/{file['url'].removeprefix('../')}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, file["mediaType"])
        assert sha256(answer.content) == file["sha256"]
    assert {file["mediaType"] for file in files} == {GLB, USDZ, WEBP}
    load_hall(from_store(house.site), f"public/halls/{hall}.json")
    assert len(keys(house.site.store, "public/blobs/")) == len(MODELS) + len(POSTERS) + 2
    assert not verify_site(house.site)


def test_a_hall_whose_models_became_light_gets_its_next_edition(house: House, hall: str) -> None:
    first = house.publish(hall)
    make_light(house, PUMP)
    second = house.publish(hall)
    assert (first["number"], second["number"], second["previous"]) == (1, 2, 1)
    assert [len(one["model"]["variants"]) for one in house.manifest(hall)["exhibits"]] == [7, 7]


def test_a_rollback_shows_the_files_of_then_though_newer_ones_were_made(house: House, hall: str) -> None:
    house.publish(hall)
    before = house.visitor.get(f"/v1/halls/{hall}/manifest").content
    make_light(house, LOOM, version=2)
    house.publish(hall)
    assert house.visitor.get(f"/v1/halls/{hall}/manifest").content != before
    house.admin.delete(f"/v1/halls/{hall}/edition")
    assert not keys(house.site.store, "public/blobs/")
    assert house.admin.post(f"/v1/halls/{hall}/rollback", {"to": 1}).status_code == 200
    assert house.visitor.get(f"/v1/halls/{hall}/manifest").content == before
    load_hall(lambda address: house.fetch(address).content, f"/v1/halls/{hall}")
    assert not verify_site(house.site)


def test_one_profile_is_served_with_its_files_alone(laptop: House) -> None:
    hall = laptop.hall()
    laptop.place(hall, laptop.exhibit("loom", LOOM))
    make_light(laptop, LOOM)
    laptop.publish(hall)
    for profile in PROFILES:
        (loom,) = laptop.visitor.get(f"/v1/halls/{hall}/manifest?profile={profile}").json()["exhibits"]
        assert [one["profile"] for one in loom["model"]["variants"]] == [profile]
        assert len(loom["model"]["lods"]) == (1 if profile.startswith("webxr") else 0)


def test_a_lost_variant_forbids_publication_and_is_named(laptop: House) -> None:
    hall = laptop.hall()
    laptop.place(hall, laptop.exhibit("loom", LOOM))
    make_light(laptop, LOOM)
    lost = variant_key(sha256(f"quick-look 1 of {sha256(LOOM)}".encode().ljust(200)), USDZ)
    laptop.site.store.delete(lost)
    problem(laptop.admin.post(f"/v1/halls/{hall}/editions"), 409, lost, "restore it from a backup")
    assert laptop.visitor.get(f"/v1/halls/{hall}").status_code == 404


def test_verify_names_a_changed_variant_and_a_lost_one_with_the_edition_that_needs_it(laptop: House) -> None:
    hall = laptop.hall()
    laptop.place(hall, laptop.exhibit("loom", LOOM))
    make_light(laptop, LOOM)
    laptop.publish(hall)
    make_light(laptop, LOOM, version=2)
    first, second = (
        variant_key(sha256(f"lod1 {version} of {sha256(LOOM)}".encode().ljust(200)), GLB) for version in (1, 2)
    )
    laptop.site.store.delete(first)
    laptop.site.store.delete(second)
    changed = variant_key(sha256(f"quick-look 1 of {sha256(LOOM)}".encode().ljust(200)), USDZ)
    laptop.site.store.put(changed, b"changed", USDZ)
    assert sorted(verify_site(laptop.site)) == sorted(
        [
            f"{changed} was changed: its bytes hash to {sha256(b'changed')}",
            f"{first} is missing, and edition 1 of halls/{hall} needs it",
            f"{second} is missing, and assets/{sha256(LOOM)} needs it",
        ]
    )


def test_a_curators_own_picture_goes_before_the_rendered_one(laptop: House) -> None:
    hall = laptop.hall()
    laptop.place(hall, laptop.exhibit("loom", LOOM))
    make_light(laptop, LOOM)
    with transaction(laptop.site.sessions) as session:
        for width in (512, 1024):
            file = stored(laptop, f"own {width}".encode(), WEBP)
            session.add(Picture(exhibit="exhibits/loom", width=width, height=width * 3 // 4, **file))
    laptop.publish(hall)
    (loom,) = load_hall(lambda address: laptop.fetch(address).content, f"/v1/halls/{hall}")["exhibits"]
    assert loom["poster"]["sha256"] == sha256(b"own 1024")
    assert loom["poster"]["alt"] == loom["alt"]
    assert [(one["width"], one["height"]) for one in loom["pictures"][:2]] == [(512, 384), (1024, 768)]


@contextmanager
def limited(database: str, folder: Path, budgets: dict[str, Any]) -> Iterator[House]:
    """The service as it runs after it was started with these limits."""
    for site in opened(database, open_store(f"file:{folder / 'store'}"), folder, budgets=budgets):
        with House(site) as house:
            yield house


def test_a_hall_over_its_budget_is_refused_until_the_limit_is_raised(sqlite_database: str, tmp_path: Path) -> None:
    with limited(sqlite_database, tmp_path, {"webxr-mobile": {"firstViewBytes": 4000}}) as house:
        hall = house.hall()
        house.place(hall, house.exhibit("loom", LOOM))
        make_light(house, LOOM, webxr_mobile=5000)
        told = problem(
            house.admin.post(f"/v1/halls/{hall}/editions"),
            409,
            "for webxr-mobile the first view takes 0.005 MB, more than the limit of 0.004 MB; 'loom' 0.005 MB weighs most",
        )
        assert told["errors"][0]["pointer"] == f"/halls/{hall}/space/spawn"
        assert house.visitor.get(f"/v1/halls/{hall}").status_code == 404
        lint = house.admin.get(f"/v1/halls/{hall}/lint").json()
        assert (lint["errors"], lint["budgets"]["webxr-mobile"]["within"]) == (1, False)
    with limited(sqlite_database, tmp_path, {"webxr-mobile": {"firstViewBytes": 5000}}) as house:
        house.publish(hall)
        budget = house.manifest(hall)["budget"]["webxr-mobile"]
        assert (budget["bytes"], budget["limits"]["firstViewBytes"], budget["within"]) == (5000, 5000, True)
    with limited(sqlite_database, tmp_path, {"webxr-mobile": {"firstViewBytes": 10}}) as house:
        problem(house.admin.post(f"/v1/halls/{hall}/editions"), 409, "more than the limit")
        assert house.manifest(hall)["edition"]["number"] == 1


def test_lint_tells_what_a_hall_costs_each_profile(laptop: House) -> None:
    hall = laptop.hall()
    laptop.place(hall, laptop.exhibit("loom", LOOM))
    laptop.place(hall, laptop.exhibit("pump", PUMP), at=(2, 0, -3))
    make_light(laptop, LOOM, webxr_mobile=77)
    found = laptop.admin.get(f"/v1/halls/{hall}/lint").json()
    assert set(found["budgets"]) == set(PROFILES)
    assert found["unmade"] == 1
    mobile = found["budgets"]["webxr-mobile"]
    assert (mobile["bytes"], mobile["within"]) == (max(77, len(f"webxr-mobile 1 of {sha256(LOOM)}")) + len(PUMP), True)
    assert mobile["limits"]["visibleDrawCalls"] == 200
    assert [(part["part"], part["bytes"]) for part in mobile["parts"]] == [("first-view", mobile["bytes"])]
    assert found["budgets"]["master"]["bytes"] == len(LOOM) + len(PUMP)
    with transaction(laptop.site.sessions) as session:
        job = job_of(session, PROCESS, sha256(PUMP))
        assert job is not None
        job.state = JobState.FAILED
    assert laptop.admin.get(f"/v1/halls/{hall}/lint").json()["unmade"] == 0
    laptop.publish(hall)
    told = laptop.manifest(hall)["budget"]
    for profile in PROFILES:
        assert told[profile]["parts"] == found["budgets"][profile]["parts"]
