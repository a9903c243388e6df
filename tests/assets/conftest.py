"""The service in a process of its own, for what needs real sockets."""

from collections.abc import Iterator

import pytest

from exhibit_api.pipeline import posters
from tests.serving import Service, serving


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service on an embedded site; whatever was sent to it, its log has no traceback at the end."""
    with serving(tmp_path_factory.mktemp("service")) as running:
        yield running
        log = running.log.read_text()
    assert "Traceback" not in log, log


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without OpenGL: drawing takes most of the time of processing, and few tests are about pictures."""
    monkeypatch.setattr(posters, "lacking", lambda: "gl")
