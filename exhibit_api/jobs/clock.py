"""The database's clock. Leases are compared by it alone, so that machines whose clocks differ can share the work."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Float, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from exhibit_api.db import UtcDateTime


class moment(FunctionElement[datetime]):  # noqa: N801 (an SQL function, called like one)
    """This moment by the database's clock, or the one in so many seconds. Unlike SQL's now() it is not the transaction's start."""

    type = UtcDateTime()
    inherit_cache = True

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__(literal(float(seconds), Float()))


def seconds_now(session: Session) -> float:
    """This moment by the database's clock, in seconds since 1970."""
    return cast(datetime, session.scalar(select(moment()))).timestamp()


@compiles(moment, "postgresql")
def _postgresql(element: moment, compiler: SQLCompiler, **options: Any) -> str:
    return f"(clock_timestamp() + {compiler.process(element.clauses, **options)} * interval '1 second')"


@compiles(moment, "sqlite")
def _sqlite(element: moment, compiler: SQLCompiler, **options: Any) -> str:
    """In the form in which SQLAlchemy writes a moment: the texts are compared."""
    seconds = compiler.process(element.clauses, **options)
    return f"strftime('%Y-%m-%d %H:%M:%f000', 'now', {seconds} || ' seconds')"
