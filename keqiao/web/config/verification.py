"""What must hold of the database itself: the walls between associations stand, and stop the program."""

from collections.abc import Iterator

from django.db import connection

from keqiao.web.audit.verification import Check, Fault, Outcome
from keqiao.web.config.postgres.owner import passes_walls
from keqiao.web.config.postgres.walls import POLICY, owned_tables

WALLED = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
POLICIES = "SELECT tablename FROM pg_policies WHERE schemaname = current_schema() AND policyname = %s"


def check_walls() -> Outcome:
    """Check that every owned table has row-level security and its policy; nothing on SQLite, which has none."""
    if connection.vendor != "postgresql":
        return Outcome(0)
    return Outcome(len(owned_tables()), tuple(_faults()))


def _faults() -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(WALLED)
        walled = {name for (name,) in cursor.fetchall()}
        cursor.execute(POLICIES, [f"{POLICY}owner"])
        with_policy = {name for (name,) in cursor.fetchall()}
    tables = {model._meta.db_table for model in owned_tables()}
    yield from (Fault("wall.missing", name) for name in sorted(tables - (walled & with_policy)))
    if passes_walls():
        yield Fault("wall.passed", str(connection.settings_dict["USER"]))


CHECKS: list[tuple[str, Check]] = [("walls between associations", check_walls)]
