"""Runs the viewer's pure modules in deno, as they are."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "web" / "viewer" / "src").as_uri()


def ask(script: str, data: object = None) -> Any:
    """What the script answers: it has `data`, may import from "VIEWER/…", and calls `answer(value)` once."""
    source = (
        f"const data = {json.dumps(data)};\n"
        "const answer = (value: unknown) => console.log(JSON.stringify(value));\n"
        f"{script.replace('VIEWER/', f'{SOURCES}/')}"
    )
    deno = str(Path(sys.executable).with_name("deno"))
    options = ("--quiet", "--no-check", "--no-lock", "--config", str(ROOT / "web" / "deno.json"), "--ext", "ts")
    ran = subprocess.run(
        [deno, "run", *options, "-"], input=source, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
