"""Copies a PostgreSQL database by its own programs, pg_dump and pg_restore."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from keqiao.web.config.backup.manifest import BackupUnfit
from keqiao.web.config.backup.tables import row_counts
from keqiao.web.config.postgres.owner import as_owner_of_tables

FILE = "database.dump"
LIBPQ_OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey")
LIBPQ_NAMES = {
    "PGDATABASE": "NAME",
    "PGUSER": "USER",
    "PGPASSWORD": "PASSWORD",
    "PGHOST": "HOST",
    "PGPORT": "PORT",
}


def copy_out(folder: Path) -> dict[str, int]:
    """Dump the database into ``folder``; return the rows per table of the same snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        run(
            "pg_dump",
            "--format=custom",
            "--enable-row-security",
            f"--snapshot={snapshot}",
            f"--file={folder / FILE}",
        )
        return row_counts()


def copy_in(folder: Path) -> None:
    """Replace the database's content by the dump: all or nothing."""
    connection.close()
    options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"]
    with as_owner_of_tables():
        run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(folder / FILE))


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the configured database.

    Raises:
        BackupUnfit: the program is not installed, or failed; the text has its last line.
    """
    if shutil.which(program) is None:
        raise BackupUnfit("backup.no_program", program=program)
    done = subprocess.run(
        [program, *arguments], env=connection_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["—"]
        raise BackupUnfit("backup.program_failed", program=program, said=said[-1])


def connection_environment() -> dict[str, str]:
    """Return the environment that leads libpq to the configured database; no password among arguments."""
    settings: dict[str, Any] = connection.settings_dict
    names = {name: settings[key] for name, key in LIBPQ_NAMES.items() if settings[key]}
    given = settings["OPTIONS"]
    options = {f"PG{key.upper()}": given[key] for key in LIBPQ_OPTIONS if key in given}
    whole = {"PGOPTIONS": "-c keqiao.program=on"}  # a backup has the rows of all associations
    return dict(os.environ) | {name: str(value) for name, value in (names | options | whole).items()}
