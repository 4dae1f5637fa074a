"""Watches that the write lock shuts everybody else out, and how long it kept them waiting.

Whoever holds the lock also tries a lock of the witness's own. If that is taken, two held the first at once.
"""

import fcntl
import os
import time
from typing import Any

from keqiao.web.config.database import connection, lock

_acquire, _try, _release = lock.WriteLock.acquire, lock.WriteLock.try_acquire, lock.WriteLock.release
_checkpoint = connection.Connection._checkpoint


class Witness:
    """What one process saw: overlaps, checkpoints after commits, longest wait (s), longest log (frames)."""

    def __init__(self) -> None:
        self.overlaps, self.checkpoints, self.longest_wait, self.largest_log = 0, 0, 0.0, 0

    def install(self, *, lock_works: bool) -> None:
        """Watch all locks of this process; with ``lock_works`` False plant a lock that lets everybody in."""
        witness = self

        def try_acquire(self: Any) -> bool:
            if lock_works and not _try(self):
                return False
            self.held = True
            witness.enter(self)
            return True

        def acquire(self: Any) -> None:
            begun = time.monotonic()
            _acquire(self)
            witness.longest_wait = max(witness.longest_wait, time.monotonic() - begun)

        def release(self: Any) -> None:
            if self.held:
                os.close(self.witness)
            _release(self)
            self.held = False

        def checkpoint(self: Any, frames: int) -> None:
            witness.checkpoints += 1
            witness.largest_log = max(witness.largest_log, frames)
            _checkpoint(self, frames)

        connection.Connection._checkpoint = checkpoint  # type: ignore[method-assign]
        lock.WriteLock.try_acquire = try_acquire  # type: ignore[method-assign]
        lock.WriteLock.acquire = acquire  # type: ignore[method-assign]
        lock.WriteLock.release = release  # type: ignore[method-assign]
        if not lock_works:
            connection.has_wal_reset_bug = lambda _version: True

    def enter(self, held: Any) -> None:
        """Note whether there is another holder."""
        held.witness = os.open(f"{held.path}.witness", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(held.witness, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.overlaps += 1
