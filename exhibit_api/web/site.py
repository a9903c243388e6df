"""What one running instance has. It knows no framework: a visitor is answered before that is loaded."""

from dataclasses import dataclass

from exhibit_api.db import Sessions
from exhibit_api.settings import Settings
from exhibit_api.storage.base import ObjectStore


@dataclass(frozen=True)
class Site:
    """What one running instance has: its settings, its database, its store."""

    settings: Settings
    sessions: Sessions
    store: ObjectStore
