"""Django's database back end ``keqiao.web.config.postgres``: each transaction says for whom it is.

Row-level security compares rows with three settings of the transaction. They are set for the transaction only
(never for the connection, which others use after it, also behind a pooler), just before its first statement and
again where the scope changes. A statement outside a transaction gets one of its own.
"""

from typing import Any

from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from keqiao.web.scope import NOBODY, Scope, current_scope

SET = (
    "SELECT set_config('keqiao.associations', %s, true), set_config('keqiao.parties', %s, true), "
    "set_config('keqiao.account', %s, true), set_config('keqiao.program', %s, true)"
)

PREPARE = "prepare"
"""``?prepare=no`` in the address of the database: a pooler stands between that knows no prepared statements."""


class Scoped:
    """What makes a cursor run its statements in the scope in force."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Run a statement in the scope in force."""
        return self._in_scope(lambda: super(Scoped, self).execute(query, params, **options), query)

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> Any:
        """Run a statement many times in the scope in force."""
        return self._in_scope(lambda: super(Scoped, self).executemany(query, params_seq, **options), query)

    def _in_scope(self, run: Any, query: Any) -> Any:
        connection = self.connection
        if not connection.is_scoped:
            return run()
        status = connection.pgconn.transaction_status
        if status == TransactionStatus.IDLE:
            connection.scope = NOBODY  # settings of the last transaction ended with it
            scope = current_scope()
            if scope == NOBODY or str(query).startswith("SET TRANSACTION"):  # which comes before all else
                return run()
            if connection.autocommit:
                with connection.transaction():
                    self._set(scope)
                    return run()
            self._set(scope)
        elif status == TransactionStatus.INTRANS and (scope := current_scope()) != connection.scope:
            self._set(scope)
        result = run()
        if str(query).startswith("ROLLBACK TO"):
            connection.scope = None  # a setting made since the savepoint is gone
        return result

    def _set(self, scope: Scope) -> None:
        super().execute(SET, _settings(scope))
        self.connection.scope = scope


class ScopedCursor(Scoped, base.Cursor):
    """The cursor of the ORM: parameters are put in before a statement is sent, and it is planned each time."""


class PreparedCursor(Scoped, base.ServerBindingCursor):
    """The cursor of statements by hand: the server plans each once for a connection (``keqiao.web.rows``)."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Run a statement, prepared at its first time."""
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **options)
        finally:
            self.connection.prepare_threshold = None


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL with scoped cursors. Cursors on the server are off: they outlive their transaction."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return the arguments of psycopg, with our cursor."""
        params = {**super().get_connection_params(), "cursor_factory": ScopedCursor}
        params.pop(PREPARE, None)
        return params

    def cursor_by_hand(self) -> Any:
        """Return a bare cursor for ``keqiao.web.rows``; its statements are prepared unless the address forbids it."""
        if self.settings_dict["OPTIONS"].get(PREPARE) == "no":
            return self.create_cursor()
        ordinary, self.connection.cursor_factory = self.connection.cursor_factory, PreparedCursor
        try:
            return self.create_cursor()
        finally:
            self.connection.cursor_factory = ordinary

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return an open connection that stands for nobody yet. One without a database makes and drops databases."""
        connection = super().get_new_connection(conn_params)
        connection.scope, connection.is_scoped = NOBODY, self.alias != NO_DB_ALIAS
        return connection


def _settings(scope: Scope) -> tuple[str, str, str, str]:
    """The settings as text; lists are array literals of ids."""
    return (
        _array(scope.associations),
        _array(scope.parties),
        str(scope.account or ""),
        "on" if scope.everything else "",
    )


def _array(ids: Any) -> str:
    return "{" + ",".join(sorted(map(str, ids))) + "}"
