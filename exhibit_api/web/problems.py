"""Problems in the framework: every error of a route answers as `answers` has it, and OpenAPI tells which may come."""

import traceback
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException
from starlette.responses import Response

from exhibit_api import errors
from exhibit_api.web.answers import MEDIA_TYPE, answer, problem_bytes, status_of

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
