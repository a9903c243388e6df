"""Fixtures of the tests of the library: a server that may misbehave, and pages on it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.client_page import BLANK, CLIENT, SCRIPT
from tests.browser.client_server import Origin, misbehaving


@pytest.fixture
def origin() -> Iterator[Origin]:
    """A server with nothing but a blank page and the library; it does as it should until it is told otherwise."""
    with misbehaving({"/": BLANK, SCRIPT: CLIENT.read_bytes()}) as running:
        yield running


@pytest.fixture
def visitor(new_context: Callable[..., BrowserContext], origin: Origin) -> Page:
    """A page on that server. Failed requests are errors on its console: what is wrong is told by the library."""
    page = new_context(watch=False).new_page()
    page.goto(origin.url)
    return page


@pytest.fixture(scope="module")
def library(browser: Browser) -> Iterator[Page]:
    """A page for questions that need no hall and change nothing: `client` in its window is the library."""
    with misbehaving({"/": BLANK, SCRIPT: CLIENT.read_bytes()}) as running:
        page = browser.new_page()
        page.goto(running.url)
        page.evaluate(f"async () => {{ window.client = await import('{SCRIPT}') }}")
        yield page
        page.close()
