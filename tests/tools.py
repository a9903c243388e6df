"""JavaScript packages that tests bring to a page or run beside it (axe-core, iwer, Uppy), and deno to run them."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "web" / "testing"


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of JavaScript packages that tests bring to a page (axe-core, iwer); put there by deno if they are missing."""
    packages = TOOLS / "node_modules"
    base = tmp_path_factory.getbasetemp()
    with ((base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "tools.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = json.loads((TOOLS / "deno.json").read_text())["imports"]
        if not all((packages / name).exists() for name in wanted):
            deno = Path(sys.executable).with_name("deno")
            subprocess.run([deno, "install", "--quiet", "--frozen"], cwd=TOOLS, check=True)
    return packages
