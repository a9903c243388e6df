"""The command line: `exhibit demo`, `serve`, `worker`, `publish`, `token` and others."""

import sys
from collections.abc import Callable
from typing import Any

import typer

from exhibit_api.commands.checking import check
from exhibit_api.commands.keeping import migrate, sweep, token, verify
from exhibit_api.commands.sending import import_collection, upload
from exhibit_api.commands.serving import demo, serve, worker
from exhibit_api.commands.showing import export, publish
from exhibit_api.errors import ExhibitError

app = typer.Typer(
    name="exhibit",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="markdown",
    help="""**Exhibit API**: the backend of virtual AR exhibitions.

Try it: `exhibit demo`. Run it: set `EXHIBIT_*` (README lists them all), then `exhibit migrate`, `exhibit token`, `exhibit serve`.
""",
)

COMMANDS: dict[str, Callable[..., None]] = {
    "demo": demo,
    "serve": serve,
    "worker": worker,
    "migrate": migrate,
    "publish": publish,
    "token": token,
    "verify": verify,
    "upload": upload,
    "import": import_collection,
    "sweep": sweep,
    "export": export,
    "check": check,
}
"""In the order in which `--help` tells of them."""

for name, command in COMMANDS.items():
    app.command(name)(command)


def main(*arguments: Any) -> None:
    """Run the command line. Our errors are one line; the exit code is 1."""
    try:
        app(*arguments)
    except ExhibitError as error:
        typer.echo(f"exhibit: {error.detail}", err=True)
        for fault in error.faults[5:]:
            typer.echo(f"  {fault.pointer}: {fault.detail}", err=True)
        sys.exit(1)
