"""Checks files as the service would: looked at by us, judged by the validator, made into all variants; nothing is kept."""

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from exhibit_api.assets.schemas import MeasuresOut
from exhibit_api.checking.files import brought, name_of
from exhibit_api.checking.told import CheckedFile, CheckedVariant, issues_of, reason_told, unread
from exhibit_api.errors import BadModel
from exhibit_api.gltf.report import Report, inspect
from exhibit_api.pipeline.gate import verdicts
from exhibit_api.pipeline.judge import sha256_of
from exhibit_api.pipeline.make import STEPS, make
from exhibit_api.pipeline.outcome import ENDINGS, Outcome, Verdict

AT_A_TIME = 64  # files in one temporary folder
NOTHING = Outcome((), ())

Progress = Callable[[str, int], None]
"""Told what is being done, and how many more steps are."""


@dataclass(frozen=True)
class Work:
    """How files are checked: `keep` is the folder for what is made, None to throw it away; `jobs` files at a time."""

    variants: bool
    keep: Path | None
    jobs: int
    progress: Progress
    stopped: threading.Event

    @property
    def steps(self) -> int:
        """Steps a file."""
        return 1 + (STEPS if self.variants else 0)


def check(paths: Sequence[Path], work: Work) -> Iterator[CheckedFile]:
    """What was found about each file, in their order. Raises Rejected where the toolbox is missing."""
    kept = kept_names(paths)
    for first in range(0, len(paths), AT_A_TIME):
        some = paths[first : first + AT_A_TIME]
        looked = [look(path) for path in some]
        judged = judge(some, looked, work)
        with ThreadPoolExecutor(work.jobs) as pool:
            futures = [
                pool.submit(finish, path, seen, verdict, kept[path], work)
                for path, seen, verdict in zip(some, looked, judged, strict=True)
            ]
            try:
                yield from (future.result() for future in futures)
            except BaseException:
                work.stopped.set()
                pool.shutdown(cancel_futures=True)
                raise


@dataclass(frozen=True)
class Seen:
    """What a look at a file shows: its bytes, and what they are."""

    sha256: str
    bytes: int
    what: Report | BadModel


def look(path: Path) -> Seen | OSError:
    """What a file is; the error where it cannot be read."""
    try:
        sha256, size = sha256_of(path), path.stat().st_size
        with path.open("rb") as file:
            return Seen(sha256, size, examined(file, size))
    except OSError as error:
        return error


def examined(file: BinaryIO, size: int) -> Report | BadModel:
    try:
        return inspect(file, size)
    except BadModel as error:
        return error


def judge(paths: Sequence[Path], looked: Sequence[Seen | OSError], work: Work) -> list[Verdict | None]:
    """The validator's verdict on each file that is a model; all in one child."""
    found: list[Verdict | None] = [None] * len(paths)
    models = [at for at, seen in enumerate(looked) if isinstance(seen, Seen) and isinstance(seen.what, Report)]
    if models:
        with TemporaryDirectory(prefix="exhibit-check-") as folder:
            files = [brought(paths[at], Path(folder), f"{at}.glb") for at in models]
            for at, verdict in zip(models, verdicts(files, Path(folder), stopping=work.stopped.is_set), strict=True):
                found[at] = verdict
    return found


def finish(path: Path, looked: Seen | OSError, verdict: Verdict | None, kept: str, work: Work) -> CheckedFile:
    """All that is told of a file, with what was made of it where it can be published."""
    name = name_of(path)
    work.progress(path.name, 1)
    if isinstance(looked, OSError):
        work.progress(path.name, work.steps - 1)
        return unread(name, looked)
    issues = issues_of(looked.what, verdict)
    publishable = all(issue.severity != "error" for issue in issues)
    outcome = NOTHING
    if work.variants and publishable and verdict:
        outcome = made(path, verdict, kept, work)
    elif work.variants:
        work.progress(path.name, STEPS)
    return CheckedFile(
        file=name,
        sha256=looked.sha256,
        bytes=looked.bytes,
        publishable=publishable,
        issues=issues,
        measures=MeasuresOut.from_measures(looked.what.measures) if isinstance(looked.what, Report) else None,
        variants=tuple(CheckedVariant.from_product(product, looked.sha256) for product in outcome.products),
        reasons=tuple(reason_told(reason) for reason in outcome.reasons),
    )


def made(path: Path, verdict: Verdict, kept: str, work: Work) -> Outcome:
    """What comes of a model; the files are kept where that is asked for."""
    done = 0

    def report(step: str, so_far: int, _: int) -> None:
        nonlocal done
        work.progress(f"{path.name}: {step}", so_far - done)
        done = so_far

    with TemporaryDirectory(prefix="exhibit-check-") as folder:
        master = brought(path, Path(folder), "master.glb")
        outcome = make(
            master,
            Path(folder),
            unknown_extensions=verdict.unknown_extensions,
            report=report,
            stopping=work.stopped.is_set,
        )
        if work.keep:
            (work.keep / kept).mkdir(parents=True, exist_ok=True)
            for product in outcome.products:
                name = f"{product.name}.{ENDINGS[product.media_type]}"
                shutil.copyfile(product.path, work.keep / kept / name)
    return outcome


def kept_names(paths: Sequence[Path]) -> dict[Path, str]:
    """A folder's name for what is made of each file: the file's own, numbered where two have the same."""
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for path in paths:
        stem = path.stem if path.stem.strip(".") else "model"  # "..", of "...glb", would be the folder above
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        names[path] = name
    return names
