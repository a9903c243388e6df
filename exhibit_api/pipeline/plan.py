"""Works through recipes in the toolbox: one child for all of them, and a new one for the rest after each that dies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from exhibit_api.pipeline import tools
from exhibit_api.pipeline.child import Caps
from exhibit_api.pipeline.outcome import ENDINGS, Reason, ReasonCode
from exhibit_api.pipeline.reasons import PATHS, reason, stopped
from exhibit_api.pipeline.recipes import Recipe

CAPS = Caps(wall=240, cpu=1200, memory=8 << 30)
STATIC_POSE = "STATIC_POSE"


@dataclass(frozen=True, slots=True)
class Work:
    """A file that a step wrote, the validator's error codes on it, and whether skins or morph targets stand still in it."""

    path: Path
    errors: tuple[str, ...]
    static: bool


Results = Mapping[str, Work | Reason]
"""What came of each step, by its name."""


def carry_out(
    recipes: Sequence[Recipe],
    master: Path,
    folder: Path,
    *,
    began: Callable[[str, int], None],
    stopping: Callable[[], bool],
) -> Results:
    """Do the recipes on the GLB `master`; it lies in `folder`, where the results come. All of them have a result at the end.

    `began` is told the name of each step, and how many are done. Raises Stopped after `stopping` said so.
    """
    results: dict[str, Work | Reason] = {}
    sources = {recipe.name: recipe.source for recipe in recipes}
    while due := due_of(recipes, results):
        running = [due[0].name]

        def take(record: dict[str, Any], running: list[str] = running) -> None:
            name = record["step"]
            if record["state"] == "started":
                running[0] = name
                began(name, len(results))
            else:
                results[name] = result(record, sources[name], results)

        plan = folder.resolve() / "plan.json"
        plan.write_bytes(orjson.dumps({"steps": [step(recipe, master, plan.parent) for recipe in due]}))
        ended = tools.call("make", plan, folder=folder, caps=CAPS, on_record=take, stopping=stopping)
        if any(recipe.name not in results for recipe in due):
            results.setdefault(running[0], stopped(running[0], ended, CAPS))
    return results


def due_of(recipes: Sequence[Recipe], results: dict[str, Work | Reason]) -> list[Recipe]:
    """The recipes that are still to be done; those whose source could not be made get that as their result."""
    due = []
    for recipe in recipes:
        if recipe.name in results:
            continue
        if isinstance(results.get(recipe.source), Reason):
            results[recipe.name] = reason(recipe.name, ReasonCode.NO_SOURCE, source=recipe.source)
        else:
            due.append(recipe)
    return due


def step(recipe: Recipe, master: Path, folder: Path) -> dict[str, Any]:
    """The step of the plan. `folder` is resolved: the toolbox is told absolute paths."""
    source = folder / f"{recipe.source}.glb" if recipe.source != "master" else master.resolve()
    output = folder / f"{recipe.name}.{ENDINGS[recipe.media_type]}"
    return {
        "name": recipe.name,
        "do": recipe.do,
        "input": str(source),
        "output": str(output),
        "options": dict(recipe.options),
    }


def result(record: dict[str, Any], source: str, results: Results) -> Work | Reason:
    """What a record of the toolbox says of a step that ended."""
    name = record["step"]
    if record["state"] == "made":
        return Work(Path(record["output"]), tuple(record["errors"]), STATIC_POSE in record["notes"])
    if isinstance(results.get(source), Reason):
        return reason(name, ReasonCode.NO_SOURCE, source=source)
    return reason(name, ReasonCode.TOOL_FAILED, message=PATHS.sub("", record["message"]))
