"""The gate: what the Khronos validator says of files, many in one child, and none of them the ruin of the others."""

from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import Any

from exhibit_api.pipeline import tools
from exhibit_api.pipeline.child import Caps, Cause, Ended, never
from exhibit_api.pipeline.outcome import Verdict
from exhibit_api.pipeline.reasons import PATHS, last_line

CAPS = Caps(wall=60, cpu=600, memory=6 << 30, file_size=16 << 20)
MOST_IN_A_CHILD = 64

ENDINGS = {
    Cause.WALL: f"the validator was ended after {CAPS.wall:.0f} seconds",
    Cause.CPU: f"the validator was ended after {CAPS.cpu} seconds of computing",
    Cause.MEMORY: "the validator was ended: it had no memory left",
    Cause.OUTPUT: f"the validator was ended: its report is longer than {CAPS.output} bytes",
}


def verdicts(
    files: Sequence[Path],
    folder: Path,
    *,
    stopping: Callable[[], bool] = never,
    report: Callable[[int], None] = lambda _: None,
) -> list[Verdict]:
    """The verdict on each file, in their order. The files lie in `folder`; `report` is told how many are done.

    A file on which the validator crashes, or breaks a cap, or whose record is lost, has `failure` in its verdict; those
    behind it are tried again in a new child. Raises Rejected where there is no toolbox, Stopped after `stopping` said so.
    """
    paths = [str(path.resolve()) for path in files]
    found: dict[str, Verdict] = {}

    def take(record: dict[str, Any]) -> None:
        if record["file"] in paths:
            found[record["file"]] = verdict(record)
            report(len(found))

    while some := [path for path in paths if path not in found][:MOST_IN_A_CHILD]:
        ended = tools.call("validate", *some, folder=folder, caps=CAPS, on_record=take, stopping=stopping)
        for path in lost(some, found, ended):
            found[path] = Verdict(None, failure=failure(ended))
        report(len(found))
    return [found[path] for path in paths]


def lost(paths: Sequence[str], found: Container[str], ended: Ended) -> list[str]:
    """Those of the paths that have no verdict and will get none: the child took them in their order, and got that far."""
    without = [at for at, path in enumerate(paths) if path not in found]
    if ended.cause is not Cause.DONE:
        judged = max((at for at, path in enumerate(paths) if path in found), default=-1)
        without = [at for at in without if at <= judged + 1]  # the one after the last was its end
    return [paths[at] for at in without]


def verdict(record: dict[str, Any]) -> Verdict:
    """What a record of the toolbox says."""
    if "error" in record:
        return Verdict(None, failure=f"the validator could not finish: {PATHS.sub('', record['error'])}")
    return Verdict(record["report"], tuple(record["unknownExtensions"]))


def failure(ended: Ended) -> str:
    """One sentence on a child that ended before its time."""
    if ended.cause in ENDINGS:
        return ENDINGS[ended.cause]
    if ended.cause is Cause.DONE:
        return "the validator could not finish: its report on this file was lost"
    said = PATHS.sub("", last_line(ended.errors))
    return f"the validator could not finish: {said or f'it ended with {ended.status}'}"
