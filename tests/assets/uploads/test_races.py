"""Many at once, on both databases and both stores: one outcome, and the books are right afterwards."""

import httpx2
import pytest

from tests.acting import House
from tests.assets.uploads.sending import LOOM, PART, Sending, begin, heavy, sha256
from tests.editions.test_concurrent import all_at_once
from tests.looking import keys, problem


def books(house: House) -> tuple[int, int]:
    usage = house.admin.get("/v1/organisations/jiangsu/usage").json()
    return usage["usedBytes"], usage["reservedBytes"]


def test_many_who_complete_the_same_upload_make_one_asset(house: House) -> None:
    sending = begin(house, size=len(LOOM)).all(LOOM)
    answers = all_at_once([sending.complete] * 6)
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert 200 in {answer.status_code for answer in answers}
    assert sending.complete().status_code == 200
    assert sending.received()["asset"] == sha256(LOOM)
    assert books(house) == (len(LOOM), 0)


def test_who_completes_and_who_aborts_at_once_agree_in_the_end(house: House) -> None:
    for _ in range(3):
        sending = begin(house, size=len(LOOM)).all(LOOM)
        all_at_once([sending.complete, sending.abort])
        house.work("receive")
        assert sending.told()["state"] in ("dropped", "done")
        assert books(house)[1] == 0
        if sending.told()["state"] == "dropped":
            assert sending.id not in " ".join(keys(house.site.store))
        assert not list(house.site.store.multipart.begun("vault/"))


def test_two_workers_at_the_same_upload_end_it_once(house: House) -> None:
    model = heavy(PART + 5000)
    sending = begin(house, size=len(model)).all(model)
    sending.complete()
    all_at_once([lambda: house.work("receive")] * 3)
    assert sending.received()["asset"] == sha256(model)
    assert house.site.store.read(f"vault/masters/{sha256(model)}") == model
    assert books(house) == (len(model), 0)


def test_the_same_model_in_two_uploads_at_once_is_one_asset(house: House) -> None:
    house.exhibit("pump")
    both = [begin(house, exhibit=exhibit, size=len(LOOM)).all(LOOM) for exhibit in ("loom", "pump")]
    all_at_once([one.complete for one in both])
    all_at_once([lambda: house.work("receive")] * 2)
    house.work("receive")
    assert {one.told()["asset"] for one in both} == {sha256(LOOM)}
    assert books(house) == (len(LOOM), 0)


def test_the_same_part_twice_at_once_is_one_part(house: House) -> None:
    sending = begin(house, size=len(LOOM), sha256=sha256(LOOM))
    answers: list[httpx2.Response] = all_at_once([lambda: sending.part(1, LOOM)] * 4)
    assert {answer.status_code for answer in answers} == {200}
    assert [part["Size"] for part in sending.listed()] == [len(LOOM)]
    sending.complete()
    assert sending.received()["state"] == "done"


def test_a_part_that_is_sent_again_to_a_bucket_after_all_is_complete_is_not_slipped_in(bucket_house: House) -> None:
    """Its address holds still, and the bucket takes it; it joins none but those that were listed."""
    model = heavy()
    sending = begin(bucket_house, size=len(model)).all(model)
    address = sending.address(1)
    assert sending.complete().status_code == 200
    assert sending.put(address, model[:1000] + bytes(PART - 1000)).status_code == 200
    told = sending.received()
    assert (told["state"], told["asset"]) == ("refused", None)
    assert "a part was replaced" in told["problem"]["detail"]
    assert keys(bucket_house.site.store) == set()
    assert not list(bucket_house.site.store.multipart.begun("vault/"))
    assert books(bucket_house) == (0, 0)


def test_a_folder_takes_no_part_after_all_is_complete(laptop: House) -> None:
    sending = begin(laptop, size=len(LOOM)).all(LOOM)
    address = sending.address(1)
    assert sending.complete().status_code == 200
    problem(sending.put(address, bytes(len(LOOM))), 409, "joining")
    assert sending.received()["asset"] == sha256(LOOM)


@pytest.mark.parametrize("announced", [True, False])
def test_what_is_sent_at_once_never_goes_beyond_the_quota(house: House, announced: bool) -> None:
    house.admin.change("/v1/organisations/jiangsu", quotaBytes=3 * len(LOOM))
    models = [heavy(len(LOOM) + 4 * at) for at in range(5)]
    for at in range(5):
        house.exhibit(f"machine-{at}")

    def send(at: int) -> int:
        about = {"size": len(models[at])} if announced else {}
        answer = house.admin.post(
            "/v1/uploads/multipart", {"filename": "a.glb", "metadata": {"exhibit": f"machine-{at}"} | about}
        )
        if answer.status_code != 200:
            return answer.status_code
        sending = Sending(house, house.admin, answer.json()["uploadId"], answer.json()["key"])
        part = sending.part(1, models[at])
        return part.status_code if part.status_code != 200 else sending.complete().status_code

    statuses = all_at_once([lambda at=at: send(at) for at in range(5)])  # type: ignore[misc]
    house.work("receive")
    assert set(statuses) <= {200, 413}
    assert 200 in statuses
    used, reserved = books(house)
    assert used <= 3 * len(LOOM)
    ended = {one["state"] for one in house.admin.get("/v1/uploads").json()["items"]}
    assert ended <= {"done", "open", "refused"}
    assert reserved <= 3 * len(LOOM) - used
