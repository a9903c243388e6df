"""A model in parts becomes the model of its exhibit, byte for byte, on either store."""

import pytest
from sqlalchemy import update

from exhibit_api.accounts.roles import Role
from exhibit_api.assets.uploads.tables import Upload
from exhibit_api.db import transaction
from exhibit_api.jobs.clock import moment
from tests.acting import House
from tests.assets.uploads.sending import LOOM, PART, Sending, ask, begin, heavy, sha256
from tests.looking import keys, problem


def test_a_model_in_parts_becomes_the_model_of_its_exhibit(house: House) -> None:
    model = heavy()
    sending = begin(house, size=len(model), sha256=sha256(model)).all(model)
    answer = sending.complete()
    assert answer.status_code == 200
    assert answer.json()["location"].endswith(f"/v1/uploads/{sending.id}")
    assert sending.told()["state"] == "joining"
    told = sending.received()
    assert (told["state"], told["asset"], told["bytes"], told["exhibit"]) == ("done", sha256(model), len(model), "loom")
    assert house.fetch(f"/v1/assets/{sha256(model)}/file").status_code == 401
    assert house.site.store.read(f"vault/masters/{sha256(model)}") == model
    assert house.admin.get("/v1/exhibits/loom/model").json()["sha256"] == sha256(model)
    assert keys(house.site.store) == {f"vault/masters/{sha256(model)}"}
    assert not list(house.site.store.multipart.begun("vault/"))


def test_parts_come_in_any_order_and_what_has_arrived_is_listed(house: House) -> None:
    model = heavy(PART + 700)
    sending = begin(house)
    assert sending.listed() == []
    sending.part(2, model[PART:])
    sending.part(1, model[:PART])
    assert [(part["PartNumber"], part["Size"]) for part in sending.listed()] == [(1, PART), (2, len(model) - PART)]
    assert {part["PartNumber"]: part["ETag"] for part in sending.listed()} == sending.etags
    assert sending.complete().status_code == 200
    assert sending.received()["asset"] == sha256(model)


def test_addresses_of_several_parts_come_in_one_answer(house: House) -> None:
    model = heavy(2 * PART + 700)
    sending = begin(house, size=len(model), partSize=PART, sha256=sha256(model))
    told = sending.person.get(f"{sending.at}/1?parts=8").json()
    addresses = [told["url"], *told["urls"]]
    assert len(addresses) == 3, "no more than there are parts"
    for number, address in enumerate(addresses, 1):
        answer = sending.put(address, model[(number - 1) * PART : number * PART])
        assert answer.status_code == 200
        sending.etags[number] = answer.headers["ETag"]
    assert sending.complete().status_code == 200
    assert sending.received()["asset"] == sha256(model)


def test_where_no_size_of_parts_was_announced_one_address_comes_at_a_time(house: House) -> None:
    sending = begin(house, size=3 * PART)
    assert sending.person.get(f"{sending.at}/1?parts=8").json()["urls"] == []
    problem(sending.person.get(f"{sending.at}/1?parts=1000"), 422, "parts")


def test_who_asks_for_addresses_keeps_the_upload_alive(house: House) -> None:
    sending = begin(house)
    before = sending.told()["touchedAt"]
    sending.address(1)
    assert sending.told()["touchedAt"] == before, "hours count, and not seconds"
    with transaction(house.site.sessions) as session:
        session.execute(update(Upload).where(Upload.id == sending.id).values(touched_at=moment(-3600)))
    sending.address(1)
    assert sending.told()["touchedAt"] > before


def test_a_part_that_was_sent_wrongly_is_sent_again(house: House) -> None:
    sending = begin(house, size=len(LOOM))
    sending.part(1, LOOM[:-1] + b"?")
    sending.part(1, LOOM)
    sending.complete()
    assert sending.received()["asset"] == sha256(LOOM)


def test_an_etag_names_what_came_and_stays_the_same_with_it(house: House) -> None:
    sending = begin(house)
    named = [sending.part(1, data).headers["ETag"] for data in (LOOM, LOOM[:-1] + b"?", LOOM)]
    assert named[0] == named[2] != named[1]
    assert [part["ETag"] for part in sending.listed()] == [named[2]]


def test_an_upload_whose_parts_an_older_version_named_otherwise_is_gone_on_with(laptop: House) -> None:
    model = heavy(PART + 700)
    sending = begin(laptop, size=len(model), partSize=PART, sha256=sha256(model))
    (begun,) = laptop.site.store.multipart.begun("vault/")
    with laptop.site.store.multipart.take(begun.upload, 1) as sink:
        sink.write(model[:PART])
        sink.keep(sha256(model[:PART])[:32])
    assert sending.part(2, model[PART:]).status_code == 200
    assert sending.complete(sending.listed()).status_code == 200
    assert sending.received()["asset"] == sha256(model)


def test_completing_twice_is_one_asset(house: House) -> None:
    sending = begin(house).all(LOOM)
    first = sending.complete()
    assert first.json() == sending.complete().json()
    assert sending.received()["state"] == "done"
    assert first.json() == sending.complete().json()
    assert house.work("receive") == 0
    problem(sending.complete([{"PartNumber": 1, "ETag": "other"}]), 409, "other parts")


def test_the_same_model_for_two_exhibits_is_one_asset(house: House) -> None:
    house.exhibit("old-loom", LOOM)
    sending = begin(house).all(LOOM)
    sending.complete()
    assert sending.received()["asset"] == sha256(LOOM)
    assert house.asset(sha256(LOOM))["exhibits"] == ["loom", "old-loom"]
    assert house.admin.get("/v1/organisations/jiangsu/usage").json()["usedBytes"] == len(LOOM)


def test_a_file_that_is_not_what_was_announced_is_refused_with_both_hashes(house: House) -> None:
    sending = begin(house, sha256="0" * 64).all(LOOM)
    sending.complete()
    told = sending.received()
    assert told["state"] == "refused"
    assert sha256(LOOM) in told["problem"]["detail"]
    assert "0" * 64 in told["problem"]["detail"]
    assert keys(house.site.store) == set()
    problem(house.admin.get("/v1/exhibits/loom/model"), 404)


def test_what_is_no_model_is_refused_and_not_kept(house: House) -> None:
    sending = begin(house).all(b"PK\x03\x04 no model at all")
    sending.complete()
    told = sending.received()
    assert told["state"] == "refused"
    assert told["problem"]["detail"]
    assert keys(house.site.store) == set()
    problem(sending.complete(), 409, "refused")


def test_an_upload_that_is_given_up_leaves_nothing(house: House) -> None:
    sending = begin(house).all(LOOM)
    assert sending.abort().status_code == 200
    assert sending.abort().status_code == 200
    assert sending.told()["state"] == "dropped"
    problem(sending.sign(2), 409, "dropped")
    problem(sending.complete(), 409, "dropped")
    assert not list(house.site.store.multipart.begun("vault/"))


def test_an_upload_that_is_given_up_while_it_is_looked_into_leaves_nothing(house: House) -> None:
    sending = begin(house).all(LOOM)
    sending.complete()
    assert sending.abort().status_code == 200
    assert sending.received()["state"] == "dropped"
    assert keys(house.site.store) == set()
    assert not list(house.site.store.multipart.begun("vault/"))


def test_one_that_is_done_is_not_given_up(laptop: House) -> None:
    sending = begin(laptop).all(LOOM)
    sending.complete()
    sending.received()
    problem(sending.abort(), 409, "done")


@pytest.mark.parametrize("under", ["/v1/uploads/s3/multipart", "door"])
def test_uppys_addresses_lead_to_the_same(laptop: House, under: str) -> None:
    person = laptop.admin
    if under == "door":
        made = person.post("/v1/uploads/doors", {"exhibit": "loom"}).json()
        under = made["companionEndpoint"].removeprefix("http://testserver") + "/s3/multipart"
    sending = begin(laptop, laptop.visitor if "doors" in under else person, under).all(LOOM)
    assert sending.listed()
    sending.complete()
    sending.person = person
    assert sending.received()["asset"] == sha256(LOOM)


def test_who_may_write_there_may_send_and_nobody_else(laptop: House) -> None:
    laptop.organisation("anhui")
    problem(ask(laptop.visitor), 401)
    problem(ask(laptop.person(Role.CURATOR, "anhui")), 403, "curator of anhui")
    problem(ask(laptop.person(Role.OPERATOR)), 403)
    assert ask(laptop.person(Role.CURATOR, "jiangsu")).status_code == 200


def test_an_upload_is_nobody_elses(laptop: House) -> None:
    curator, other = (laptop.person(Role.CURATOR, "jiangsu") for _ in range(2))
    sending = begin(laptop, curator).all(LOOM)
    stranger = Sending(laptop, other, sending.id, sending.key, etags=sending.etags)
    for answer in (stranger.sign(2), other.get(sending.at), stranger.complete(), stranger.abort()):
        problem(answer, 404, "no upload")
    problem(other.get(f"/v1/uploads/{sending.id}"), 404)
    assert other.get("/v1/uploads").json()["items"] == []
    assert [one["id"] for one in curator.get("/v1/uploads?exhibit=loom&state=open").json()["items"]] == [sending.id]
    admin = laptop.person(Role.ADMIN, "jiangsu")
    assert [one["id"] for one in admin.get("/v1/uploads").json()["items"]] == [sending.id]
    assert admin.delete(sending.at).status_code == 200


def test_a_door_for_one_exhibit_leads_to_no_upload_of_another(laptop: House) -> None:
    laptop.exhibit("pump")
    sending = begin(laptop, exhibit="pump").all(LOOM)
    made = laptop.admin.post("/v1/uploads/doors", {"exhibit": "loom"}).json()
    under = made["companionEndpoint"].removeprefix("http://testserver") + "/s3/multipart"
    through = Sending(laptop, laptop.visitor, sending.id, sending.key, under, sending.etags)
    for answer in (through.sign(2), laptop.visitor.get(through.at), through.complete(), through.abort()):
        problem(answer, 404, "no upload")
    assert sending.told()["state"] == "open"


def test_a_door_opens_for_its_exhibit_and_as_long_as_its_token(laptop: House) -> None:
    laptop.exhibit("pump")
    curator = laptop.person(Role.CURATOR, "jiangsu")
    made = curator.post("/v1/uploads/doors", {"exhibit": "loom"})
    assert made.headers["Cache-Control"] == "no-store"
    under = made.json()["companionEndpoint"].removeprefix("http://testserver") + "/s3/multipart"
    assert ask(laptop.visitor, under=under).status_code == 200
    problem(ask(laptop.visitor, "pump", under=under), 403, "exhibits/loom alone")
    problem(ask(laptop.visitor, under=under.replace("doors/", "doors/x")), 401)
    problem(laptop.client.get(under.replace("multipart", "params")), 422, "shouldUseMultipart")
    token = next(one for one in laptop.admin.get("/v1/tokens").json()["items"] if one["role"] == "curator")
    assert laptop.admin.delete(f"/v1/tokens/{token['id']}").status_code == 204
    problem(ask(laptop.visitor, under=under), 401, "revoked")


def test_another_hash_than_it_was_completed_with_is_refused_also_when_all_is_there(house: House) -> None:
    sending = begin(house).all(LOOM)
    assert sending.complete(sha256=sha256(LOOM)).status_code == 200
    for state in ("joining", "done"):
        assert sending.told()["state"] == state
        problem(sending.complete(sha256="0" * 64), 422, f"is for SHA-256 {sha256(LOOM)}, and not for 000")
        assert sending.complete(sha256=sha256(LOOM)).status_code == 200
        house.work("receive")


def test_what_its_sender_recognises_an_upload_by_is_told_to_them(house: House) -> None:
    sending = begin(house, size=len(LOOM), fingerprint="4f2a/~")
    assert sending.told()["fingerprint"] == "4f2a/~"
    assert begin(house, fingerprint="").told()["fingerprint"] is None
    for bad in ("a" * 65, "two words", "汉"):
        problem(ask(house.admin, fingerprint=bad), 422, "fingerprint")
