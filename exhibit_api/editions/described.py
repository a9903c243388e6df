"""OpenAPI of the addresses that are answered before the framework, by `serve`."""

from typing import Any

from exhibit_api.editions.profiles import PROFILES
from exhibit_api.editions.schema import schema_of

SLUG = {
    "name": "slug",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80},
}
ETAG = {"description": "The quoted SHA-256 of the document", "schema": {"type": "string"}}
NO_CHANGE = {"description": "Not Modified", "headers": {"ETag": ETAG}}
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def _get(summary: str, name: str, schema: str, **more: Any) -> dict[str, Any]:
    parameters = [
        SLUG,
        {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}},
        *more.pop("parameters", []),
    ]
    return {
        "get": {
            "tags": ["visitors"],
            "summary": summary,
            "operationId": name,
            "parameters": parameters,
            "responses": {
                "200": {
                    "description": "OK",
                    "headers": {"ETag": ETAG},
                    "content": {"application/json": {"schema": schema_ref(schema)}},
                },
                "304": NO_CHANGE,
                "404": {"description": "Not Found", "content": PROBLEM},
                "422": {"description": "No slug", "content": PROBLEM},
                **more.pop("responses", {}),
            },
        }
    }


def schema_ref(name: str) -> dict[str, Any]:
    """The published schema, inside OpenAPI: its definitions stand with it, so references stay local to it."""
    schema = schema_of(name)
    return schema | {"$id": f"urn:exhibit-api:{name}"}


PUBLIC_PATHS: dict[str, dict[str, Any]] = {
    "/v1/exhibitions/{slug}": _get("An exhibition with the halls that can be visited", "get_exhibition", "exhibition"),
    "/v1/halls/{slug}": _get("The pointer to the current edition of a hall", "get_hall", "hall-pointer"),
    "/v1/halls/{slug}/manifest": _get(
        "The current manifest of a hall",
        "get_manifest",
        "hall-manifest",
        parameters=[
            {
                "name": "profile",
                "in": "query",
                "description": "Only this profile's variants",
                "schema": {"type": "string", "enum": list(PROFILES)},
            }
        ],
        responses={"422": {"description": "No such profile", "content": PROBLEM}},
    ),
}
