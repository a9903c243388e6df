"""`exhibit demo`: the demo exhibition, loaded once and served."""

import os
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from exhibit_api.accounts import tokens
from exhibit_api.accounts.roles import Role
from exhibit_api.db import transaction
from exhibit_api.demo.data import folder
from exhibit_api.demo.follow import Follower
from exhibit_api.demo.load import Demo, is_loaded, steps
from exhibit_api.instance import OWNER, open_site
from exhibit_api.listening import bind
from exhibit_api.logs import set_up_logging
from exhibit_api.server import serve
from exhibit_api.settings import Settings
from exhibit_api.web.site import Site

TOKENS_HOLD = timedelta(days=7)


def run_demo(settings: Settings, host: str, port: int) -> None:
    """Load what is missing, make a token for each role, and serve until Ctrl-C."""
    console = Console(highlight=False, soft_wrap=True)
    set_up_logging(settings)
    bound = bind(host, port)
    where = f"http://{host}:{bound.getsockname()[1]}"
    site = open_site(settings, migrating=True)
    demo = Demo(folder("assets"), folder("manifests"))
    if not is_loaded(site, demo):
        _load(site, demo, Console(stderr=True))
    secrets = _tokens(site)

    def ready() -> None:
        console.print(f"\n[bold]Exhibit API[/] {where}   (data in {settings.data.resolve()})\n", soft_wrap=True)
        console.print(f"[bold]visit[/]       {where}/")
        for hall in demo.halls():
            console.print(f"hall        {where}/view/{hall['slug']}   {hall['hall']['label']['zh-Hans']}")
        console.print(f"catalogue   {where}/catalogue/{demo.halls()[0]['slug']}   to read and to print")
        console.print(f"manifest    {where}/v1/halls/{demo.halls()[0]['slug']}/manifest")
        console.print(f"API         {where}/openapi.json\n")
        for role, secret in secrets.items():
            console.print(f"{role}  {secret}")
        console.print("\nready. Ctrl-C ends it.")
        follower.start()

    follower = Follower(site, [hall["slug"] for hall in demo.halls()], Console(stderr=True))
    serve(settings, bound, ready, site, workers=os.cpu_count() or 1, ending=follower.stop)


def _load(site: Site, demo: Demo, console: Console) -> None:
    total, running = steps(site, demo)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Loading the exhibition", total=total)
        for done in running:
            progress.update(task, advance=1, description=f"Loading the exhibition: {done}")


def _tokens(site: Site) -> dict[Role, str]:
    with transaction(site.sessions) as session:
        return {
            role: tokens.grant(
                session, OWNER, role=role, organisation=None, label="exhibit demo", lifetime=TOKENS_HOLD
            )[1]
            for role in Role
        }
