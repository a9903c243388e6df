"""The JSON Schemas of the public documents, made from `manifest`. They are published beside the manifests, under their digests."""

import hashlib
from functools import cache
from typing import Any

import orjson
from pydantic.json_schema import GenerateJsonSchema

from exhibit_api.editions.manifest import ExhibitionDocument, HallManifest, HallPointer
from exhibit_api.editions.parts import Published, Resource

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MEDIA_TYPE = "application/schema+json"
DOCUMENTS: dict[str, type[Published]] = {
    "hall-manifest": HallManifest,
    "hall-pointer": HallPointer,
    "exhibition": ExhibitionDocument,
}


class _WithDialect(GenerateJsonSchema):
    schema_dialect = DIALECT

    def generate(self, schema: Any, mode: Any = "validation") -> dict[str, Any]:
        return {"$schema": self.schema_dialect} | super().generate(schema, mode)


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of a public document."""
    return DOCUMENTS[name].model_json_schema(by_alias=True, schema_generator=_WithDialect)


@cache
def schema_bytes(name: str) -> bytes:
    """The schema as it is published and as it stands in `manifests/schemas/`: indented, for people."""
    return orjson.dumps(schema_of(name), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


def schema_key(name: str) -> str:
    """Where the schema stands in the store."""
    return f"public/schemas/{name}.{hashlib.sha256(schema_bytes(name)).hexdigest()}.json"


def schema_resource(name: str) -> Resource:
    """The schema, as a manifest names it."""
    data = schema_bytes(name)
    return Resource(
        url=f"../{schema_key(name).removeprefix('public/')}",
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        media_type=MEDIA_TYPE,
    )
