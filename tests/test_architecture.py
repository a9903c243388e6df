"""How the house is built: who may import whom, and what every file begins with."""

import ast
import subprocess
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

PROJECT = Path(__file__).parents[1]
SOURCES = sorted((PROJECT / "exhibit_api").rglob("*.py"))


def test_the_floors_of_the_house_hold(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(PROJECT / ".importlinter"), no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        docstring = ast.get_docstring(ast.parse(source))
        assert docstring or not source.strip(), f"{path} has no docstring"
        assert not source.strip() or source.startswith('"""'), f"{path} does not begin with its docstring"


def test_the_package_stands_alone() -> None:
    """Tests may import the package, never the other way round; nothing is read from beside the checkout."""
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        imported += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
        assert not {name.split(".")[0] for name in imported} & {"tests", "bench", "shared"}, path
        assert "../shared" not in path.read_text(encoding="utf-8"), path


def test_no_file_is_named_by_what_it_is_not() -> None:
    nameless = {"utils", "helpers", "common", "service", "core", "misc"}
    assert not [path for path in SOURCES if nameless & {path.stem, *path.relative_to(PROJECT).parts}]


def test_what_is_built_or_locked_here_is_not_committed() -> None:
    found = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if found.returncode != 0:
        pytest.skip("not a git checkout")
    committed = found.stdout.splitlines()
    assert not [name for name in committed if Path(name).name in ("uv.lock", "package-lock.json", ".env")]
    assert not [name for name in committed if name.endswith((".sqlite3", ".pyc", ".whl"))]
