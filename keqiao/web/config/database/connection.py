"""The sqlite3 connection and cursor that keep every write, checkpoint and last close under the lock.

The lock is taken before a statement that may write, and given back as soon as no transaction is open: after
an autocommit statement, a commit, a rollback, a failed BEGIN, a close. Reads never take it.

Who checkpoints: the writer that finds a long log after its commit, before it lets the lock go. So there is
never more than one checkpointer, none is missing when a command runs without the worker, and no connection
exists for it alone. SQLite's own automatic checkpoint does the same, without the lock.
"""

import logging
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Self

from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper

from keqiao.web.config.database.lock import WriteLock
from keqiao.web.config.database.statements import may_write
from keqiao.web.config.database.versions import has_wal_reset_bug
from keqiao.web.config.database.wal import waiting_frames

BUSY_TIMEOUT_SECONDS = 20.0
CHECKPOINT_FRAMES = 1000  # pages of 4 KiB: the same length at which SQLite itself would checkpoint
# Readers that follow one another closely keep the log from starting anew; then it waits for them a moment.
LONG_LOG_FRAMES = 8 * CHECKPOINT_FRAMES
PATIENCE_WITH_READERS_MS = 200

logger = logging.getLogger(__name__)
live: "weakref.WeakSet[Connection]" = weakref.WeakSet()
unclosed: list["Connection"] = []


class Connection(sqlite3.Connection):
    """A connection to a database file; with ``lock`` None (memory, or a mended SQLite) it is a plain one."""

    lock: WriteLock | None = None

    def __init__(self, database: str, timeout: float = BUSY_TIMEOUT_SECONDS, **options: Any) -> None:
        super().__init__(database, timeout=timeout, **options)
        self.path: str = sqlite3.Connection.cursor(self).execute("PRAGMA database_list").fetchone()[2]
        if self.path and has_wal_reset_bug(sqlite3.sqlite_version_info):
            self.lock = WriteLock(self.path, timeout)
        live.add(self)
        close_left_over()

    def cursor(self, factory: type[sqlite3.Cursor] | None = None) -> sqlite3.Cursor:
        """Return a cursor that asks for the lock; ``Connection.execute`` and its like go through it too."""
        return super().cursor(factory or Cursor)

    @contextmanager
    def writing(self, sql: str) -> Iterator[None]:
        """Hold the lock while ``sql`` runs if it may write, and on until no transaction is open."""
        if self.lock is None:
            yield
            return
        if not self.lock.held:
            if not may_write(sql):
                yield
                return
            self.lock.acquire()
        try:
            yield
        finally:
            self.settle()

    def settle(self) -> None:
        """After a statement: if no transaction is open, shorten a long log and release the lock."""
        if self.lock is None or not self.lock.held or self.in_transaction:
            return
        try:
            frames = waiting_frames(f"{self.path}-wal", CHECKPOINT_FRAMES)
            if frames - self.lock.recall(at_most=frames) >= CHECKPOINT_FRAMES:
                self.lock.note(frames)
                self._checkpoint(frames)
        finally:
            self.lock.release()

    def _checkpoint(self, frames: int) -> None:
        plain = sqlite3.Connection.cursor(self)
        try:
            if (
                frames < LONG_LOG_FRAMES
            ):  # PASSIVE waits for no reader; what one still needs is copied next time
                plain.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                return
            plain.execute(f"PRAGMA busy_timeout = {PATIENCE_WITH_READERS_MS}")
            plain.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
        except sqlite3.Error:
            # The commit before it stands and must not look failed; SQLite's own checkpoint is as silent.
            logger.exception("The log of %s could not be copied into the database.", self.path)
        finally:
            plain.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000:.0f}")

    def commit(self) -> None:
        """Commit and let the next writer in."""
        try:
            super().commit()
        finally:
            self.settle()

    def rollback(self) -> None:
        """Roll back and let the next writer in."""
        try:
            super().rollback()
        finally:
            self.settle()

    def __exit__(self, *error: Any) -> bool:
        try:
            return super().__exit__(*error)
        finally:
            self.settle()

    def close(self) -> None:
        """Close under the lock: the last one to close checkpoints and deletes the log.

        If the lock cannot be had in time, the connection stays open until the process makes its next one.
        """
        if self.lock is not None and not self.lock.closed and not self.lock.held:
            try:
                self.lock.acquire()
            except sqlite3.OperationalError:
                unclosed.append(self)
                return
        self._close_now()

    def _close_now(self) -> None:
        try:
            super().close()
        finally:
            if self.lock is not None:
                self.lock.close()

    def __del__(self) -> None:
        # A thread ended without closing. No waiting: the collector may run in a thread that holds the lock.
        if self.lock is None or self.lock.closed:
            return
        if self.lock.held or self.lock.try_acquire():
            self._close_now()
        else:
            unclosed.append(self)


STATEMENTS_KEPT = 1000


@lru_cache(maxsize=STATEMENTS_KEPT)
def _places(query: str) -> str:
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Cursor(SQLiteCursorWrapper):
    """Django's SQLite cursor, with the lock round statements that may write."""

    _rows: Iterator[Any] | None = None

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """Return a statement with the places of its parameters as SQLite writes them; kept, most come again."""
        return super().convert_query(query, param_names=param_names) if param_names else _places(query)

    def execute(self, query: str, params: Any = None) -> Self:
        """Execute one statement; see ``Connection.writing``."""
        self._rows = None
        with self.connection.writing(query):
            super().execute(query, params)
            self._finish()
        return self

    def executemany(self, query: str, param_list: Any) -> Self:
        """Execute one statement for many rows under one lock."""
        self._rows = None
        with self.connection.writing(query):
            super().executemany(query, param_list)
        return self

    def executescript(self, script: str) -> Self:
        """Execute a script; it may always write."""
        self._rows = None
        with self.connection.writing(""):
            super().executescript(script)
        return self

    def _finish(self) -> None:
        """Read the rows of an autocommit write at once: SQLite commits only after the last row is read."""
        lock = self.connection.lock
        if lock is not None and lock.held and self.description and not self.connection.in_transaction:
            self._rows = iter(super().fetchall())

    def fetchone(self) -> Any:
        """Return the next row or None."""
        return super().fetchone() if self._rows is None else next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return up to ``size`` rows, by default ``arraysize``."""
        wanted = self.arraysize if size is None else size
        if self._rows is None:
            return super().fetchmany(wanted)
        return [row for _, row in zip(range(wanted), self._rows, strict=False)]

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        return super().fetchall() if self._rows is None else list(self._rows)

    def __next__(self) -> Any:
        return super().__next__() if self._rows is None else next(self._rows)


class InsideTransaction(sqlite3.Cursor):
    """A cursor that asks for no lock: whoever uses it is in a transaction, which has it from BEGIN IMMEDIATE on."""

    def execute(self, query: str, params: Any = ()) -> Self:
        """Execute one statement with the places of its parameters as Django writes them."""
        return super().execute(_places(query), params)


def close_left_over() -> None:
    """Close connections that could not have the lock when they were done; those that still cannot stay."""
    for connection in unclosed[:]:
        lock = connection.lock
        if lock is None or lock.closed or lock.held or lock.try_acquire():
            unclosed.remove(connection)
            connection._close_now()
