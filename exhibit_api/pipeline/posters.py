"""The catalogue's pictures of a model: drawn by f3d in a child, transparent and on a ground, in two sizes."""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from exhibit_api.pipeline.child import Caps, Cause, Ended, never, run
from exhibit_api.pipeline.judge import sha256_of
from exhibit_api.pipeline.outcome import WEBP, Product, Reason, ReasonCode, Words
from exhibit_api.pipeline.reasons import reason, stopped
from exhibit_api.pipeline.recipes import POSTER_SIZES
from exhibit_api.pipeline.render import WORKED_THROUGH

NAME = "poster"
CAPS = Caps(wall=240, cpu=240, memory=3 << 30, output=1 << 20, file_size=128 << 20)

# Where this machine keeps its GL, if not in the usual place.
PASSED_ON = ("LD_LIBRARY_PATH", "LIBGL_DRIVERS_PATH", "__EGL_VENDOR_LIBRARY_DIRS", "__EGL_VENDOR_LIBRARY_FILENAMES")

_lighting: dict[str, bytes] = {}
"""What f3d worked out at this process' first picture, by its name in the folder: a third of a picture's cost, the same for all."""

LACKS: dict[str, Words] = {
    "f3d": {
        "zh-Hans": "未安装 f3d，请运行 pip install exhibit-api[posters]",
        "en": "f3d is not installed: pip install exhibit-api[posters]",
    },
    "gl": {
        "zh-Hans": "缺少 OpenGL，请安装 libegl1 与 libgl1-mesa-dri，或 libosmesa6",
        "en": "there is no OpenGL: apt-get install libegl1 libgl1-mesa-dri, or libosmesa6",
    },
}


def graphics() -> str | None:
    """Why this machine cannot draw, None where it can. It is tried once in a process, in a child."""
    lack = lacking()
    return lack and LACKS[lack]["en"]


@cache
def lacking() -> str | None:
    """What this machine has not: "f3d" or "gl"."""
    answers: list[str | None] = []
    with tempfile.TemporaryDirectory() as name:
        ended = call(
            "probe", folder=Path(name), on_record=lambda record: answers.append(record["lack"]), stopping=never
        )
    return answers[0] if answers and ended.cause is Cause.DONE else "gl"  # bad drivers crash


def draw(
    source: Path, folder: Path, *, stopping: Callable[[], bool], sizes: Sequence[int] = POSTER_SIZES
) -> tuple[Product, ...] | Reason:
    """The pictures of the GLB `source`, written into `folder`; or why there are none. `sizes`: pixels a side, the largest first.

    Raises Stopped.
    """
    if lack := lacking():
        return reason(NAME, ReasonCode.NO_GRAPHICS, why_zh=LACKS[lack]["zh-Hans"], why=LACKS[lack]["en"])
    records: list[dict[str, Any]] = []
    lend(folder / WORKED_THROUGH)
    asked = (str(source.resolve()), *map(str, sizes))
    ended = call("draw", *asked, folder=folder, on_record=records.append, stopping=stopping)
    if ended.cause is not Cause.DONE or len(records) < 2 * len(sizes):
        return stopped(NAME, ended, CAPS)
    learn(folder / WORKED_THROUGH)
    return tuple(picture(folder, record) for record in records)


def lend(folder: Path) -> None:
    """Put what is known of the lighting where f3d looks for it."""
    for name, data in _lighting.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def learn(folder: Path) -> None:
    """Keep what f3d worked out, after a picture that succeeded."""
    if not _lighting:
        files = [path for path in folder.rglob("*") if path.is_file()]
        _lighting.update({str(path.relative_to(folder)): path.read_bytes() for path in files})


def picture(folder: Path, record: dict[str, Any]) -> Product:
    path, side = folder / f"{record['drawn']}.webp", record["size"]
    return Product(
        name=record["drawn"],
        path=path,
        sha256=sha256_of(path),
        bytes=path.stat().st_size,
        media_type=WEBP,
        width=side,
        height=side,
        transparent=record["transparent"],
    )


def call(
    *arguments: str, folder: Path, on_record: Callable[[dict[str, Any]], None], stopping: Callable[[], bool]
) -> Ended:
    """Run the child that draws."""
    command = [sys.executable, "-I", "-m", "exhibit_api.pipeline.render", *arguments]
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment |= {"HOME": str(folder), "MESA_SHADER_CACHE_DISABLE": "true"}
    return run(command, folder=folder, caps=CAPS, on_record=on_record, stopping=stopping, environment=environment)
