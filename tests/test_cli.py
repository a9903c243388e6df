"""The command line teaches, does what it says, and fails in one line."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from exhibit_api.cli import app, main
from exhibit_api.settings import Settings
from tests.acting import House, Person
from tests.gltf.building import box

COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"EXHIBIT_{name.upper()}", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def data(laptop: House) -> Path:
    """The data folder of a laptop's site with a hall that can be published."""
    laptop.place(laptop.hall(), laptop.exhibit("loom", box((1, 1, 1))))
    return laptop.site.settings.data


def run(*arguments: str | Path) -> None:
    """The command line in this process."""
    main([str(argument) for argument in arguments])


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """What was printed, and what was complained of."""
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return captured.out.strip(), captured.err.strip()


def code(*arguments: str | Path) -> int | str | None:
    """How the command line ends."""
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    return ended.value.code


def test_help_lists_every_command_with_what_it_does() -> None:
    shown = CliRunner().invoke(app, ["--help"]).output
    assert set(COMMANDS) >= {"demo", "serve", "worker", "migrate", "publish", "token", "verify"}
    for name in COMMANDS:
        assert name in shown
    assert "exhibit demo" in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"])
    assert shown.exit_code == 0
    made = get_command(app).commands[command]  # type: ignore[attr-defined]
    assert made.help
    assert made.help.splitlines()[0].endswith((".", ":"))
    for parameter in made.params:
        assert parameter.help or parameter.name == "help", parameter.name


def test_a_token_made_on_the_command_line_opens_the_door(
    laptop: House, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code("token", "--role", "curator", "--organisation", "jiangsu", "--days", "1", "--data", data) == 0
    secret, _ = said(capsys)
    curator = Person(laptop.client, secret)
    assert curator.get("/v1/exhibits/loom").status_code == 200
    assert curator.get("/v1/audit").status_code == 403
    [entry] = laptop.admin.get("/v1/audit?limit=1").json()["items"]
    assert (entry["actor"], entry["deed"], secret in str(entry)) == ("command line", "grant token", False)


@pytest.mark.parametrize(
    "wrong", [["--role", "king"], ["--days", "0"], ["--days", "x"], ["--organisation", "Jiang Su"]]
)
def test_a_token_that_cannot_be_is_refused(data: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert code("token", *wrong, "--data", data) in (1, 2)
    assert wrong[0] in said(capsys)[1]


def test_publish_says_what_visitors_see_now(laptop: House, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for state in ("published", "is unchanged, and shown"):
        assert code("publish", "suzhou", "--note", "First", "--data", data) == 0
        out, _ = said(capsys)
        assert out.startswith(f"halls/suzhou edition 1 {state}: manifests/")
        digest = out.rpartition("manifests/")[2]
        assert (data / "store" / "public" / "manifests" / digest).exists()


def test_publish_lists_what_a_visitor_would_trip_over(
    laptop: House, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(7):
        slug = laptop.exhibit(f"tool-{number}", box((0.1, 0.1, 0.1)), label={"en": "Tool"})
        laptop.place("suzhou", slug, at=(number - 3, 0, 3))
    findings = [f for f in laptop.admin.get("/v1/halls/suzhou/lint").json()["findings"] if f["severity"] == "error"]
    assert len(findings) == 7
    assert code("publish", "suzhou", "--data", data) == 1
    _, err = said(capsys)
    for finding in findings:
        assert finding["message"] in err


@pytest.mark.parametrize("hall", ["no-such", "../x", "名"])
def test_an_unknown_hall_is_one_line(data: Path, hall: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert code("publish", hall, "--data", data) == 1
    assert said(capsys) == ("", f"exhibit: there is no hall {hall!r}")


def test_verify_is_silent_where_all_is_well_and_names_what_is_not(
    laptop: House, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laptop.publish("suzhou")
    assert code("verify", "--data", data) == 0
    assert said(capsys)[0] == ""
    blob = next((data / "store" / "public" / "blobs").iterdir())
    master = next((data / "store" / "vault" / "masters").rglob("*"))
    blob.chmod(0o644)
    blob.write_bytes(b"changed")
    master.unlink()
    assert code("verify", "--data", data) == 1
    out, _ = said(capsys)
    assert f"public/blobs/{blob.name} was changed" in out
    assert f"vault/masters/{master.name} is missing" in out


def test_verify_finds_a_pointer_that_was_turned_to_another_edition(
    laptop: House, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laptop.publish("suzhou")
    pointer = data / "store" / "public" / "halls" / "suzhou.json"
    told = pointer.read_text()
    digest = laptop.visitor.get("/v1/halls/suzhou").json()["manifest"]["sha256"]
    pointer.chmod(0o644)
    pointer.write_text(told.replace(digest, "0" * 64))
    assert code("verify", "--data", data) == 1
    assert f"public/halls/suzhou.json does not name the current edition of its hall, {digest}" in said(capsys)[0]


def test_migrate_says_whether_there_was_something_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for expected in ("the database was brought up to date", "the database is up to date"):
        assert code("migrate", "--data", tmp_path / "new") == 0
        assert said(capsys)[0] == expected


def test_a_port_in_use_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for command in ("serve", "demo"):
            assert code(command, "--port", str(port), "--data", tmp_path) == 1
            out, err = said(capsys)
            assert (out, len(err.splitlines())) == ("", 1)
            assert f"cannot listen on 127.0.0.1:{port}" in err
            assert "--port" in err


def test_an_address_that_is_none_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert code("serve", "--host", "no.such.host.invalid", "--data", tmp_path) == 1
    assert said(capsys)[1].startswith("exhibit: cannot listen on no.such.host.invalid")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DATABASE_URL", "nonsense", "EXHIBIT_DATABASE_URL"),
        ("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none", "the database does not answer"),
        ("STORE_URL", "ftp://x", "ftp"),
        ("MAX_MODEL_BYTES", "many", "EXHIBIT_MAX_MODEL_BYTES"),
        ("ALLOWED_ORIGINS", "https://a.example", "JSON"),
        ("LOG_LEVEL", "loud", "EXHIBIT_LOG_LEVEL"),
    ],
)
def test_a_setting_that_cannot_be_is_one_line(
    name: str,
    value: str,
    expected: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(f"EXHIBIT_{name}", value)
    assert code("publish", "suzhou", "--data", tmp_path / "new") == 1
    out, err = said(capsys)
    assert (out, len(err.splitlines())) == ("", 1)
    assert expected in err


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert code("migrate", "--data", tmp_path / "file" / "data") == 1
    out, err = said(capsys)
    assert (out, len(err.splitlines())) == ("", 1)


def test_the_package_runs_as_a_program() -> None:
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "COLUMNS": "200"}
    shown = subprocess.run(
        [sys.executable, "-m", "exhibit_api", "--help"], env=environment, capture_output=True, text=True, check=True
    )
    assert "Exhibit API" in shown.stdout
