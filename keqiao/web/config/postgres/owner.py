"""Who makes the tables, and whether the wall stops the program: the owner of the tables logs in separately."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from keqiao.web.config.postgres.walls import grant_to

PASSES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
LOG_IN = ("USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def as_owner_of_tables() -> Iterator[None]:
    """Log in as the owner of the tables inside, where that is another role than the program's."""
    if not settings.DATABASE_OWNER:
        yield
        return
    program = {name: connection.settings_dict[name] for name in LOG_IN}
    connection.close()
    connection.settings_dict.update({name: settings.DATABASE_OWNER[name] for name in LOG_IN})
    try:
        yield
        grant_to(connection, str(program["USER"]))
    finally:
        connection.close()
        connection.settings_dict.update(program)


def make_tables() -> None:
    """Bring all tables up to date, as their owner; let the program's role use them."""
    with as_owner_of_tables():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)


def passes_walls() -> bool:
    """Does the role of the program read past row-level security (superuser, BYPASSRLS)? SQLite has none to pass."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(PASSES)
        return bool(cursor.fetchone()[0])
