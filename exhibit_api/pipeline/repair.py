"""Repairs a model: written anew by the toolbox, so that offsets, bounds, lengths and the like come out right."""

from collections.abc import Callable
from pathlib import Path

from exhibit_api.errors import Rejected
from exhibit_api.pipeline.outcome import Reason
from exhibit_api.pipeline.plan import carry_out
from exhibit_api.pipeline.recipes import Recipe

REPAIR = Recipe("repaired", "master", "repair", {})


def repair(source: Path, folder: Path, *, stopping: Callable[[], bool]) -> Path:
    """The GLB `source`, which lies in `folder`, written anew there. Whether that helped, the gate tells.

    What stands in extensions that the toolbox does not know is lost. Raises Rejected where it cannot be written or
    there is no toolbox, Stopped after `stopping` said so.
    """
    results = carry_out([REPAIR], source, folder, began=lambda *_: None, stopping=stopping)
    work = results[REPAIR.name]
    if isinstance(work, Reason):
        raise Rejected(work.words["en"])
    return work.path
