"""The tools see the job's folder and nothing else: no address in a model leads them out of it."""

import hashlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from exhibit_api.pipeline import tools
from exhibit_api.pipeline.gate import verdicts
from tests.gltf.building import Model, box_model, glb, png, png_chunk, triangle, triangle_model
from tests.pipeline.converting import CAPS, Record, converted, step

SECRET = b"the secret that nobody may read"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with secrets, and with a folder for the job."""
    whole = png(4, 4)
    (tmp_path / "secret.png").write_bytes(whole[:33] + png_chunk(b"tEXt", b"Comment\0" + SECRET) + whole[33:])
    (tmp_path / "secret.bin").write_bytes(SECRET * 40)
    (tmp_path / "jobs" / "one").mkdir(parents=True)
    (tmp_path / "jobs" / "two").mkdir()
    (tmp_path / "jobs" / "two" / "secret.png").write_bytes((tmp_path / "secret.png").read_bytes())
    return tmp_path.resolve()


@pytest.fixture
def job(site: Path) -> Path:
    return site / "jobs" / "one"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server on this machine, which nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def spellings(target: Path, job: Path, port: int) -> list[str]:
    """Ways to write the address of a file outside the job's folder."""
    near, far = os.path.relpath(target, job), str(target)
    return [
        near,
        f"./{near}",
        near.replace("/", "\\"),
        near.replace("/", "%2f"),
        near.replace(".", "%2e"),
        quote(near, safe="").replace("%", "%25"),
        near.replace("..", "\u2024\u2024"),
        near.replace("/", "\uff0f"),
        f"x/../{near}",
        far,
        f"//{far}",
        f"\\\\localhost{far}",
        f"file:{far}",
        f"file://{far}",
        f"FILE://localhost{far}",
        f"http://127.0.0.1:{port}{far}",
        f"//127.0.0.1:{port}{far}",
        f"data:image/png;base64,/../{near}",
        f"data:,{near}",
        f"DATA:{near}",
    ]


def asking(uri: str, kind: str) -> bytes:
    """A model whose picture, or whose numbers, are at an address."""
    model: Model = triangle_model(png()) if kind == "images" else box_model()
    json, data = model
    json[kind] = [{"uri": uri}] if kind == "images" else [{"uri": uri, "byteLength": 648}]
    return glb(json, data)


def prints(folder: Path, *, apart: Path) -> dict[str, tuple[int, str]]:
    """Every file of the folder, save those of one inside it, with its time and its hash."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and apart not in path.parents]
    return {str(path): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files}


def holding_secrets(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and SECRET in path.read_bytes()]


@pytest.mark.parametrize("kind", ["images", "buffers"])
def test_no_spelling_of_an_address_brings_a_secret_out(
    site: Path, job: Path, listener: socket.socket, kind: str
) -> None:
    target = site / ("secret.png" if kind == "images" else "secret.bin")
    for at, uri in enumerate(spellings(target, job, listener.getsockname()[1])):
        (job / f"{at}.glb").write_bytes(asking(uri, kind))
    paths = sorted(job.glob("*.glb"))
    before = prints(site, apart=job)
    steps = [step(path, do) for do in ("normalise", "repair", "usdz") for path in paths]
    ends = converted(steps, job)
    reports = [verdict.report for verdict in verdicts(paths, job)]
    assert {end["state"] for end in ends} <= {"made", "failed"}
    assert None not in reports
    assert holding_secrets(job) == []
    assert SECRET.decode() not in f"{ends} {reports}"
    assert prints(site, apart=job) == before
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_an_svg_shows_no_picture_from_outside(site: Path, job: Path) -> None:
    """It is no picture that glTF knows, and the preflight says so; image libraries draw it all the same."""

    def drawing(target: str) -> bytes:
        tag = f'<image href="{target}" width="8" height="8"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">{tag}</svg>'
        return triangle(svg.encode())

    targets = {"there": f"file://{site}/secret.png", "near": "../../secret.png", "nowhere": "file:///nothing.png"}
    for name, target in targets.items():
        (job / f"{name}.glb").write_bytes(drawing(target))
    ends = converted([step(job / f"{name}.glb") for name in targets], job)
    pictures = {Path(end["output"]).read_bytes() for end in ends if end["state"] == "made"}
    assert len(pictures) <= 1  # where it is drawn, then without what it names


def test_files_outside_can_be_neither_read_nor_written(site: Path, job: Path) -> None:
    (job / "box.glb").write_bytes(glb(*box_model()))
    outside = site / "jobs" / "two"
    before = prints(site, apart=job)
    reading, writing = step(outside / "secret.png"), step(job / "box.glb")
    writing["output"] = str(outside / "made.glb")
    ends = converted([reading, writing, step(job / "box.glb")], job)
    assert [end["state"] for end in ends] == ["failed", "failed", "made"]
    assert "read access" in ends[0]["message"]
    assert "write access" in ends[1]["message"]
    assert prints(site, apart=job) == before


def test_the_validator_reads_no_file_outside(site: Path, job: Path) -> None:
    records: list[Record] = []
    files = [site / "secret.bin", Path("/etc/passwd"), job / ".." / ".." / "secret.bin"]
    tools.call("validate", *files, folder=job, caps=CAPS, on_record=records.append, stopping=lambda: False)
    assert ["read access" in record["error"] for record in records] == [True] * len(files)
