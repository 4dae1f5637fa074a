"""On PostgreSQL the owner of the tables and the running program log in separately; walls stop the program."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from keqiao.web.config.database.url import databases, owner_of_tables

SERVER = os.environ.get("DATABASE_URL", "")
on_postgres = pytest.mark.skipif(not SERVER.startswith("postgres"), reason="SQLite has no roles")

OWNER_ROLE, PROGRAM_ROLE, PASSWORD = "keqiao_two_owner", "keqiao_two_program", "two-roles"
DATABASE = "keqiao_two_roles"
VERIFY = "import sys; from keqiao.cli import main; sys.exit(main(['verify']))"
MAKE = (
    "import django; django.setup(); from keqiao.web.config.postgres.owner import make_tables; make_tables()"
)


@pytest.fixture
def environment(tmp_path) -> Iterator[dict[str, str]]:
    """A new database that one role owns and another uses."""
    with psycopg.connect(SERVER, autocommit=True) as server:
        drop_all(server)
        for role in (OWNER_ROLE, PROGRAM_ROLE):
            server.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
        server.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}")
    yield {
        **os.environ,
        "KEQIAO_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "keqiao.web.config.settings",
        "DATABASE_URL": address(PROGRAM_ROLE),
        "KEQIAO_DATABASE_OWNER": address(OWNER_ROLE),
    }
    with psycopg.connect(SERVER, autocommit=True) as server:
        drop_all(server)


def drop_all(server: psycopg.Connection) -> None:
    server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    for role in (OWNER_ROLE, PROGRAM_ROLE):
        server.execute(f"DROP ROLE IF EXISTS {role}")


def address(role: str) -> str:
    parts = urlsplit(SERVER)
    return f"postgres://{role}:{PASSWORD}@{parts.hostname}:{parts.port}/{DATABASE}"


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False
    )


@on_postgres
def test_the_owner_makes_the_tables_the_program_uses_them_and_verify_sees_who_passes_the_walls(environment):
    made = run(environment, "-c", MAKE)
    assert (made.returncode, made.stderr) == (0, "")

    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as program:
        owners = program.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        assert owners == [(OWNER_ROLE,)]
        assert program.execute("SELECT count(*) FROM programmes_call").fetchone() == (0,)
        for forbidden in (
            "CREATE TABLE mine (n int)",
            "ALTER TABLE audit_event DISABLE TRIGGER ALL",
            "ALTER TABLE programmes_call NO FORCE ROW LEVEL SECURITY",
            "DELETE FROM audit_event",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                program.execute(forbidden)

    verified = run(environment, "-c", VERIFY)
    assert (verified.returncode, "walls between associations" in verified.stdout) == (0, True)

    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"ALTER ROLE {PROGRAM_ROLE} BYPASSRLS")

    verified = run(environment, "-c", VERIFY)
    assert (verified.returncode, "wall.passed" in verified.stdout) == (1, True)


def test_the_owner_logs_in_with_an_address_of_its_own():
    said = {"DATABASE_URL": "postgres://program:a@h/n", "KEQIAO_DATABASE_OWNER": "postgres://owner:b@h/n"}

    assert (databases(said)["default"]["USER"], owner_of_tables(said)["USER"]) == ("program", "owner")
    assert owner_of_tables({}) == {}


@pytest.mark.parametrize(
    ("program", "owner"),
    [("", "postgres://owner@h/n"), ("postgres://p@h/n", "sqlite:///file.db"), ("postgres://p@h/n", "x")],
)
def test_an_owner_without_postgresql_stops_the_start(program, owner):
    with pytest.raises(ImproperlyConfigured, match="KEQIAO_DATABASE_OWNER"):
        owner_of_tables({"DATABASE_URL": program, "KEQIAO_DATABASE_OWNER": owner})
