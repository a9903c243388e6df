"""Publishing, rolling back and withdrawing, as admins do it and as visitors see it."""

import gzip
import hashlib
from urllib.parse import urljoin

import brotli
import pytest
import zstandard
from jsonschema import Draft202012Validator

from exhibit_api.db import transaction
from exhibit_api.editions.show import unshown
from exhibit_api.verify import verify_site
from tests.acting import House, words
from tests.gltf.building import box, triangle
from tests.looking import from_store, keys, load, load_hall, problem

ON_A_LAPTOP = pytest.mark.parametrize("site", ["embedded"], indirect=True)
"""For what is the same on every database and store."""

LOOM, PUMP = box((1, 1, 1)), box((0.5, 1, 0.5))


@pytest.fixture
def hall(house: House) -> str:
    """A hall with a loom in it, not published yet."""
    slug = house.hall()
    house.place(slug, house.exhibit("loom", LOOM))
    return slug


def change(house: House, hall: str, label: str) -> None:
    assert house.admin.change(f"/v1/halls/{hall}", label=words(label)).status_code == 200


def test_editions_are_numbered_from_one(house: House, hall: str) -> None:
    numbers = []
    for label in ("One", "Two", "Three"):
        change(house, hall, label)
        edition = house.publish(hall)
        numbers.append((edition["number"], edition.get("previous"), edition["current"]))
        stamp = house.manifest(hall)["edition"]
        assert (stamp["number"], stamp.get("previous")) == numbers[-1][:2]
    assert numbers == [(1, None, True), (2, 1, True), (3, 2, True)]


@ON_A_LAPTOP
def test_an_unchanged_hall_gets_no_new_edition(house: House, hall: str) -> None:
    first = house.admin.post(f"/v1/halls/{hall}/editions")
    again = house.admin.post(f"/v1/halls/{hall}/editions", {"note": "Once more"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    change(house, hall, "Another")
    assert house.publish(hall)["number"] == 2


@ON_A_LAPTOP
def test_a_hall_that_is_as_it_was_before_shows_the_edition_from_then(house: House, hall: str) -> None:
    change(house, hall, "As it was")
    first = house.publish(hall)
    before = house.visitor.get(f"/v1/halls/{hall}/manifest").content
    change(house, hall, "Changed")
    house.publish(hall)
    change(house, hall, "As it was")
    answer = house.admin.post(f"/v1/halls/{hall}/editions")
    assert (answer.status_code, answer.json()["sha256"]) == (201, first["sha256"])
    assert house.visitor.get(f"/v1/halls/{hall}/manifest").content == before


@ON_A_LAPTOP
def test_a_note_stands_in_the_edition_and_in_the_manifest(house: House, hall: str) -> None:
    answer = house.admin.post(f"/v1/halls/{hall}/editions", {"note": "新增：织机"})
    assert answer.json()["note"] == "新增：织机"
    assert house.manifest(hall)["edition"]["note"] == "新增：织机"


@ON_A_LAPTOP
def test_what_lint_calls_an_error_forbids_publication(house: House, hall: str) -> None:
    house.admin.change(f"/v1/halls/{hall}", label={"en": "English only"})
    told = problem(house.admin.post(f"/v1/halls/{hall}/editions"), 409, hall, "zh-Hans")
    assert told["errors"]
    assert house.visitor.get(f"/v1/halls/{hall}").status_code == 404
    assert not keys(house.site.store, "public/")


@ON_A_LAPTOP
def test_a_hall_with_an_exhibit_without_model_cannot_be_published(house: House, hall: str) -> None:
    house.place(hall, house.exhibit("pump"), at=(2, 0, -3))
    told = problem(house.admin.post(f"/v1/halls/{hall}/editions"), 409, "pump")
    assert "pump" in told["errors"][0]["detail"]


@ON_A_LAPTOP
def test_a_hall_whose_master_is_lost_cannot_be_published(house: House, hall: str) -> None:
    digest = hashlib.sha256(LOOM).hexdigest()
    house.site.store.delete(f"vault/masters/{digest}")
    problem(house.admin.post(f"/v1/halls/{hall}/editions"), 409, digest, "send the model again")
    assert house.visitor.get(f"/v1/halls/{hall}").status_code == 404
    assert f"vault/masters/{digest} is missing" in verify_site(house.site)


@ON_A_LAPTOP
def test_an_unknown_hall_and_an_unknown_member_are_told(house: House, hall: str) -> None:
    problem(house.admin.post("/v1/halls/nowhere/editions"), 404, "nowhere")
    problem(house.admin.post(f"/v1/halls/{hall}/editions", {"notes": "x"}), 422, "notes")
    problem(house.visitor.post(f"/v1/halls/{hall}/editions"), 401)


def test_a_rollback_goes_to_the_edition_before_or_to_a_number(house: House, hall: str) -> None:
    bytes_of = {}
    for number, label in enumerate(("One", "Two", "Three"), 1):
        change(house, hall, label)
        house.publish(hall)
        bytes_of[number] = house.visitor.get(f"/v1/halls/{hall}/manifest").content

    for body, shown in ((None, 2), (None, 1), ({"to": 3}, 3), ({"to": 1}, 1), ({"to": 1}, 1)):
        answer = house.admin.post(f"/v1/halls/{hall}/rollback", body)
        assert (answer.status_code, answer.json()["number"]) == (200, shown)
        assert house.visitor.get(f"/v1/halls/{hall}/manifest").content == bytes_of[shown]
        assert house.visitor.get(f"/v1/halls/{hall}").json()["edition"] == shown

    problem(house.admin.post(f"/v1/halls/{hall}/rollback"), 409, "no edition before 1")
    problem(house.admin.post(f"/v1/halls/{hall}/rollback", {"to": 4}), 404, "no edition 4")
    assert house.publish(hall)["number"] == 3
    assert not verify_site(house.site)


@ON_A_LAPTOP
def test_a_hall_that_was_never_published_has_nothing_to_roll_back_or_withdraw(house: House, hall: str) -> None:
    problem(house.admin.post(f"/v1/halls/{hall}/rollback"), 409, "shows no edition")
    problem(house.admin.delete(f"/v1/halls/{hall}/edition"), 409, "shows no edition")
    assert house.visitor.get(f"/v1/halls/{hall}/editions").status_code == 404


def test_a_withdrawn_hall_is_gone_for_visitors_and_whole_for_curators(house: House, hall: str) -> None:
    edition = house.publish(hall)
    draft = house.admin.get(f"/v1/halls/{hall}/draft").json()
    addresses = [
        f"/v1/halls/{hall}",
        f"/v1/halls/{hall}/manifest",
        f"/v1/halls/{hall}/editions",
        "/v1/exhibitions/delta",
    ]
    addresses += [f"/public/halls/{hall}.json", edition["manifest"]["url"]]
    addresses.append(f"/public/blobs/{hashlib.sha256(LOOM).hexdigest()}.glb")
    assert all(house.fetch(address).status_code == 200 for address in addresses)

    assert house.admin.delete(f"/v1/halls/{hall}/edition").status_code == 204

    assert [house.fetch(address).status_code for address in addresses] == [404] * len(addresses)
    assert house.visitor.get("/v1/exhibitions").json()["items"] == []
    assert {key.split("/")[1] for key in keys(house.site.store, "public/")} == {"schemas"}
    assert house.admin.get(f"/v1/halls/{hall}/draft").json() == draft
    problem(house.admin.delete(f"/v1/halls/{hall}/edition"), 409, "shows no edition")
    assert not verify_site(house.site)


def test_a_withdrawn_edition_is_shown_again_with_the_same_bytes(house: House, hall: str) -> None:
    house.publish(hall)
    before = {key: house.site.store.read(key) for key in keys(house.site.store, "public/")}
    house.admin.delete(f"/v1/halls/{hall}/edition")
    problem(house.admin.post(f"/v1/halls/{hall}/rollback"), 409, 'name one with "to"')
    assert house.admin.post(f"/v1/halls/{hall}/rollback", {"to": 1}).status_code == 200
    assert {key: house.site.store.read(key) for key in keys(house.site.store, "public/")} == before
    load_hall(lambda address: house.fetch(address).content, f"/v1/halls/{hall}")


@ON_A_LAPTOP
def test_a_number_is_not_given_again_after_a_withdrawal(house: House, hall: str) -> None:
    house.publish(hall)
    house.admin.delete(f"/v1/halls/{hall}/edition")
    change(house, hall, "Another")
    edition = house.publish(hall)
    assert (edition["number"], edition["previous"]) == (2, None)


def test_a_model_that_another_hall_shows_stays_when_one_is_withdrawn(house: House, hall: str) -> None:
    house.place(hall, house.exhibit("pump", PUMP), at=(2, 0, -3))
    other = house.hall("wuxi")
    house.place(other, "loom")
    house.publish(hall)
    house.publish(other)
    assert house.admin.delete(f"/v1/halls/{hall}/edition").status_code == 204
    loom, pump = (f"public/blobs/{hashlib.sha256(model).hexdigest()}.glb" for model in (LOOM, PUMP))
    assert keys(house.site.store, "public/blobs/") == {loom}
    assert house.fetch(f"/{pump}").status_code == 404
    load_hall(from_store(house.site), f"public/halls/{other}.json")
    document = house.visitor.get("/v1/exhibitions/delta").json()
    assert [entry["slug"] for entry in document["halls"]] == [other]


@ON_A_LAPTOP
def test_the_history_lists_all_editions_newest_first(house: House, hall: str) -> None:
    for label in ("One", "Two", "Three"):
        change(house, hall, label)
        house.publish(hall)
    house.admin.post(f"/v1/halls/{hall}/rollback")
    page = house.visitor.get(f"/v1/halls/{hall}/editions?limit=2").json()
    rest = house.visitor.get(f"/v1/halls/{hall}/editions?limit=2&cursor={page['next']}").json()
    items = page["items"] + rest["items"]
    assert [(item["number"], item["current"]) for item in items] == [(3, False), (2, True), (1, False)]
    assert rest["next"] is None
    for item in items:
        data = house.fetch(item["manifest"]["url"]).content
        assert hashlib.sha256(data).hexdigest() == item["sha256"] == item["manifest"]["sha256"]


@ON_A_LAPTOP
def test_exhibitions_are_listed_when_they_have_a_hall_to_visit(house: House, hall: str) -> None:
    assert house.visitor.get("/v1/exhibitions").json() == {"items": [], "next": None}
    house.publish(hall)
    (entry,) = house.visitor.get("/v1/exhibitions").json()["items"]
    assert entry["slug"] == "delta"
    document = load(lambda address: house.fetch(address).content, entry["url"])
    assert [(one["slug"], one["edition"], one["id"]) for one in document["halls"]] == [(hall, 1, f"halls/{hall}")]
    assert house.visitor.get("/v1/exhibitions/delta").json() == document


@ON_A_LAPTOP
def test_words_that_are_not_published_yet_are_not_shown(house: House, hall: str) -> None:
    house.publish(hall)
    change(house, hall, "Secret plan")
    house.hall("wuxi")
    house.place("wuxi", "loom")
    house.publish("wuxi")
    house.admin.post(f"/v1/halls/{hall}/rollback", {"to": 1})
    shown = house.visitor.get("/v1/exhibitions/delta").text + house.visitor.get(f"/v1/halls/{hall}").text
    assert "Secret plan" not in shown
    house.publish(hall)
    assert "Secret plan" in house.visitor.get("/v1/exhibitions/delta").text


@ON_A_LAPTOP
@pytest.mark.parametrize("pointer", ["/v1/halls/suzhou", "/public/halls/suzhou.json", "/v1/halls/halls/suzhou.json"])
def test_links_lead_on_from_every_address_of_the_pointer(house: House, hall: str, pointer: str) -> None:
    house.publish(hall)
    manifest = load_hall(lambda address: house.fetch(address).content, pointer)
    assert manifest["hall"]["slug"] == hall


def test_links_lead_on_from_every_address_of_the_manifest(house: House, hall: str) -> None:
    edition = house.publish(hall)
    name = edition["manifest"]["url"].removeprefix("/public")
    for address in (f"/v1/halls/{hall}/manifest", f"/public{name}", f"/v1{name}", f"/v1/halls{name}"):
        manifest = load(lambda address: house.fetch(address).content, address)
        assert house.fetch(urljoin(address, manifest["links"]["latest"])).json()["slug"] == hall
        assert house.fetch(urljoin(address, manifest["links"]["exhibition"])).json()["slug"] == "delta"


@ON_A_LAPTOP
def test_the_compressed_forms_are_of_the_same_bytes(house: House, hall: str) -> None:
    house.publish(hall)
    documents = {key for key in keys(house.site.store, "public/") if key.endswith(".json") and "s/" in key}
    frozen = {key for key in documents if key.split("/")[1] in ("manifests", "schemas")}
    assert len(frozen) == 4
    for key in frozen:
        data = house.site.store.read(key)
        assert brotli.decompress(house.site.store.read(f"{key}.br")) == data
        assert zstandard.ZstdDecompressor().decompress(house.site.store.read(f"{key}.zst")) == data
        assert gzip.decompress(house.site.store.read(f"{key}.gz")) == data


@ON_A_LAPTOP
def test_every_published_document_fits_the_schema_that_is_published_with_it(house: House, hall: str) -> None:
    house.publish(hall)
    addresses = {
        "hall-manifest": f"/v1/halls/{hall}/manifest",
        "hall-pointer": f"/v1/halls/{hall}",
        "exhibition": "/v1/exhibitions/delta",
    }
    schemas = {key.split("/")[2].split(".")[0]: key for key in keys(house.site.store, "public/schemas/")}
    assert set(schemas) == set(addresses)
    for name, address in addresses.items():
        answer = house.visitor.get(address)
        named = f'</{schemas[name].split(".json")[0]}.json>; rel="describedby"'
        assert named in answer.headers["Link"]
        schema = house.fetch(f"/{schemas[name].split('.json')[0]}.json").json()
        validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        assert not list(validator.iter_errors(answer.json()))


@ON_A_LAPTOP
def test_a_replaced_model_is_shown_after_the_next_publication(house: House, hall: str) -> None:
    house.publish(hall)
    house.send("loom", triangle())
    assert house.manifest(hall)["exhibits"][0]["model"]["variants"][0]["sha256"] == hashlib.sha256(LOOM).hexdigest()
    house.publish(hall)
    manifest = load_hall(lambda address: house.fetch(address).content, f"/v1/halls/{hall}")
    assert manifest["exhibits"][0]["model"]["variants"][0]["bytes"] == len(triangle())


@ON_A_LAPTOP
def test_a_hall_with_editions_and_what_it_shows_cannot_be_deleted(house: House, hall: str) -> None:
    house.publish(hall)
    problem(house.admin.delete(f"/v1/halls/{hall}"), 409, "withdraw")
    house.admin.delete(f"/v1/halls/{hall}/edition")
    problem(house.admin.delete(f"/v1/halls/{hall}"), 409, "editions")
    with transaction(house.site.sessions, reads_only=True) as session:
        assert not unshown(session)
