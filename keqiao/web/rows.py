"""Rows written and read by hand, where a measurement asked for it: values as each database wants them.

The models stay the only description of the tables: names, types and order of columns come from them. What goes
round the models goes round their checks in Python too; the constraints of the table hold all the same.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Values = Sequence[Any]


def lock_words(alias: str) -> str:
    """Return the end of a SELECT that locks the rows of ``alias``; SQLite lets one writer in at a time as it is."""
    return "" if is_lite() else f" FOR UPDATE OF {alias}"


def insert(
    model: type[models.Model], columns: tuple[str, ...], rows: Sequence[Values], end: str = ""
) -> list[tuple[Any, ...]]:
    """Insert rows in one statement and return what it returns.

    ``columns`` are attribute names of the model, ``end`` may say ``ON CONFLICT …`` and ``RETURNING …``.
    """
    statement, writers = _insertion(model, columns, len(rows), is_lite())
    given = [write(value) for row in rows for write, value in zip(writers, row, strict=True)]
    cursor = _cursor()
    cursor.execute(f"{statement} {end}", given)
    return list(cursor) if "RETURNING" in end else []


def select(statement: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a SELECT, or what another statement returns."""
    cursor = _cursor()
    cursor.execute(statement, list(parameters))
    return list(cursor)


def execute(statement: str, parameters: Iterable[Any]) -> int:
    """Run a statement; how many rows it touched."""
    cursor = _cursor()
    cursor.execute(statement, list(parameters))
    return cursor.rowcount


def written(*values: Any) -> list[Any]:
    """Return ids, times and days as parameters of a statement; other values as they are."""
    return [_lite(value) for value in values] if is_lite() else list(values)


@cache
def is_lite() -> bool:
    """Is the database SQLite? A process has one database."""
    return connection.vendor == "sqlite"


def _cursor() -> Any:
    """A cursor of this thread's connection, kept as long as that is open: making one costs as much as a statement."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    opened, cursor = getattr(wrapper, KEPT, (None, None))
    if opened is None or opened is not wrapper.connection:
        cursor = wrapper.cursor()
        setattr(wrapper, KEPT, (wrapper.connection, cursor))
    return cursor


KEPT = "cursor_of_rows"


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
    model: type[models.Model],
    columns: tuple[str, ...],
    count: int,
    lite: bool,  # noqa: FBT001  a key of the cache
) -> tuple[str, tuple[Callable[[Any], Any], ...]]:
    fields = [next(f for f in model._meta.concrete_fields if f.attname == name) for name in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * count)}"  # noqa: S608  all names are the models'
    return statement, tuple(_writer(field, lite=lite) for field in fields)


def _writer(field: Any, *, lite: bool) -> Callable[[Any], Any]:
    while field.remote_field:
        field = field.target_field
    kind = field.get_internal_type()
    if kind == "JSONField":
        return _json_text if lite else _json_value
    return _lite if lite and kind in ("UUIDField", "DateTimeField", "DateField") else _same


def _json_text(value: Any) -> str:
    return json.dumps(value)


def _json_value(value: Any) -> Any:
    return connection.ops.adapt_json_value(value, None)


def _same(value: Any) -> Any:
    return value


def _lite(value: Any) -> Any:
    """A value as SQLite keeps it: ids without dashes, times in UTC without their zone."""
    write = LITE.get(type(value))
    return value if write is None else write(value)


LITE: Mapping[type, Callable[[Any], str]] = {
    UUID: lambda value: value.hex,
    datetime: lambda value: str(value.astimezone(UTC).replace(tzinfo=None)),
    date: date.isoformat,
}
"""What SQLite keeps as text, by the very type of the value."""
