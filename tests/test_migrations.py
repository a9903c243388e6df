"""Migrations: up, down and up again on both databases; the tables in the code and in the database are the same."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from exhibit_api.errors import Conflict
from exhibit_api.instance import close_site, open_site
from exhibit_api.migrate import HEAD, config, is_current, migrate
from exhibit_api.settings import Settings
from exhibit_api.tables import metadata
from tests.databases import Connect, engine_of

__all__ = ["engine_of"]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path, engine_of: Connect) -> Engine:
    """A database without any table."""
    if request.param == "sqlite":
        return engine_of(f"sqlite:///{tmp_path}/empty.sqlite3")
    return engine_of(request.getfixturevalue("postgres_url"))


def step(engine: Engine, direction: str, to: str) -> None:
    made = config()
    with engine.begin() as connection:
        made.attributes["connection"] = connection
        getattr(command, direction)(made, to)


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again(empty: Engine) -> None:
    assert not is_current(empty)
    assert migrate(empty) is True
    assert tables(empty) == set(metadata.tables)
    step(empty, "downgrade", "base")
    assert tables(empty) == set()
    assert not is_current(empty)
    assert migrate(empty) is True
    assert migrate(empty) is False
    with empty.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_head")) == 1
        assert connection.scalar(text("SELECT count(*) FROM tree_lock")) == 1


def test_a_step_back_loses_no_holding(empty: Engine) -> None:
    migrate(empty)
    with empty.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO assets (sha256, bytes, media_type, state, measures, issues, waivers, recipe, reasons, created_at)"
                " VALUES ('a', 1, 'model/gltf-binary', 'ready', '{}', '[]', '[]', 1, '[]', '2026-01-01 00:00:00')"
            )
        )
        connection.execute(text("INSERT INTO holdings (organisation, sha256) VALUES ('jiangsu', 'a')"))
    step(empty, "downgrade", "0001")
    assert "recipe" not in {column["name"] for column in inspect(empty).get_columns("assets")}
    with empty.connect() as connection:
        assert connection.execute(text("SELECT organisation, sha256 FROM holdings")).all() == [("jiangsu", "a")]
    assert migrate(empty) is True


def test_the_code_and_the_database_do_not_drift(empty: Engine) -> None:
    migrate(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    made = config()
    with empty.begin() as connection:
        made.attributes["connection"] = connection
        command.check(made)


def test_the_newest_migration_is_the_one_that_the_code_needs() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert scripts.get_heads() == [HEAD]
    assert scripts.get_bases() == ["0001"]


def test_instances_that_start_together_migrate_once(postgres_url: str, tmp_path: Path, engine_of: Connect) -> None:
    for url in (postgres_url, f"sqlite:///{tmp_path}/together.sqlite3"):
        with ThreadPoolExecutor(3) as threads:
            list(threads.map(migrate, [engine_of(url) for _ in range(3)]))
        assert is_current(engine_of(url))
        assert tables(engine_of(url)) == set(metadata.tables)


def test_an_instance_does_not_start_on_an_old_database(postgres_url: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=postgres_url)
    with pytest.raises(Conflict, match="exhibit migrate"):
        open_site(settings)
    close_site(open_site(settings, migrating=True))
    close_site(open_site(settings))
