"""A serving instance starts fast and small: it never loads the geometry that only lint needs."""

import subprocess
import sys


def test_halls_load_no_geometry_before_something_is_linted() -> None:
    code = """
import sys, exhibit_api.halls.arrange, exhibit_api.halls.draft, exhibit_api.halls.findings, exhibit_api.halls.rules
assert "shapely" not in sys.modules
import exhibit_api.halls.lint
assert "shapely" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
