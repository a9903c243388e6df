"""The OpenAPI document: valid, told for people, and true about errors."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from exhibit_api.editions.described import PUBLIC_PATHS
from tests.acting import House
from tests.houses import open_house

__all__ = ["open_house"]

JSON, PROBLEM = "application/json", "application/problem+json"


@pytest.fixture(scope="module")
def document(open_house: House) -> dict[str, Any]:
    answer = open_house.visitor.get("/openapi.json")
    assert answer.status_code == 200
    read: dict[str, Any] = answer.json()
    return read


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema, behind its reference."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def test_it_is_openapi_3_1_and_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "Exhibit API"
    names = document["components"]["schemas"]
    for reference in references({name: part for name, part in document.items() if name != "paths"}):
        assert reference.removeprefix("#/components/schemas/") in names
    for name, schema in names.items():
        jsonschema.Draft202012Validator.check_schema(schema), name


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def test_every_operation_has_a_name_a_summary_and_a_known_tag(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and "__" not in name and "_v1" not in name for name in names)
    for where, operation in operations(document):
        assert operation["summary"], where
        assert set(operation["tags"]) <= tags, where
        assert len(operation["tags"]) == 1, where


def test_every_json_body_that_must_be_sent_has_an_example(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        body = operation.get("requestBody", {"content": {}})
        if JSON in body["content"] and body.get("required"):
            assert "example" in json.dumps(reached(document, body["content"][JSON]["schema"])), where


def reached(document: dict[str, Any], schema: Any) -> list[Any]:
    """The schema and all that it refers to."""
    found: dict[str, Any] = {}
    todo = list(references(schema))
    while todo:
        name = todo.pop().rsplit("/", 1)[1]
        if name not in found:
            found[name] = document["components"]["schemas"][name]
            todo += references(found[name])
    return [schema, *found.values()]


def test_every_error_is_a_problem_and_nothing_else(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        for status, answer in operation["responses"].items():
            if status >= "400":
                assert list(answer["content"]) == [PROBLEM], (where, status)
                schema = resolved(document, answer["content"][PROBLEM]["schema"])
                assert set(schema["required"]) == {"type", "title", "status", "detail"}
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_what_needs_a_token_says_so_and_what_is_public_does_not(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        open_to_all = operation["tags"] in (["visitors"], ["operation"])
        assert ("security" in operation) is not open_to_all, where
        assert ("401" in operation["responses"]) is not open_to_all, where


UNGUARDED = ("/model", "/model/asset", "/picture", "/waivers", "/parts/{number}")
"""What is replaced whole by whoever comes last, as the audit log tells."""


def test_guarded_writes_say_so(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        if where.startswith("PUT") and not where.endswith(UNGUARDED):
            assert {"412", "428", "409", "413", "422"} <= operation["responses"].keys(), where
            assert "If-Match" in [p["name"].title() for p in operation["parameters"] if p["in"] == "header"], where


def test_what_visitors_read_is_described(document: dict[str, Any]) -> None:
    for path in (*PUBLIC_PATHS, "/v1/exhibitions"):
        operation = document["paths"][path]["get"]
        assert operation["tags"] == ["visitors"]
        assert operation["responses"]["200"]["content"][JSON]["schema"]
        assert "304" in operation["responses"]
        assert "ETag" in operation["responses"]["200"]["headers"]
        assert not {"head", "options"} & document["paths"][path].keys()
