"""Gives files straight to the toolbox, past all gates, and tells how each of them ended."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from exhibit_api.pipeline import tools
from exhibit_api.pipeline.child import Caps

CAPS = Caps(wall=20, cpu=60, memory=6 << 30)

Record = dict[str, Any]


def step(path: Path, do: str = "normalise", **options: Any) -> Record:
    """A step that makes `a.glb.out` of `a.glb`."""
    return {"name": path.name, "do": do, "input": str(path), "output": f"{path}.out", "options": options}


def converted(steps: Sequence[Record], folder: Path, caps: Caps = CAPS) -> list[Record]:
    """The last record of each step, in their order; {"state": "died", "cause": …} of one that was its child's end."""
    ends: list[Record] = []
    while len(ends) < len(steps):
        plan = folder / "plan.json"
        plan.write_bytes(orjson.dumps({"steps": steps[len(ends) :]}))
        records: list[Record] = []
        ended = tools.call("make", plan, folder=folder, caps=caps, on_record=records.append, stopping=lambda: False)
        ends += [record for record in records if record["state"] != "started"]
        if len(ends) < len(steps):
            ends.append({"state": "died", "cause": ended.cause, "errors": ended.errors})
    return ends
