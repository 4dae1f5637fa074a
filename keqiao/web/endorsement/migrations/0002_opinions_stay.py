"""Let the database itself refuse to remove or change an opinion, and to change the lists that were made.

Why: who recommended what, with which words, under which responsibility, must stay as it was said. Words can be erased
when their time is over, never replaced. Touches: no rows. Again: safe, triggers are dropped before they are made.
Back: removes the triggers. Order: after 0001.
"""

from django.db import migrations

OPINIONS, LINES = "endorsement_endorsement", "endorsement_batchline"
FIXED = {
    OPINIONS: (
        "id",
        "association_id",
        "passage_id",
        "queue_id",
        "stage",
        "ordinal",
        "act",
        "unit_id",
        "digest",
        "responsibility",
        "scan_id",
        "given_by_id",
        "at",
        "on",
    ),
    LINES: ("association_id", "batch_id", "queue_id", "passage_id", "rank", "digest", "endorsement_id"),
}
"""Columns that keep what was first written."""


def triggers(differs):
    """Name, table, change and condition of each; ``differs`` compares nulls as values in the engine's own words."""
    opinion = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in FIXED[OPINIONS])
    line = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in FIXED[LINES])
    replaced = "(NEW.words <> OLD.words AND NEW.words <> '')"
    yield "opinion_is_not_deleted", OPINIONS, "DELETE", ""
    yield "opinion_keeps_what_was_said", OPINIONS, "UPDATE", f"{opinion} OR {replaced}"
    yield "line_is_not_deleted", LINES, "DELETE", ""
    yield "line_keeps_what_was_listed", LINES, "UPDATE", line


def sqlite_statements():
    for name, table, change, when in triggers("IS NOT"):
        condition = f"WHEN {when} " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW {condition}"
            f"BEGIN SELECT RAISE(ABORT, 'what was endorsed stays: {name}'); END"
        )


def postgres_statements():
    yield (
        "CREATE OR REPLACE FUNCTION endorsement_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what was endorsed stays: %', TG_NAME; END $$"
    )
    for name, table, change, when in triggers("IS DISTINCT FROM"):
        condition = f"WHEN ({when}) " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW {condition}"
            "EXECUTE FUNCTION endorsement_refuse()"
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


class Migration(migrations.Migration):
    dependencies = [("endorsement", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
