"""`exhibit upload`: files and folders, one after the other, behind a bar or in lines; what came of each in a line."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from exhibit_api.errors import ExhibitError, Rejected
from exhibit_api.sending.lines import Lines
from exhibit_api.sending.outcome import Report
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
    out = Console(highlight=False, soft_wrap=True, markup=False)  # names of files may have brackets
    told = Console(stderr=True, markup=False)
    columns = (
        TextColumn("{task.description}", markup=False),
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
                try:
                    with _shown(bar, path.name) as report:
                        sent = upload(service, path, slug, parallel=parallel, follow=follow, report=report)
                except (ExhibitError, OSError) as error:
                    good = False
                    out.print(f"{path}: {getattr(error, 'detail', None) or error}")
                else:
                    good = good and sent.asset["state"] != "failed"
                    out.print(f"{path}: {line_of(sent, slug)}")
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
    seen: dict[str, Path] = {}
    for file in files:
        slug = exhibit or file.stem
        if not is_slug(slug):
            raise Rejected(f"{slug!r} is no slug of an exhibit; name the exhibit of {file} with --exhibit")
        if slug in seen:
            raise Rejected(f"{seen[slug]} and {file} are both for exhibits/{slug}; send one of them")
        seen[slug] = file
        yield file, slug


@contextmanager
def _shown(bar: Progress, name: str) -> Iterator[Report]:
    """Where to tell of one file: in the bar, or in lines where there is no terminal."""
    if not bar.console.is_terminal:
        with Lines(name) as lines:
            yield lambda what, done, total: lines(what, done, total, in_bytes=what in BYTES)
        return
    task, shown = bar.add_task(name, total=None), ""

    def show(what: str, done: int, total: int) -> None:
        nonlocal shown
        if what != shown:
            shown = what
            bar.reset(task, description=f"{name} · {what}", total=total)
        bar.update(task, completed=done, total=total)

    try:
        yield show
    finally:
        bar.remove_task(task)
