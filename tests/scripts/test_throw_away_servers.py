"""Servers that tests start are gone when whoever started them is, however that went."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from scripts.guardian import guarded

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 30
ENDINGS = [signal.SIGTERM, signal.SIGKILL, signal.SIGINT]


def answers(port: int) -> bool:
    """Does anybody listen there?"""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def comes_true(said: Callable[[], bool]) -> bool:
    """Wait until it is so; False when it took too long."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if said():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name, because names of sockets are short, that other accounts may enter."""
    with TemporaryDirectory(prefix="kq-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def running(script: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A script that starts a server, with all its files in ``folder``."""
    command = [sys.executable, "-m", script]
    environment = os.environ | {"TMPDIR": str(folder)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("script", ["scripts.postgres", "scripts.mail_server"])
def test_a_server_ends_with_whoever_started_it_and_leaves_no_file(script, ending, folder):
    with running(script, folder) as process:
        ports = [
            int(port)
            for port in re.findall(r"(?:SMTP |IMAP |IMAPS |:)(\d{4,5})\b", process.stdout.readline())
        ]
        assert (len(ports) in (1, 3), all(map(answers, ports)), len(list(folder.iterdir()))) == (
            True,
            True,
            1,
        )

        process.send_signal(ending)

        assert comes_true(lambda: not any(map(answers, ports)))
        assert comes_true(lambda: list(folder.iterdir()) == [])


def test_what_does_not_end_when_asked_is_ended_by_force(tmp_path):
    deaf = "from signal import *; signal(SIGTERM, SIG_IGN); print(1, flush=True); pause()"
    kept = tmp_path / "kept"
    kept.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", deaf], stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        process.stdout.readline()
        with guarded(kept) as guardian:
            guardian.end_group(process.pid, signal.SIGTERM)
            guardian.end_named_in(tmp_path / "never.pid", signal.SIGTERM)
            assert process.poll() is None
        assert process.wait() == -signal.SIGKILL
    assert not kept.exists()
