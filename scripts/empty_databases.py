"""Empty databases, migrated once: what tests and small proofs begin with is a copy instead of a migration each time.

A migration of everything takes a third of a minute, and a run of all tests needs some hundred new databases.
``KEQIAO_EMPTY_DATABASES`` names the folder; where it is not set, everybody migrates a new database as ever. A copy is
migrated as well by whoever takes it, so one that were too old would be brought up to date, only more slowly.
"""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.postgres import keep_cluster
from scripts.workshop import PYTHON, clean_environment, empty_databases, run

NAMED = "KEQIAO_EMPTY_DATABASES"
SQLITE = "keqiao.sqlite3"
TEMPLATE = "keqiao_empty"
"""The database of the kept cluster that others are made from; nobody connects to it."""


def make(folder: Path) -> None:
    """Fill ``folder`` anew, both engines side by side. Raises Stopped: a migration failed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ.pop(NAMED, None)  # what is made anew begins with nothing
    with ThreadPoolExecutor() as both:
        for made in (both.submit(_make_sqlite, folder), both.submit(_make_postgres, folder)):
            made.result()


def lay_sqlite(target: Path) -> bool:
    """Put the empty database where SQLite's is to lie; False where there is none."""
    if not (made := empty_databases()):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made / SQLITE, target)
    return True


def _make_sqlite(folder: Path) -> None:
    _migrate(folder / "data", "")
    (folder / "data" / SQLITE).rename(folder / SQLITE)


def _make_postgres(folder: Path) -> None:
    with keep_cluster(folder, TEMPLATE) as server:
        _migrate(folder / "data-of-postgres", server.url)


def _migrate(data: Path, url: str) -> None:
    data.mkdir()
    given = {"KEQIAO_DATA": str(data), "DATABASE_URL": url, "KEQIAO_DATABASE_OWNER": ""}
    environment = clean_environment(**given, DJANGO_SETTINGS_MODULE="keqiao.web.config.settings")
    run([PYTHON, "-m", "django", "migrate", "--verbosity=0"], failing="no empty database", env=environment)
