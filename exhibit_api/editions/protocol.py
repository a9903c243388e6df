"""The shortest way to a visitor: uvicorn's protocol answers published documents as soon as the request's head is read.

No task, no scope, no application: the ready bytes go out at once, with the headers that `serve.PublicFront` would send. What
is not plain (a query, a range, a body, HTTP/1.0, an upgrade, an answer still under way) goes the usual way. This leans on
private parts of uvicorn, so `http_protocol` uses it with the one version only that the tests know.
"""

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import structlog

from exhibit_api.editions.shelf import Shelf

if TYPE_CHECKING:
    from exhibit_api.editions.shortcut import ShelfProtocol

KNOWN_UVICORN = "0.54.0"

HOOKS = (
    "connection_made",
    "data_received",
    "on_message_begin",
    "on_url",
    "on_header",
    "on_headers_complete",
    "on_response_complete",
    "send_400_response",
    "_start_asgi_task",
)

log = structlog.get_logger()


def http_protocol(shelf: Shelf) -> "type[ShelfProtocol] | str":
    """What uvicorn takes as `http`: the class for this shelf, or "auto" where uvicorn is another one than we know."""
    reason = _unfit()
    if reason is not None:
        log.warning("published documents are served the slower way", reason=reason)
        return "auto"
    from exhibit_api.editions.shortcut import ShelfProtocol

    return type("PublishedHttpProtocol", (ShelfProtocol,), {"shelf": shelf})


def _unfit() -> str | None:
    """Why the private parts cannot be used; None where they can."""
    try:
        installed = version("uvicorn")
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
    except (PackageNotFoundError, ImportError) as error:
        return str(error)
    if installed != KNOWN_UVICORN:
        return f"uvicorn is {installed}, known is {KNOWN_UVICORN}"
    missing = [name for name in HOOKS if not hasattr(HttpToolsProtocol, name)]
    return f"uvicorn has no {', '.join(missing)}" if missing else None
