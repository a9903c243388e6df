"""Tests: they mirror the package, and tell in sentences what an exhibition does."""
