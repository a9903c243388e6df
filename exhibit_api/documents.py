"""What all JSON documents that we take or give have in common: camelCase names, no unknown members, never changed after they are made."""

from typing import Any, Self

import orjson
from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.alias_generators import to_camel


class Document(BaseModel):
    """A JSON object with camelCase members. Unknown members are refused, so that a typing error is found and not kept."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
    )

    def plain(self) -> dict[str, Any]:
        """As JSON values, without members that are None."""
        return self.model_dump(mode="json", exclude_none=True)

    @classmethod
    def of(cls, value: Any) -> Self:
        """From JSON values that were checked when they were stored."""
        return cls.model_validate(value)


STAMPS = frozenset({"id", "slug", "revision", "createdAt", "updatedAt"})
"""Members that the service adds to an answer."""


class Draft(Document):
    """A document that is read, changed and sent back: the members that the service added may come along and are passed over."""

    @model_validator(mode="before")
    @classmethod
    def _without_stamps(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        own = {field.alias for field in cls.model_fields.values()}
        return {name: part for name, part in value.items() if name not in STAMPS or name in own}


def canonical_bytes(value: Any) -> bytes:
    """JSON in one spelling: UTF-8, sorted members, no white space. Equal values give equal bytes, and so equal digests."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
