"""Let the database itself refuse to change or delete entries of a ledger.

Why: what was planned, paid, admitted and given back must be told to the fen years later, whoever reaches the table past
the program; a mistake is mended by a later entry. Touches: no rows. Again: safe, triggers are dropped before they are
made. Back: removes the triggers. Order: after 0001.
"""

from django.db import migrations

TABLE = "grants_ledgerentry"
COLUMNS = ("association_id", "grant_id", "sequence", "kind", "entered_by_id", "entered_at")


def triggers(differs, as_text):
    """Name, change and condition of each, in the engine's own words."""
    changed = [f'NEW."{name}" {differs} OLD."{name}"' for name in COLUMNS]
    changed.append(f"{as_text('NEW')} {differs} {as_text('OLD')}")
    yield "ledger_entry_is_not_deleted", "DELETE", ""
    yield "ledger_entry_is_not_changed", "UPDATE", " OR ".join(changed)


def sqlite_statements():
    for name, change, when in triggers("IS NOT", lambda row: f'{row}."values"'):
        condition = f"WHEN {when} " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {TABLE} FOR EACH ROW {condition}"
            f"BEGIN SELECT RAISE(ABORT, 'the ledger stays: {name}'); END"
        )


def postgres_statements():
    yield (
        "CREATE OR REPLACE FUNCTION grants_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger stays: %', TG_NAME; END $$"
    )
    for name, change, when in triggers("IS DISTINCT FROM", lambda row: f'{row}."values"::text'):
        condition = f"WHEN ({when}) " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {TABLE} FOR EACH ROW {condition}"
            "EXECUTE FUNCTION grants_refuse()"
        )
    yield (
        f"CREATE TRIGGER {TABLE}_is_not_emptied BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION grants_refuse()"
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
    for name in ("ledger_entry_is_not_deleted", "ledger_entry_is_not_changed"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if on_sqlite else f" ON {TABLE}"))
    if not on_sqlite:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_is_not_emptied ON {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
