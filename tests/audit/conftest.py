"""These tests run on both databases, or in one house for a module."""

from tests.houses import house, open_house

__all__ = ["house", "open_house"]
