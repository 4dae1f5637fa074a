"""New databases may be copies of one that is kept: SQLite's file, PostgreSQL's data."""

import psycopg
import pytest

from scripts.empty_databases import SQLITE, lay_sqlite
from scripts.postgres import keep_cluster, throw_away_server

ROWS = "SELECT word FROM kept"


def test_without_a_kept_database_nothing_is_laid(tmp_path, monkeypatch):
    monkeypatch.delenv("KEQIAO_EMPTY_DATABASES", raising=False)

    assert lay_sqlite(tmp_path / "new.sqlite3") is False
    assert not (tmp_path / "new.sqlite3").exists()


def test_a_kept_file_is_laid_where_the_folder_was_not_there_before(tmp_path, monkeypatch):
    monkeypatch.setenv("KEQIAO_EMPTY_DATABASES", str(tmp_path))
    (tmp_path / SQLITE).write_bytes(b"kept")

    assert lay_sqlite(tmp_path / "var" / "new.sqlite3") is True
    assert (tmp_path / "var" / "new.sqlite3").read_bytes() == b"kept"


def test_servers_begin_with_a_copy_of_what_was_kept_and_do_not_change_it(tmp_path, monkeypatch):
    monkeypatch.delenv("KEQIAO_EMPTY_DATABASES", raising=False)
    with keep_cluster(tmp_path, "template_of_tests") as server, psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('kept')")

    monkeypatch.setenv("KEQIAO_EMPTY_DATABASES", str(tmp_path))
    for _ in range(2):
        with throw_away_server() as server:
            for database in ("postgres", "template_of_tests"):
                with psycopg.connect(server.url_of(database)) as connection:
                    assert connection.execute(ROWS).fetchall() == [("kept",)]
                    connection.execute("INSERT INTO kept VALUES ('thrown away')")


def test_what_breaks_off_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("KEQIAO_EMPTY_DATABASES", raising=False)
    with pytest.raises(RuntimeError), keep_cluster(tmp_path, "template_of_tests"):
        raise RuntimeError

    assert list(tmp_path.iterdir()) == []
