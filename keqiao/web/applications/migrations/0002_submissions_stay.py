"""Let the database itself refuse to remove a submission, and to change one.

Why: a receipt promises that what was submitted stays as it was, whoever reaches the tables past the program. Its
content can be erased when its time is over (never replaced), because it may name people; the digest stays.
Touches: no rows. Again: safe, triggers are dropped before they are made.
Back: removes the triggers. Order: after 0001.
"""

from django.db import migrations

TABLE = "applications_submission"
FIXED = (
    "id",
    "association_id",
    "application_id",
    "ordinal",
    "key",
    "number",
    "version",
    "saved_id",
    "revision_id",
    "specification",
    "digest",
    "arrived_at",
    "taken_at",
    "deadline_at",
    "grace_seconds",
    "submitted_by_id",
)
"""Columns that keep what was first written."""


def triggers(differs):
    """Name, change and condition of each; ``differs`` compares nulls as values in the engine's own words."""
    changes = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in FIXED)
    replaced = "NEW.content <> OLD.content AND NEW.content <> ''"
    yield "submission_is_not_deleted", "DELETE", ""
    yield "submission_keeps_what_was_submitted", "UPDATE", f"{changes} OR ({replaced})"


def sqlite_statements():
    for name, change, when in triggers("IS NOT"):
        condition = f"WHEN {when} " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {TABLE} FOR EACH ROW {condition}"
            f"BEGIN SELECT RAISE(ABORT, 'submissions stay: {name}'); END"
        )


def postgres_statements():
    yield (
        "CREATE OR REPLACE FUNCTION applications_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'submissions stay: %', TG_NAME; END $$"
    )
    for name, change, when in triggers("IS DISTINCT FROM"):
        condition = f"WHEN ({when}) " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {TABLE} FOR EACH ROW {condition}"
            "EXECUTE FUNCTION applications_refuse()"
        )
    yield (
        f"CREATE TRIGGER submission_is_not_emptied BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION applications_refuse()"
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
    for name, _change, _when in triggers(""):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if on_sqlite else f" ON {TABLE}"))
    if not on_sqlite:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS submission_is_not_emptied ON {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
