"""The library in a real browser, in front of everything that goes wrong."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.client_hall import POINTER, MadeHall, as_json, hall_of
from tests.browser.client_page import load_hall, open_hall
from tests.browser.client_server import (
    Behaviour,
    Origin,
    cutting,
    saying,
    silent,
    stalling,
    status,
    wrong_range,
)

pytest_plugins = ["tests.browser.client_fixtures"]


def problem(visitor: Page, url: str = POINTER, **options: Any) -> dict[str, Any]:
    """What `loadHall` was refused with."""
    told = open_hall(visitor, url, **{"retries": 0} | options)
    assert told["name"] == "LoadError"
    error: dict[str, Any] = told["error"]
    return error


def point_to(origin: Origin, document: bytes, **other: Any) -> None:
    """Let the hall's pointer lead to a manifest of these bytes, and say other things."""
    hall = hall_of(10)
    origin.files |= hall.files
    pointer = json.loads(hall.files[POINTER])
    origin.files[POINTER] = as_json(pointer | other)
    origin.files["/public/manifests/" + pointer["manifest"]["url"].rpartition("/")[2]] = document


def manifest_path(hall: MadeHall) -> str:
    return next(path for path in hall.files if "/manifests/" in path)


def test_a_hall_that_is_not_there_is_told_as_such(visitor: Page, origin: Origin) -> None:
    error = problem(visitor, "/public/halls/nowhere.json")
    assert (error["code"], error["status"]) == ("not-found", 404)
    assert error["url"].endswith("/public/halls/nowhere.json")


def test_what_is_not_there_is_not_asked_for_again(visitor: Page, origin: Origin) -> None:
    problem(visitor, "/public/halls/nowhere.json", retries=4)
    assert len(origin.asked_for("/public/halls/nowhere.json")) == 1


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b'{"type":"HallPointer","version":"1.0","manif', "corrupt"),
        (b"", "corrupt"),
        (b"<!doctype html><title>captive portal</title>", "corrupt"),
        (b"[]", "invalid"),
        (b"null", "invalid"),
        (b'{"type":"Exhibition","version":"1.0","halls":[]}', "invalid"),
        (b'{"type":"HallPointer","version":"1.0"}', "invalid"),
        (b'{"type":"HallPointer","version":"1.0","manifest":{"url":"../x","sha256":"short","bytes":3}}', "invalid"),
        (b'{"type":"HallPointer","version":1}', "invalid"),
        (b'{"type":"HallManifest","version":"1.0"}', "invalid"),
        (b'{"type":"HallManifest","version":"1.0","exhibits":[null],"loadPlan":{},"edition":{},"links":{}}', "invalid"),
        (b'{"type":"HallManifest","version":"1.0","exhibits":[],"loadPlan":{},"edition":{},"links":{}}', "invalid"),
        (b'{"type":"HallPointer","version":"2.0","manifest":{}}', "too-new"),
        (b'{"type":"HallManifest","version":"2.1"}', "too-new"),
    ],
)
def test_a_document_that_is_none_of_ours_is_refused(visitor: Page, origin: Origin, document: bytes, code: str) -> None:
    origin.files[POINTER] = document
    assert problem(visitor)["code"] == code


def test_a_later_minor_version_is_read_and_a_later_major_one_says_what_to_do(visitor: Page, origin: Origin) -> None:
    origin.files |= MadeHall({"one": b"model"}, version="1.7").files
    assert len(load_hall(visitor, POINTER)["loaded"]) == 1
    origin.files |= MadeHall({"one": b"model"}, version="2.0").files
    error = problem(visitor)
    assert error["code"] == "too-new"
    assert "version 2.0" in error["message"]
    assert "newer exhibit-client" in error["message"]


def test_a_manifest_that_is_not_the_one_that_the_pointer_names_is_refused(visitor: Page, origin: Origin) -> None:
    good = hall_of(10).manifest
    point_to(origin, good.replace(b'"edition":{"number":1', b'"edition":{"number":7'))
    assert problem(visitor)["code"] == "corrupt"
    point_to(origin, good[:-20])
    assert problem(visitor)["code"] == "corrupt"


def test_a_pointer_that_leads_out_of_the_web_is_refused(visitor: Page, origin: Origin) -> None:
    resource = {"url": "javascript:alert(1)", "sha256": "0" * 64, "bytes": 1}
    point_to(origin, b"", manifest=resource)
    assert problem(visitor)["code"] == "invalid"


def test_a_manifest_that_a_broken_line_truncated_is_asked_for_again(visitor: Page, origin: Origin) -> None:
    hall = hall_of(10)
    origin.files |= hall.files
    origin.orders_for(POINTER, cutting(20), status(500))
    origin.orders_for(manifest_path(hall), saying(hall.manifest[:100]), cutting(50))
    assert len(load_hall(visitor, POINTER)["loaded"]) == 1
    assert len(origin.asked_for(POINTER)) == 3
    assert len(origin.asked_for(manifest_path(hall))) == 3


def test_a_server_that_fails_once_is_asked_again(visitor: Page, origin: Origin) -> None:
    hall = hall_of(1000)
    origin.files |= hall.files
    origin.orders_for(hall.path("one"), status(500))
    assert len(load_hall(visitor, POINTER)["loaded"]) == 1
    assert [asked.status for asked in origin.asked_for(hall.path("one"))] == [500, 200]


@pytest.mark.parametrize(
    ("behaviour", "code", "requests"),
    [
        (status(404), "not-found", 1),
        (status(403), "network", 1),
        (status(500), "network", 3),
        (cutting(0), "network", 3),
        (stalling(0), "stalled", 3),
        (silent, "stalled", 3),
        (saying(b"x" * 1000), "corrupt", 2),
        (saying(b"x" * 999), "network", 3),
        (saying(b"x" * 5000), "corrupt", 2),
        (wrong_range, "network", 3),
    ],
)
def test_an_exhibit_that_fails_is_reported_and_the_others_come(
    visitor: Page, origin: Origin, behaviour: Behaviour, code: str, requests: int
) -> None:
    hall = hall_of(1000, 2000, 3000)
    origin.files |= hall.files
    origin.orders_for(hall.path("one"), *[behaviour] * 9)
    told = load_hall(visitor, POINTER, retries=2, stallSeconds=0.4)
    assert sorted(told["loaded"]) == ["exhibits/three", "exhibits/two"]
    assert told["failed"] == ["exhibits/one"]
    [(identity, error)] = told["told"]["failures"]
    assert (identity, error["code"]) == ("exhibits/one", code)
    assert len(origin.asked_for(hall.path("one"))) == requests
    assert told["progress"] == {"loaded": 5000, "total": 5000, "files": 2, "of": 2}
    assert told["told"]["unhandled"] == []


def test_an_exhibit_that_failed_can_be_asked_for_again_and_counts_then(visitor: Page, origin: Origin) -> None:
    hall = hall_of(1000, 2000)
    origin.files |= hall.files
    origin.orders_for(hall.path("one"), status(404))
    assert load_hall(visitor, POINTER)["failed"] == ["exhibits/one"]
    assert visitor.evaluate("hall.model(hall.exhibit('one')).then(({ data }) => data.size)") == 1000
    assert visitor.evaluate("hall.progress") == {"loaded": 3000, "total": 3000, "files": 2, "of": 2}


def test_an_exhibit_whose_model_the_manifest_garbles_is_reported(visitor: Page, origin: Origin) -> None:
    hall = hall_of(100, 200)
    manifest = json.loads(hall.manifest)
    manifest["exhibits"][0]["model"] = {"variants": [{"profile": "master", "url": 5}]}
    origin.files |= hall.files | {POINTER: as_json(manifest)}
    manifest["exhibits"][1]["model"]["variants"][0]["url"] = hall.path("two")
    origin.files[POINTER] = as_json(manifest)
    told = load_hall(visitor, POINTER)
    assert told["loaded"] == ["exhibits/two"]
    assert [(identity, error["code"]) for identity, error in told["told"]["failures"]] == [("exhibits/one", "invalid")]


def test_a_file_that_is_not_as_long_as_the_manifest_says_is_refused(visitor: Page, origin: Origin) -> None:
    hall = MadeHall({"one": b"x" * 1000}, sizes={"one": 900})
    origin.files |= hall.files
    told = load_hall(visitor, POINTER, verify=False)
    assert told["told"]["failures"][0][1]["code"] == "corrupt"


def test_wrong_bytes_of_the_right_length_pass_only_where_checking_is_switched_off(
    visitor: Page, origin: Origin
) -> None:
    hall = hall_of(1000)
    origin.files |= hall.files | {hall.path("one"): b"x" * 1000}
    assert load_hall(visitor, POINTER, verify=True)["failed"] == ["exhibits/one"]
    assert load_hall(visitor, POINTER, verify=False)["loaded"] == ["exhibits/one"]


def test_wrong_bytes_are_asked_for_once_more_past_every_cache(visitor: Page, origin: Origin) -> None:
    hall = hall_of(1000)
    origin.files |= hall.files
    origin.orders_for(hall.path("one"), saying(b"x" * 1000))
    assert len(load_hall(visitor, POINTER)["loaded"]) == 1
    assert [asked.headers.get("cache-control") for asked in origin.asked_for(hall.path("one"))] == [None, "no-cache"]


def test_where_files_cannot_be_checked_a_page_that_insists_is_told_why(visitor: Page, origin: Origin) -> None:
    origin.files |= hall_of(1000).files
    visitor.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    error = problem(visitor, verify=True)
    assert error["code"] == "invalid"
    assert "secure context" in error["message"]
    assert len(load_hall(visitor, POINTER)["loaded"]) == 1


def test_a_manifest_whose_sounds_are_no_list_is_refused_as_such(visitor: Page, origin: Origin) -> None:
    hall = hall_of(1)
    origin.files |= hall.files
    manifest = json.loads(hall.files[manifest_path(hall)])
    manifest["exhibits"][0]["audio"] = 5
    origin.files["/manifest.json"] = as_json(manifest)
    assert problem(visitor, "/manifest.json")["code"] == "invalid"
