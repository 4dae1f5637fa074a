"""Take the triggers that protect rows away for a moment: to damage a chain, or to empty tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tests.web.walls import as_owner

SQLITE_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
POSTGRES_TABLES = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"


@contextmanager
def triggers_off() -> Iterator[None]:
    """All triggers of all rooms are off inside and on again afterwards."""
    connection.check_constraints()  # PostgreSQL alters no table that has checks waiting
    with as_owner(), connection.cursor() as cursor:
        restore = _drop_on_sqlite(cursor) if connection.vendor == "sqlite" else _disable_on_postgres(cursor)
    with as_owner():
        yield
    connection.check_constraints()
    with as_owner(), connection.cursor() as cursor:
        for statement in restore:
            cursor.execute(statement, None)


def _drop_on_sqlite(cursor) -> list[str]:
    cursor.execute(SQLITE_TRIGGERS)
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    return [sql for _name, sql in triggers]


def _disable_on_postgres(cursor) -> list[str]:
    cursor.execute(POSTGRES_TABLES)
    tables = [table for (table,) in cursor.fetchall()]
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
