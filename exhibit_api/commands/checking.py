"""The command that checks models without a service."""

from pathlib import Path
from typing import Annotated, Literal

import typer


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
