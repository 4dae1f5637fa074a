"""Let the database itself refuse to delete lines of the registers, and to rewrite what was decided.

Why: who was recognised or debarred, and why, must stay readable whoever reaches the tables past the program. Parties
may change in a row, because two records of one body are merged; dates, causes and steps may not.
Touches: no rows. Again: safe, triggers are dropped before they are made.
Back: removes the triggers. Order: after 0001.
"""

from django.db import migrations

KEPT = (
    "recognitionscheme",
    "recognition",
    "recognitionstep",
    "debarment",
    "debarmentstep",
    "trackrecord",
    "holding",
    "societyaffair",
    "incident",
    "platformaccount",
    "platformcount",
    "keptregister",
)
"""Tables, without the room's name before them, whose rows are never removed."""

STEP = ("association_id", "number", "act", "state", "on", "basis", "reason", "entered_by_id", "entered_at")
FIXED = {
    "debarment": (
        "association_id",
        "decision",
        "cause",
        "basis",
        "clause",
        "scope",
        "valid_from",
        "valid_until",
        "entered_by_id",
        "entered_at",
    ),
    "debarmentstep": ("debarment_id", *STEP),
    "recognition": ("association_id", "scheme_id", "number", "region_id", "entered_by_id", "entered_at"),
    "recognitionstep": ("recognition_id", *STEP),
    "platformcount": ("association_id", "account_id", "kind", "value", "on", "source"),
    "keptregister": ("association_id", "register", "scheme_id", "part", "since", "reason", "entered_at"),
}
"""Columns that keep what was first written."""


def triggers(differs):
    """Name, table, change and condition of each; ``differs`` compares nulls as values in the engine's own words."""
    for table in KEPT:
        yield f"{table}_is_not_deleted", f"registers_{table}", "DELETE", ""
    for table, columns in FIXED.items():
        changes = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in columns)
        yield f"{table}_keeps_what_was_decided", f"registers_{table}", "UPDATE", changes


def sqlite_statements():
    for name, table, change, when in triggers("IS NOT"):
        condition = f"WHEN {when} " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW {condition}"
            f"BEGIN SELECT RAISE(ABORT, 'registers stay: {name}'); END"
        )


def postgres_statements():
    yield (
        "CREATE OR REPLACE FUNCTION registers_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'registers stay: %', TG_NAME; END $$"
    )
    for name, table, change, when in triggers("IS DISTINCT FROM"):
        condition = f"WHEN ({when}) " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW {condition}"
            "EXECUTE FUNCTION registers_refuse()"
        )
    for table in KEPT:
        yield (
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON registers_{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION registers_refuse()"
        )


def refuse_changes(apps, schema_editor):
    """Set the triggers of the engine in use."""
    allow_changes(apps, schema_editor)
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in sqlite_statements() if on_sqlite else postgres_statements():
        schema_editor.execute(statement, params=None)


def allow_changes(_apps, schema_editor):
    """Remove them: for a migration that must touch old rows, and for tests that empty tables."""
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, table, _change, _when in triggers(""):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if on_sqlite else f" ON {table}"))
    if not on_sqlite:
        for table in KEPT:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_is_not_emptied ON registers_{table}")


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
