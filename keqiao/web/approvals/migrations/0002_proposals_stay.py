"""Let the database itself refuse to change what was proposed, to reopen what has ended, or to remove an approval.

Why: the second person approves what is shown; whoever reaches the table past the program must not be able to put
another act in its place, or to bring an ended one back. Once an approval has ended, its contents may be blanked
(a person's data can be asked to be erased), never its state.
Touches: no rows. Again: safe, triggers are dropped before they are made.
Back: removes the triggers. Order: after 0001.
"""

from django.db import migrations

TABLE = "approvals_approval"
ALWAYS = (
    "kind",
    "subject_kind",
    "subject_id",
    "association_id",
    "proposed_by_id",
    "proposed_at",
    "expires_at",
    "digest",
)
WHILE_OPEN = ("title", "arguments", "basis", "difference", "salt")
SETTLED = ("state", "decided_by_id", "decided_at", "executed_at")


def any_changes(columns, differs):
    return "(" + " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in columns) + ")"


def triggers(differs):
    """Name, change and condition of each; ``differs`` compares nulls as values in the engine's own words."""
    while_open = f"OLD.state = 'proposed' AND {any_changes(WHILE_OPEN, differs)}"
    yield "approval_is_not_deleted", "DELETE", ""
    yield "approval_keeps_what_was_proposed", "UPDATE", f"{any_changes(ALWAYS, differs)} OR ({while_open})"
    yield "approval_ends_once", "UPDATE", f"OLD.state <> 'proposed' AND {any_changes(SETTLED, differs)}"


def sqlite_statements():
    for name, change, when in triggers("IS NOT"):
        condition = f"WHEN {when} " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {TABLE} FOR EACH ROW {condition}"
            f"BEGIN SELECT RAISE(ABORT, 'approvals stay: {name}'); END"
        )


def postgres_statements():
    yield (
        "CREATE OR REPLACE FUNCTION approvals_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'approvals stay: %', TG_NAME; END $$"
    )
    for name, change, when in triggers("IS DISTINCT FROM"):
        condition = f"WHEN ({when}) " if when else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {change} ON {TABLE} FOR EACH ROW {condition}"
            "EXECUTE FUNCTION approvals_refuse()"
        )
    yield (
        f"CREATE TRIGGER {TABLE}_is_not_emptied BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION approvals_refuse()"
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
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_is_not_emptied ON {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
