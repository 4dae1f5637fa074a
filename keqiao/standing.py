"""Confined children that stay: each does one piece of work after another, so that what is costly is begun once.

Asked from any thread. A child has the limits of one that works once, for each piece of work anew; it goes after so many
pieces, when it has grown, when nobody asks for a while, and when whoever asked is gone. A child that failed is ended
with its group and never asked again; if it had worked before, a fresh one is tried, so that what one piece of work left
behind is never the fault of the next.
"""

import atexit
import contextlib
import math
import os
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from keqiao.confined import CRASHED, OUTPUT_MAX, TOO_SLOW, Ended, end_group, ended_by, environment, limit

WORKS_MAX: Final = 100
"""Pieces of work after which a child goes."""
IDLE_SECONDS: Final = 60
KEPT_MAX: Final = 2
"""Children of one kind that wait for work; those that work are not counted."""
_LENGTH: Final = struct.Struct(">Q")
_READ_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Work:
    """Who does it (a module that calls ``serve``), and what it may take: seconds of wall and of processor time for each
    piece of work, mebibytes of address space.
    """

    module: str
    seconds: float
    memory_mb: int


class _Child:
    """A child, seen from above."""

    def __init__(self, work: Work) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="keqiao-child-"))
        self.works = 0
        self.line, below = socket.socketpair()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-m", work.module, str(math.ceil(work.seconds)), str(work.memory_mb)],
                stdin=below.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=self.folder,
                env=environment(self.folder),
                start_new_session=True,
            )
        except OSError:
            self.line.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        finally:
            below.close()

    def ask(self, order: bytes, seconds: float) -> bytes:
        """One piece of work; raises Ended, after which the child is no more."""
        until = time.monotonic() + seconds
        try:
            self.line.settimeout(seconds)
            self.line.sendall(_LENGTH.pack(len(order)) + order)
            (length,) = _LENGTH.unpack(_received(self.line, _LENGTH.size, until))
            if length > OUTPUT_MAX:
                raise Ended(CRASHED)
            answer = _received(self.line, length, until)
        except TimeoutError as late:
            self.end()
            raise Ended(TOO_SLOW) from late
        except (OSError, EOFError) as gone:
            raise Ended(self._why_gone(until)) from gone
        except Ended:
            self.end()
            raise
        self.works += 1
        return answer

    def _why_gone(self, until: float) -> str:
        """Its line is closed: it ends by itself, and its exit status says why."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=max(0.0, until - time.monotonic()))
        status = self.process.poll()
        self.end()
        return TOO_SLOW if status is None else ended_by(status)

    def end(self) -> None:
        """End it and its group, and take its folder away."""
        self.line.close()
        end_group(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class _Children:
    """The children of this process that wait for work."""

    waiting: defaultdict[Work, list[_Child]] = field(default_factory=lambda: defaultdict(list))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def taken(self, work: Work) -> _Child:
        """One that waits, the latest first, or a new one."""
        with self.lock:
            waiting = self.waiting[work]
            if waiting:
                return waiting.pop()
        return _Child(work)

    def put_back(self, work: Work, child: _Child) -> None:
        with self.lock:
            waiting = self.waiting[work]
            if child.works < WORKS_MAX and len(waiting) < KEPT_MAX:
                waiting.append(child)
                return
        child.end()

    def end(self) -> None:
        with self.lock:
            ended = [child for waiting in self.waiting.values() for child in waiting]
            self.waiting.clear()
        for child in ended:
            child.end()

    def forget(self) -> None:
        """In a fork of this process: they belong to the one that was forked."""
        for waiting in self.waiting.values():
            for child in waiting:
                child.line.close()
        self.waiting.clear()
        self.lock = threading.Lock()


_children: Final = _Children()
atexit.register(_children.end)
os.register_at_fork(after_in_child=_children.forget)


def ask(work: Work, order: bytes) -> bytes:
    """Have one piece of work done by a child that stands ready, or by a new one.

    Raises:
        Ended: it took too long or too much memory, or the child crashed; a new one did so too where another failed.
    """
    child = _children.taken(work)
    had_worked = child.works > 0
    try:
        answer = child.ask(order, work.seconds)
    except Ended as ended:
        if not had_worked or str(ended) == TOO_SLOW:
            raise
        child = _Child(work)
        answer = child.ask(order, work.seconds)
    _children.put_back(work, child)
    return answer


def end_all() -> None:
    """End the children of this process that wait for work."""
    _children.end()


def standing() -> list[int]:
    """The processes that wait for work."""
    with _children.lock:
        return [child.process.pid for waiting in _children.waiting.values() for child in waiting]


def serve(answer: Callable[[bytes], bytes], seconds: int, memory_mb: int) -> None:
    """The child: answer orders from standard input, which is a socket, until there is a reason to go."""
    limit(seconds, memory_mb, works=WORKS_MAX)
    try:
        with socket.socket(fileno=os.dup(0)) as line:
            for _ in range(WORKS_MAX):
                line.settimeout(IDLE_SECONDS)
                (length,) = _LENGTH.unpack(_received(line, _LENGTH.size))
                _allow(seconds)
                said = answer(_received(line, length))
                line.sendall(_LENGTH.pack(len(said)) + said)
                signal.alarm(0)
                if _memory_mb() > memory_mb // 2:
                    return
    except (EOFError, OSError):
        return  # nobody asks any more
    finally:
        shutil.rmtree(os.environ["HOME"], ignore_errors=True)


def _memory_mb() -> int:
    """What it holds now; ``ru_maxrss`` would begin with what the process above held."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() >> 20


def _allow(seconds: int) -> None:
    """The bounds of one piece of work: processor time from here on, and wall time should nobody be there to end it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    spent = math.ceil(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (min(spent + seconds, most), most))
    signal.alarm(seconds + 1)


def _received(line: socket.socket, length: int, until: float = math.inf) -> bytes:
    """So many bytes; raises EOFError where there are fewer, TimeoutError where they do not come until then."""
    parts: list[bytes] = []
    while length:
        if until < math.inf:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            line.settimeout(left)
        part = line.recv(min(length, _READ_AT_ONCE))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
