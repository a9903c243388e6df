"""Lists that stay stable under inserts: pages in key order, with an opaque cursor that names the last key seen."""

import base64
import binascii
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from exhibit_api.errors import Fault, Rejected

MAX_LIMIT = 200
MAX_CURSOR = 400
MAX_DIGITS = 18


Item = TypeVar("Item")
Row = TypeVar("Row")
Cursor = Annotated[str | None, Query(max_length=MAX_CURSOR, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Items in a page")]


class Listed(BaseModel, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next: str | None = Field(description="Cursor of the next page; null at the end")


def encode(key: str) -> str:
    """A key as a cursor."""
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def decode(cursor: str) -> str:
    """The key of a cursor. Raises Rejected for what no list gave out."""
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise _unknown_cursor() from error


def paged(
    session: Session,
    query: Select[Row],
    key: InstrumentedAttribute[Any],
    cursor: str | None,
    limit: int,
    *,
    newest_first: bool = False,
) -> tuple[list[Row], str | None]:
    """The rows of a page in order of `key`, a unique column of the row, and the cursor of the next page."""
    if cursor is not None:
        seen = _key(key, cursor)
        query = query.where(key < seen if newest_first else key > seen)
    rows = list(session.scalars(query.order_by(key.desc() if newest_first else key).limit(limit + 1)).all())
    if len(rows) <= limit:
        return rows, None
    rows.pop()
    return rows, encode(str(getattr(rows[-1], key.key)))


def _key(key: InstrumentedAttribute[Any], cursor: str) -> str | int:
    """The last key seen, as the column has it."""
    text = decode(cursor).replace("\0", "")  # PostgreSQL refuses NUL in text
    if key.type.python_type is not int:
        return text
    if not text.isascii() or not text.isdigit() or len(text) > MAX_DIGITS:
        raise _unknown_cursor()
    return int(text)


def _unknown_cursor() -> Rejected:
    detail = "the cursor is none that this list gave out; leave it away to begin anew"
    return Rejected(detail, faults=(Fault("?cursor", detail),))
