"""Django's database back end ``keqiao.web.config.database``: SQLite, set so that a receipt is never lost.

WAL with synchronous FULL (NORMAL loses acknowledged commits when the power fails), IMMEDIATE transactions
(DEFERRED ones fail with "database is locked" under load), 20 s of patience, foreign keys, deleted content
overwritten, delete triggers that also fire for REPLACE. The settings cannot lower any of these.
"""

import functools
import sqlite3
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base

from keqiao.web.config.database import forks
from keqiao.web.config.database.connection import BUSY_TIMEOUT_SECONDS, Connection, Cursor, InsideTransaction
from keqiao.web.config.database.mounts import read_mount_table, why_refused

SYNCHRONOUS_FULL = 2
REQUIRED = {"synchronous": SYNCHRONOUS_FULL, "foreign_keys": 1, "secure_delete": 1, "recursive_triggers": 1}


class DatabaseWrapper(base.DatabaseWrapper):
    """Opens connections with the settings above and checks that they hold."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return the arguments of ``Connection``; OPTIONS cannot change time-out or transaction mode."""
        params = super().get_connection_params()
        params.update(timeout=BUSY_TIMEOUT_SECONDS, factory=Connection)
        self.transaction_mode = "IMMEDIATE"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """Return an open connection.

        Raises:
            ImproperlyConfigured: the file lies on a network file system, or a setting did not take.
        """
        if not self.is_in_memory_db():
            refuse_unfit_place(str(conn_params["database"]))
        connection = super().get_new_connection(conn_params)
        try:
            prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def create_cursor(self, name: str | None = None) -> sqlite3.Cursor:  # noqa: ARG002 - Django's signature
        """Return a cursor that asks for the lock."""
        return self.connection.cursor(Cursor)

    def cursor_by_hand(self) -> sqlite3.Cursor:
        """Return a bare cursor for the statements of ``keqiao.web.rows``."""
        return self.connection.cursor(InsideTransaction)

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 - Django's signature
        super()._set_autocommit(autocommit)
        self.connection.settle()  # sqlite3 commits what is open when it goes back to autocommit


@functools.cache
def refuse_unfit_place(database: str) -> None:
    """Raise ImproperlyConfigured if the database would lie on a network file system; asked once per path."""
    if reason := why_refused(Path(database).resolve(), read_mount_table()):
        raise ImproperlyConfigured(reason)


def prepare(connection: Connection) -> None:
    """Set the connection up and read every setting back.

    Raises:
        ImproperlyConfigured: SQLite did not accept a setting (for instance WAL on an unfit disk).
    """
    if connection.path and _ask(connection, "journal_mode") != "wal":
        _ask(connection, "journal_mode = WAL")
    for name, value in REQUIRED.items():
        _ask(connection, f"{name} = {value}")
    if connection.lock is not None:
        _ask(connection, "wal_autocheckpoint = 0")
    for name, value in required_settings(connection).items():
        if (found := _ask(connection, name)) != value:
            raise ImproperlyConfigured(
                f"SQLite refused {name} = {value} for {connection.path}; it is {found}."
            )


def required_settings(connection: Connection) -> dict[str, Any]:
    """Return the PRAGMAs and values that must hold on this connection."""
    required: dict[str, Any] = dict(REQUIRED)
    if connection.path:
        required["journal_mode"] = "wal"
    if connection.lock is not None:
        required["wal_autocheckpoint"] = 0
    return required


def _ask(connection: Connection, pragma: str) -> Any:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    return row[0] if row else None


forks.install()
