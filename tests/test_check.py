"""`exhibit check` looks at models as the service would: what is wrong, what they cost, and what each device gets."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from exhibit_api.checking.check import kept_names
from exhibit_api.checking.files import brought
from exhibit_api.cli import app
from exhibit_api.gltf.report import examine
from exhibit_api.pipeline import tools
from exhibit_api.pipeline.recipes import RECIPES
from tests.gltf.building import box, box_model, glb, png, triangle
from tests.pipeline.drawing import require_graphics

PUBLISHED = {recipe.name for recipe in RECIPES if recipe.published}


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a sound model, one that lies, and what is no model."""
    models = tmp_path / "models"
    (models / "deep").mkdir(parents=True)
    (models / "good.glb").write_bytes(box())
    (models / "deep" / "lying.glb").write_bytes(lying())
    (models / "scene.gltf").write_bytes(b'{"asset": {"version": "2.0"}}')
    (models / "notes.txt").write_text("not looked at")
    return models


def lying() -> bytes:
    """A box that claims to be larger than it is: an error of the validator's."""
    document, data = box_model()
    document["accessors"][0]["max"] = [9.0, 9.0, 9.0]
    return glb(document, data)


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def told(*arguments: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(check("--json", *arguments).stdout)
    return found


def test_a_folder_is_searched_and_every_model_told_once(folder: Path) -> None:
    found = told("--no-variants", folder, folder / "good.glb")
    names = [Path(file["file"]).relative_to(folder).as_posix() for file in found]
    assert names == ["deep/lying.glb", "good.glb", "scene.gltf"]
    assert [file["publishable"] for file in found] == [False, True, False]


def test_a_file_is_told_with_its_hash_its_measures_and_its_issues(folder: Path) -> None:
    lie, good, scene = told("--no-variants", folder)
    data = (folder / "good.glb").read_bytes()
    assert (good["sha256"], good["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (good["measures"]["triangles"], good["variants"]) == (12, [])
    assert {issue["severity"] for issue in good["issues"]} <= {"info", "hint"}

    error = lie["issues"][0]
    assert (error["code"], error["severity"], error["source"]) == ("ACCESSOR_MAX_MISMATCH", "error", "validator")
    assert error["pointer"].startswith("/accessors/0")
    assert set(error["summary"]) == set(error["remedy"]) == {"zh-Hans", "en"}

    assert "measures" not in scene
    assert scene["issues"][0]["code"] == "NO_MODEL"
    assert ".gltf" in scene["issues"][0]["message"]


@pytest.mark.parametrize(
    ("names", "code"),
    [(["good.glb"], 0), (["deep/lying.glb"], 1), (["good.glb", "scene.gltf"], 1), (["."], 1), (["gone.glb"], 2)],
)
def test_the_exit_code_is_for_build_servers(names: list[str], code: int, folder: Path) -> None:
    assert check("--no-variants", *(folder / name for name in names)).exit_code == code


def test_a_folder_without_models_is_a_mistake_of_its_caller(tmp_path: Path) -> None:
    found = check(tmp_path)
    assert found.exit_code == 2
    assert "has no .glb file" in found.stderr


def test_all_variants_are_made_and_kept_where_asked(folder: Path, tmp_path: Path) -> None:
    require_graphics()
    out = tmp_path / "made"
    (file,) = told("--out", out, folder / "good.glb")
    variants = {variant["profile"]: variant for variant in file["variants"]}
    pictures = {"poster-512", "poster-512-ground", "poster-1024", "poster-1024-ground"}
    assert set(variants) == PUBLISHED - {"lod1", "lod2"} | pictures
    assert {(reason["name"], reason["code"]) for reason in file["reasons"]} >= {
        ("lod1", "NOT_LIGHTER"),
        ("mini-program", "MASTER_IS_BEST"),
    }
    assert variants["mini-program"]["master"]
    assert variants["poster-512"]["width"] == 512
    for path in (out / "good").iterdir():
        variant = variants[path.stem]
        data = path.read_bytes()
        assert (variant["sha256"], variant["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
        if path.suffix == ".glb":
            with path.open("rb") as opened:
                assert examine(opened, len(data)).measures.triangles == variant["measures"]["triangles"] == 12
    assert {path.stem for path in (out / "good").iterdir()} == set(variants)


def test_files_of_the_same_name_are_kept_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "box.glb").write_bytes(box())
    assert check("--out", tmp_path / "made", "--jobs", "2", tmp_path / "one", tmp_path / "two").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["box", "box-2"]


def test_a_model_with_errors_is_not_made_into_anything(folder: Path, tmp_path: Path) -> None:
    (file,) = told("--out", tmp_path / "made", folder / "deep" / "lying.glb")
    assert (file["variants"], file["reasons"]) == ([], [])
    assert not (tmp_path / "made").exists()


def test_the_table_has_a_line_a_file_and_says_what_is_wrong_and_how_to_mend_it(folder: Path) -> None:
    shown = check("--no-variants", folder).stdout
    lines = {line.split()[0]: line for line in shown.splitlines() if line.strip()}
    assert "3/0" in lines["deep/lying.glb"]
    assert "0/0" in lines["good.glb"]
    assert "ACCESSOR_MAX_MISMATCH" in shown
    assert "1 of 3 files can be published" in shown


def test_files_may_be_named_in_any_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    lines = check(
        "--no-variants", "good.glb", folder / "good.glb", folder / "deep", "deep/lying.glb"
    ).stdout.splitlines()
    assert [line.split()[0] for line in lines[1:5]] == [
        "good.glb",
        str(folder / "good.glb"),
        str(folder / "deep" / "lying.glb"),
        "deep/lying.glb",
    ]


def test_the_table_says_what_each_device_gets(folder: Path) -> None:
    lines = check(folder / "good.glb").stdout.splitlines()
    profiles, row = lines[0].split(), lines[1].split()
    assert set(profiles) > PUBLISHED
    assert "master" in row
    assert "–" in row
    assert any("lod1, lod2: It would have 12 triangles" in line for line in lines)


def test_it_speaks_chinese_when_asked_and_where_people_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = check("--no-variants", "--lang", "zh-Hans", folder).stdout
    assert "3 个文件中，1 个可以发布" in asked
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert check("--no-variants", folder).stdout == asked


def test_names_from_a_file_cannot_paint_the_terminal(tmp_path: Path) -> None:
    """Neither rich's markup nor escape sequences in what a stranger named."""
    document, data = box_model()
    document["extensionsUsed"] = document["extensionsRequired"] = ["[red]VENDOR\x1b[31m_paint[/red]"]
    (tmp_path / "[bold]x.glb").write_bytes(glb(document, data))
    shown = check("--no-variants", tmp_path).stdout
    assert "[bold]x.glb" in shown
    assert "[red]VENDOR" in shown
    assert "\x1b" not in shown


def test_a_picture_that_cannot_be_shown_is_named(tmp_path: Path) -> None:
    (tmp_path / "cut.glb").write_bytes(triangle(png(9000, 4)))
    (file,) = told("--no-variants", tmp_path)
    assert {issue["code"] for issue in file["issues"]} >= {"IMAGE_TOO_LARGE"}


def test_without_its_tools_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "SCRIPT", folder / "not-built.mjs")
    found = check("--no-variants", folder)
    assert found.exit_code == 1
    assert "the toolbox is not built" in str(found.exception)


def test_a_name_that_is_no_text_is_told_with_escapes(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff-loom.glb"))
    try:
        path.write_bytes(box())
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    (file,) = told("--no-variants", tmp_path)
    assert (file["file"], file["publishable"]) == (f"{tmp_path}/\\xff-loom.glb", True)
    assert "\\xff-loom.glb" in check("--no-variants", tmp_path).stdout


def test_a_file_that_cannot_be_read_fails_and_the_others_are_checked(folder: Path) -> None:
    unreadable = Path("/proc/self/mem")  # whoever asks, its first byte is not to be had
    if not unreadable.exists():
        pytest.skip("there is no /proc on this system")
    good, bad = told("--no-variants", folder / "good.glb", unreadable)
    assert (good["publishable"], bad["publishable"]) == (True, False)
    assert [issue["code"] for issue in bad["issues"]] == ["UNREADABLE"]
    assert "sha256" not in bad
    assert check("--no-variants", folder / "good.glb", unreadable).exit_code == 1


def test_what_is_made_stays_in_its_folder(tmp_path: Path) -> None:
    names = {"...glb": "model", "..glb": "model-2", "a..glb": "a."}
    paths = [tmp_path / name for name in names]
    assert {path.name: kept for path, kept in kept_names(paths).items()} == names


def test_tools_get_a_copy_and_not_the_file_itself(tmp_path: Path) -> None:
    original = tmp_path / "loom.glb"
    original.write_bytes(box())
    (tmp_path / "work").mkdir()
    there = brought(original, tmp_path / "work", "0.glb")
    there.write_bytes(b"written by a tool")
    assert original.read_bytes() == box()
