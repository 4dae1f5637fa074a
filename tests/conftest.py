"""What all tests share. The engine is the one that DATABASE_URL names; without it, SQLite."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from keqiao import standing
from keqiao.web.config.database.url import SQLITE_ENGINE
from scripts.empty_databases import TEMPLATE, lay_sqlite
from scripts.workshop import empty_databases

ROOT = Path(__file__).resolve().parent.parent

# The same examples every time; others are for the long proofs. No deadline on shared machines.
hypothesis_settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def seeds_folder() -> Path:
    """Where the call documents lie: ``KEQIAO_SEEDS``, else beside the repository."""
    return (ROOT / os.environ.get("KEQIAO_SEEDS", "../shared/seeds")).resolve()


def pytest_configure(config: pytest.Config) -> None:
    """Log-ins in tests need no slow password digest; SQLite lies in a file, as it does in an installation.

    Static files are looked for when they are asked for: every client of a test would list them all.
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True
    database = settings.DATABASES["default"]
    if database["ENGINE"] == SQLITE_ENGINE:
        folder = TemporaryDirectory(prefix="keqiao-tests-")
        config.add_cleanup(folder.cleanup)
        database.setdefault("TEST", {})["NAME"] = str(Path(folder.name) / "test.sqlite3")
    elif empty_databases():
        database.setdefault("TEST", {})["TEMPLATE"] = TEMPLATE


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> bool:
    """Lay the empty database where this process of pytest keeps SQLite's; was there one?"""
    database = settings.DATABASES["default"]
    return database["ENGINE"] == SQLITE_ENGINE and lay_sqlite(Path(database["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: bool) -> bool:
    """The empty database that was laid there is not thrown away but migrated, as any that is there already."""
    return bool(request.config.option.reuse_db) or django_db_modify_db_settings


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out comparisons with call documents that are not there; ``make test`` says so at its end.

    A second engine runs what touches the database: the rest ran with the first.
    """
    without: list[pytest.Item] = []
    if not seeds_folder().is_dir():
        if os.environ.get("REQUIRE_SEEDS") == "1":
            raise pytest.UsageError(f"REQUIRE_SEEDS is set, but there is no folder {seeds_folder()}")
        without += [item for item in items if item.get_closest_marker("seeds")]
    if settings.DATABASES["default"]["ENGINE"] != SQLITE_ENGINE:
        without += [item for item in items if not touches_database(item)]
    left_out = set(map(id, without))
    items[:] = [item for item in items if id(item) not in left_out]
    config.hook.pytest_deselected(items=without)


def touches_database(item: pytest.Item) -> bool:
    """Does the test ask for a database, by its mark, a fixture or its class?"""
    asked = set(getattr(item, "fixturenames", ())) & {"db", "transactional_db", "live_server"}
    by_class = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    return bool(asked) or by_class or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the call documents. Tests that use it carry ``@pytest.mark.seeds``."""
    return seeds_folder()


@pytest.fixture(autouse=True)
def no_child_stays() -> Iterator[None]:
    """Children that stand ready end with the test that asked them."""
    yield
    standing.end_all()


@pytest.fixture
def arrived_at() -> datetime:
    """The arrival of a request, for tests to which the day does not matter: a Wednesday morning in Henan."""
    return datetime(2023, 3, 15, 1, 30, tzinfo=UTC)
