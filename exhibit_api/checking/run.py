"""`exhibit check`: a curator's and a build server's look at models, without a service."""

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from exhibit_api.checking.check import Work, check
from exhibit_api.checking.files import models_in
from exhibit_api.checking.table import NARROWEST, Language, show
from exhibit_api.checking.told import CheckedFile


def run_check(
    paths: Sequence[Path], *, variants: bool, keep: Path | None, jobs: int, as_json: bool, language: Language | None
) -> bool:
    """Check files and folders and print what was found; whether all can be published.

    Raises NothingToCheck where there is no such file, Rejected where the toolbox is missing.
    """
    files = models_in(paths)
    checked = list(with_progress(files, variants=variants, keep=keep, jobs=jobs))
    if as_json:
        sys.stdout.buffer.write(orjson.dumps([file.plain() for file in checked], option=orjson.OPT_INDENT_2) + b"\n")
        sys.stdout.flush()
    else:
        console = Console(highlight=False, width=None if sys.stdout.isatty() else max(NARROWEST, Console().width))
        show(console, checked, language or language_of_locale(), variants=variants)
    return all(file.publishable for file in checked)


def with_progress(files: Sequence[Path], *, variants: bool, keep: Path | None, jobs: int) -> list[CheckedFile]:
    """Check the files behind a bar on standard error."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("")

        def progress(what: str, steps: int) -> None:
            bar.update(task, description=what, advance=steps)

        work = Work(variants, keep, jobs, progress, threading.Event())
        bar.update(task, total=len(files) * work.steps)
        return list(check(files, work))


def language_of_locale() -> Language:
    """Chinese where the environment asks for it, else English."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh-Hans" if named.startswith("zh") else "en"
