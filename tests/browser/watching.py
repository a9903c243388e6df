"""Watching pages: what must never happen in front of a visitor, whatever is tested."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError

PASSED_OVER = (
    "GPU stall due to ReadPixels",  # a remark of the software renderer about screenshots
    "GL Driver Message",
)


class Watch:
    """Collects a context's troubles: errors on the console, uncaught errors, requests to another origin than the page's own."""

    def __init__(self, context: BrowserContext) -> None:
        self.troubles: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        # A broken content security policy is an error on the console, too.
        if message.type == "error" and not any(text in message.text for text in PASSED_OVER):
            self.troubles.append(f"console: {message.text} ({message.location.get('url')})")

    def _error(self, error: WebError) -> None:
        self.troubles.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in ("http", "https"):
            return
        page = _page_of(request)
        here = urlsplit(page.url) if page else None
        if (
            here
            and here.scheme in ("http", "https")
            and not request.is_navigation_request()
            and here.netloc != asked.netloc
        ):
            self.troubles.append(f"a request to another origin: {request.url}")


def _page_of(request: Request) -> Page | None:
    if request.service_worker is not None:
        return None
    return request.frame.page if not request.is_navigation_request() else None
