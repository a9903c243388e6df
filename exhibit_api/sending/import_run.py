"""`exhibit import`: a collection behind a bar, what was found in it as a table, and every mistake with its cell."""

import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from exhibit_api.errors import Rejected
from exhibit_api.importing.template import template_bytes
from exhibit_api.sending.bring import Brought, Found, default_template, forget, look, send_models, write
from exhibit_api.sending.gathered import gathered
from exhibit_api.sending.remote import Service

STATES = ("new", "changed", "unchanged", "faulty")
MOST_SHOWN = 200


def write_template(path: Path | None) -> None:
    """Write the spreadsheet to fill in. Raises Rejected where the file is there already, or cannot be written."""
    chosen = default_template(path)
    try:
        chosen.write_bytes(template_bytes())
    except OSError as error:
        raise Rejected(f"{chosen} cannot be written: {error.strerror}") from error
    print(f"{chosen}: fill it in, put the models beside it, and try exhibit import {chosen} --dry-run")


def run_import(
    source: Path,
    *,
    organisation: str | None,
    dry_run: bool,
    rows: bool,
    server: str,
    token: str,
    parallel: int,
    patience: float,
) -> bool:
    """Check, write, send; whether all went well. Raises Rejected for a collection that cannot be read, Refused, Unreachable."""
    out, told = Console(highlight=False, soft_wrap=True), Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        gathered(source) as collection,
        Progress(*columns, console=told, transient=True, disable=not told.is_terminal) as bar,
    ):
        report = _Told(bar)
        service = Service(server, token, patience=patience, waiting=report.waiting, connections=parallel)
        try:
            found = look(service, collection, organisation, report)
            show(out, found, len(collection.wanted))
            if dry_run:
                show_changes(out, found)
            if dry_run or (found.mistakes and not rows):
                forget(service, found)
                out.print(_nothing(found, dry_run=dry_run))
                return not found.mistakes
            found = write(service, found, "rows" if rows else "all", report)
            brought = send_models(service, collection, found, parallel=parallel, report=report)
        except KeyboardInterrupt:
            told.print("stopped; run the same command again to go on")
            raise
        finally:
            service.close()
    return show_end(out, found, brought)


def show(out: Console, found: Found, models: int) -> None:
    """What was found: a table of counts, and the mistakes."""
    table = Table("", *STATES, box=None)
    for kind, counts in sorted(found.report["tables"].items()):
        table.add_row(kind, *(str(counts[state]) for state in STATES))
    out.print(table)
    out.print(f"{models} models")
    for mistake in found.mistakes[:MOST_SHOWN]:
        out.print(f"{mistake.cell}: {mistake.detail}", markup=False)
    if found.mistake_count > MOST_SHOWN:
        out.print(f"… and {found.mistake_count - MOST_SHOWN} more")


def show_changes(out: Console, found: Found) -> None:
    """Which records would be changed, and in what."""
    changes = [one for one in found.report["changes"] if one["change"] == "changed"]
    for one in changes[:MOST_SHOWN]:
        out.print(f"{one['cell']}: {one['record']} gets another {', '.join(one['fields'])}", markup=False)
    if len(changes) > MOST_SHOWN:
        out.print(f"… and {len(changes) - MOST_SHOWN} more")


def show_end(out: Console, found: Found, brought: Brought) -> bool:
    """What became of it; whether all went well."""
    written = [counts["new"] + counts["changed"] for counts in found.report["tables"].values()]
    same = sum(counts["unchanged"] for counts in found.report["tables"].values())
    out.print(f"{sum(written)} records were written, {same} were so already")
    for waiting in found.report["held"]:
        out.print(f"{waiting['cell']}: {waiting['record']} waits for {waiting['waitsFor']}", markup=False)
    passed = f", {brought.passed} wait for their rows" if brought.passed else ""
    out.print(f"{brought.sent} models were sent, {brought.there} were there already{passed}")
    for mistake in brought.refused:
        out.print(f"{mistake.cell}: {mistake.detail}", markup=False)
    if brought.sent:
        out.print(
            "the service checks them and makes their variants now; GET /v1/exhibits/SLUG/model tells how far it is"
        )
    return not found.mistakes and not brought.refused


def _nothing(found: Found, *, dry_run: bool) -> str:
    if found.mistakes:
        count = found.mistake_count
        way_out = "mend them and run it again" + ("" if dry_run else ", or write the good rows alone with --rows")
        return f"{count} mistake{'s' * (count != 1)}: nothing was written; {way_out}"
    return "no mistakes; nothing was written, as --dry-run says"


class _Told:
    """Shows in the bar what is told; where there is no terminal, each new step is a line."""

    def __init__(self, bar: Progress) -> None:
        self._bar, self._what = bar, ""
        self._task = bar.add_task("reads", total=None)

    def __call__(self, what: str, done: int, total: int) -> None:
        if what != self._what:
            self._what = what
            self._bar.reset(self._task, description=what, total=total)
            if not self._bar.console.is_terminal:
                print(what, file=sys.stderr)
        self._bar.update(self._task, completed=done, total=total)

    def waiting(self, why: str) -> None:
        self._bar.console.print(f"{why}; trying again", style="dim", markup=False)
