"""More than was announced: the store does not take it where it can know; what a bucket has taken nevertheless is counted, and dropped."""

from typing import Any

import httpx2
import pytest

from exhibit_api.sweep import sweep
from tests.acting import House
from tests.assets.uploads.sending import PART, ask, begin, heavy, sha256
from tests.looking import problem


def test_a_part_takes_what_was_announced_of_it_and_nothing_else(house: House) -> None:
    model = heavy(2 * PART + 700)
    sending = begin(house, size=len(model), partSize=PART, sha256=sha256(model))
    address = sending.address(1)
    assert sending.put(address, model + bytes(1)).status_code in (403, 413)
    assert sending.listed() == []
    assert sending.put(address, model[:PART]).status_code == 200
    assert sending.all(model).complete().status_code == 200
    assert sending.received()["asset"] == sha256(model)


@pytest.mark.parametrize("more", [-1, 1, PART])
def test_a_bucket_takes_a_part_to_the_byte(bucket_house: House, more: int) -> None:
    model = heavy(PART + 700)
    sending = begin(bucket_house, size=len(model), partSize=PART)
    for number, size in ((1, PART), (2, len(model) - PART)):
        address = sending.address(number)
        assert sending.put(address, bytes(size + more)).status_code == 403
        assert sending.put(address, bytes(size)).status_code == 200
    assert sum(part["Size"] for part in sending.listed()) == len(model)


def test_there_are_no_parts_beyond_what_was_announced(house: House) -> None:
    sending = begin(house, size=PART + 700, partSize=PART)
    assert sending.sign(2).status_code == 200
    problem(sending.sign(3), 422, "there is no part 3")


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"partSize": PART}, "without metadata.size"),
        ({"size": 3 * PART, "partSize": 0}, "partSize"),
        ({"size": 3 * PART, "partSize": 6 << 30}, "partSize"),
        ({"size": 1 << 30, "partSize": 1000}, "part"),
    ],
)
def test_parts_that_cannot_be_are_not_begun(house: House, about: dict[str, Any], why: str) -> None:
    problem(ask(house.admin, **about), 422, why)


def test_a_small_file_is_one_part(house: House) -> None:
    model = heavy(3000)
    sending = begin(house, size=len(model), partSize=len(model))
    assert sending.part(1, model).status_code == 200
    assert sending.complete().status_code == 200


def test_what_came_beyond_what_was_announced_is_found_at_the_next_address_and_dropped(bucket_house: House) -> None:
    sending = begin(bucket_house, size=PART)
    assert sending.part(1, bytes(PART + 1000)).status_code == 200, "a bucket that knows no length takes it"
    problem(sending.sign(2), 413, f"{PART + 1000} bytes have come, and at most {PART} may")
    assert sending.told()["state"] == "dropped"
    assert not list(bucket_house.site.store.multipart.begun("vault/"))
    assert bucket_house.admin.get("/v1/organisations/jiangsu/usage").json()["reservedBytes"] == 0


def test_what_came_without_a_further_address_is_found_by_a_sweep(bucket_house: House) -> None:
    sending, honest = begin(bucket_house, size=1000), begin(bucket_house, size=1000)
    sending.part(1, bytes(PART))
    honest.part(1, bytes(1000))
    expected = f"{PART} bytes came, and at most 1000 may"
    assert [expected in line for line in sweep(bucket_house.site, dry_run=True)] == [True]
    assert sending.told()["state"] == "open"
    assert [expected in line for line in sweep(bucket_house.site)] == [True]
    assert (sending.told()["state"], honest.told()["state"]) == ("dropped", "open")
    assert list(sweep(bucket_house.site)) == []


def test_what_came_under_a_false_length_is_found_by_a_sweep(bucket_house: House) -> None:
    """Swift signs a Content-Length off, and then reads the chunks that come instead."""
    sending = begin(bucket_house, size=PART, partSize=PART)
    false = {"Content-Length": str(PART), "Transfer-Encoding": "chunked"}
    httpx2.put(sending.address(1), content=iter([bytes(PART), bytes(PART)]), headers=false, timeout=60)
    assert sum(part["Size"] for part in sending.listed()) > PART
    assert [f"{2 * PART} bytes came" in line for line in sweep(bucket_house.site)] == [True]
    assert not list(bucket_house.site.store.multipart.begun("vault/"))


def test_a_client_that_announces_nothing_is_counted_at_each_address(bucket_house: House) -> None:
    bucket_house.admin.change("/v1/organisations/jiangsu", quotaBytes=PART)
    sending = begin(bucket_house)
    sending.part(1, bytes(PART))
    assert sending.sign(2).status_code == 200
    assert bucket_house.admin.get("/v1/organisations/jiangsu/usage").json()["reservedBytes"] == PART
    sending.part(2, bytes(PART))
    problem(sending.sign(3), 413, "0 are left")


def test_a_list_that_leaves_out_a_part_is_refused_since_a_bucket_would_keep_that(bucket_house: House) -> None:
    model = heavy(2 * PART + 700)
    sending = begin(bucket_house).all(model)
    first = [{"PartNumber": 1, "ETag": sending.etags[1]}]
    problem(sending.complete(first), 422, "part 2 has arrived, and the list leaves it out")
    assert sending.complete().status_code == 200
    assert sending.received()["asset"] == sha256(model)


def test_what_came_beyond_the_quota_is_counted_though_it_is_refused(bucket_house: House) -> None:
    body = {"label": {"en": "Jiangsu"}, "quotaBytes": PART}
    bucket_house.admin.put("/v1/organisations/jiangsu", body, **{"If-Match": "*"})
    sending = begin(bucket_house)
    addresses = [sending.address(number) for number in (1, 2)]
    for address in addresses:
        assert sending.put(address, bytes(PART)).status_code == 200
    problem(sending.sign(3), 413, "what has come")
    assert bucket_house.admin.get("/v1/organisations/jiangsu/usage").json()["reservedBytes"] == 2 * PART
    problem(ask(bucket_house.admin, size=1), 413, "0 are left")
