"""A large file is sent while it is hashed: what is gone on with, what is given up, and what is left to others."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from exhibit_api.errors import Rejected
from exhibit_api.sending import upload as sending
from exhibit_api.sending.parts import fingerprint_of
from exhibit_api.sending.remote import Service as Remote
from tests.acting import words
from tests.assets.uploads.sending import heavy, sha256
from tests.serving import PATIENCE, Service, command, describe, ended, serving

MIB = 1 << 20
PART = 16 * MIB
SLUGS = ("loom", "pump", "lathe", "press", "crane", "drill")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with a worker, and the exhibits that these tests send models for."""
    with serving(tmp_path_factory.mktemp("hashing"), workers=1) as running:
        describe(running, jiangsu="organisations", **dict.fromkeys(SLUGS, "exhibits"))
        yield running


@pytest.fixture
def page(service: Service) -> Iterator[httpx2.Client]:
    """Somebody who speaks to the service by hand."""
    with httpx2.Client(base_url=service.url, headers=service.headers, timeout=PATIENCE) as client:
        yield client


def uploads_of(page: httpx2.Client, slug: str, size: int) -> list[dict[str, Any]]:
    """The exhibit's uploads of a file of this size, as the service tells them."""
    return [one for one in page.get(f"/v1/uploads?exhibit={slug}").json()["items"] if one["bytes"] == size]


def model_of(page: httpx2.Client, slug: str) -> str:
    """SHA-256 of the exhibit's model."""
    return str(page.get(f"/v1/exhibits/{slug}/model").json()["sha256"])


def begin(page: httpx2.Client, **about: Any) -> str:
    answer = page.post("/v1/uploads/multipart", json={"filename": "other.glb", "metadata": about})
    return str(answer.raise_for_status().json()["uploadId"])


def part(page: httpx2.Client, upload: str, number: int, data: bytes) -> int:
    address = page.get(f"/v1/uploads/multipart/{upload}/{number}").json()["url"]
    return httpx2.put(address, content=data, timeout=PATIENCE).status_code


def write(folder: Path, slug: str, model: bytes) -> Path:
    path = folder / f"{slug}.glb"
    path.write_bytes(model)
    return path


def bring(service: Service, path: Path, *more: str, code: int = 0) -> str:
    return ended(command(service, "upload", str(path), "--no-follow", *more), code=code)


def test_what_is_sent_is_compared_with_its_hash(service: Service, page: httpx2.Client, tmp_path: Path) -> None:
    model = heavy(42 * MIB)
    bring(service, write(tmp_path, "pump", model))
    (upload,) = uploads_of(page, "pump", len(model))
    assert (upload["state"], upload["sha256"], upload["asset"]) == ("done", sha256(model), sha256(model))


def test_what_was_sent_is_given_up_once_the_service_turns_out_to_have_it(
    service: Service, page: httpx2.Client, tmp_path: Path
) -> None:
    model = heavy(41 * MIB)
    path = write(tmp_path, "pump", model)
    bring(service, path)
    assert "was there already, and is the model of lathe" in bring(service, path, "--exhibit", "lathe")
    assert model_of(page, "lathe") == sha256(model)
    assert [one["state"] for one in uploads_of(page, "lathe", len(model))] == ["dropped"]
    for _ in range(2):
        assert "was there already" in bring(service, path, "--exhibit", "lathe")
    assert len(uploads_of(page, "lathe", len(model))) == 1, "the exhibit's own model is hashed, not sent"


def test_an_upload_that_was_cut_off_before_its_file_was_hashed_is_gone_on_with(
    service: Service, page: httpx2.Client, tmp_path: Path
) -> None:
    model = heavy(43 * MIB)
    path = write(tmp_path, "press", model)
    fingerprint = fingerprint_of(path, len(model))
    begun = begin(page, exhibit="press", size=len(model), partSize=PART, fingerprint=fingerprint)
    assert part(page, begun, 1, model[:PART]) == 200
    said = bring(service, path)
    assert "press.glb: send 16.8 MB of 45.1 MB" in said, "what has arrived is not sent again"
    assert model_of(page, "press") == sha256(model)
    assert [one["id"] for one in uploads_of(page, "press", len(model))] == [begun]


@pytest.mark.parametrize("known", [{}, {"sha256": "0" * 64}, {"fingerprint": "another"}])
def test_an_upload_of_another_file_of_the_same_size_is_left_alone(
    service: Service, page: httpx2.Client, tmp_path: Path, known: dict[str, str]
) -> None:
    """As a page begins it, which hashes nothing, or another command."""
    model = heavy(45 * MIB) + bytes(4 * len(known) + len("".join(known.values())))
    path = write(tmp_path, "lathe", heavy(len(model)))
    begun = begin(page, exhibit="lathe", size=path.stat().st_size, partSize=PART, **known)
    assert part(page, begun, 1, bytes(PART)) == 200
    bring(service, path)
    assert model_of(page, "lathe") == sha256(path.read_bytes())
    told = page.get(f"/v1/uploads/{begun}").json()
    assert (told["state"], told["sha256"]) == ("open", known.get("sha256"))
    assert part(page, begun, 2, bytes(PART)) == 200


def test_a_file_that_was_changed_where_nobody_looks_is_sent_anew(
    service: Service, page: httpx2.Client, tmp_path: Path
) -> None:
    """The fingerprint is the same, and the upload is told by the hash of before."""
    model = bytearray(heavy(46 * MIB))
    path = write(tmp_path, "crane", bytes(model))
    fingerprint = fingerprint_of(path, len(model))
    before = sha256(bytes(model))
    begun = begin(page, exhibit="crane", size=len(model), partSize=PART, fingerprint=fingerprint, sha256=before)
    model[20 * MIB] ^= 1
    path.write_bytes(model)
    assert fingerprint_of(path, len(model)) == fingerprint
    bring(service, path)
    assert model_of(page, "crane") == sha256(bytes(model))
    assert page.get(f"/v1/uploads/{begun}").json()["state"] == "open"


@pytest.mark.parametrize("left", [3, 30])
def test_what_the_service_has_needs_room_once_and_not_twice(
    service: Service, page: httpx2.Client, tmp_path: Path, left: int
) -> None:
    """In an organisation with room for it once, or that holds it and has hardly any left."""
    model = heavy((20 + left) * MIB)
    name = f"anhui-{left}"
    body = {"label": words("Anhui"), "quotaBytes": len(model) + MIB}
    page.put(f"/v1/organisations/{name}", json=body).raise_for_status()
    slugs = [f"wheel-{left}-{number}" for number in range(2)]
    for slug in slugs:
        exhibit = {"organisation": name, "label": words(slug), "alt": words(slug)}
        page.put(f"/v1/exhibits/{slug}", json=exhibit).raise_for_status()
    path = write(tmp_path, "drill", model)
    bring(service, path, "--exhibit", "drill")
    for slug in slugs:
        assert f"is the model of {slug}" in bring(service, path, "--exhibit", slug)
    usage = page.get(f"/v1/organisations/{name}/usage").json()
    assert (usage["usedBytes"], usage["reservedBytes"]) == (len(model), 0)


def test_what_an_interrupted_upload_has_kept_room_for_is_given_up_where_the_service_has_the_file(
    service: Service, page: httpx2.Client, tmp_path: Path
) -> None:
    model = heavy(24 * MIB)
    path = write(tmp_path, "pump", model)
    bring(service, path)
    fingerprint = fingerprint_of(path, len(model))
    begun = begin(page, exhibit="loom", size=len(model), partSize=PART, fingerprint=fingerprint)
    assert "was there already" in bring(service, path, "--exhibit", "loom")
    assert page.get(f"/v1/uploads/{begun}").json()["state"] == "dropped"


def test_what_somebody_else_sends_is_left_to_them(service: Service, page: httpx2.Client, tmp_path: Path) -> None:
    """The same file for the same exhibit, by a curator; an admin, who could abort it, sends it too."""
    model = heavy(25 * MIB)
    path = write(tmp_path, "pump", model)
    bring(service, path)
    curator = page.post("/v1/tokens", json={"role": "curator", "label": "another"}).json()["token"]
    fingerprint = fingerprint_of(path, len(model))
    with httpx2.Client(base_url=service.url, headers={"Authorization": f"Bearer {curator}"}, timeout=PATIENCE) as other:
        begun = begin(other, exhibit="drill", size=len(model), partSize=PART, fingerprint=fingerprint)
        assert "was there already" in bring(service, path, "--exhibit", "drill")
        assert other.get(f"/v1/uploads/{begun}").json()["state"] == "open"
        assert part(other, begun, 1, model[:PART]) == 200


@pytest.fixture
def remote(service: Service) -> Iterator[Remote]:
    """The service, as a command sees it."""
    seen = Remote(service.url, service.token, patience=60, waiting=lambda why: None)
    yield seen
    seen.close()


def test_a_file_that_is_changed_while_it_is_sent_leaves_no_upload_behind(
    page: httpx2.Client, remote: Remote, tmp_path: Path
) -> None:
    path = write(tmp_path, "press", heavy(26 * MIB))

    def change(what: str, done: int, total: int) -> None:
        if what == "send" and done == total:
            os.utime(path, ns=(1, 1))

    with pytest.raises(Rejected, match=r"was changed while it was (sent|read); send it again"):
        sending.upload(remote, path, "press", parallel=2, follow=False, report=change)
    (upload,) = uploads_of(page, "press", path.stat().st_size)
    assert upload["state"] == "dropped"


def test_two_commands_at_once_on_the_same_file_both_end_well(
    page: httpx2.Client, remote: Remote, tmp_path: Path
) -> None:
    path = write(tmp_path, "crane", heavy(27 * MIB))
    others: list[sending.Sent] = []

    def meanwhile(what: str, done: int, total: int) -> None:
        if what == "send" and not others:
            others.append(sending.upload(remote, path, "crane", parallel=2, follow=False, report=lambda *told: None))

    sent = sending.upload(remote, path, "crane", parallel=2, follow=False, report=meanwhile)
    assert [sent.asset["sha256"], others[0].asset["sha256"]] == [sha256(path.read_bytes())] * 2
    assert [one["state"] for one in uploads_of(page, "crane", path.stat().st_size)] == ["done"]


def test_it_ends_at_once_when_it_is_interrupted_and_changes_nothing_more(
    page: httpx2.Client, remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All parts are sent, and the hash takes long."""
    path = write(tmp_path, "press", heavy(47 * MIB))
    real, read = sending.digest_of, []

    def slowly(path: Path, tell: Callable[[int], None]) -> str:
        def told(size: int) -> None:
            read.append(size)
            time.sleep(0.2)
            tell(size)

        return real(path, told)

    interrupted = threading.Event()

    def report(what: str, done: int, total: int) -> None:
        if what == "hash" and not interrupted.is_set():
            interrupted.set()
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    monkeypatch.setattr(sending, "digest_of", slowly)
    with pytest.raises(KeyboardInterrupt):
        sending.upload(remote, path, "press", parallel=2, follow=False, report=report)
    assert sum(read) < path.stat().st_size, "it is not hashed to its end"
    (upload,) = uploads_of(page, "press", path.stat().st_size)
    assert (upload["state"], upload["sha256"]) == ("open", None)
