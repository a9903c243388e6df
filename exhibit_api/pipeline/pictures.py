"""A curator's own picture of an exhibit, made ready for the catalogue: WebP in two sizes, upright, without its metadata."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from exhibit_api.errors import Rejected
from exhibit_api.pipeline.child import Caps, Cause, never, run
from exhibit_api.pipeline.judge import sha256_of
from exhibit_api.pipeline.outcome import WEBP, Product
from exhibit_api.pipeline.recipes import POSTER_SIZES

CAPS = Caps(wall=30, cpu=30, memory=1 << 30, output=1 << 20, file_size=64 << 20)


def redraw(source: Path, folder: Path, *, stopping: Callable[[], bool] = never) -> tuple[Product, ...]:
    """The JPEG, PNG or WebP `source` as `picture-1024` and `picture-512`, written into `folder`.

    The sizes are those of the longer side; a smaller picture keeps its own. Raises Rejected where it is no picture, or
    one that costs too much to open, and Stopped after `stopping` said so.
    """
    records: list[dict[str, Any]] = []
    command = [
        sys.executable,
        "-I",
        "-m",
        "exhibit_api.pipeline.scaling",
        str(source.resolve()),
        *map(str, POSTER_SIZES),
    ]
    ended = run(command, folder=folder, caps=CAPS, on_record=records.append, stopping=stopping)
    if records and "refused" in records[-1]:
        raise Rejected(records[-1]["refused"])
    if ended.cause is not Cause.DONE:
        raise Rejected(
            "the picture is broken, or costs too much to open: send a JPEG, PNG or WebP of at most 8192 pixels a side, "
            "and 50 million in all"
        )
    return tuple(product(folder, record) for record in records)


def product(folder: Path, record: dict[str, Any]) -> Product:
    path = folder / f"{record['made']}.webp"
    size, shape = path.stat().st_size, {"width": record["width"], "height": record["height"]}
    return Product(record["made"], path, sha256_of(path), size, WEBP, transparent=record["transparent"], **shape)
