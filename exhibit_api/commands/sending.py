"""Commands for curators, against a service here or far away: models, and whole collections."""

from pathlib import Path
from typing import Annotated

import typer

from exhibit_api.commands.options import HERE, Patience, Server, Token, required


def upload(
    files: Annotated[list[Path], typer.Argument(help="Models (.glb), and folders that are searched for them.")],
    exhibit: Annotated[
        str | None,
        typer.Option(help="Slug of the exhibit [default: the file's name without its ending].", show_default=False),
    ] = None,
    server: Server = HERE,
    token: Token = "",
    parallel: Annotated[int, typer.Option(help="Parts sent at a time.", min=1, max=32)] = 4,
    follow: Annotated[bool, typer.Option(help="Wait until the models are checked and their variants are made.")] = True,
    patience: Patience = 600,
) -> None:
    """Send models of any size to a service, as the models of their exhibits.

    Parts go side by side, and straight to the bucket where the service has one. Whatever ends it (a lost line, Ctrl-C, a reboot): run
    the same command again, and it goes on where it was. What the service turns out to have is not sent to its end. Ends with 1 if a
    model was refused or has errors.

    Try `exhibit upload venus.glb`, `exhibit upload scan-3.glb --exhibit venus`, `exhibit upload scans/`.
    """
    from exhibit_api.sending.run import run_upload

    good = run_upload(
        files,
        exhibit=exhibit,
        server=server,
        token=required(token),
        parallel=parallel,
        follow=follow,
        patience=patience,
    )
    raise typer.Exit(0 if good else 1)


def import_collection(
    source: Annotated[
        Path | None,
        typer.Argument(
            help="Folder or .zip with a spreadsheet and models, or a spreadsheet (.xlsx, .csv).", show_default=False
        ),
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="Write a spreadsheet to fill in, and end [default: collection.xlsx].")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what is wrong, and what would change.")] = False,
    rows: Annotated[
        bool, typer.Option("--rows", help="Write the rows that are good, also where others have mistakes.")
    ] = False,
    organisation: Annotated[
        str | None, typer.Option(help="Slug: keeps the rows that name no organisation.", show_default=False)
    ] = None,
    server: Server = HERE,
    token: Token = "",
    parallel: Annotated[int, typer.Option(help="Models sent at a time.", min=1, max=32)] = 4,
    patience: Patience = 600,
) -> None:
    """Bring a whole collection to a service: exhibits, people, awards and achievements of a spreadsheet, and the models beside it.

    First all is checked: each mistake is told with its cell and what was meant, and nothing is written while there is one. Run again,
    it updates by slug: an empty cell takes out what was there, a column that is missing changes nothing. Ends with 1 after mistakes.

    Try `exhibit import --template`, `exhibit import collection/ --dry-run`, `exhibit import collection.zip --organisation jiangsu`.
    """
    from exhibit_api.sending.import_run import run_import, write_template

    if template:
        write_template(source)
        return
    if source is None:
        raise typer.BadParameter("name a folder, a .zip or a spreadsheet; exhibit import --template writes one")
    good = run_import(
        source,
        organisation=organisation,
        dry_run=dry_run,
        rows=rows,
        server=server,
        token=required(token),
        parallel=parallel,
        patience=patience,
    )
    raise typer.Exit(0 if good else 1)
