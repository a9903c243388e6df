"""Bringing the database to the form that this version of the code needs."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from exhibit_api.db import answering
from exhibit_api.errors import Conflict

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0008"
"""The newest migration. A test holds it to the folder."""

LOCK = 0x65786869626974
"""Of PostgreSQL's advisory locks: instances that start together migrate one after the other."""


def config() -> "Config":
    """Alembic's configuration; there is no ini file."""
    from alembic.config import Config  # takes 0.1 s to load, and is needed once in a release

    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return made


def migrate(engine: Engine) -> bool:
    """Run the migrations that are missing, all or none; the answer says whether any was."""
    if is_current(engine):
        return False
    from alembic import command
    from alembic.util import CommandError

    made = config()
    with answering(), engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        made.attributes["connection"] = connection
        try:
            command.upgrade(made, "head")
        except CommandError as error:
            raise Conflict(
                "the database has a form that this version does not know: a newer version made it; run that one"
            ) from error
    return True


def is_current(engine: Engine) -> bool:
    """Whether the database has the form that this code needs."""
    with answering(), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == HEAD)
