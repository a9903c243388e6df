"""Visitors who stand in a hall already: the same wish is the same page, for all tests of a worker that leave it in order."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.sketching import COARSE, sketch
from tests.browser.watching import Watch

CALM: dict[str, Any] = {
    "locale": "zh-CN",
    "reduced_motion": "reduce",
    "device_scale_factor": 0.5,
    "service_workers": "block",
}
"""Visitors of ours: their screens have a quarter of the usual pixels, which the processor draws sooner, and nothing is kept for a
second visit unless that is what is tested."""

BUILT = "() => window.exhibit.hall.room.built"
"""The room is built around the first exhibit, which need not wait for it."""

GO_TO = "async (slug) => { if (exhibit.hall.slug !== slug) await exhibit.open(slug); }"

PATIENCE = 60_000
"""Milliseconds that a page may take for anything: a wish that comes true sooner ends the wait. The machine may be busy."""


def stand_in(page: Page, hall: str, address: str, *, built: bool = True) -> None:
    """Open the hall at the address, and wait until its room is built, or only until it can be used."""
    page.goto(address)
    page.wait_for_function("(slug) => window.exhibit?.hall?.slug === slug", arg=hall)
    if built:
        page.evaluate(BUILT)


def new_visitor(browser: Browser, *, looked_at: bool = False, **options: Any) -> BrowserContext:
    """A visitor's context. What they see is sketched, unless it is looked at."""
    context = browser.new_context(**CALM | ({} if looked_at else COARSE) | options)
    context.set_default_timeout(PATIENCE)
    return context if looked_at else sketch(context)


@dataclass(frozen=True)
class Standing:
    """A page in which a hall stands, and what was seen to go wrong in it."""

    page: Page
    context: BrowserContext
    watch: Watch

    def check(self) -> None:
        """Fail with what has gone wrong since it was asked last."""
        troubles = list(self.watch.troubles)
        self.watch.troubles.clear()
        assert not troubles, "\n".join(troubles)


def standing(
    browser: Browser,
    hall: str,
    address: str,
    *,
    dress: Callable[[BrowserContext], object] = lambda _: None,
    looked_at: bool = False,
    **options: Any,
) -> Standing:
    """A new visitor who stands in the hall, watched from the beginning; `dress` makes the context ready before."""
    context = new_visitor(browser, looked_at=looked_at, **options)
    dress(context)
    found = Standing(context.new_page(), context, Watch(context))
    stand_in(found.page, hall, address)
    return found


class Visitors:
    """Opens halls of the service at `url` for visitors, who stay until the worker's last test."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._there: dict[str, Standing] = {}

    @contextmanager
    def share(self, hall: str, query: str = "", **options: Any) -> Iterator[Page]:
        """Someone who stands in the hall: everybody of the same wish shares the page, which is sketched.

        It is as the one before left it, save that it is led back into the hall.
        Nothing may have gone wrong in it when it is left.
        """
        key = repr((hall, query, sorted(options.items())))
        if key not in self._there:
            self._there[key] = self._new(hall, query, **options)
        page = self._there[key].page
        page.evaluate(GO_TO, hall)
        yield page
        self._there[key].check()

    @contextmanager
    def alone(self, hall: str, query: str = "", *, looked_at: bool = False, **options: Any) -> Iterator[Page]:
        """Someone whose page is nobody else's; `looked_at`, it is drawn whole."""
        found = self._new(hall, query, looked_at=looked_at, **options)
        try:
            yield found.page
        finally:
            found.context.close()
        found.check()

    def _new(self, hall: str, query: str, **options: Any) -> Standing:
        return standing(self._browser, hall, f"{self._url}/view/{hall}{query}", **options)
