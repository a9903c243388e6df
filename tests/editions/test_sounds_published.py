"""Sounds as visitors get them: in the manifest with their words, as files under their digests, through every turn of an edition."""

import hashlib
from dataclasses import replace
from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator

from exhibit_api.editions.compose import compose
from exhibit_api.editions.manifest import HallManifest
from exhibit_api.editions.schema import schema_of, schema_resource
from exhibit_api.verify import verify_site
from tests.acting import House, words
from tests.assets.sounding import CAPTIONS, mp3, wav
from tests.editions.test_compose import STAMP, TODAY
from tests.gltf.building import box
from tests.halls.building import digest, hall, sound, standing
from tests.looking import from_store, keys, load_hall, problem, resources

SCHEMA = Draft202012Validator(schema_of("hall-manifest"), format_checker=Draft202012Validator.FORMAT_CHECKER)
CHINESE = CAPTIONS.replace("a low hum", "低沉的嗡鸣")
SPOKEN: dict[str, Any] = {
    "label": words("The beat"),
    "language": "zh-Hans",
    "transcript": words("One, two."),
    "captions": {"en": CAPTIONS, "zh-Hans": CHINESE},
}
BEAT = "/v1/exhibits/loom/sounds/beat"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def suzhou(house: House) -> str:
    """A hall with a loom that is heard, and told."""
    slug = house.hall()
    house.place(slug, house.exhibit("loom", box((1, 1, 1))))
    house.admin.send(BEAT, wav())
    house.admin.put(f"{BEAT}/words", SPOKEN)
    return slug


def test_a_sound_is_published_with_its_words_under_the_digests_of_its_files(house: House, suzhou: str) -> None:
    house.publish(suzhou)
    manifest = load_hall(lambda address: house.fetch(address).content, f"/v1/halls/{suzhou}")
    (heard,) = manifest["exhibits"][0]["audio"]
    assert {
        name: heard[name] for name in ("id", "label", "language", "transcript", "bytes", "sha256", "mediaType")
    } == {
        "id": "exhibits/loom/sounds/beat",
        "label": SPOKEN["label"],
        "language": "zh-Hans",
        "transcript": SPOKEN["transcript"],
        "bytes": len(wav()),
        "sha256": sha256(wav()),
        "mediaType": "audio/wav",
    }
    assert [(one["language"], one["mediaType"]) for one in heard["captions"]] == [
        ("en", "text/vtt"),
        ("zh-Hans", "text/vtt"),
    ]
    for file, data in zip((heard, *heard["captions"]), (wav(), CAPTIONS.encode(), CHINESE.encode()), strict=True):
        answer = house.fetch(f"/public/{file['url'].removeprefix('../')}")
        assert (answer.status_code, answer.content) == (200, data)
        assert answer.headers["Content-Type"] == file["mediaType"]  # text/vtt has no charset: it is UTF-8 always
    load_hall(from_store(house.site), f"public/halls/{suzhou}.json")
    assert not verify_site(house.site)


def test_the_public_tree_has_the_sounds_of_what_is_shown_and_no_others(house: House, suzhou: str) -> None:
    house.publish(suzhou)
    first = keys(house.site.store, "public/blobs/")
    assert {key.rpartition(".")[2] for key in first} == {"glb", "wav", "vtt"}
    before = house.visitor.get(f"/v1/halls/{suzhou}/manifest").content
    tag = house.admin.get(BEAT).headers["ETag"]
    tag = house.admin.send(BEAT, mp3(), **{"If-Match": tag}).headers["ETag"]
    house.admin.put(f"{BEAT}/words", {"captions": {"en": CAPTIONS}}, **{"If-Match": tag})
    assert house.visitor.get(f"/v1/halls/{suzhou}/manifest").content == before
    assert house.publish(suzhou)["number"] == 2
    (heard,) = house.manifest(suzhou)["exhibits"][0]["audio"]
    assert (heard["mediaType"], "language" in heard, len(heard["captions"])) == ("audio/mpeg", False, 1)
    house.admin.delete(f"/v1/halls/{suzhou}/edition")
    assert keys(house.site.store, "public/blobs/") == set()
    assert house.fetch(f"/public/blobs/{sha256(wav())}.wav").status_code == 404
    assert house.admin.post(f"/v1/halls/{suzhou}/rollback", {"to": 1}).status_code == 200
    assert house.visitor.get(f"/v1/halls/{suzhou}/manifest").content == before
    assert keys(house.site.store, "public/blobs/") == first
    load_hall(lambda address: house.fetch(address).content, f"/v1/halls/{suzhou}")
    assert not verify_site(house.site)


def test_an_edition_keeps_the_sounds_that_its_exhibit_has_lost_since(house: House, suzhou: str) -> None:
    house.publish(suzhou)
    house.admin.delete(BEAT)
    load_hall(lambda address: house.fetch(address).content, f"/v1/halls/{suzhou}")
    assert house.publish(suzhou)["number"] == 2
    assert house.manifest(suzhou)["exhibits"][0]["audio"] == []
    lost = f"vault/sounds/{sha256(wav())}.wav"
    house.site.store.delete(lost)
    assert verify_site(house.site) == [f"{lost} is missing, and edition 1 of halls/{suzhou} needs it"]


def test_a_lost_sound_forbids_publication_and_is_named(house: House, suzhou: str) -> None:
    lost = f"vault/sounds/{sha256(CAPTIONS.encode())}.vtt"
    house.site.store.delete(lost)
    problem(house.admin.post(f"/v1/halls/{suzhou}/editions"), 409, lost, "restore it from a backup")
    assert house.visitor.get(f"/v1/halls/{suzhou}").status_code == 404


def test_speech_without_words_is_a_warning_and_no_obstacle(house: House, suzhou: str) -> None:
    tag = house.admin.get(BEAT).headers["ETag"]
    house.admin.put(f"{BEAT}/words", {"language": "zh-Hans"}, **{"If-Match": tag})
    found = house.admin.get(f"/v1/halls/{suzhou}/lint").json()
    assert found["errors"] == 0
    assert "SPEECH_UNTOLD" in [finding["code"] for finding in found["findings"]]
    house.publish(suzhou)


def test_verify_finds_published_captions_that_were_changed(house: House, suzhou: str) -> None:
    house.publish(suzhou)
    changed = f"public/blobs/{sha256(CHINESE.encode())}.vtt"
    house.site.store.put(changed, b"WEBVTT", "text/vtt")
    assert verify_site(house.site) == [f"{changed} was changed: its bytes hash to {sha256(b'WEBVTT')}"]


def composed(*sounds: Any) -> Any:
    loom = replace(standing("loom"), sounds=sounds)
    return compose(hall(loom), STAMP, schema_resource("hall-manifest"), TODAY)


def test_every_file_of_a_sound_is_a_blob_and_the_same_one_is_copied_once() -> None:
    composition = composed(sound("beat", "en", "zh-Hans"), sound("hum", sha256=digest("beat")))
    manifest = orjson.loads(composition.to_bytes())
    named = {f"public/{one['url'].removeprefix('../')}": one["bytes"] for one in resources(manifest["exhibits"])}
    assert named == {blob.key: blob.bytes for blob in composition.blobs}
    assert len(composition.blobs) == 1 + 1 + 2
    assert [one.source for one in composition.blobs if one.key.endswith("mp3")] == [
        f"vault/sounds/{digest('beat')}.mp3"
    ]


def test_sounds_are_not_in_the_load_plan_nor_in_the_budget() -> None:
    heard, silent = (orjson.loads(one.to_bytes()) for one in (composed(sound("beat", "en")), composed()))
    assert heard["loadPlan"] == silent["loadPlan"]
    assert heard["budget"] == silent["budget"]


def test_a_manifest_with_sounds_fits_its_schema_and_its_own_model() -> None:
    composition = composed(
        sound("beat", "en", language="zh-Hans", label=words("x"), transcript=words("y")), sound("hum")
    )
    assert not list(SCHEMA.iter_errors(orjson.loads(composition.to_bytes())))
    again = HallManifest.model_validate_json(composition.to_bytes())
    assert replace(composition, manifest=again).to_bytes() == composition.to_bytes()


def test_a_sound_from_before_it_had_words_still_fits() -> None:
    manifest = orjson.loads(composed(sound()).to_bytes())
    (heard,) = manifest["exhibits"][0]["audio"]
    manifest["exhibits"][0]["audio"] = [{name: heard[name] for name in ("url", "sha256", "bytes", "mediaType")}]
    assert not list(SCHEMA.iter_errors(manifest))
    HallManifest.model_validate(manifest)
