"""One running instance: its database, store, shelf and application, put together from settings."""

from exhibit_api import db
from exhibit_api.accounts.roles import Actor, Role
from exhibit_api.errors import Conflict
from exhibit_api.migrate import is_current, migrate
from exhibit_api.settings import Settings
from exhibit_api.storage import store_of
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.site import Site


def open_site(settings: Settings, *, migrating: bool = False, store: ObjectStore | None = None) -> Site:
    """The instance's database and store, which may be open already. The embedded database is migrated by itself, another only if asked.

    Raises Conflict where the database has another form than this version needs.
    """
    engine = db.connect(settings.database)
    try:
        if migrating or engine.dialect.name == "sqlite":
            migrate(engine)
        elif not is_current(engine):
            raise Conflict("the database has not the form that this version needs; run: exhibit migrate")
        return Site(settings, db.sessions_of(engine), store or store_of(settings))
    except BaseException:
        engine.dispose()
        raise


def close_site(site: Site) -> None:
    """Let go of connections and files."""
    site.store.close()
    site.sessions.kw["bind"].dispose()


OWNER = Actor("command line", Role.OPERATOR)
"""Who has the machine may make any token."""
