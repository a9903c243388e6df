"""Exhibit API: the backend of virtual AR exhibitions."""

from importlib.metadata import version

__version__ = version("exhibit-api")
