"""From our errors to answers, without the framework: `application/problem+json` (RFC 9457), never a traceback, never 200."""

from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from exhibit_api import errors
from exhibit_api.documents import canonical_bytes

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5
MAX_FAULTS = 50

STATUS: dict[type[errors.ExhibitError], tuple[int, str]] = {
    errors.Rejected: (422, "The content breaks a rule"),
    errors.BadModel: (422, "The file is no model that can be taken"),
    errors.NotFound: (404, "Not found"),
    errors.Unauthenticated: (401, "A valid token is needed"),
    errors.Forbidden: (403, "The right is missing"),
    errors.Conflict: (409, "The present state does not allow it"),
    errors.Stale: (412, "The state is not the one that was expected"),
    errors.GuardMissing: (428, "If-Match is needed"),
    errors.TooLarge: (413, "Too large"),
    errors.QuotaExceeded: (413, "The organisation's quota is used up"),
    errors.WrongMediaType: (415, "Wrong media type"),
    errors.Interrupted: (400, "The body ended too early"),
    errors.NoSuchObject: (404, "The file is not in the store"),
    errors.StoreFull: (507, "The store is full"),
    errors.StoreUnavailable: (503, "The store does not answer"),
    errors.StoreError: (502, "The store failed"),
    errors.DatabaseBusy: (503, "The database is busy"),
}


def problem_bytes(status: int, name: str, title: str, detail: str, faults: tuple[errors.Fault, ...] = ()) -> bytes:
    """The JSON of one problem."""
    body: dict[str, Any] = {"type": f"/problems/{name}", "title": title, "status": status, "detail": detail}
    if faults:
        body["errors"] = [{"pointer": fault.pointer, "detail": fault.detail} for fault in faults[:MAX_FAULTS]]
    return canonical_bytes(body)


def kebab(name: str) -> str:
    """ "NotFound" → "not-found"."""
    return "".join("-" + c.lower() if c.isupper() else c for c in name).lstrip("-")


def status_of(error: errors.ExhibitError) -> tuple[int, str]:
    """The status and title of an error: its own, or its nearest ancestor's."""
    return next(STATUS[ancestor] for ancestor in type(error).__mro__ if ancestor in STATUS)


def answer(error: errors.ExhibitError) -> Response:
    """The whole response to an error."""
    status, title = status_of(error)
    headers = {"Cache-Control": "no-store"}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="exhibit"'
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_SECONDS)
    body = problem_bytes(status, kebab(type(error).__name__), title, error.detail, error.faults)
    return Response(body, status, headers, MEDIA_TYPE)
