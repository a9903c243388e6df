"""A laptop's service that the tests of a module share."""

from tests.houses import open_house

__all__ = ["open_house"]
