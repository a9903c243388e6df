"""Commands that run a service: the demo exhibition, the API, workers."""

import typer

from exhibit_api.commands.options import Data, Host, Port, ServeWorkers, Workers, default_count, settings_for


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
