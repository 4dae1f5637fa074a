"""Rows written and read by hand, where a measurement asked for it: values as each database wants them.

The models stay the only description of the tables: names, types and order of columns come from them. What goes
round the models goes round their checks in Python too; the constraints of the table hold all the same.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models

Values = Sequence[Any]


def lock_words(alias: str) -> str:
    """Return the end of a SELECT that locks the rows of ``alias``; SQLite lets one writer in at a time as it is."""
    return f" FOR UPDATE OF {alias}" if connection.vendor == "postgresql" else ""


def insert(
    model: type[models.Model], columns: tuple[str, ...], rows: Sequence[Values], end: str = ""
) -> list[tuple[Any, ...]]:
    """Insert rows in one statement and return what it returns.

    ``columns`` are attribute names of the model, ``end`` may say ``ON CONFLICT …`` and ``RETURNING …``.
    """
    statement, writers = _insertion(model, columns, len(rows), connection.vendor)
    given = [write(value) for row in rows for write, value in zip(writers, row, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} {end}", given)
        return cursor.fetchall() if "RETURNING" in end else []


def written(*values: Any) -> list[Any]:
    """Return ids and times as parameters of a statement; other values as they are."""
    return [_as_parameter(value) for value in values]


def select_one(statement: str, parameters: Iterable[Any]) -> tuple[Any, ...] | None:
    """Return the first row of a SELECT, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        return cursor.fetchone()


def select(statement: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        return cursor.fetchall()


def execute(statement: str, parameters: Iterable[Any]) -> int:
    """Run a statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        return cursor.rowcount


def uuid_read(value: Any) -> UUID | None:
    """Return an id as it came from a statement."""
    return UUID(value) if isinstance(value, str) else value


def time_read(value: Any) -> datetime | None:
    """Return a time as it came from a statement; SQLite keeps it without its zone, in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def json_read(value: Any) -> Any:
    """Return a JSON value as it came from a statement."""
    return json.loads(value) if isinstance(value, str) else value


@cache
def _insertion(
    model: type[models.Model], columns: tuple[str, ...], count: int, vendor: str
) -> tuple[str, tuple[Callable[[Any], Any], ...]]:
    fields = [next(f for f in model._meta.concrete_fields if f.attname == name) for name in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {', '.join([row] * count)}"  # noqa: S608  all names are the models'
    return statement, tuple(_writer(field, vendor) for field in fields)


def _writer(field: Any, vendor: str) -> Callable[[Any], Any]:
    while field.remote_field:
        field = field.target_field
    kind = field.get_internal_type()
    if kind == "JSONField":
        return lambda value: connection.ops.adapt_json_value(value, None)
    if vendor != "sqlite":
        return _same
    if kind == "UUIDField":
        return lambda value: value.hex if isinstance(value, UUID) else value
    if kind in ("DateTimeField", "DateField"):
        return _as_parameter
    return _same


def _same(value: Any) -> Any:
    return value


def _as_parameter(value: Any) -> Any:
    if connection.vendor != "sqlite":
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value.isoformat() if isinstance(value, date) else value
