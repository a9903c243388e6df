"""Pictures need a machine with graphics; where there is none, tests that look at them are passed over, but not in CI."""

import os

import pytest

from exhibit_api.pipeline import posters


def require_graphics() -> None:
    """Skip the test on a machine that cannot draw; fail it where CI should have made sure that it can."""
    why = posters.graphics()
    if why and os.environ.get("CI"):
        pytest.fail(f"this machine cannot draw: {why}")
    if why:
        pytest.skip(why)
