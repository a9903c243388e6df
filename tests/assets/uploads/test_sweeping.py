"""What nobody needs is cleared away; what anybody may still need is not, whatever runs at the same moment."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, update

from exhibit_api import sweep
from exhibit_api.assets.uploads.tables import Upload
from exhibit_api.db import transaction
from exhibit_api.errors import StoreUnavailable
from exhibit_api.jobs.clock import moment
from exhibit_api.jobs.tables import Job
from exhibit_api.jobs.worker import run_due
from exhibit_api.storage.base import ObjectStat
from exhibit_api.storage.local import LocalStore
from exhibit_api.sweep import schedule
from exhibit_api.web.site import Site
from tests.acting import House
from tests.assets.uploads.sending import LOOM, begin, heavy, sha256
from tests.gltf.building import box
from tests.looking import keys, problem

AGES = 100.0
"""Hours."""


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store's files were written long ago: the clock that they are compared with runs ahead."""
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + AGES * 3600)


def untouched(house: House, upload: str, hours: float = AGES) -> None:
    """Nobody has touched the upload for so long."""
    with transaction(house.site.sessions) as session:
        session.execute(update(Upload).where(Upload.id == upload).values(touched_at=moment(-hours * 3600)))


def swept(site: Site, **options: bool) -> list[str]:
    return list(sweep.sweep(site, **options))  # type: ignore[arg-type]


def test_an_upload_that_nobody_goes_on_with_is_removed_and_its_room_given_back(house: House) -> None:
    sending = begin(house, size=1000)
    sending.part(1, bytes(600))
    untouched(house, sending.id)
    assert [line for line in swept(house.site, dry_run=True) if sending.id in line]
    assert sending.told()["state"] == "open"
    assert [line for line in swept(house.site) if sending.id in line]
    assert sending.told()["state"] == "dropped"
    assert house.admin.get("/v1/organisations/jiangsu/usage").json()["reservedBytes"] == 0
    assert not list(house.site.store.multipart.begun("vault/"))
    problem(sending.sign(2), 409, "dropped")
    assert swept(house.site) == []


def test_a_dry_run_lists_just_what_a_sweep_removes(house: House, later: None) -> None:
    store = house.site.store
    untouched(house, begin(house, size=1000).id)
    store.put("vault/masters/" + "0" * 64, b"left over", "model/gltf-binary")
    store.multipart.begin("vault/uploads/0f", "model/gltf-binary")
    with store.stage() as left:
        left.write(bytes(17 << 20))  # so much that a bucket holds some of it
        listed = swept(house.site, dry_run=True)
        assert len(listed) == 4
        assert swept(house.site, dry_run=True) == listed
        assert swept(house.site) == listed
        assert swept(house.site) == swept(house.site, dry_run=True) == []
    assert keys(store) == set()


def test_an_upload_that_was_touched_lately_is_left_alone(house: House, later: None) -> None:
    sending = begin(house).all(LOOM)
    assert swept(house.site) == []
    assert sending.complete().status_code == 200
    assert swept(house.site) == []
    assert sending.received()["state"] == "done"
    assert swept(house.site) == []
    assert house.site.store.read(f"vault/masters/{sha256(LOOM)}") == LOOM


def test_one_that_waits_for_a_worker_is_not_abandoned(house: House) -> None:
    sending = begin(house).all(LOOM)
    sending.complete()
    untouched(house, sending.id)
    assert swept(house.site) == []
    with transaction(house.site.sessions) as session:
        session.execute(update(Job).where(Job.key == sending.id).values(state="failed"))
    assert len(swept(house.site)) == 1
    assert sending.told()["state"] == "dropped"


def test_parts_that_no_row_names_are_removed_when_they_are_old(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = house.site.store.multipart.begin("vault/uploads/0f", "model/gltf-binary")
    assert swept(house.site) == []
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + AGES * 3600)
    assert len(swept(house.site)) == 1
    assert handle not in [begun.upload for begun in house.site.store.multipart.begun("vault/")]


def test_bytes_that_nothing_names_are_removed_and_all_others_stay(house: House, later: None) -> None:
    house.exhibit("pump", LOOM)
    stray = ["vault/masters/" + "0" * 64, "vault/variants/" + "1" * 64 + ".glb", "vault/sounds/" + "2" * 64 + ".wav"]
    for key in [*stray, "vault/reports/" + "0" * 64 + ".json", "vault/uploads/" + "3" * 32]:
        house.site.store.put(key, b"left over", "application/octet-stream")
    before = keys(house.site.store)
    assert len(swept(house.site, dry_run=True)) == 5
    assert keys(house.site.store) == before
    assert len(swept(house.site)) == 5
    assert keys(house.site.store) == {key for key in before if sha256(LOOM) in key}


def test_what_a_published_edition_was_made_of_stays(laptop: House, later: None) -> None:
    hall = laptop.hall()
    laptop.exhibit("pump", LOOM)
    laptop.place(hall, "pump")
    laptop.publish(hall)
    laptop.send("pump", box((3, 1, 1)))
    before = keys(laptop.site.store)
    assert swept(laptop.site) == []
    assert keys(laptop.site.store) == before
    assert laptop.admin.post(f"/v1/halls/{hall}/rollback", {"to": 1}).status_code == 200


def test_a_model_that_is_sent_while_it_is_swept_is_there_or_refused(house: House, later: None) -> None:
    """The bytes lie there from an upload that crashed; a sweep and those who send them again meet."""
    for round_ in range(6):
        model = box((1, 2, 1 + round_))
        house.site.store.put(f"vault/masters/{sha256(model)}", model, "model/gltf-binary")
        with ThreadPoolExecutor(3) as pool:
            sweeping = pool.submit(swept, house.site)
            sending = [pool.submit(house.admin.send, "/v1/exhibits/loom/model", model) for _ in range(2)]
            statuses = {one.result().status_code for one in sending}
            sweeping.result()
        assert statuses <= {202, 503}
        if 202 in statuses:
            assert house.site.store.read(f"vault/masters/{sha256(model)}") == model


def test_uploads_go_on_while_sweeps_run(house: House, later: None) -> None:
    models = [heavy(2000 + 100 * at) for at in range(6)]
    for at in range(6):
        house.exhibit(f"machine-{at}")

    def send(at: int) -> str:
        sending = begin(house, exhibit=f"machine-{at}").all(models[at])
        sending.complete()
        return sending.id

    with ThreadPoolExecutor(6) as pool:
        sweeps = [pool.submit(swept, house.site) for _ in range(3)]
        sent = [pool.submit(send, at) for at in range(6)]
        ids = [one.result() for one in sent]
        for one in sweeps:
            one.result()
    house.work("receive")
    swept(house.site)
    for at, upload in enumerate(ids):
        told = house.admin.get(f"/v1/uploads/{upload}").json()
        assert (told["state"], told["asset"]) == ("done", sha256(models[at]))
        assert house.site.store.read(f"vault/masters/{told['asset']}") == models[at]


def test_the_master_of_an_upload_that_was_cut_off_at_the_end_stays(house: House, later: None) -> None:
    """Its bytes were moved, its rows were not written: the next run of the job writes them."""
    sending = begin(house).all(LOOM)
    sending.complete()
    master = f"vault/masters/{sha256(LOOM)}"
    handle = next(house.site.store.multipart.begun("vault/")).upload
    house.site.store.multipart.drop(sending.key, handle)
    house.site.store.put(master, LOOM, "model/gltf-binary")
    with transaction(house.site.sessions) as session:
        session.execute(update(Upload).where(Upload.id == sending.id).values(found=sha256(LOOM)))
    assert swept(house.site) == []
    assert sending.received()["state"] == "done"
    assert house.site.store.read(master) == LOOM


def test_a_sweep_that_is_cut_short_is_followed_by_the_next(laptop: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable("the object store does not answer")

    schedule(laptop.site)
    with transaction(laptop.site.sessions) as session:
        session.execute(update(Job).where(Job.kind == sweep.SWEEP).values(run_at=moment()))
    monkeypatch.setattr(LocalStore, "list", away)
    run_due(laptop.site.sessions, {sweep.SWEEP: partial(sweep.sweep_as_job, laptop.site)})
    with transaction(laptop.site.sessions, reads_only=True) as session:
        job = session.scalars(select(Job).where(Job.kind == sweep.SWEEP)).one()
    assert (job.state, job.attempt) == ("queued", 0)


def test_a_file_that_was_renewed_meanwhile_is_not_removed(laptop: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old when it was listed, new when its turn comes."""
    key = "vault/masters/" + "0" * 64
    laptop.site.store.put(key, b"old", "model/gltf-binary")
    file = laptop.site.store.path(key)
    assert file is not None
    os.utime(file, (1, 1))
    real = LocalStore.stat
    looks = []

    def stat(store: LocalStore, asked: str) -> ObjectStat:
        found = real(store, asked)
        if asked == key:
            looks.append(found)
            Path(file).touch()
        return found

    monkeypatch.setattr(LocalStore, "stat", stat)
    assert swept(laptop.site) == []
    assert len(looks) == 2
    assert laptop.site.store.read(key) == b"old"
