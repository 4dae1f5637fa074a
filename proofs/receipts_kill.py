"""kill -9 of the server while people submit, again and again: whoever got a receipt is in, and who got none can come
again with the same form and is in once.

Size counts kills on each database. Between two kills everybody whose answer was cut off sends the same form again.
"""

import argparse
import contextlib
import http.client
import json
import os
import random
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.rushing import EACH, key_of
from benchmarks.rushing.clients import DONE, TOKEN, command, free_port, wait_until_up
from proofs.submitting.databases import run_whole
from proofs.submitting.on_each import prove_on_each
from scripts.workshop import Stopped

FULL, SMALL, PIECE = 200, 3, 40
FAULTS = ("receipt-before-commit",)
SEES = {"receipt-before-commit": ("sqlite",)}
SERVER = "keqiao.web.config.wsgi:application"
LYING = "proofs.submitting.lying:application"
CLIENTS = 8
KILLS_A_DRAFT = 3  # fewer people submit until so many kills than there are units
SHORTEST, LONGEST = 0.0, 0.8  # seconds between the first answer and the kill
FIRST_ANSWER_SECONDS = (
    120.0  # a busy machine may take so long; without an answer the kill would prove nothing
)


class Clients:
    """People who submit until the server is gone. ``promised`` are the receipts by application."""

    def __init__(self, waiting: list[Any]) -> None:
        self.waiting, self.lock, self.answered = waiting, threading.Lock(), threading.Event()
        self.promised: dict[str, set[str]] = {}
        self.cut_off: list[Any] = []
        self.refused: list[str] = []

    def submit_until_killed(self, port: int, server: "subprocess.Popen[bytes]", seconds: float) -> None:
        """Let everybody submit, the cut off ones first; ``seconds`` after an answer kill the server and its workers.

        Raises Stopped: nobody got an answer.
        """
        self.waiting[:0], self.cut_off = self.cut_off, []
        self.answered.clear()
        people = [threading.Thread(target=self._client, args=(port,)) for _ in range(CLIENTS)]
        for person in people:
            person.start()
        began = self.answered.wait(FIRST_ANSWER_SECONDS)
        time.sleep(seconds)
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        for person in people:
            person.join()
        if not began:
            raise Stopped("nobody got an answer from the server")

    def _client(self, port: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while True:
            with self.lock:
                if not self.waiting:
                    self.refused.append("all drafts are used up: make more of them")
                    return
                draft = self.waiting.pop(0)
            try:
                self._press(connection, draft)
            except (OSError, http.client.HTTPException):
                with self.lock:
                    self.cut_off.append(draft)
                return

    def _press(self, connection: http.client.HTTPConnection, draft: Any) -> None:
        pk, session, _user = draft
        said = {"key": key_of(int(pk[:8], 16)), "csrfmiddlewaretoken": TOKEN}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"keqiao-session={session}; keqiao-csrf={TOKEN}",
        }
        connection.request("POST", f"/applications/{pk}/submit/", urlencode(said), headers)
        answer = connection.getresponse()
        answer.read()
        self.answered.set()
        with self.lock:
            if answer.status in DONE:
                address = answer.headers["Location"]
                self.promised.setdefault(pk, set()).add(address.rstrip("/").rpartition("/")[2])
            elif answer.status == 503:
                self.waiting.insert(0, draft)
            else:
                self.refused.append(f"{pk} answered {answer.status}")


def main(argv: list[str]) -> int:
    """Prove; print one line of figures for each database."""
    return prove_on_each("receipts_kill", argv, SEES, kill)


def kill(database: str, environment: dict[str, str], asked: argparse.Namespace) -> int:
    """Fill a database, kill the server over it so many times, look at what is there; the exit status."""
    folder = Path(environment["KEQIAO_DATA"])
    each = min(EACH, 2 + asked.size // KILLS_A_DRAFT)
    run_whole("benchmarks.rushing.filled", environment, str(folder), str(each))
    clients, chance = Clients(json.loads((folder / "drafts.json").read_text())), random.Random(asked.seed)
    for _ in range(asked.size):
        port = free_port()
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        application = LYING if asked.fault else SERVER
        server = subprocess.Popen(
            command(application, port), env=environment, start_new_session=True, **silent
        )
        try:
            wait_until_up(port, server)
            clients.submit_until_killed(port, server, chance.uniform(SHORTEST, LONGEST))
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
    found = json.loads(run_whole("proofs.submitting.looking", environment).splitlines()[-1])
    faults = [*found["faults"], *clients.refused, *missing(clients.promised, found["submissions"])]
    for fault in faults[:10]:
        print(f"receipts_kill: {database}: FAULT {fault}")
    figures = f"kills={asked.size} receipts={len(clients.promised)} submissions={len(found['submissions'])}"
    told = f"cut_off={len(clients.cut_off)} faults={len(faults)} seed={asked.seed}"
    print(f"receipts_kill: {database}: {figures} {told}", flush=True)
    return 1 if faults else 0


def missing(promised: dict[str, set[str]], there: list[list[str]]) -> list[str]:
    """What was promised and is not there, and what is there twice."""
    kept: dict[str, set[str]] = {}
    for application, submission in there:
        kept.setdefault(application, set()).add(submission)
    lost = [
        f"{pk} has a receipt and no submission"
        for pk, ids in promised.items()
        if not ids <= kept.get(pk, set())
    ]
    twice = [f"{pk} was submitted {len(ids)} times" for pk, ids in kept.items() if len(ids) > 1]
    several = [f"{pk} got {len(ids)} different receipts" for pk, ids in promised.items() if len(ids) > 1]
    return [*lost, *twice, *several]
