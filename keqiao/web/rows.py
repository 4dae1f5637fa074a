"""Rows written and read by hand, where a measurement asked for it: values as each database wants them.

The models stay the only description of the tables: names, types and order of columns come from them. What goes
round the models goes round their checks in Python too; the constraints of the table hold all the same.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Values = Sequence[Any]
Row = tuple[Any, ...]
LATELY = 256
"""How many values are remembered as they were read or written last: one act says the same moment ten times."""


def lock_words(alias: str) -> str:
    """Return the end of a SELECT that locks the rows of ``alias``; SQLite lets one writer in at a time as it is."""
    return "" if is_lite() else f" FOR UPDATE OF {alias}"


def insert(
    model: type[models.Model], columns: tuple[str, ...], rows: Sequence[Values], end: str = ""
) -> list[Row]:
    """Insert rows in one statement and return what it returns.

    ``columns`` are attribute names of the model, ``end`` may say ``ON CONFLICT …`` and ``RETURNING …``.
    """
    statement, writers = _insertion(model, columns, len(rows), is_lite())
    given = [write(value) for row in rows for write, value in zip(writers, row, strict=True)]
    return _run(f"{statement} {end}", given)[0]


def select(statement: str, parameters: Iterable[Any]) -> list[Row]:
    """Return the rows of a SELECT, or what another statement returns."""
    return _run(statement, list(parameters))[0]


def execute(statement: str, parameters: Iterable[Any]) -> int:
    """Run a statement; how many rows it touched."""
    return _run(statement, list(parameters))[1]


def written(*values: Any) -> list[Any]:
    """Return ids, times and days as parameters of a statement; other values as they are."""
    return [_lite(value) for value in values] if is_lite() else list(values)


@cache
def is_lite() -> bool:
    """Is the database SQLite? A process has one database."""
    return connection.vendor == "sqlite"


def _run(statement: str, parameters: list[Any]) -> tuple[list[Row], int]:
    """Run one statement; the rows it returns, and how many it touched.

    Inside a transaction with a bare cursor: what Django wraps round each statement takes three times as long as a short
    statement on SQLite. Errors are Django's all the same, a broken transaction is refused, and where statements are
    counted or watched they go the ordinary way.
    """
    wrapper = connections[DEFAULT_DB_ALIAS]
    if not wrapper.in_atomic_block or wrapper.queries_logged or wrapper.execute_wrappers:
        with wrapper.cursor() as cursor:
            return _done(cursor, statement, parameters)
    wrapper.validate_no_broken_transaction()
    with wrapper.wrap_database_errors:
        return _done(_cursor(wrapper), statement, parameters)


def _done(cursor: Any, statement: str, parameters: list[Any]) -> tuple[list[Row], int]:
    cursor.execute(statement, parameters)
    return (cursor.fetchall() if cursor.description else []), cursor.rowcount


def _cursor(wrapper: Any) -> Any:
    """A bare cursor of the open connection, kept as long as that is open: making one costs as much as a statement."""
    opened, cursor = getattr(wrapper, KEPT, (None, None))
    if opened is None or opened is not wrapper.connection:
        cursor = wrapper.cursor_by_hand()
        setattr(wrapper, KEPT, (wrapper.connection, cursor))
    return cursor


KEPT = "cursor_of_rows"


def uuid_read(value: Any) -> UUID | None:
    """Return an id as it came from a statement."""
    return _id(value) if isinstance(value, str) else value


@lru_cache(maxsize=LATELY)
def _id(text: str) -> UUID:
    """An id that SQLite gave; those of a call and its association come with every row."""
    return UUID(text)


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


@lru_cache(maxsize=LATELY)
def _lite_time(moment: datetime) -> str:
    return str(moment.astimezone(UTC).replace(tzinfo=None))


LITE: Mapping[type, Callable[[Any], str]] = {
    UUID: lambda value: value.hex,
    datetime: _lite_time,
    date: date.isoformat,
}
"""What SQLite keeps as text, by the very type of the value."""
