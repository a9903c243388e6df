"""pytest plugin: fixtures of the real servers, and a line at the end that says which of them really ran.

A server that cannot be started skips its tests with the reason; where the variable CI is set it fails them.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers.postgres import Postgres
from tests.servers.shared import NotStarted, Session, shared
from tests.servers.swift import Swift

TITLES = {"swift": "OpenStack Swift {version} over http and https", "postgres": "PostgreSQL {version}"}
SESSION = pytest.StashKey[Session]()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[SESSION] = Session(Path(tempfile.mkdtemp(prefix="exhibit-servers-")))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist where the session's servers are."""
    node.workerinput["servers"] = str(node.config.stash[SESSION].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    session = config.stash.get(SESSION, None)
    if session is not None:
        session.end()
        shutil.rmtree(session.folder, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    session = config.stash.get(SESSION, None)
    reports = session.reports() if session is not None else []
    if reports:
        terminalreporter.write_line(f"real servers: {', '.join(map(_described, reports))}")


def _described(report: dict[str, Any]) -> str:
    if "error" in report:
        return f"{report['name']} NOT STARTED: {report['error'].splitlines()[0]}"
    return f"{TITLES[report['name']].format(**report['server'])} ({report['seconds']} s)"


def _server(config: pytest.Config, name: str) -> Any:
    session = config.stash.get(SESSION, None)
    folder = session.folder if session is not None else Path(config.workerinput["servers"])  # type: ignore[attr-defined]
    try:
        return shared(folder, name)
    except NotStarted as error:
        reason = f"{name} could not be started: {error}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def swift(pytestconfig: pytest.Config) -> Swift:
    """A real S3 server. `swift.options("http")` and `swift.options("https")` are what S3Store needs beside a bucket."""
    server: Swift = _server(pytestconfig, "swift")
    return server


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Postgres:
    """A real PostgreSQL, shared by the session: take `postgres_url` for a database of the test's own."""
    server: Postgres = _server(pytestconfig, "postgres")
    return server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The SQLAlchemy address of a fresh, empty database, dropped after the test."""
    with postgres.fresh_database() as name:
        yield postgres.url(name)
