"""Commands that bring a hall before visitors: publish it, write it out for any web server."""

from pathlib import Path
from typing import Annotated

import typer

from exhibit_api.commands.options import Data, settings_for


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
