"""`exhibit upload` against a running service: what it says, and what becomes of the files. Kills of either side: tests/journeys."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import update

from exhibit_api.assets.uploads.tables import Upload
from exhibit_api.db import transaction
from tests.assets.uploads.sending import LOOM, heavy, sha256
from tests.serving import PATIENCE, Service, command, describe, ended, serving

MIB = 1 << 20


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with a worker, and the exhibits that these tests send models for."""
    with serving(tmp_path_factory.mktemp("uploading"), workers=1) as running:
        describe(running, jiangsu="organisations", **dict.fromkeys(("loom", "pump", "lathe", "press"), "exhibits"))
        yield running


def model_of(service: Service, slug: str) -> bytes:
    with httpx2.Client(base_url=service.url, headers=service.headers, timeout=PATIENCE) as client:
        asset = client.get(f"/v1/exhibits/{slug}/model").json()
        return client.get(f"/v1/assets/{asset['sha256']}/file").content


def test_a_file_becomes_the_model_of_the_exhibit_of_its_name(service: Service, tmp_path: Path) -> None:
    (tmp_path / "loom.glb").write_bytes(LOOM)
    said = ended(command(service, "upload", str(tmp_path / "loom.glb")))
    assert "is the model of loom: ready, " in said
    assert " variants; /v1/assets/" in said
    assert model_of(service, "loom") == LOOM


def test_what_the_service_has_already_is_not_sent(service: Service, tmp_path: Path) -> None:
    model = heavy(3000)
    (tmp_path / "one.glb").write_bytes(model)
    ended(command(service, "upload", str(tmp_path / "one.glb"), "--exhibit", "pump", "--no-follow"))
    said = ended(command(service, "upload", str(tmp_path / "one.glb"), "--exhibit", "lathe", "--no-follow"))
    assert "was there already, and is the model of lathe" in said
    assert model_of(service, "lathe") == model


def test_a_folder_is_sent_as_a_batch_and_what_fails_does_not_stop_the_rest(service: Service, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "loom.glb").write_bytes(heavy(4000))
    (tmp_path / "nobody.glb").write_bytes(LOOM)
    (tmp_path / "press.glb").write_bytes(b"no model")
    (tmp_path / "sub" / "pump.glb").write_bytes(heavy(5000))
    said = ended(command(service, "upload", str(tmp_path), "--no-follow"), code=1)
    assert "nobody.glb: exhibits/nobody is not in the catalogue" in said
    assert "press.glb: " in said
    assert model_of(service, "loom") == heavy(4000)
    assert model_of(service, "pump") == heavy(5000)


def test_names_with_brackets_are_told_as_they_are(service: Service, tmp_path: Path) -> None:
    folder = tmp_path / "scans [final] [/old]"
    folder.mkdir(parents=True)
    (folder / "nobody.glb").write_bytes(LOOM)
    assert f"{folder}/nobody.glb: exhibits/nobody is not" in ended(command(service, "upload", str(folder)), code=1)


def test_two_files_for_one_exhibit_are_refused_before_any_is_sent(service: Service, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    for path in (tmp_path / "loom.glb", tmp_path / "old" / "loom.glb"):
        path.write_bytes(LOOM)
    said = ended(command(service, "upload", str(tmp_path)), code=1)
    assert "old/loom.glb are both for exhibits/loom; send one of them" in said


def test_an_upload_that_the_service_died_beginning_does_not_stand_in_the_way(service: Service, tmp_path: Path) -> None:
    model = heavy(6000)
    (tmp_path / "lathe.glb").write_bytes(model)
    about = {"exhibit": "lathe", "size": len(model), "sha256": sha256(model)}
    begun = httpx2.post(
        f"{service.url}/v1/uploads/multipart",
        json={"filename": "lathe.glb", "metadata": about},
        headers=service.headers,
        timeout=PATIENCE,
    ).json()
    with transaction(service.site.sessions) as session:
        session.execute(update(Upload).where(Upload.id == begun["uploadId"]).values(handle=None))
    ended(command(service, "upload", str(tmp_path / "lathe.glb"), "--no-follow"))
    assert model_of(service, "lathe") == model


def test_a_log_tells_every_tenth_with_speed_and_time_left(service: Service, tmp_path: Path) -> None:
    model = heavy(40 * MIB)
    (tmp_path / "loom.glb").write_bytes(model)
    about = {"exhibit": "loom", "size": len(model), "sha256": "0" * 64}  # the same one, perhaps: it is hashed first
    with httpx2.Client(base_url=service.url, headers=service.headers, timeout=PATIENCE) as page:
        page.post("/v1/uploads/multipart", json={"filename": "l.glb", "metadata": about}).raise_for_status()
    said = ended(command(service, "upload", str(tmp_path / "loom.glb"), "--no-follow"))
    for what in ("hash", "send"):
        lines = [line for line in said.splitlines() if re.match(rf"loom\.glb: {what} [\d.]+ ", line)]
        assert len(lines) >= 10, said
        assert "(100%)" in lines[-1]
        assert all(" of 41.9 MB (" in line for line in lines)
        assert re.search(r"\(\d\d%\), [\d.]+ [kMG]B/s, \d+ (s|min \d+ s) left$", lines[len(lines) // 2])


def test_a_log_tells_every_ten_seconds_that_nothing_moves(service: Service, tmp_path: Path) -> None:
    (tmp_path / "loom.glb").write_bytes(heavy(44 * MIB))
    running = command(service, "upload", str(tmp_path / "loom.glb"), "--no-follow", "--parallel", "1")
    assert running.stderr is not None
    assert any("send" in line for line in running.stderr)
    os.kill(service.pid, signal.SIGSTOP)
    try:
        before, gap, line = time.monotonic(), 0.0, ""
        while gap < 5:
            line = running.stderr.readline()
            before, gap = time.monotonic(), time.monotonic() - before
    finally:
        os.kill(service.pid, signal.SIGCONT)
    assert line.startswith("loom.glb: send ")
    assert gap < 20
    ended(running)


def test_without_a_token_it_says_what_to_do(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "EXHIBIT_TOKEN"} | {"COLUMNS": "200"}
    (tmp_path / "loom.glb").write_bytes(LOOM)
    ran = subprocess.run(
        [sys.executable, "-m", "exhibit_api", "upload", str(tmp_path / "loom.glb")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "EXHIBIT_TOKEN" in ran.stderr


def test_a_service_that_is_not_there_is_told_with_the_way_on(tmp_path: Path) -> None:
    (tmp_path / "loom.glb").write_bytes(LOOM)
    options = ["--server", "http://127.0.0.1:9", "--token", "x", "--patience", "1"]
    ran = subprocess.run(
        [sys.executable, "-m", "exhibit_api", "upload", str(tmp_path / "loom.glb"), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "127.0.0.1:9 does not answer" in ran.stdout
    assert "run the same command again" in ran.stdout


def test_what_a_page_sends_in_other_parts_is_left_to_it(service: Service, tmp_path: Path) -> None:
    """The same file for the same exhibit, in parts of 5 MiB: once under way, once complete."""
    model = heavy(7 * MIB)
    (tmp_path / "press.glb").write_bytes(model)
    about = {"exhibit": "press", "size": len(model), "partSize": 5 * MIB, "sha256": sha256(model)}
    with httpx2.Client(base_url=service.url, headers=service.headers, timeout=PATIENCE) as page:
        begun = page.post("/v1/uploads/multipart", json={"filename": "p.glb", "metadata": about}).json()
        ended(command(service, "upload", str(tmp_path / "press.glb"), "--no-follow"))
        assert model_of(service, "press") == model
        assert page.get(f"/v1/uploads/{begun['uploadId']}").json()["state"] == "open"
