"""Let the database itself refuse to change or delete what stood when a project was closed.

Why: the conclusion of a project rests on it, whoever reaches the tables past the program. Touches: no rows.
Again: safe, triggers are dropped before they are made. Back: removes the triggers. Order: after 0001.
"""

from django.db import migrations

TABLES = ("snapshot", "snapshotline")
CHANGES = {"changed": "UPDATE", "deleted": "DELETE"}


def triggers():
    for table in TABLES:
        for word, change in CHANGES.items():
            yield f"{table}_is_not_{word}", f"indicators_{table}", change


def refuse_changes(apps, schema_editor):
    """Set the triggers of the engine in use."""
    allow_changes(apps, schema_editor)
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    if not on_sqlite:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION indicators_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'snapshots stay: %', TG_NAME; END $$",
            params=None,
        )
    for name, table, change in triggers():
        does = (
            f"BEGIN SELECT RAISE(ABORT, 'snapshots stay: {name}'); END"
            if on_sqlite
            else "EXECUTE FUNCTION indicators_refuse()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW {does}", params=None
        )


def allow_changes(_apps, schema_editor):
    """Remove them: for a migration that must touch old rows, and for tests that empty tables."""
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, table, _change in triggers():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if on_sqlite else f" ON {table}"))


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
