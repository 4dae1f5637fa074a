"""Take the triggers that protect events away for a moment: to damage a chain, or to empty tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection

migration = import_module("keqiao.web.audit.migrations.0002_append_only")


class Statements:
    """Runs a migration's SQL outside a migration: a schema editor refuses to open in a transaction."""

    connection = connection

    @staticmethod
    def execute(statement: str, params: None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)


@contextmanager
def triggers_off() -> Iterator[None]:
    connection.check_constraints()  # PostgreSQL alters no table that has checks waiting
    migration.allow_changes(None, Statements)
    yield
    migration.refuse_changes(None, Statements)
