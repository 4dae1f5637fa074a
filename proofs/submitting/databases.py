"""A fresh database for a proof, and a process that works on it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from keqiao.web.config.database.url import SQLITE_FILE
from scripts.empty_databases import lay_sqlite
from scripts.postgres import throw_away_server
from scripts.workshop import Stopped

READY = "import django, runpy; django.setup(); runpy.run_module({!r}, run_name='__main__', alter_sys=True)"
ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def environments(folder: Path, *, durable: bool = False) -> Iterator[dict[str, dict[str, str]]]:
    """Give the environment of a process for each database: SQLite in the folder, a PostgreSQL that is thrown away.

    SQLite commits to the disk as ever; PostgreSQL where it is to be ``durable``.
    """
    with throw_away_server(durable=durable) as server:
        yield {
            "sqlite": on_sqlite(folder),
            "postgres": _environment(folder / "postgres", server.url),
        }


def on_sqlite(folder: Path, name: str = "sqlite") -> dict[str, str]:
    """Give the environment of a process on a fresh SQLite database in the folder."""
    lay_sqlite(folder / name / SQLITE_FILE)
    return _environment(folder / name, "")


def _environment(data: Path, database: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEQIAO_")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "keqiao.web.config.settings",
        "KEQIAO_LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
        "KEQIAO_DATA": str(data),
        "DATABASE_URL": database,
    }


def run(module: str, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a module in a process of its own."""
    Path(environment["KEQIAO_DATA"]).mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", READY.format(module), *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def run_whole(module: str, environment: dict[str, str], *arguments: str) -> str:
    """Run a module to its end; what it printed. Raises Stopped with its last words: it broke off."""
    done = run(module, environment, *arguments)
    if done.returncode:
        raise Stopped(f"{module} ended with status {done.returncode}: {done.stderr[-4000:]}")
    return done.stdout


def printed(module: str, environment: dict[str, str], *arguments: str) -> str:
    """Run a module and return the last line that it printed. Raises OSError: it came to no good end."""
    done = run(module, environment, *arguments)
    if done.returncode:
        raise OSError(f"{module}: {done.stderr[-2000:]}")
    return done.stdout.splitlines()[-1]
