"""Copies an SQLite database out of and into the running system, by SQLite's own backup interface."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

FILE = "database.sqlite3"
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY 1"
)


def copy_out(folder: Path) -> None:
    """Write a consistent copy of the database into ``folder``.

    The copy is one long read of one snapshot: writers go on meanwhile, and nothing is checkpointed. So it
    needs the write lock only where its connection opens and closes, and that the back end sees to.
    """
    path = folder / FILE
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def copy_in(folder: Path) -> None:
    """Replace the database's content by the copy, in one transaction under the write lock."""
    connection.ensure_connection()
    target = connection.connection
    with closing(sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)) as source, target.writing(""):
        source.backup(target)


def row_counts(folder: Path) -> dict[str, int]:
    """Return the rows per table of the copy in ``folder``."""
    with closing(sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)) as copy:
        names = [name for (name,) in copy.execute(TABLES)]
        return {name: copy.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0] for name in names}  # noqa: S608


def quoted(name: str) -> str:
    """Return a table's name as it stands in a statement."""
    return '"' + name.replace('"', '""') + '"'
