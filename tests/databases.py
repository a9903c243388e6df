"""Fixtures for tests that speak to a database and not to the service."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from exhibit_api.db import connect

__all__ = ["Connect", "engine_of"]

Connect = Callable[[str], Engine]


@pytest.fixture
def engine_of() -> Iterator[Connect]:
    """Opens the database at an address; its connections are closed at the end of the test."""
    engines: list[Engine] = []

    def opened(address: str) -> Engine:
        engines.append(connect(address))
        return engines[-1]

    yield opened
    for engine in engines:
        engine.dispose()
