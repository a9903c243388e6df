"""The toolbox: JavaScript that is bundled into the package and run by deno, which lets it touch the job's folder alone."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from exhibit_api.errors import Rejected
from exhibit_api.pipeline.child import Caps, Ended, run

BUNDLE = Path(__file__).resolve().with_name("toolbox")
SCRIPT = BUNDLE / "toolbox.mjs"
MOST_HEAP = 3072  # MiB of JavaScript objects; what WebAssembly and buffers hold comes on top
PROBED = ("/nope", "/src/build/target")  # libvips looks for itself there, and need not find anything
ENVIRONMENT = {"PATH": "/nope", "HOME": "/nope", "VIPSHOME": "/nope", "NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"}


@cache
def deno() -> str | None:
    """The absolute path of deno's program, None where its package is not installed."""
    try:
        return str(Path(import_module("deno").find_deno_bin()).absolute())
    except (ImportError, FileNotFoundError):
        return None


def missing() -> str | None:
    """Why the toolbox cannot run on this machine, None where it can."""
    if not SCRIPT.is_file():
        return "the toolbox is not built: install exhibit-api from its wheel, or run `uv sync` in the checkout"
    if deno() is None:
        return "deno is not installed: `pip install deno`"
    return None


def call(
    *arguments: str | Path,
    folder: Path,
    caps: Caps,
    on_record: Callable[[dict[str, Any]], None],
    stopping: Callable[[], bool],
) -> Ended:
    """Run a command of the toolbox, which can read and write the job's folder, and nothing else. See `child.run`."""
    if (why := missing()) is not None:
        raise Rejected(why)
    folder = folder.resolve()  # deno compares resolved paths
    command = [
        str(deno()),
        "run",
        *(
            "--no-prompt",
            "--no-remote",
            "--cached-only",
            "--no-config",
            "--no-lock",
            "--no-code-cache",
            "--node-modules-dir=manual",
        ),
        f"--v8-flags=--max-old-space-size={MOST_HEAP}",
        *("--allow-sys", "--allow-env", f"--allow-read={listed(BUNDLE, folder, *PROBED)}"),
        f"--allow-write={listed(folder)}",
        str(SCRIPT),
        *map(str, arguments),
    ]
    environment = ENVIRONMENT | {"DENO_DIR": str(folder / ".deno")}
    return run(command, folder=folder, caps=caps, on_record=on_record, stopping=stopping, environment=environment)


def listed(*paths: Path | str) -> str:
    """A list of paths for deno. Raises Rejected where a comma would make two paths of one, and open what is not meant."""
    for path in paths:
        if "," in str(path):
            raise Rejected(f"the folder {str(path)!r} has a comma in its name: set TMPDIR, or install, to one without")
    return ",".join(map(str, paths))
