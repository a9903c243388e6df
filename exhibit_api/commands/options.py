"""What several commands are told: addresses, folders, tokens; and the settings that they work by."""

import os
from pathlib import Path
from typing import Annotated

import typer

from exhibit_api.errors import Rejected
from exhibit_api.settings import Settings

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


def required(token: str) -> str:
    """The token, or how to come by one."""
    if token:
        return token
    raise typer.BadParameter("set EXHIBIT_TOKEN to a curator's token; an admin makes one: exhibit token --role curator")
