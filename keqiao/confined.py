"""Runs a module of ours as a child with limits, alone in its own process group: for work on what others wrote.

Reading uploads and setting type both take words from outside through large libraries; neither may hold a worker
of the server for long, fill its memory, see its secrets, or leave anything behind.
"""

import contextlib
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final

import keqiao

ROOT: Final = Path(keqiao.__file__).resolve().parent.parent
OUTPUT_MAX: Final = 64 << 20  # bytes of any file that a child or what it starts writes
OPEN_FILES_MAX: Final = 256
TOO_SLOW, TOO_MUCH_MEMORY, CRASHED = "too_slow", "too_much_memory", "crashed"
ENDED_BY: Final[Mapping[signal.Signals, str]] = MappingProxyType(
    {signal.SIGXCPU: TOO_SLOW, signal.SIGXFSZ: TOO_MUCH_MEMORY}
)


@dataclass(frozen=True, slots=True)
class Streams:
    """What the child reads (nothing if None) and writes."""

    output: IO[bytes]
    input: IO[bytes] | None = None


class Ended(Exception):
    """The child gave no answer; the text is why: ``too_slow``, ``too_much_memory`` or ``crashed``."""


def run_confined(
    module: str, arguments: Sequence[str], streams: Streams, *, folder: Path, seconds: float
) -> None:
    """Run ``python -m module`` in ``folder`` for at most ``seconds`` of wall time; its whole group ends with it.

    Raises:
        Ended: it took too long, or its exit status is not 0.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=streams.input or subprocess.DEVNULL,
        stdout=streams.output,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment(folder),
        start_new_session=True,
    )
    try:
        status = child.wait(timeout=seconds)
    except subprocess.TimeoutExpired as expired:
        raise Ended(TOO_SLOW) from expired
    finally:
        end_group(child)
    if status:
        raise Ended(ended_by(status))


def ended_by(status: int) -> str:
    """Why a child ended with this exit status, which is not that of an answer."""
    known = ENDED_BY.get(signal.Signals(-status)) if -status in signal.valid_signals() else None
    return known or CRASHED


def limit(seconds: int, memory_mb: int, *, works: int = 1) -> None:
    """Bound processor time, address space, file size and open files of this process; no core dumps.

    ``works``: so many pieces of work may take ``seconds`` each, if the bound of each is set when it begins.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, works * seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_MAX, OUTPUT_MAX))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES_MAX, OPEN_FILES_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def environment(folder: Path) -> dict[str, str]:
    """No secret of the server reaches the child; home and temporary files lie in a folder that is removed."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "TMPDIR": str(folder),
    }


def end_group(child: subprocess.Popen[bytes]) -> None:
    """End a child, and all that it started."""
    with contextlib.suppress(ProcessLookupError):  # all of the group have ended by themselves
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
