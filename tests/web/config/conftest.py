"""Databases in files: what the shell's other tests have in memory cannot be locked, closed or forked."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.utils import ConnectionHandler

from keqiao.web.config.database import connection as connection_module
from keqiao.web.config.database.url import databases


@pytest.fixture(autouse=True)
def own_data_directory(settings: Any, tmp_path: Path) -> Path:
    """The mark of a real installation or a demonstration is not shared between tests."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return settings.DATA


@pytest.fixture
def locked_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is on, also where this machine's SQLite does not need it."""
    monkeypatch.setattr(connection_module, "has_wal_reset_bug", lambda _version: True)


@pytest.fixture
def opened(tmp_path: Path, locked_sqlite: None, django_db_blocker: Any) -> Iterator[Callable[[], Any]]:
    """Gives one more connection of the shipped back end to one file with a table ``note (text)``."""
    handlers = []

    def one_more() -> Any:
        settings = databases({"DATABASE_URL": f"sqlite:///{tmp_path / 'file.sqlite3'}"})
        handlers.append(ConnectionHandler(settings))
        return handlers[-1]["default"]

    with django_db_blocker.unblock():
        with one_more().cursor() as cursor:
            cursor.execute("CREATE TABLE note (text text)")
        yield one_more
        for handler in handlers:
            handler.close_all()
