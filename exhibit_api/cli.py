"""The command line: `exhibit demo`, `serve`, `worker`, `publish`, `token` and others. Heavy parts are loaded where they are used."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from exhibit_api.errors import ExhibitError, Rejected
from exhibit_api.settings import Settings

app = typer.Typer(
    name="exhibit",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="markdown",
    help="""**Exhibit API**: the backend of virtual AR exhibitions.

Try it: `exhibit demo`. Run it: set `EXHIBIT_*` (README lists them all), then `exhibit migrate`, `exhibit token`, `exhibit serve`.
""",
)

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 is all of them.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)]
Data = Annotated[
    Path | None, typer.Option("--data", help="Folder of the embedded database and store [default: exhibit-data].")
]


Workers = Annotated[
    int | None, typer.Option(help="Models worked on at a time [default: half of the cores].", min=1, show_default=False)
]
ServeWorkers = Annotated[
    int | None,
    typer.Option(
        help="Models worked on at a time; 0: none here [default: half of the cores].", min=0, show_default=False
    ),
]


HERE = "http://127.0.0.1:8000"
Server = Annotated[str, typer.Option(help="Address of the service.", envvar="EXHIBIT_SERVER")]
Token = Annotated[
    str, typer.Option(help="A curator's token. Better in EXHIBIT_TOKEN, where nobody sees it.", envvar="EXHIBIT_TOKEN")
]
Patience = Annotated[
    float, typer.Option(help="Seconds for which a line that is lost, or a service that restarts, is waited for.")
]


def default_count() -> int:
    """Half of the cores, so that requests have the others; at least one."""
    return max(1, (os.cpu_count() or 1) // 2)


def settings_for(data: Path | None) -> Settings:
    """The settings of the environment, with a data folder of the command line's. Raises Rejected for one that cannot be."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    try:
        return Settings(data=data) if data else Settings()
    except ValidationError as error:
        wrong = (f"EXHIBIT_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
        raise Rejected("; ".join(wrong)) from error
    except SettingsError as error:
        raise Rejected(f"{error}; EXHIBIT_* that are lists or objects are written as JSON, as README shows") from error


def _required(token: str) -> str:
    """The token, or how to come by one."""
    if token:
        return token
    raise typer.BadParameter("set EXHIBIT_TOKEN to a curator's token; an admin makes one: exhibit token --role curator")


@app.command()
def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    data: Data = None,
) -> None:
    """Show the demo exhibition: five halls with their exhibits, in one command.

    Makes a database and a store under --data, loads and publishes the demo exhibition, and serves it. Started again, it finds all
    in place. The tokens that it prints hold for a week; use them to try the API as a curator, an admin or an operator.
    """
    from exhibit_api.demo.run import run_demo

    run_demo(settings_for(data), host, port)


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000, data: Data = None, workers: ServeWorkers = None) -> None:
    """Serve the API and the published exhibitions, and work on the models that curators send.

    With PostgreSQL and S3 (`EXHIBIT_DATABASE_URL`, `EXHIBIT_STORE_URL`) several instances may run side by side; without, all is kept
    in the data folder. Ends at Ctrl-C or SIGTERM, after the requests under way.
    """
    from exhibit_api.listening import bind
    from exhibit_api.logs import set_up_logging
    from exhibit_api.server import serve as run

    settings = settings_for(data)
    set_up_logging(settings)
    bound = bind(host, port)
    where = f"http://{host}:{bound.getsockname()[1]}"
    count = default_count() if workers is None else workers
    run(settings, bound, lambda: typer.echo(f"ready  {where}", err=True), workers=count)


@app.command()
def worker(data: Data = None, workers: Workers = None) -> None:
    """Work on the models that curators send: check them, make their variants, repair them.

    Beside `serve --workers 0`, on as many machines as there is work for. Ends at Ctrl-C or SIGTERM; what it was at is given back.
    """
    from exhibit_api.instance import close_site, open_site
    from exhibit_api.logs import set_up_logging
    from exhibit_api.working import work_until_told

    settings = settings_for(data)
    set_up_logging(settings)
    site = open_site(settings)
    try:
        work_until_told(site, workers or default_count(), lambda: typer.echo("ready", err=True))
    finally:
        close_site(site)


@app.command()
def migrate(data: Data = None) -> None:
    """Bring the database to the form that this version needs. Run it before `serve` after each update."""
    from exhibit_api import db
    from exhibit_api.migrate import migrate as run

    engine = db.connect(settings_for(data).database)
    typer.echo("the database was brought up to date" if run(engine) else "the database is up to date")


@app.command()
def publish(
    hall: Annotated[str, typer.Argument(help="Slug of the hall.")],
    note: Annotated[str | None, typer.Option(help="What is new, for people; it stands in the manifest.")] = None,
    data: Data = None,
) -> None:
    """Freeze a hall as it stands and show it to visitors.

    Refused while `GET /v1/halls/HALL/lint` finds errors; they are listed. An unchanged hall keeps its edition.
    """
    from exhibit_api.accounts.roles import COMMAND_LINE
    from exhibit_api.editions import publish as editions
    from exhibit_api.instance import close_site, open_site

    settings = settings_for(data)
    site = open_site(settings)
    try:
        flip = editions.publish(
            site.sessions,
            site.store,
            COMMAND_LINE,
            hall,
            required_languages=settings.required_languages,
            budgets=settings.budgets,
            note=note,
        )
    finally:
        close_site(site)
    state = "published" if flip.is_new else "is unchanged, and shown"
    typer.echo(f"halls/{hall} edition {flip.edition.number} {state}: manifests/{flip.edition.sha256}.json")


@app.command()
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


@app.command()
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


@app.command()
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
    the same command again, and it goes on where it was. What the service has already is not sent. Ends with 1 if a model was refused
    or has errors.

    Try `exhibit upload venus.glb`, `exhibit upload scan-3.glb --exhibit venus`, `exhibit upload scans/`.
    """
    from exhibit_api.sending.run import run_upload

    good = run_upload(
        files,
        exhibit=exhibit,
        server=server,
        token=_required(token),
        parallel=parallel,
        follow=follow,
        patience=patience,
    )
    raise typer.Exit(0 if good else 1)


@app.command("import")
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
        token=_required(token),
        parallel=parallel,
        patience=patience,
    )
    raise typer.Exit(0 if good else 1)


@app.command()
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


@app.command()
def export(
    folder: Annotated[
        Path, typer.Argument(help="Folder to write to. It may be an export of before, which is replaced.")
    ],
    exhibition: Annotated[
        list[str] | None,
        typer.Option(help="Slug of an exhibition; may be given again [default: all].", show_default=False),
    ] = None,
    hall: Annotated[
        list[str] | None, typer.Option(help="Slug of a hall; may be given again [default: all].", show_default=False)
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(
            help="Where the folder will be found, `https://…/`: for its sitemap, QR codes and search engines."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a folder that holds something else.")] = False,
    data: Data = None,
) -> None:
    """Write the exhibition to a folder that any static web server shows, without this service.

    It holds what is published now: pages, viewer, models, catalogue. Try `exhibit export site/`, then
    `python -m http.server --directory site`.
    """
    from exhibit_api.viewer.exporting import run_export

    run_export(settings_for(data), folder, exhibition or [], hall or [], base_url, force=force)


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Models (.glb), and folders that are searched for them.")],
    out: Annotated[Path | None, typer.Option(help="Folder to keep what is made in, a folder for each file.")] = None,
    variants: Annotated[bool, typer.Option(help="Make all variants and posters; without them it is fast.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print an array for programs, on standard output.")] = False,
    jobs: Annotated[int, typer.Option(help="Files worked on at a time.", min=1, max=64)] = 1,
    lang: Annotated[
        Literal["zh-Hans", "en"] | None, typer.Option(help="Language [default: the locale's].", show_default=False)
    ] = None,
) -> None:
    """Check models as the service would, without one: faults and how to mend them, what a model costs, what each device gets.

    Each file is looked at, judged by the Khronos validator, and made into every variant and poster. Ends with 0 if all files can be
    published, with 1 if one has errors, with 2 if there is nothing to check.

    Try `exhibit check model.glb`, `exhibit check --no-variants scans/`, `exhibit check --json --out made/ *.glb`.
    """
    from exhibit_api.checking.files import NothingToCheck
    from exhibit_api.checking.run import run_check

    try:
        good = run_check(files, variants=variants, keep=out, jobs=jobs, as_json=as_json, language=lang)
    except NothingToCheck as error:
        raise typer.BadParameter(str(error), param_hint="FILES") from error
    raise typer.Exit(0 if good else 1)


def main(*arguments: Any) -> None:
    """Run the command line. Our errors are one line; the exit code is 1."""
    try:
        app(*arguments)
    except ExhibitError as error:
        typer.echo(f"exhibit: {error.detail}", err=True)
        for fault in error.faults[5:]:
            typer.echo(f"  {fault.pointer}: {fault.detail}", err=True)
        sys.exit(1)
