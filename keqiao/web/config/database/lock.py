"""The one lock under which an affected SQLite is written to: by all threads and processes of one machine.

Each connection opens the lock file for itself, so that flock keeps threads apart as well as processes. The
order is always this lock first, SQLite's own second, and nobody who holds it waits for a reader: no deadlock.
It behaves as SQLite's own write lock does: two connections of one thread shut each other out, and a wait
that is too long ends in "database is locked".
"""

import fcntl
import os
import sqlite3
import struct
import time

LOCK_SUFFIX = ".lock"
NOTE_BYTES = 8
FIRST_PAUSE_SECONDS = 0.0005
LONGEST_PAUSE_SECONDS = 0.005  # short, so that a writer in a tight loop does not starve the others


class WriteLock:
    """The lock of one database file as one connection, and the one thread that uses it, holds it."""

    def __init__(self, database_path: str, timeout_seconds: float) -> None:
        self.path = os.path.realpath(database_path) + LOCK_SUFFIX
        self.timeout_seconds = timeout_seconds
        self.held = False
        self.closed = False
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            sqlite3.OperationalError: others held it for ``timeout_seconds``.
        """
        pause, deadline = FIRST_PAUSE_SECONDS, time.monotonic() + self.timeout_seconds
        while not self.try_acquire():
            if time.monotonic() >= deadline:
                raise sqlite3.OperationalError(
                    f"database is locked: another writer held {self.path} for {self.timeout_seconds:g} s"
                )
            time.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE_SECONDS)

    def try_acquire(self) -> bool:
        """Take the lock if it is free; return whether it is held now."""
        if self._handle is None:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self.held = True
        return True

    def release(self) -> None:
        """Let the next writer in. Without effect if the lock is not held."""
        if self._handle is not None and self.held:
            self.held = False
            fcntl.flock(self._handle, fcntl.LOCK_UN)

    def note(self, frames: int) -> None:
        """While holding the lock, leave word for later holders how long the log was at the latest checkpoint."""
        if self._handle is not None:
            os.pwrite(self._handle, struct.pack("<q", frames), 0)

    def recall(self, at_most: int) -> int:
        """Return what was noted last; 0 if nothing was, or more than ``at_most``: then the log began anew."""
        noted = os.pread(self._handle, NOTE_BYTES, 0) if self._handle is not None and at_most else b""
        frames: int = struct.unpack("<q", noted)[0] if len(noted) == NOTE_BYTES else 0
        return frames if frames <= at_most else 0

    def close(self) -> None:
        """Release the lock for good."""
        self.release()
        self.forget()

    def forget(self) -> None:
        """Drop the handle without unlocking: what a forked child does, as the lock is its parent's."""
        self.closed = True
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
