"""Keeps the children of ``keqiao serve`` running: starts them, restarts the dead, stops all together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import FrameType

from keqiao.web.config.restarts import failures_in_a_row, pause_before_restart

SECONDS_TO_STOP = 25.0
SECONDS_BETWEEN_LOOKS = 0.2
PR_SET_PDEATHSIG = 1  # prctl(2)


class Child:
    """One program that should always run. It has a process group of its own, so nothing of it is left."""

    def __init__(self, name: str, arguments: Sequence[str]) -> None:
        self.name, self.arguments = name, arguments
        self.process: subprocess.Popen[bytes] | None = None
        self.failures, self.started_at, self.start_at = 0, 0.0, 0.0

    def start(self) -> None:
        """Start the program. Ctrl-C in the terminal reaches only the supervisor."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # the supervisor has no threads, so preexec_fn is safe
            self.arguments,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509
        )

    def look(self, say: Callable[[str], None]) -> None:
        """Start the program if it is due; note when it has ended and when it shall start again."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        self.signal(signal.SIGKILL)  # what it started itself must not hold on to the port
        self.process = None
        self.failures = failures_in_a_row(self.failures, now - self.started_at)
        pause = pause_before_restart(self.failures)
        self.start_at = now + pause
        say(f"{self.name} ended with status {status}; it starts again in {pause:g} s.")

    def signal(self, number: int) -> None:
        """Send a signal to the program and everything it started; one that is gone needs none."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return

    def terminate_and_wait(self, seconds: float) -> bool:
        """Ask the program itself to stop, wait, then kill what is left. Return whether it ended by itself."""
        if self.process is None:
            return True
        self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        finally:
            self.signal(signal.SIGKILL)
            self.process.wait()
        return True


class Supervisor:
    """Runs children until SIGTERM, SIGINT or SIGHUP."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        self.children, self.say = children, say
        self.stop = threading.Event()

    def run(self) -> bool:
        """Keep the children running until a signal; return whether all of them then stopped by themselves."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        while not self.stop.is_set():
            for child in self.children:
                child.look(self.say)
            self.stop.wait(SECONDS_BETWEEN_LOOKS)
        return self._stop_all()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stop.set()

    def _stop_all(self) -> bool:
        # One after the other, the worker last: requests may still queue work for it.
        stopped = [self._stop_one(child) for child in self.children]
        return all(stopped)

    def _stop_one(self, child: Child) -> bool:
        if child.terminate_and_wait(SECONDS_TO_STOP):
            return True
        self.say(f"{child.name} did not stop within {SECONDS_TO_STOP:g} s and was killed.")
        return False


def die_with_parent() -> None:
    """In a new child: ask Linux to end it when the supervisor is killed; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
