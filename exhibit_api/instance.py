"""One running instance: its database, store, shelf and application, put together from settings."""

import socket

from exhibit_api import db
from exhibit_api.accounts.roles import Actor, Role
from exhibit_api.errors import Conflict, Rejected
from exhibit_api.migrate import is_current, migrate
from exhibit_api.settings import Settings
from exhibit_api.storage import open_store
from exhibit_api.storage.base import ObjectStore
from exhibit_api.web.site import Site


def open_site(settings: Settings, *, migrating: bool = False) -> Site:
    """The instance's database and store. The embedded database is migrated by itself, another only if asked.

    Raises Conflict where the database has another form than this version needs.
    """
    engine = db.connect(settings.database)
    try:
        if migrating or engine.dialect.name == "sqlite":
            migrate(engine)
        elif not is_current(engine):
            raise Conflict("the database has not the form that this version needs; run: exhibit migrate")
        return Site(settings, db.sessions_of(engine), _store_of(settings))
    except BaseException:
        engine.dispose()
        raise


def _store_of(settings: Settings) -> ObjectStore:
    secret = settings.s3_secret_key
    return open_store(
        settings.store,
        endpoint_url=settings.s3_endpoint_url,
        region=settings.s3_region,
        access_key=settings.s3_access_key,
        secret_key=secret.get_secret_value() if secret else None,
        addressing=settings.s3_addressing,
        checksums=settings.s3_checksums,
        verify=str(settings.s3_ca_file) if settings.s3_ca_file else True,
    )


def close_site(site: Site) -> None:
    """Let go of connections and files."""
    site.store.close()
    site.sessions.kw["bind"].dispose()


def bind(host: str, port: int) -> socket.socket:
    """The socket to listen on. Raises Rejected where the port is taken, before any work is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise Rejected(f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port") from error
    return bound


OWNER = Actor("command line", Role.OPERATOR)
"""Who has the machine may make any token."""
