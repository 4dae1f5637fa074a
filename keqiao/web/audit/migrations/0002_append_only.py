"""Let the database itself refuse to change or delete events, and to turn a chain's head back.

Why: whoever reaches the tables past the program (a console, a faulty query) must not be able to rewrite history
unnoticed. Touches: no rows. Again: safe, triggers are dropped before they are made.
Back: removes the triggers. Order: after 0001.
"""

from django.db import migrations

TRIGGERS = {
    "event_is_not_changed": ("UPDATE", "audit_event", ""),
    "event_is_not_deleted": ("DELETE", "audit_event", ""),
    "reason_is_not_changed": ("UPDATE", "audit_reason", ""),
    "chain_head_is_not_deleted": ("DELETE", "audit_chainhead", ""),
    "chain_head_moves_by_one": (
        "UPDATE",
        "audit_chainhead",
        "NEW.sequence <> OLD.sequence + 1 OR NEW.kind <> OLD.kind OR NEW.case_id <> OLD.case_id",
    ),
}
TABLES = sorted({table for _, table, _ in TRIGGERS.values()})


def sqlite_statements():
    for name, (change, table, when) in TRIGGERS.items():
        condition = f"WHEN {when} " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW {condition}"
            f"BEGIN SELECT RAISE(ABORT, 'events are append-only: {name}'); END"
        )


def postgres_statements():
    yield (
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are append-only: %', TG_NAME; END $$"
    )
    for name, (change, table, when) in TRIGGERS.items():
        condition = f"WHEN ({when}) " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW {condition}"
            "EXECUTE FUNCTION audit_refuse()"
        )
    for table in TABLES:
        yield (
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )


def refuse_changes(apps, schema_editor):
    """Set the triggers of the engine in use."""
    allow_changes(apps, schema_editor)
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in sqlite_statements() if on_sqlite else postgres_statements():
        schema_editor.execute(statement, params=None)


def allow_changes(_apps, schema_editor):
    """Remove them: for a migration that must touch old rows, and for tests that show what verify finds."""
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, (_, table, _) in TRIGGERS.items():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if on_sqlite else f" ON {table}"))
    if not on_sqlite:
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_is_not_emptied ON {table}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
