"""The role of the running program on PostgreSQL, which owns no table and is stopped by the walls."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from keqiao.web.config.postgres.walls import grant_to

ROLE = "keqiao_application"
MADE = "DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"


def as_application() -> None:
    """From now on every connection of this test process works in the role of the running program."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(MADE.format(role=ROLE))
    grant_to(connection, ROLE)
    connection.settings_dict["OPTIONS"]["assume_role"] = ROLE
    connection.close()


def as_before() -> None:
    """Connections are the owner's again, who may drop the database."""
    connection.settings_dict["OPTIONS"].pop("assume_role", None)
    connection.close()


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the owner of the tables inside: to empty them, to take triggers away."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
