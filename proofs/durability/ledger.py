"""The tables that the proof writes to, the ways of writing, and what must hold afterwards.

A trigger counts every entry in the same transaction, so a torn transaction shows as a wrong count. Entries
with a negative id are only ever written in transactions that roll back.
"""

import os
import sqlite3
import struct
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

import django
from django.conf import settings
from django.db import connections, transaction

from keqiao.web.config.database.url import databases

BODY = "申报书" * 200
SCHEMA = (
    "CREATE TABLE tally (n integer NOT NULL)",
    "INSERT INTO tally VALUES (0)",
    "CREATE TABLE entry (id integer PRIMARY KEY, writer integer NOT NULL, body text NOT NULL)",
    "CREATE INDEX entry_body ON entry (body, writer)",
    "CREATE TRIGGER counted AFTER INSERT ON entry BEGIN UPDATE tally SET n = n + 1; END",
)
INSERT = "INSERT INTO entry VALUES (%s, %s, %s)"


class Regret(Exception):
    """Raised on purpose, to roll back."""


def configure(paths: Mapping[str, Path]) -> None:
    """Set Django up with one database of the shipped back end for each name; one is called ``default``."""
    found = {
        name: databases({"DATABASE_URL": f"sqlite:///{path}"})["default"] for name, path in paths.items()
    }
    settings.configure(DATABASES=found, USE_TZ=True)
    django.setup()


def create(alias: str) -> None:
    """Create the tables and leave no connection open."""
    with connections[alias].cursor() as cursor:
        for statement in SCHEMA:
            cursor.execute(statement)
    connections[alias].close()


def write(alias: str, number: int, writer: int, way: int) -> None:
    """Write entry ``number`` in one of four ways: autocommit, atomic, nested, and nested with regret."""
    row = [number, writer, f"{number % 997}{BODY}"]
    if way == 0:
        with connections[alias].cursor() as cursor:
            cursor.execute(f"{INSERT} RETURNING id", row)
            cursor.fetchone()
        return
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(INSERT, row)
        if way > 1:
            _regret_one(alias, number, writer)


def _regret_one(alias: str, number: int, writer: int) -> None:
    try:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(INSERT, [-number, writer, BODY])
            raise Regret
    except Regret:
        return


def write_in_vain(alias: str, number: int, writer: int) -> None:
    """Write an entry in a transaction that rolls back."""
    try:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(INSERT, [-number, writer, BODY])
            raise Regret
    except Regret:
        return


class Receipts:
    """The entries that were acknowledged, in a file that outlives a killed process."""

    def __init__(self, path: Path) -> None:
        self.handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def add(self, number: int) -> None:
        """Acknowledge entry ``number``."""
        os.write(self.handle, struct.pack("<q", number))


def acknowledged(paths: Iterable[Path]) -> set[int]:
    """Return the numbers in files of receipts."""
    found: set[int] = set()
    for path in paths:
        data = path.read_bytes()
        found.update(number for (number,) in struct.iter_unpack("<q", data[: len(data) // 8 * 8]))
    return found


def faults_of(path: Path, promised: set[int]) -> list[str]:
    """Return what is wrong with the database at ``path``, which nobody else uses; empty if all is well."""
    try:
        with closing(sqlite3.connect(path)) as plain:
            return _faults(plain, promised)
    except sqlite3.DatabaseError as error:
        return [f"cannot be read: {error}"]


def _faults(plain: sqlite3.Connection, promised: set[int]) -> list[str]:
    faults = []
    integrity = plain.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if integrity != "ok":
        faults.append(f"integrity_check: {integrity}")
    kept = {number for (number,) in plain.execute("SELECT id FROM entry NOT INDEXED")}
    if missing := len(promised - kept):
        faults.append(f"{missing} acknowledged rows lost")
    if ghosts := sum(1 for number in kept if number < 0):
        faults.append(f"{ghosts} rolled back rows kept")
    counted = plain.execute("SELECT n FROM tally").fetchone()[0]
    if counted != len(kept):
        faults.append(f"{len(kept)} rows but {counted} counted: a torn transaction")
    return faults
