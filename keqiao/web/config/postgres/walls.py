"""Row-level security of all tables that associations own; the one place for its SQL.

Every owned table shows its rows to the association in their column ``association_id`` and to the program itself.
What else may be read or written, rooms say in a module ``walls`` with ``OPENINGS``, each with its reason. The walls
are set anew after each migration, by the owner of the tables.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from keqiao.web.walls import ASSOCIATIONS, Opening

BY_PROGRAM = "current_setting('keqiao.program', true) = 'on'"
POLICY = "wall_"
KEPT = {"audit_event": "UPDATE, DELETE, TRUNCATE", "audit_reason": "UPDATE, TRUNCATE"}  # words can be erased


def owned_tables() -> list[type[models.Model]]:
    """Return the models whose rows belong to an association."""
    return [model for model in apps.get_models() if getattr(model, "data_kind", "") == "owned"]


def openings() -> Iterator[Opening]:
    """Give what the rooms open beside the wall."""
    for app in apps.get_app_configs():
        name = f"{app.name}.walls"
        if app.name.startswith("keqiao.") and find_spec(name):
            yield from import_module(name).OPENINGS


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Set row-level security on every owned table. Safe to run again; drops policies that nobody wants any more."""
    opened = list(openings())
    with connection.cursor() as cursor:
        for model in owned_tables():
            for statement in statements_for(
                model, [each for each in opened if each.model == model._meta.label]
            ):
                cursor.execute(statement)
        _drop_forgotten(cursor)


def statements_for(model: type[models.Model], opened: list[Opening]) -> Iterator[str]:
    """Give the statements for one table."""
    table = f'"{model._meta.db_table}"'
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"  # for the owner of the table too
    mine = f"{BY_PROGRAM} OR association_id = ANY ({ASSOCIATIONS})"
    yield f"DROP POLICY IF EXISTS {POLICY}owner ON {table}"
    yield f"CREATE POLICY {POLICY}owner ON {table} USING ({mine}) WITH CHECK ({mine})"
    for each in opened:
        name = f"{POLICY}{each.name}"
        clause = "WITH CHECK" if each.command == "INSERT" else "USING"
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
        yield f"CREATE POLICY {name} ON {table} FOR {each.command} {clause} ({each.condition})"


def _drop_forgotten(cursor: object) -> None:
    known = {(model._meta.db_table, f"{POLICY}owner") for model in owned_tables()}
    tables = {model._meta.label: model._meta.db_table for model in apps.get_models()}
    known |= {(tables[each.model], f"{POLICY}{each.name}") for each in openings()}
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT tablename, policyname FROM pg_policies WHERE schemaname = current_schema() AND policyname LIKE %s",
        [f"{POLICY}%"],
    )
    for table, policy in set(cursor.fetchall()) - known:  # type: ignore[attr-defined]
        cursor.execute(f'DROP POLICY {policy} ON "{table}"')  # type: ignore[attr-defined]


def grant_to(connection: BaseDatabaseWrapper, role: str) -> None:
    """Let the role of the running program use the tables: read and write, but never change or delete an event."""
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for table, acts in KEPT.items():
            cursor.execute(f'REVOKE {acts} ON "{table}" FROM {quoted}')
        cursor.execute(f'REVOKE INSERT, UPDATE, DELETE ON "django_migrations" FROM {quoted}')
