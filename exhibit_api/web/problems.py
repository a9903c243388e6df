"""The one table from our errors to answers: `application/problem+json` (RFC 9457), never a traceback, never 200."""

import traceback
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException

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

log = structlog.get_logger()


class FaultOut(BaseModel):
    """One faulty place in what was sent."""

    pointer: str = Field(
        description="JSON Pointer (RFC 6901) into the body, or `?name` of the query", examples=["/label"]
    )
    detail: str = Field(examples=["'zh_CN' is no BCP 47 language tag; 'zh-Hans' is probably meant"])


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "/problems/not-found",
                    "title": "Not found",
                    "status": 404,
                    "detail": "exhibits/welding-robot is not in the catalogue",
                }
            ]
        }
    )

    type: str = Field(description="What kind of problem it is: the same for the same cause")
    title: str
    status: int
    detail: str = Field(description="What is wrong, in words for people, with the name and the number")
    errors: list[FaultOut] | None = None


PROBLEM_SCHEMA = {"$ref": "#/components/schemas/Problem"}


def problem_schemas() -> dict[str, Any]:
    """For OpenAPI: the schemas that the answers of `problems` refer to."""
    _, made = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
    schemas: dict[str, Any] = made["$defs"]
    return schemas


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


def _pointer(place: tuple[Any, ...]) -> str:
    where, *path = place
    steps = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return steps if where == "body" else f"?{path[0]}" if where == "query" and path else f"{where}{steps}"


def _on_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.ExhibitError)
    if status_of(error)[0] >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("store or database failed", error=error.detail, cause=repr(error.__cause__))
    return answer(error)


def _on_invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    faults = tuple(errors.Fault(_pointer(tuple(e["loc"])), str(e["msg"]).removeprefix("Value error, ")) for e in found)
    detail = "; ".join(f"{fault.pointer or 'the body'}: {fault.detail}" for fault in faults[:3])
    if len(faults) > 3:
        detail += f"; and {len(faults) - 3} more"
    return answer(errors.Rejected(detail, faults=faults))


def _on_http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return answer(errors.TooLarge(error.detail))
    if (
        error.status_code == HTTPStatus.BAD_REQUEST
    ):  # FastAPI's, for what json.loads does not even call a mistake in JSON
        detail = "the body cannot be read as JSON: it is not UTF-8, nested too deeply, or holds a number too long"
        return answer(errors.Rejected(detail, faults=(errors.Fault("", detail),)))
    phrase = HTTPStatus(error.status_code).phrase
    body = problem_bytes(error.status_code, phrase.lower().replace(" ", "-"), phrase, str(error.detail))
    return Response(body, error.status_code, error.headers, MEDIA_TYPE)


def _on_surprise(_request: Request, error: Exception) -> Response:
    # Formatted here: whatever renders the log, it must not show the values of local variables, which hold tokens.
    log.error("unhandled exception", exception="".join(traceback.format_exception(error)))
    body = problem_bytes(500, "internal", "Something went wrong here", "this is a fault of the service; it was logged")
    return Response(body, 500, media_type=MEDIA_TYPE)


def handle_problems(app: FastAPI) -> None:
    """Let every error of the app answer as problem+json."""
    app.add_exception_handler(errors.ExhibitError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_surprise)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: that a route may answer these statuses with a problem."""
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}}}
        for status in statuses
    }
