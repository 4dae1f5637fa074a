"""The throw-away PostgreSQL does not run as root, and really goes away."""

import socket

import psycopg
import pytest

from scripts.postgres import throw_away_server


def test_it_answers_and_does_not_run_as_root():
    with throw_away_server() as server:
        with psycopg.connect(server.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert (server.folder / "data" / "postmaster.pid").stat().st_uid != 0


def test_it_stops_and_leaves_nothing_when_the_tests_fail():
    servers = []

    def fail_beside_a_server() -> None:
        with throw_away_server() as server:
            servers.append(server)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_beside_a_server()

    assert not servers[0].folder.exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", servers[0].port), timeout=5)
