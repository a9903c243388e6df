"""The command `exhibit export`: opens the store, shows how far it is, and says what was made."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from exhibit_api.errors import Conflict, Rejected
from exhibit_api.settings import Settings
from exhibit_api.storage import store_of
from exhibit_api.viewer.export import export
from exhibit_api.viewer.wording import amount, web_address


def run_export(
    settings: Settings,
    folder: Path,
    exhibitions: Sequence[str],
    halls: Sequence[str],
    base_url: str | None,
    *,
    force: bool,
) -> None:
    """Export what is published. Raises our errors in the caller's words."""
    if base_url is not None and web_address(base_url) is None:
        raise Rejected(f"--base-url is an address that begins with https:// or http://, not {base_url!r}")
    data, place = settings.data.resolve(), folder.resolve()
    if data.is_relative_to(place) or place.is_relative_to(data / "store"):
        raise Conflict(f"{folder} holds the exhibition's own data, which the export would replace; name another folder")
    store = store_of(settings)
    columns = (TextColumn("Copying"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Copying", total=None)
            made = export(
                store,
                folder,
                exhibitions=exhibitions,
                halls=halls,
                base_url=base_url,
                force=force,
                advance=lambda done, total: progress.update(task, completed=done, total=total),
            )
    finally:
        store.close()
    halls_made = "1 hall" if len(made.halls) == 1 else f"{len(made.halls)} halls"
    Console(highlight=False, soft_wrap=True).print(
        f"{halls_made}, {made.files} files, {amount(made.bytes)} of models, pictures and sounds: {made.folder}"
    )
