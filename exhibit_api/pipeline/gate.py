"""The gate: what the Khronos validator says of files, many in one child, and none of them the ruin of the others."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from exhibit_api.pipeline import tools
from exhibit_api.pipeline.child import Caps, Cause, Ended, never
from exhibit_api.pipeline.outcome import Verdict
from exhibit_api.pipeline.reasons import last_line

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

    A file on which the validator crashes, or breaks a cap, has `failure` in its verdict; the others are tried again in
    a new child. Raises Rejected where there is no toolbox, Stopped after `stopping` said so.
    """
    found: list[Verdict] = []

    def take(record: dict[str, Any]) -> None:
        found.append(verdict(record))
        report(len(found))

    while len(found) < len(files):
        end = min(len(found) + MOST_IN_A_CHILD, len(files))
        paths = [path.resolve() for path in files[len(found) : end]]
        ended = tools.call("validate", *paths, folder=folder, caps=CAPS, on_record=take, stopping=stopping)
        if len(found) < end:  # it judges them in their order, so the next one was its end
            found.append(Verdict(None, failure=failure(ended)))
            report(len(found))
    return found


def verdict(record: dict[str, Any]) -> Verdict:
    """What a record of the toolbox says."""
    if "error" in record:
        return Verdict(None, failure=f"the validator could not finish: {record['error']}")
    return Verdict(record["report"], tuple(record["unknownExtensions"]))


def failure(ended: Ended) -> str:
    """One sentence on a child that ended before its time."""
    if ended.cause in ENDINGS:
        return ENDINGS[ended.cause]
    return f"the validator could not finish: {last_line(ended.errors) or f'it ended with {ended.status}'}"
