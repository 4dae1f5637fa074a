"""The program as one command starts it, in processes of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from keqiao.web.config.database.url import SQLITE_FILE
from scripts.empty_databases import lay_sqlite

PATIENCE = 600  # seconds: only ends a test that would hang; a busy machine takes as long as it takes


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except (urllib.error.URLError, ConnectionError):
        return 0, {}


def wait_for(condition, server=None):
    """What ``condition`` finds, as soon as it does; at once a failure where the ``server`` has ended."""
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert server is None or server.poll() is None, f"the server ended with {server.returncode}"
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.2)
    return found


def children(process):
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return {int(pid): line for pid in listed if (line := command_line(pid))}


def command_line(pid):
    """The words of a process; "" where it has ended since it was listed."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def is_gone(pid):
    return command_line(pid) == ""


def worker_of(process):
    return next((pid for pid, line in children(process).items() if "\0worker\0" in line), None)


@pytest.fixture
def environment(tmp_path):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "keqiao.web.config.settings",
        "KEQIAO_DATA": str(tmp_path / "var"),
        "DATABASE_URL": "",
        "KEQIAO_DEMONSTRATION": "0",
        "KEQIAO_PORT": str(free_port()),
    }


def run(environment, *words):
    command = [sys.executable, "-m", "django", *words]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


@pytest.fixture
def migrated(environment):
    """Its tables are there already."""
    lay_sqlite(Path(environment["KEQIAO_DATA"]) / SQLITE_FILE)


@pytest.fixture
def served(environment):
    server = subprocess.Popen(
        [sys.executable, "-m", "django", "serve"], env=environment, stdout=subprocess.PIPE, text=True
    )
    port = int(environment["KEQIAO_PORT"])
    try:
        wait_for(lambda: ask(port) == (200, {"status": "ok"}), server)
        yield server, port
    finally:
        if server.poll() is None:
            server.kill()
            server.wait()


def test_serve_starts_restarts_and_stops_everything(served, environment):
    server, port = served
    var = Path(environment["KEQIAO_DATA"])
    assert var.stat().st_mode & 0o777 == 0o700
    assert (var / "secret-key").stat().st_mode & 0o777 == 0o600

    first = worker_of(server.pid)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: worker_of(server.pid) not in (None, first), server)

    second = run(environment, "serve")
    assert second.returncode == 2
    assert "Set KEQIAO_PORT to another number." in second.stderr

    pids = list(children(server.pid))
    server.send_signal(signal.SIGTERM)
    printed, _ = server.communicate(timeout=PATIENCE)
    assert server.returncode == 0
    assert f"科桥 Keqiao: http://127.0.0.1:{port}/" in printed
    assert "The worker ended with status -9; it starts again in 0.5 s." in printed
    assert printed.endswith("Stopped.\n")
    assert [pid for pid in pids if not is_gone(pid)] == []
    assert not (var / "keqiao.sqlite3-wal").exists()  # the last to close left no log behind


def test_nothing_outlives_a_killed_server(migrated, served):
    server, port = served
    pids = list(children(server.pid))
    assert pids
    server.kill()
    server.wait()
    wait_for(lambda: all(map(is_gone, pids)))
    assert ask(port) == (0, {})


def test_a_backup_is_restored_into_an_empty_place(migrated, environment, tmp_path):
    assert run(environment, "migrate", "--verbosity=0").returncode == 0
    assert run(environment, "backup", str(tmp_path / "copy")).returncode == 0

    restored = run(environment | {"KEQIAO_DATA": str(tmp_path / "new")}, "restore", str(tmp_path / "copy"))

    assert restored.returncode == 0, restored.stderr
    assert "counted again" in restored.stdout
