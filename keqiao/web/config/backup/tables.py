"""Counts what is in the configured database."""

from django.db import connection


def table_names() -> list[str]:
    """Return the names of all tables in order, also of those that no model stands for."""
    return sorted(connection.introspection.table_names())


def row_counts() -> dict[str, int]:
    """Return the number of rows of every table."""
    with connection.cursor() as cursor:
        counts = {}
        for name in table_names():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 - a name
            counts[name] = cursor.fetchone()[0]
        return counts
