"""`exhibit upload`: files and folders, one after the other, behind a bar; what came of each in a line."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from exhibit_api.errors import ExhibitError, Rejected
from exhibit_api.sending.remote import Service
from exhibit_api.sending.upload import Sent, upload
from exhibit_api.text import is_slug

BYTES = ("hash", "send")
"""What is counted in bytes; all else in steps."""


def run_upload(
    paths: Sequence[Path],
    *,
    exhibit: str | None,
    server: str,
    token: str,
    parallel: int,
    follow: bool,
    patience: float,
) -> bool:
    """Send them all; whether each one is the model of its exhibit now, without an error. Raises Rejected for a list that cannot be."""
    files = list(_planned(paths, exhibit))
    out, told = Console(highlight=False, soft_wrap=True), Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(binary_units=True),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    good = True
    with Progress(*columns, console=told, transient=True, disable=not told.is_terminal) as bar:

        def waiting(why: str) -> None:
            bar.console.print(f"{why}; trying again", style="dim")

        service = Service(server, token, patience=patience, waiting=waiting, connections=parallel)
        try:
            for path, slug in files:
                task = bar.add_task(path.name, total=None)
                try:
                    sent = upload(
                        service, path, slug, parallel=parallel, follow=follow, report=_into(bar, task, path.name)
                    )
                except (ExhibitError, OSError) as error:
                    good = False
                    out.print(f"{path}: {getattr(error, 'detail', None) or error}")
                else:
                    good = good and sent.asset["state"] != "failed"
                    out.print(f"{path}: {line_of(sent, slug)}")
                bar.remove_task(task)
        except KeyboardInterrupt:
            told.print("stopped; run the same command again to go on")
            raise
        finally:
            service.close()
    return good


def line_of(sent: Sent, exhibit: str) -> str:
    """What became of a file, in a line."""
    asset = sent.asset
    known = "was there already, and is" if sent.was_there else "is"
    errors = sum(issue["severity"] == "error" and not issue.get("waived") for issue in asset["issues"])
    found = f"{errors} errors" if errors else f"{len(asset['issues'])} remarks"
    made = f", {len(asset['variants'])} variants" if asset["variants"] else ""
    return f"{known} the model of {exhibit}: {asset['state']}, {found}{made}; /v1/assets/{asset['sha256']}"


def _planned(paths: Sequence[Path], exhibit: str | None) -> Iterator[tuple[Path, str]]:
    """Files and their exhibits: the one that was named, else the one that is called like the file."""
    for path in paths:
        if not path.exists():
            raise Rejected(f"there is no {path}")
    files = [file for path in paths for file in (sorted(path.rglob("*.glb")) if path.is_dir() else [path])]
    if not files:
        raise Rejected(f"there are no .glb files in {', '.join(map(str, paths))}")
    if exhibit is not None and len(files) > 1:
        raise Rejected(f"--exhibit is for one file, and these are {len(files)}; name the files like their exhibits")
    for file in files:
        slug = exhibit or file.stem
        if not is_slug(slug):
            raise Rejected(f"{slug!r} is no slug of an exhibit; name the exhibit of {file} with --exhibit")
        yield file, slug


class _into:  # noqa: N801 - used like a function
    """Shows in the bar what is told of one file."""

    def __init__(self, bar: Progress, task: TaskID, name: str) -> None:
        self._bar, self._task, self._name = bar, task, name
        self._what = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        if what != self._what:
            self._what = what
            self._bar.reset(self._task, description=f"{self._name} · {what}", total=total)
            if not self._bar.console.is_terminal and what not in BYTES:
                print(f"{self._name}: {what}", file=sys.stderr)
        self._bar.update(self._task, completed=done, total=total)
