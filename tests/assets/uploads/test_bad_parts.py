"""Parts as they should not be, and lists that lie: each is told, nothing comes of it, and the upload can go on."""

import base64
import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import update

from exhibit_api.assets.uploads.sign import signature
from exhibit_api.assets.uploads.tables import Upload
from exhibit_api.db import transaction
from exhibit_api.errors import StoreError
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.tables import Job
from exhibit_api.storage.local import LocalStore
from exhibit_api.storage.multipart import MOST_PARTS
from tests.acting import House
from tests.assets.uploads.sending import LOOM, PART, ask, begin, heavy, sha256
from tests.looking import problem


def test_a_list_that_lies_is_told_part_by_part(house: House) -> None:
    sending = begin(house).all(heavy(PART + 700))
    lies = [
        {"PartNumber": 1, "ETag": '"0123"'},
        {"PartNumber": 3, "ETag": sending.etags[1]},
        {"PartNumber": 2, "ETag": sending.etags[2]},
        {"PartNumber": 2, "ETag": sending.etags[2]},
    ]
    answer = sending.complete(lies)
    problem(answer, 422, "part 3 has not arrived")
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/parts/0/ETag", "/parts/1", "/parts/3"]
    assert sending.told()["state"] == "open"
    assert sending.complete().status_code == 200


def test_parts_that_do_not_make_what_was_announced_are_refused(house: House) -> None:
    model = heavy(PART + 700)
    sending = begin(house, size=len(model))
    sending.part(1, model[:PART])
    problem(sending.complete(), 422, f"{len(model)} bytes were announced, and the parts have {PART}")
    sending.part(2, model[PART:])
    assert sending.complete().status_code == 200


def test_a_part_in_the_middle_is_large_enough_for_the_store(house: House) -> None:
    sending = begin(house)
    sending.part(1, LOOM)
    sending.part(2, LOOM)
    if house.site.store.multipart.smallest_part > 1:
        problem(sending.complete(), 422, f"part 1 has {len(LOOM)} bytes; all but the last need {PART}")
    else:
        assert sending.complete().status_code == 200


@pytest.mark.parametrize("body", [{"parts": []}, {}, {"parts": [{"PartNumber": 0, "ETag": "x"}]}, {"parts": "all"}])
def test_a_list_that_is_none_is_refused(laptop: House, body: dict[str, Any]) -> None:
    sending = begin(laptop).all(LOOM)
    problem(laptop.admin.post(f"{sending.at}/complete", body), 422)


@pytest.mark.parametrize("number", [0, MOST_PARTS + 1, "x"])
def test_parts_have_numbers_within_bounds(laptop: House, number: Any) -> None:
    problem(begin(laptop).sign(number), 422)


def test_a_part_larger_than_what_was_announced_is_refused(laptop: House) -> None:
    sending = begin(laptop, size=100)
    problem(sending.part(1, bytes(101)), 413, "100 bytes were announced")
    assert sending.part(1, bytes(60)).status_code == 200
    problem(sending.part(2, bytes(41)), 413, "100 bytes were announced")
    assert sending.part(2, bytes(40)).status_code == 200
    assert [part["Size"] for part in sending.listed()] == [60, 40]


def test_parts_side_by_side_do_not_go_beyond_what_was_announced(laptop: House) -> None:
    sending = begin(laptop, size=100)
    addresses = {number: sending.address(number) for number in range(1, 9)}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: sending.put(addresses[number], bytes(40)), addresses))
    assert {answer.status_code for answer in answers} == {200, 413}
    assert sum(part["Size"] for part in sending.listed()) <= 100


def test_a_store_that_is_away_for_a_while_costs_nobody_an_upload(
    laptop: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending = begin(laptop).all(LOOM)
    sending.complete()
    with monkeypatch.context() as patch:

        def away(*_: object) -> None:
            raise StoreError("the object store refuses our credentials")

        patch.setattr(LocalStore, "stream", away)
        assert sending.received()["state"] == "joining"
    with transaction(laptop.site.sessions) as session:
        session.execute(update(Job).where(Job.key == sending.id).values(run_at=moment()))
    assert sending.received()["state"] == "done"


def test_a_checksum_that_is_sent_along_is_checked(laptop: House) -> None:
    sending = begin(laptop)
    address = sending.address(1)
    right, wrong = (base64.b64encode(hashlib.md5(data).digest()).decode() for data in (LOOM, b""))
    assert sending.put(address, LOOM, **{"Content-MD5": right}).status_code == 200
    problem(sending.put(address, LOOM, **{"Content-MD5": wrong}), 422, "another md5")
    problem(sending.put(address, LOOM, **{"Content-MD5": "nonsense"}), 422, "Content-MD5")
    right, wrong = (base64.b64encode(hashlib.sha256(data).digest()).decode() for data in (LOOM, b""))
    assert sending.put(address, LOOM, **{"Content-Digest": f"sha-256=:{right}:, crc=:AA:"}).status_code == 200
    problem(sending.put(address, LOOM, **{"Content-Digest": f"sha-256=:{wrong}:"}), 422, "another sha256")
    assert len(sending.listed()) == 1


@pytest.mark.parametrize("change", ["signature", "expires", "number", "upload"])
def test_an_address_that_was_changed_takes_nothing(laptop: House, change: str) -> None:
    sending, other = begin(laptop), begin(laptop)
    address = sending.address(1)
    changed = {
        "signature": address[:-1] + ("0" if address[-1] != "0" else "1"),
        "expires": address.replace("expires=1", "expires=2"),
        "number": address.replace("/parts/1?", "/parts/2?"),
        "upload": address.replace(sending.id, other.id),
    }[change]
    problem(sending.put(changed, LOOM), 401, "was changed")
    assert sending.listed() == other.listed() == []


def test_an_address_expires(laptop: House) -> None:
    sending = begin(laptop)
    with transaction(laptop.site.sessions, reads_only=True) as session:
        row = session.get_one(Upload, sending.id)
    long_ago = 1_000_000_000
    address = f"{sending.address(1).split('?')[0]}?expires={long_ago}&signature={signature(row, 1, long_ago)}"
    problem(sending.put(address, LOOM), 401, "expired")


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_service_whose_clock_is_off_signs_as_the_database_has_it(
    laptop: House, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + hours * 3600)
    sending = begin(laptop)
    address = sending.address(1)
    until = int(address.split("expires=")[1].split("&")[0])
    assert abs(until - real() - laptop.site.settings.presigned_seconds) < 120
    assert sending.put(address, LOOM).status_code == 200


def test_a_key_that_does_not_belong_to_the_upload_finds_nothing(laptop: House) -> None:
    sending, other = begin(laptop), begin(laptop)
    problem(laptop.admin.get(f"{sending.at}?key={other.key}"), 404)
    problem(laptop.admin.get(f"{sending.at}/1?key=../../x"), 404)


@pytest.mark.parametrize("name", ["../../etc/passwd", "织机 🧵.glb", "a" * 4000, "\x00\x1b[2J.glb", "C:\\con.glb"])
def test_any_name_of_a_file_is_for_people_alone(laptop: House, name: str) -> None:
    body = {"filename": name, "metadata": {"exhibit": "loom"}}
    answer = laptop.admin.post("/v1/uploads/multipart", body)
    assert answer.status_code == 200
    shown = laptop.admin.get(f"/v1/uploads/{answer.json()['uploadId']}").json()["filename"]
    assert shown.isprintable()
    assert len(shown) <= 300


def test_what_a_page_knows_of_a_file_passes(laptop: House) -> None:
    body = {
        "filename": "loom.glb",
        "type": "model/gltf-binary",
        "metadata": {
            "exhibit": "loom",
            "relativePath": None,
            "name": "loom.glb",
            "type": "x",
            "size": "",
            "sha256": "",
        },
    }
    assert laptop.admin.post("/v1/uploads/multipart", body).status_code == 200


@pytest.mark.parametrize(
    ("about", "status"),
    [
        ({"exhibit": None}, 422),
        ({"exhibit": "nothing"}, 404),
        ({"exhibit": "loom", "size": 5 << 30}, 413),
        ({"exhibit": "loom", "size": -1}, 422),
        ({"exhibit": "loom", "sha256": "no hash"}, 422),
    ],
)
def test_an_upload_that_cannot_be_is_not_begun(laptop: House, about: dict[str, Any], status: int) -> None:
    problem(laptop.admin.post("/v1/uploads/multipart", {"filename": "a.glb", "metadata": about}), status)
    assert laptop.admin.get("/v1/uploads").json()["items"] == []
    assert not list(laptop.site.store.multipart.begun("vault/"))


def test_many_small_parts_are_one_file(laptop: House) -> None:
    sending = begin(laptop, size=len(LOOM), sha256=sha256(LOOM))
    step = 7
    for number, start in enumerate(range(0, len(LOOM), step), 1):
        assert sending.part(number, LOOM[start : start + step]).status_code == 200
    assert sending.complete().status_code == 200
    assert sending.received()["state"] == "done"


def test_of_two_uploads_that_fit_alone_but_not_together_one_is_refused(house: House) -> None:
    house.admin.change("/v1/organisations/jiangsu", quotaBytes=1000)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(house.admin, size=600), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [413] * 7
    used = house.admin.get("/v1/organisations/jiangsu/usage").json()
    assert (used["quotaBytes"], used["reservedBytes"], used["usedBytes"]) == (1000, 600, 0)


def test_who_has_no_room_for_want_of_an_older_upload_is_told_the_way_out(laptop: House) -> None:
    """`exhibit upload` was cut off, and a page begins with the same file in other parts."""
    laptop.admin.change("/v1/organisations/jiangsu", quotaBytes=3 * PART)
    older = begin(laptop, size=2 * PART, partSize=PART, sha256=sha256(LOOM))
    refused = ask(laptop.admin, size=2 * PART, partSize=2 * PART, sha256=sha256(LOOM))
    problem(
        refused, 413, f"uploads under way for {2 * PART}; {PART} are left, and the model has {2 * PART}; abort uploads"
    )
    assert "GET /v1/uploads lists them" in refused.json()["detail"]
    (listed,) = laptop.admin.get("/v1/uploads?exhibit=loom&state=open").json()["items"]
    assert laptop.admin.delete(f"/v1/uploads/multipart/{listed['id']}").status_code == 200
    assert listed["id"] == older.id
    assert ask(laptop.admin, size=2 * PART, partSize=2 * PART, sha256=sha256(LOOM)).status_code == 200


def test_what_was_not_announced_counts_when_it_comes(laptop: House) -> None:
    laptop.admin.change("/v1/organisations/jiangsu", quotaBytes=1000)
    one, other = begin(laptop), begin(laptop)
    assert one.part(1, bytes(700)).status_code == 200
    problem(other.part(1, bytes(301)), 413, "300 are left")
    assert other.part(1, bytes(300)).status_code == 200
    assert laptop.admin.get("/v1/organisations/jiangsu/usage").json()["reservedBytes"] == 1000
    one.abort()
    assert other.part(2, bytes(700)).status_code == 200


def test_files_are_counted_too(laptop: House) -> None:
    laptop.admin.change("/v1/organisations/jiangsu", quotaFiles=2)
    laptop.exhibit("pump", LOOM)
    assert begin(laptop).all(heavy(2000)).complete().status_code == 200
    problem(ask(laptop.admin), 413, "1 of 2 files")
    laptop.work("receive")
    assert laptop.admin.get("/v1/organisations/jiangsu/usage").json()["usedFiles"] == 2


def test_an_upload_and_a_whole_model_do_not_fit_together_either(laptop: House) -> None:
    laptop.admin.change("/v1/organisations/jiangsu", quotaBytes=len(LOOM) + 100)
    begin(laptop, size=200)
    problem(laptop.admin.send("/v1/exhibits/loom/model", LOOM), 413, "uploads under way for 200")
