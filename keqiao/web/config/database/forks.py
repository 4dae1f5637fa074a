"""Keeps open connections out of forked children and closes them before the process ends.

A connection that crosses a fork corrupts the database (sqlite.org/howtocorrupt.html, 2.6). The thread that
forks closes its idle connections first. What is open in other threads or in a transaction cannot be closed
then; the child never touches it again, not even to close it.
"""

import atexit
import ctypes
import os

from django.db import connections

from keqiao.web.config.database.connection import Connection, live


def close_idle_connections() -> None:
    """Close this thread's connections that are in no transaction."""
    for wrapper in connections.all(initialized_only=True):
        raw = wrapper.connection
        if isinstance(raw, Connection) and not wrapper.in_atomic_block and not raw.in_transaction:
            wrapper.close()


def disown_connections() -> None:
    """In the child: let go of every connection of the parent without closing it."""
    for wrapper in connections.all(initialized_only=True):
        if wrapper.connection in live:
            wrapper.connection = None
    for connection in list(live):
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))  # never collected, so never closed
        if connection.lock is not None:
            connection.lock.forget()
        live.discard(connection)


def close_all() -> None:
    """At the end of the process: close under the lock what threads left open; transactions roll back."""
    for connection in list(live):
        connection.close()


def install() -> None:
    """Register the three for this process and its children."""
    os.register_at_fork(before=close_idle_connections, after_in_child=disown_connections)
    atexit.register(close_all)
