"""Confined children of the tests of the shell are forked, so that none imports its libraries again.

They run the module that the program would start, set the same limits and answer through the same file; only what the
start itself keeps away (memory of the server, its environment) is not tried here, but by ``tests/readers``,
``tests/writers`` and the journeys, whose children are those of the program.
"""

import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import pytest

from keqiao.confined import TOO_SLOW, Ended, Streams, ended_by, run_confined

CALLERS = ("keqiao.readers.sandbox", "keqiao.writers.cleaned.cleaning")
LOOK_SECONDS = 0.01
PAGE = resource.getpagesize()
set_limit = resource.setrlimit


@pytest.fixture(autouse=True, scope="session")
def children_are_forked() -> Iterator[None]:
    """Let the readers and writers of uploads fork their children."""
    with pytest.MonkeyPatch.context() as patch:
        for caller in CALLERS:
            patch.setattr(f"{caller}.run_confined", run_forked)
        yield


def run_forked(
    module: str, arguments: Sequence[str], streams: Streams, *, folder: Path, seconds: float
) -> None:
    """Do as ``run_confined`` does, by a fork; a process with threads is not forked.

    Raises:
        Ended: as there.
    """
    if threading.active_count() > 1:
        run_confined(module, arguments, streams, folder=folder, seconds=seconds)
        return
    work = import_module(module).main
    child = os.fork()
    if not child:
        _be_child(work, list(arguments), streams, folder)
    until = time.monotonic() + seconds
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise Ended(TOO_SLOW)
        time.sleep(LOOK_SECONDS)
    if code := os.waitstatus_to_exitcode(status):
        raise Ended(ended_by(code))


def _be_child(
    work: Callable[[list[str]], int], arguments: list[str], streams: Streams, folder: Path
) -> NoReturn:
    """Answer and end at once, without a word to anything that the parent has open."""
    status = 1
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(streams.input.fileno() if streams.input else nothing, 0)
        os.dup2(streams.output.fileno(), 1)
        os.dup2(nothing, 2)
        os.chdir(folder)
        sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w")
        resource.setrlimit = _limit_what_comes
        status = work(arguments)
        sys.stdout.flush()
    finally:
        os._exit(status)


def _limit_what_comes(kind: int, bounds: tuple[int, int]) -> None:
    """Set a limit; that of the address space does not count what came with the fork."""
    if kind == resource.RLIMIT_AS:
        inherited = int(Path("/proc/self/statm").read_text().split()[0]) * PAGE
        bounds = (bounds[0] + inherited, bounds[1] + inherited)
    set_limit(kind, bounds)
