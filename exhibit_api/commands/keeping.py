"""Commands for whoever keeps a service: the database's form, tokens, checking, clearing away."""

import sys
from datetime import timedelta
from typing import Annotated

import typer

from exhibit_api.commands.options import Data, settings_for


def migrate(data: Data = None) -> None:
    """Bring the database to the form that this version needs. Run it before `serve` after each update."""
    from exhibit_api import db
    from exhibit_api.migrate import migrate as run

    engine = db.connect(settings_for(data).database)
    typer.echo("the database was brought up to date" if run(engine) else "the database is up to date")


def token(
    role: Annotated[str, typer.Option(help="curator, admin or operator.")] = "admin",
    organisation: Annotated[str | None, typer.Option(help="Slug: where it holds [default: everywhere].")] = None,
    label: Annotated[str, typer.Option(help="What it is for; shown in lists and in the audit log.")] = "command line",
    days: Annotated[int, typer.Option(help="Days until it expires.", min=1, max=3650)] = 90,
    data: Data = None,
) -> None:
    """Make a token and print it. It is stored as a hash and cannot be read again.

    A **curator** writes drafts and sends models, an **admin** also publishes, grants tokens and reads the audit log, an **operator**
    runs the service. Revoke it with `DELETE /v1/tokens/ID`.
    """
    from exhibit_api.accounts import tokens
    from exhibit_api.accounts.roles import Role
    from exhibit_api.db import transaction
    from exhibit_api.instance import OWNER, close_site, open_site
    from exhibit_api.text import is_slug

    if role not in set(Role):
        raise typer.BadParameter(f"{role!r} is none of {', '.join(Role)}", param_hint="--role")
    if organisation is not None and not is_slug(organisation):
        raise typer.BadParameter(f"{organisation!r} is no slug", param_hint="--organisation")
    site = open_site(settings_for(data))
    try:
        with transaction(site.sessions) as session:
            _, secret = tokens.grant(
                session,
                OWNER,
                role=Role(role),
                organisation=organisation,
                label=label,
                lifetime=timedelta(days=days),
            )
    finally:
        close_site(site)
    typer.echo(secret)


def verify(data: Data = None) -> None:
    """Check what can be checked years later: the audit log's chain, and every file against the digest in its name.

    Prints what is wrong, one line each, and ends with 1 if anything is.
    """
    from exhibit_api.instance import close_site, open_site
    from exhibit_api.verify import verify_site

    site = open_site(settings_for(data))
    try:
        faults = verify_site(site, progress=sys.stderr.isatty())
    finally:
        close_site(site)
    for fault in faults:
        typer.echo(fault)
    raise typer.Exit(1 if faults else 0)


def sweep(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be removed.")] = False,
    hours: Annotated[
        float | None,
        typer.Option(help="Remove what is older than so many hours [default: EXHIBIT_UPLOAD_HOURS].", min=0),
    ] = None,
    data: Data = None,
) -> None:
    """Clear away: uploads that nobody goes on with, what crashes left in the store, files that nothing names any more.

    Workers do it every hour by themselves. It may run beside them, and beside uploads. Prints a line for each thing.
    """
    from exhibit_api.instance import close_site, open_site
    from exhibit_api.sweep import sweep as run

    site = open_site(settings_for(data))
    count = 0
    try:
        for count, what in enumerate(run(site, dry_run=dry_run, hours=hours), 1):  # noqa: B007 - counted to the end
            typer.echo(what)
    finally:
        close_site(site)
    typer.echo(f"{count} {'would be' if dry_run else 'were'} removed", err=True)
