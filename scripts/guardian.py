"""Ends throw-away servers when whoever started them is gone, however that went: also killed, with no word left to say.

A guardian is a process of its own, in a session of its own, with the reading end of a pipe. While the writing end is
open its owner lives. When it closes, on leaving the block or by death, the guardian ends what it was told of and
removes the folder. There is one way to end a server, and every run takes it.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE_SECONDS = 10
LOOK_SECONDS = 0.05

Told = tuple[signal.Signals, str]
"""By which signal, and what: a process group as ``-4711``, a process as ``4711``, or a file with its number."""


class Guardian:
    """Knows of processes that must not stay; see ``guarded``."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def end_group(self, leader: int, by: signal.Signals) -> None:
        """End a group of processes by this signal when it is over."""
        self._tell(by, str(-leader))

    def end_named_in(self, file: Path, by: signal.Signals) -> None:
        """End the process whose number is the first line of ``file`` then; said before it starts, none is missed."""
        self._tell(by, str(file))

    def _tell(self, by: signal.Signals, what: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{by.name} {what}\n")
        self._process.stdin.flush()


@contextmanager
def guarded(folder: Path) -> Iterator[Guardian]:
    """Give a guardian; at the end what it was told of is gone, and so is ``folder``.

    Its working directory is the root of the system, so that it holds no folder; children of the owner do not inherit
    the pipe.
    """
    command = [sys.executable, str(Path(__file__).resolve()), str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True, cwd="/", start_new_session=True)
    try:
        yield Guardian(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait()


def end(told: list[Told], folder: Path) -> None:
    """End the processes, by force where they take too long, and remove the folder."""
    numbers = [(by, number) for by, what in told if (number := _number_of(what))]
    for by, number in numbers:
        _signal(number, by)
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and not all(_is_gone(number) for _by, number in numbers):
        time.sleep(LOOK_SECONDS)
    for _by, number in numbers:
        _signal(number, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def _number_of(what: str) -> int:
    """The number of a process (of a group: below zero); 0 where its file is not there: it never began, or has ended."""
    with suppress(ValueError):
        return int(what)
    with suppress(OSError, ValueError, IndexError):
        return int(Path(what).read_text().split()[0])
    return 0


def _signal(number: int, by: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(number, by)


def _is_gone(number: int) -> bool:
    """Has it ended? One that ended, but was not asked for by its parent yet, has (Linux says so)."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    with suppress(OSError):
        return Path(f"/proc/{abs(number)}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return False


def main() -> int:
    """Read what to end until the pipe closes, then end it. What ends the owner's terminal does not end this."""
    for each in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    told = []
    for line in sys.stdin:
        by, what = line.rstrip("\n").split(" ", 1)
        told.append((signal.Signals[by], what))
    end(told, Path(sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
