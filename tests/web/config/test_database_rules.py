"""The pure rules of the SQLite back end: versions, statements, places, addresses."""

import struct
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from keqiao.web.config.database.mounts import filesystem_type, why_refused
from keqiao.web.config.database.statements import may_write
from keqiao.web.config.database.url import databases
from keqiao.web.config.database.versions import has_wal_reset_bug, start_line
from keqiao.web.config.database.wal import count_frames
from keqiao.web.config.restarts import failures_in_a_row, pause_before_restart


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),  # no write-ahead log yet
        ((3, 7, 0), True),
        ((3, 40, 1), True),  # Debian 12
        ((3, 44, 5), True),
        ((3, 44, 6), False),  # mended in the branch
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),  # mended in the branch
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((4, 0, 0), False),
    ],
)
def test_the_lock_is_on_for_every_version_with_the_bug(version, affected):
    assert has_wal_reset_bug(version) is affected


def test_start_up_says_the_version_and_whether_the_lock_is_on():
    assert start_line((3, 40, 1), "/d/k.lock") == (
        "SQLite 3.40.1 has the WAL-reset bug: all writes go one by one under the file lock /d/k.lock"
    )
    assert start_line((3, 51, 3), "/d/k.lock") == (
        "SQLite 3.51.3: free of the WAL-reset bug, no file lock needed"
    )


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1", False),
        ("  (select 1)", False),
        ("EXPLAIN QUERY PLAN DELETE FROM t", False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", True),
        ("INSERT INTO t VALUES (1)", True),
        ("update t set a = 1", True),
        ("BEGIN IMMEDIATE", True),
        ("BEGIN", True),
        ("SAVEPOINT s", True),
        ("VACUUM", True),
        ("CREATE TABLE t (a)", True),
        ("/* a comment first */ SELECT 1", True),  # in doubt it may write
        ("", True),
        ("PRAGMA table_info('t')", False),
        ("PRAGMA foreign_keys = ON", False),
        ("PRAGMA journal_mode", False),
        ("PRAGMA journal_mode = WAL", True),
        ("PRAGMA journal_mode(delete)", True),
        ("PRAGMA main.wal_checkpoint(TRUNCATE)", True),
        ("PRAGMA wal_checkpoint", True),
        ("PRAGMA incremental_vacuum", True),
    ],
)
def test_a_statement_that_may_write_is_known(sql, expected):
    assert may_write(sql) is expected


MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/export /srv nfs4 rw 0 0
/dev/vdb /srv/local\\040disk xfs rw 0 0
tmpfs /tmp tmpfs rw 0 0
//nas/share /tmp cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind", "refused"),
    [
        ("/home/k.sqlite3", "ext4", False),
        ("/srv/k.sqlite3", "nfs4", True),
        ("/srv/local disk/k.sqlite3", "xfs", False),
        ("/srv2/k.sqlite3", "ext4", False),
        ("/tmp/k.sqlite3", "cifs", True),  # mounted later over the first
    ],
)
def test_a_network_file_system_is_refused(path, kind, refused):
    assert filesystem_type(Path(path), MOUNTS) == kind
    assert (why_refused(Path(path), MOUNTS) is not None) is refused


def test_without_a_mount_table_no_place_is_refused():
    assert why_refused(Path("/anywhere/k.sqlite3"), "") is None


@pytest.mark.parametrize(("current", "stale"), [(0, 0), (0, 5), (1, 0), (5, 0), (7, 3), (64, 1), (1000, 999)])
def test_frames_of_the_current_generation_are_counted(current, stale):
    page, old, new = 512, b"oldsalts", b"newsalts"
    header = b"\0" * 8 + struct.pack(">I", page) + b"\0" * 4 + new + b"\0" * 8
    log = header + b"".join(
        b"\0" * 8 + salts + b"\0" * 8 + b"p" * page for salts in [new] * current + [old] * stale
    )

    counted = count_frames(lambda size, at: log[at : at + size], len(log), enough=0)

    assert counted == current


def test_a_short_log_is_not_looked_into():
    reads = []

    def pread(size, at):
        reads.append(at)
        return b"\0" * 8 + struct.pack(">I", 4096) + b"\0" * 20

    assert count_frames(pread, 32 + 999 * (4096 + 24), enough=1000) == 0
    assert reads == [0]


@pytest.mark.parametrize(
    ("address", "engine", "name"),
    [
        ("", "keqiao.web.config.database", "/data/keqiao.sqlite3"),
        ("sqlite:////srv/a%20b.db", "keqiao.web.config.database", "/srv/a b.db"),
        ("sqlite://:memory:", "keqiao.web.config.database", ":memory:"),
        ("postgres://u:p@h/n", "keqiao.web.config.postgres", "n"),
        ("postgresql:///n?host=/run/postgresql", "keqiao.web.config.postgres", "n"),
    ],
)
def test_the_database_address_is_read(address, engine, name):
    found = databases({"DATABASE_URL": address, "KEQIAO_DATA": "/data"})["default"]

    assert (found["ENGINE"], found["NAME"]) == (engine, name)


def test_every_part_of_a_postgres_address_is_read():
    found = databases({"DATABASE_URL": "postgres://wang:p%40ss@db.example:5433/keqiao?sslmode=require"})[
        "default"
    ]

    assert (found["USER"], found["PASSWORD"]) == ("wang", "p@ss")
    assert (found["HOST"], found["PORT"]) == ("db.example", "5433")
    assert found["OPTIONS"] == {"connect_timeout": "10", "sslmode": "require"}


@pytest.mark.parametrize("address", ["mysql://h/n", "postgres://h/", "sqlite://file.db", "nonsense"])
def test_a_wrong_database_address_stops_the_start(address):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        databases({"DATABASE_URL": address})


def test_restarts_slow_down_and_a_long_run_starts_anew():
    assert [pause_before_restart(n) for n in (1, 2, 3, 7, 8, 50)] == [0.5, 1.0, 2.0, 32.0, 60.0, 60.0]
    assert failures_in_a_row(3, ran_seconds=5) == 4
    assert failures_in_a_row(3, ran_seconds=60) == 1
