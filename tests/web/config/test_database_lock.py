"""The write lock of the SQLite back end: when it is held, when it is given back, whom it keeps out."""

import gc
import os
import sqlite3
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, OperationalError, connections
from django.db.transaction import Atomic
from django.db.utils import ConnectionHandler

from keqiao.web.config.database import base, connection, forks
from keqiao.web.config.database.url import databases
from keqiao.web.config.database.wal import waiting_frames


def atomic(wrapper, monkeypatch):
    """An atomic block on a connection that no setting names."""
    monkeypatch.setitem(connections.settings, "probe", wrapper.settings_dict)
    connections["probe"] = wrapper
    return Atomic(using="probe", savepoint=True, durable=False)


def held(wrapper):
    return wrapper.connection.lock.held


def notes(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT text FROM note ORDER BY text")
        return [text for (text,) in cursor.fetchall()]


def write(wrapper, text="a"):
    with wrapper.cursor() as cursor:
        cursor.execute("INSERT INTO note VALUES (%s) RETURNING text", [text])
        return cursor.fetchone()


def write_and_regret(wrapper):
    write(wrapper, "undone")
    raise RuntimeError


def test_every_setting_holds_on_a_connection(opened):
    wrapper = opened()
    with wrapper.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 20000,
    }
    assert wrapper.transaction_mode == "IMMEDIATE"


def test_settings_cannot_lower_what_must_hold(tmp_path, django_db_blocker):
    settings = databases({"DATABASE_URL": f"sqlite:///{tmp_path / 'file.sqlite3'}"})
    settings["default"]["OPTIONS"] = {
        "timeout": 1,
        "transaction_mode": "DEFERRED",
        "init_command": "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF",
    }
    handler = ConnectionHandler(settings)
    with django_db_blocker.unblock(), handler["default"].cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20000,)
    assert handler["default"].transaction_mode == "IMMEDIATE"
    handler.close_all()


def test_a_setting_that_does_not_take_stops_the_start(opened, monkeypatch):
    monkeypatch.setitem(base.REQUIRED, "synchronous", 9)

    with pytest.raises(ImproperlyConfigured, match="SQLite refused synchronous = 9"):
        opened().ensure_connection()


def test_a_network_file_system_stops_the_start(tmp_path, django_db_blocker, monkeypatch):
    monkeypatch.setattr(base, "read_mount_table", lambda: f"server:/x {tmp_path} nfs rw 0 0\n")
    handler = ConnectionHandler(databases({"DATABASE_URL": f"sqlite:///{tmp_path / 'nfs.sqlite3'}"}))

    with django_db_blocker.unblock(), pytest.raises(ImproperlyConfigured, match=r"network .* \(nfs\)"):
        handler["default"].ensure_connection()

    assert not (tmp_path / "nfs.sqlite3").exists()


def test_a_read_takes_no_lock_and_passes_a_writer(opened, monkeypatch):
    writer, reader = opened(), opened()
    with atomic(writer, monkeypatch):
        write(writer)
        assert notes(reader) == []
        assert not held(reader)
    assert notes(reader) == ["a"]


def test_the_lock_is_held_from_begin_to_commit(opened, monkeypatch):
    wrapper = opened()
    with atomic(wrapper, monkeypatch):
        assert held(wrapper)
        with pytest.raises(RuntimeError), atomic(wrapper, monkeypatch):
            write_and_regret(wrapper)
        write(wrapper, "kept")
        assert held(wrapper)
    assert not held(wrapper)
    assert notes(wrapper) == ["kept"]


def test_a_rollback_gives_the_lock_back(opened, monkeypatch):
    wrapper = opened()
    with pytest.raises(RuntimeError), atomic(wrapper, monkeypatch):
        write_and_regret(wrapper)
    assert not held(wrapper)
    assert notes(wrapper) == []


def test_an_autocommit_write_is_committed_before_the_lock_is_given_back(opened):
    wrapper, other = opened(), opened()
    cursor = wrapper.cursor()
    cursor.execute("INSERT INTO note VALUES ('a'), ('b') RETURNING text")

    assert not held(wrapper)
    assert notes(other) == ["a", "b"]  # though no row of RETURNING has been fetched yet
    assert cursor.fetchone() == ("a",)
    assert cursor.fetchmany(5) == [("b",)]
    assert cursor.fetchall() == []


def test_a_failed_statement_gives_the_lock_back(opened):
    wrapper = opened()
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TABLE once (n integer PRIMARY KEY)")
        cursor.execute("INSERT INTO once VALUES (1)")
        with pytest.raises(IntegrityError):
            cursor.execute("INSERT INTO once VALUES (1)")
    assert not held(wrapper)


def test_many_rows_and_scripts_are_written_under_the_lock_and_release_it(opened):
    wrapper = opened()
    with wrapper.cursor() as cursor:
        cursor.executemany("INSERT INTO note VALUES (%s)", [["a"], ["b"]])
        assert not held(wrapper)
        cursor.executescript("INSERT INTO note VALUES ('c'); BEGIN; INSERT INTO note VALUES ('d')")
        assert held(wrapper)  # the script left a transaction open
        cursor.execute("COMMIT")
    assert not held(wrapper)
    assert notes(wrapper) == ["a", "b", "c", "d"]


def test_without_autocommit_the_lock_is_held_until_commit(opened):
    wrapper = opened()
    wrapper.set_autocommit(False)
    write(wrapper)
    assert held(wrapper)
    wrapper.commit()
    assert not held(wrapper)
    write(wrapper, "b")
    wrapper.set_autocommit(True)
    assert not held(wrapper)
    assert notes(wrapper) == ["a", "b"]


def test_a_second_writer_is_told_that_the_database_is_locked(opened, monkeypatch):
    writer, other = opened(), opened()
    other.ensure_connection()
    other.connection.lock.timeout_seconds = 0.05
    with atomic(writer, monkeypatch), pytest.raises(OperationalError, match="database is locked"):
        write(other)
    assert not held(other)
    assert write(other) == ("a",)


def test_a_second_writer_waits_for_the_first(opened, monkeypatch):
    writer, other = opened(), opened()
    done = threading.Event()

    def wait_and_write():
        write(other, "second")
        other.close()
        done.set()

    other.inc_thread_sharing()
    thread = threading.Thread(target=wait_and_write)
    with atomic(writer, monkeypatch):
        thread.start()
        assert not done.wait(0.1)
        write(writer, "first")
    assert done.wait(5)
    thread.join()
    assert notes(writer) == ["first", "second"]


def test_closing_waits_for_the_lock_and_the_last_one_takes_the_log_away(opened, monkeypatch, tmp_path):
    writer, other = opened(), opened()
    other.ensure_connection()
    raw = other.connection
    raw.lock.timeout_seconds = 0.05
    with atomic(writer, monkeypatch):
        other.close()
        assert connection.unclosed == [raw]  # could not have the lock: it stays open for now
    writer.close()
    opened().ensure_connection()  # the next connection of the process sees to it
    assert connection.unclosed == []
    assert raw.lock.closed


def test_a_connection_that_its_thread_forgot_is_closed_under_the_lock(opened):
    wrapper = opened()
    wrapper.ensure_connection()
    lock = wrapper.connection.lock
    wrapper.connection = None
    gc.collect()
    assert lock.closed


def test_a_collected_connection_does_not_wait_for_the_lock_of_its_own_thread(opened, monkeypatch):
    writer, forgotten = opened(), opened()
    forgotten.ensure_connection()
    with atomic(writer, monkeypatch):
        forgotten.connection = None
        gc.collect()
        assert len(connection.unclosed) == 1
    connection.close_left_over()
    assert connection.unclosed == []


def test_the_writer_that_finds_a_long_log_copies_it_into_the_database(opened, monkeypatch, tmp_path):
    wrapper = opened()
    write(wrapper)
    before = (tmp_path / "file.sqlite3").stat().st_size
    monkeypatch.setattr(connection, "CHECKPOINT_FRAMES", 3)
    write(wrapper, "long" * 5000)
    assert (tmp_path / "file.sqlite3").stat().st_size > before
    assert not held(wrapper)


def test_a_log_that_readers_hold_is_copied_once_for_each_thousand_frames(opened, monkeypatch):
    monkeypatch.setattr(connection, "CHECKPOINT_FRAMES", 10)
    lengths = []
    checkpoint = connection.Connection._checkpoint
    monkeypatch.setattr(
        connection.Connection,
        "_checkpoint",
        lambda self, frames: (lengths.append(frames), checkpoint(self, frames)),
    )
    writer, reader = opened(), opened()
    write(writer)
    slow = reader.cursor()
    slow.execute("SELECT text FROM note UNION ALL SELECT text FROM note")
    slow.fetchone()  # the reader stays at its snapshot, so the log cannot begin anew

    for _ in range(45):
        write(writer)

    assert len(lengths) == 4
    assert all(later - earlier >= 10 for earlier, later in pairwise(lengths))


def test_a_very_long_log_waits_a_moment_for_readers_and_begins_anew(opened, monkeypatch, tmp_path):
    monkeypatch.setattr(connection, "CHECKPOINT_FRAMES", 10)
    monkeypatch.setattr(connection, "LONG_LOG_FRAMES", 10)
    wrapper = opened()

    for _ in range(30):
        write(wrapper)

    with wrapper.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20000,)
    assert waiting_frames(str(tmp_path / "file.sqlite3-wal"), enough=1) < 12


def test_a_failed_checkpoint_does_not_make_the_commit_look_failed(opened, monkeypatch, caplog):
    wrapper = opened()
    monkeypatch.setattr(connection, "CHECKPOINT_FRAMES", 1)
    wrapper.ensure_connection()
    wrapper.connection.set_authorizer(
        lambda action, name, *_: (
            sqlite3.SQLITE_DENY
            if (action, name) == (sqlite3.SQLITE_PRAGMA, "wal_checkpoint")
            else sqlite3.SQLITE_OK
        )
    )

    assert write(wrapper) == ("a",)

    assert [record.getMessage() for record in caplog.records] == [
        f"The log of {wrapper.connection.path} could not be copied into the database."
    ]
    assert not held(wrapper)


def test_a_child_does_not_touch_the_connections_of_its_parent(opened, monkeypatch):
    wrapper = opened()
    with atomic(wrapper, monkeypatch):
        write(wrapper)
        child = os.fork()
        if child == 0:
            clean = wrapper.connection is None or wrapper.connection.lock.closed
            os._exit(0 if clean and not connection.live else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert held(wrapper)
    assert notes(wrapper) == ["a"]


def test_idle_connections_are_closed_before_a_fork(opened, monkeypatch):
    wrapper = opened()
    wrapper.ensure_connection()
    with monkeypatch.context() as patched:
        patched.setattr(forks, "connections", type("One", (), {"all": lambda **_: [wrapper]}))
        forks.close_idle_connections()
    assert wrapper.connection is None


def test_the_lock_file_lies_beside_the_real_file(opened, tmp_path):
    link = tmp_path / "link.sqlite3"
    link.symlink_to(tmp_path / "file.sqlite3")
    raw = connection.Connection(str(link))

    assert raw.lock.path == str(tmp_path / "file.sqlite3.lock")
    raw.close()
    assert Path(raw.lock.path).stat().st_mode & 0o777 == 0o600
