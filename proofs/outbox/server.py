"""A mail server that keeps a journal of what it took, and kills the worker at a chosen point of a conversation."""

# ruff: noqa: N802  aiosmtpd finds its handlers by these names

import os
import signal
import subprocess
import threading
from collections import Counter
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller

from benchmarks.rushing.clients import free_port

POINTS = ("greeted", "sender", "recipient", "content", "taken", "answered", "any")
"""At its greeting, its sender, its recipient; while it says the mail; when the server has the mail and has not said
so; when it has said so; at any time."""


class Journal:
    """Takes every mail. ``taken`` counts, by the id in the Message-ID, how often the server has said yes to a mail, or
    would have: it has the mail from the dot on.
    """

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.faults: list[str] = []
        self.killed_at: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._doomed: subprocess.Popen[bytes] | None = None
        self._point, self._wait, self._before = "", 0.0, 0

    def doom(self, worker: "subprocess.Popen[bytes]", point: str, before: int, wait: float) -> None:
        """Kill ``worker`` at ``point`` of its conversation after ``before`` others, or ``wait`` seconds later."""
        self._doomed, self._point, self._before, self._wait = worker, point, before, wait

    async def handle_EHLO(self, _server: Any, session: Any, _envelope: Any, name: str, answers: Any) -> Any:
        """A conversation begins."""
        session.host_name = name
        self._before -= 1
        self._meet("greeted")
        self._meet("any", later=True)
        return answers

    async def handle_MAIL(
        self, _server: Any, _session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """It says its sender."""
        envelope.mail_from, envelope.mail_options = address, options
        self._meet("sender")
        return "250 OK"

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """It says a recipient."""
        envelope.rcpt_tos.append(address)
        self._meet("recipient")
        self._meet("content", later=True)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """The server has the mail."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        pk = str(mail["Message-ID"]).strip("<>").partition("@")[0]
        with self._lock:
            self.taken[pk] += 1
            if [str(each) for each in mail["To"].addresses] != envelope.rcpt_tos or len(
                envelope.rcpt_tos
            ) != 1:
                self.faults.append(f"{pk} goes to {envelope.rcpt_tos}, says {mail['To']}")
        self._meet("taken")
        self._meet("answered", later=True)
        return "250 OK"

    def _meet(self, point: str, *, later: bool = False) -> None:
        if self._doomed is None or point != self._point or self._before >= 0:
            return
        doomed, self._doomed = self._doomed, None
        self.killed_at[point] += 1
        if later:
            threading.Timer(self._wait, _kill, (doomed,)).start()
        else:
            _kill(doomed)


def _kill(worker: "subprocess.Popen[bytes]") -> None:
    if worker.poll() is None:
        os.kill(worker.pid, signal.SIGKILL)


def listening(journal: Journal) -> Controller:
    """Return the server, not started, on a free port of this machine."""
    return Controller(journal, hostname="127.0.0.1", port=free_port())
