"""Let the database itself refuse to change or remove a saved version of a draft.

Why: undo, history and merging of two officers rest on what each version said.
Touches: no rows. Again: safe, triggers are dropped before they are made.
Back: removes the triggers. Order: after 0003, which makes the table.
"""

from django.db import migrations

TABLE = "programmes_step"
TRIGGERS = {"step_is_not_changed": "UPDATE", "step_is_not_deleted": "DELETE"}


def sqlite_statements():
    for name, change in TRIGGERS.items():
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {TABLE} FOR EACH ROW "
            f"BEGIN SELECT RAISE(ABORT, 'saved versions stay: {name}'); END"
        )


def postgres_statements():
    yield (
        "CREATE OR REPLACE FUNCTION programmes_keep_step() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'saved versions stay: %', TG_NAME; END $$"
    )
    for name, change in TRIGGERS.items():
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {TABLE} FOR EACH ROW "
            "EXECUTE FUNCTION programmes_keep_step()"
        )
    yield (
        f"CREATE TRIGGER {TABLE}_is_not_emptied BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION programmes_keep_step()"
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
    for name in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if on_sqlite else f" ON {TABLE}"))
    if not on_sqlite:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_is_not_emptied ON {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_desk_and_public_face")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
