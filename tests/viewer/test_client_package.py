"""The library as a package: what it exports, and its types."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

CLIENT = Path(__file__).parents[2] / "web" / "client"


def test_the_package_is_made_with_what_it_exports(tmp_path: Path) -> None:
    copy = tmp_path / "client"
    shutil.copytree(CLIENT, copy)
    package = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in package
    _, *words = package["scripts"]["prepack"].split()
    subprocess.run([Path(sys.executable).with_name("deno"), *words], cwd=copy, check=True)
    made = {name: (copy / path).read_text(encoding="utf-8") for name, path in package["exports"]["."].items()}
    assert "export declare function loadHall" in made["types"]
    assert "loadHall" in made["default"]


def test_the_types_are_those_of_the_schemas(tmp_path: Path) -> None:
    deno = Path(sys.executable).with_name("deno")
    made = tmp_path / "manifest.ts"
    command: list[str | Path] = [
        deno,
        "run",
        "--quiet",
        "--no-config",
        "-R",
        "-W",
        "--allow-run",
        CLIENT / "types.ts",
        made,
    ]
    subprocess.run(command, check=True)
    assert made.read_text(encoding="utf-8") == (CLIENT / "src" / "manifest.ts").read_text(encoding="utf-8")
