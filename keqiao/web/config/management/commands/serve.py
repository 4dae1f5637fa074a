"""``keqiao serve``: the whole program by one command: database, web server, worker."""

import os
import socket
import sqlite3
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.utils.crypto import get_random_string

from keqiao.web.config import demonstration
from keqiao.web.config.data_directory import open_data_directory
from keqiao.web.config.database.lock import LOCK_SUFFIX
from keqiao.web.config.database.url import data_path
from keqiao.web.config.database.versions import start_line
from keqiao.web.config.environment import port as port_of
from keqiao.web.config.environment import whole_number
from keqiao.web.config.postgres.owner import make_tables, passes_walls
from keqiao.web.config.starting import require_fit
from keqiao.web.config.supervisor import Child, Supervisor

WALL_IS_PASSED = (
    "; its role is a superuser, which no wall between associations stops:"
    " give the program a role of its own (docs/operating.md)"
)
WSGI = "keqiao.web.config.wsgi:application"
# A thread that waits for SQLite's one writer or for PostgreSQL holds no interpreter: enough of them to keep
# reads going behind a queue of writers, few enough that each keeps its database connection.
THREADS_PER_WORKER = 4
IDLE_SECONDS_OF_A_THREAD = 600  # as long as a database connection is kept


class Command(BaseCommand):
    help = "Migrate the database, then serve with a worker beside, until SIGTERM or Ctrl-C."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = port_of(os.environ)
        workers = whole_number(os.environ, "KEQIAO_WEB_WORKERS", default=2, at_least=1)
        parser.add_argument("--host", default=os.environ.get("KEQIAO_HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=port)
        parser.add_argument("--web-workers", type=int, default=workers)

    def handle(self, *, host: str, port: int, web_workers: int, **_: Any) -> None:
        refuse_taken_port(host, port)
        open_data_directory(data_path(os.environ))
        self.prepare_database()
        self.say(f"科桥 Keqiao: http://{host}:{port}/")
        for line in demonstration.log_ins():
            self.say(line)
        children = [
            Child("The web server", web_server(host, port, web_workers)),
            Child("The worker", worker()),
        ]
        in_order = Supervisor(children, self.say).run()
        take_log_away()
        if not in_order:
            raise CommandError("Not everything stopped in time.", returncode=1)
        self.say("Stopped.")

    def prepare_database(self) -> None:
        """Bring the tables up to date and queue the demonstration; leave no connection for children."""
        make_tables()
        call_command("collectstatic", interactive=False, verbosity=0)
        require_fit(datetime.now(UTC))
        self.say(database_line())
        if demonstration.enqueue_loading():
            self.say("The worker loads the demonstration.")
        connections.close_all()

    def say(self, line: str) -> None:
        """Print a line at once, also into a pipe."""
        self.stdout.write(line)
        self.stdout.flush()


def refuse_taken_port(host: str, port: int) -> None:
    """Raise CommandError (status 2) if the server could not listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = f"Cannot listen on {host}:{port} ({error.strerror}). Set KEQIAO_PORT to another number."
            raise CommandError(reason, returncode=2) from error


def take_log_away() -> None:
    """Be the last to close an SQLite database: that copies its log into it, whatever became of the children."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connections.close_all()


def database_line() -> str:
    """Return the line about the database: engine, version, and whether the file lock is on."""
    if connection.vendor != "sqlite":
        version = ".".join(map(str, connection.get_database_version()))
        return f"{connection.display_name} {version}{WALL_IS_PASSED if passes_walls() else ''}"
    return start_line(sqlite3.sqlite_version_info, f"{connection.settings_dict['NAME']}{LOCK_SUFFIX}")


def web_server(host: str, port: int, workers: int) -> list[str]:
    """Return the command line of the web server."""
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": workers,
        "blocking-threads": THREADS_PER_WORKER,
        "blocking-threads-idle-timeout": IDLE_SECONDS_OF_A_THREAD,
        "workers-kill-timeout": 15,
        "log-level": "warning",
    }
    given = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "granian", *given, "--no-ws", "--respawn-failed-workers", WSGI]


def worker() -> list[str]:
    """Return the command line of the worker; the name stays the same over its restarts."""
    name = f"serve-{socket.gethostname()[:30]}-{get_random_string(12)}"
    return [sys.executable, "-m", "django", "worker", f"--worker-id={name}"]
