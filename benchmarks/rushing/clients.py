"""The server under test, and people who press submit over kept connections."""

import http.client
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks.rushing import key_of

WORKERS, THREADS = 2, 4
READY_SECONDS = 180.0  # on a busy machine; an idle one takes six
TOKEN = "k" * 32  # the token of the form, as the cookie has it
DONE = (200, 302)
FULL_HOUSE = 503
WARM_SECONDS = 1.0


@dataclass(frozen=True)
class Speed:
    """Submissions a second, the median and the 99th of a hundred in seconds, and how many answers were wrong."""

    rate: float
    median: float
    slowest: float
    errors: int


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(application: str, port: int) -> list[str]:
    """Return the command line of the web server of ``keqiao serve``, with two workers."""
    options = {
        "interface": "wsgi",
        "host": "127.0.0.1",
        "port": port,
        "workers": WORKERS,
        "blocking-threads": THREADS,
        "workers-kill-timeout": 2,
        "log-level": "warning",
    }
    given = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "granian", *given, "--no-ws", application]


@contextmanager
def served(application: str, environment: dict[str, str], *more: str) -> Iterator[int]:
    """Run the web server on a free port, with ``more`` options, and give the port."""
    port = free_port()
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*command(application, port), *more], env=environment, **silent)
    try:
        wait_until_up(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_up(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers there. Raises OSError: it has ended, or does not answer in time."""
    until = time.perf_counter() + READY_SECONDS
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/nothing-is-here/")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException) as error:
            if server.poll() is not None:
                raise OSError(f"the server ended with status {server.returncode}") from error
            if time.perf_counter() > until:
                raise OSError(f"the server did not answer in {READY_SECONDS:.0f} s") from error
            time.sleep(0.2)
        else:
            return


@dataclass
class Rush:
    """People at one server who take drafts from the front of one list, each draft once."""

    port: int
    waiting: list[Any]
    address: str

    def __post_init__(self) -> None:
        """Nothing has been measured yet."""
        self.lock = threading.Lock()
        self.times: list[float] = []
        self.errors: list[int] = []
        self.answers: dict[str, str] = {}

    def measure(self, connections: int, seconds: float) -> Speed:
        """Submit for some seconds over so many connections; each worker has read the call before.

        Raises RuntimeError: there were not enough drafts.
        """
        self._all_at_once(connections, WARM_SECONDS)
        self.times.clear()
        taken = self._all_at_once(connections, seconds)
        if not self.waiting:
            raise RuntimeError("all drafts are used up: make more of them")
        slowest = statistics.quantiles(self.times, n=100)[-1]
        return Speed(len(self.times) / taken, statistics.median(self.times), slowest, len(self.errors))

    def _all_at_once(self, connections: int, seconds: float) -> float:
        """Have so many people press for some seconds; how long it took until each had the last answer."""
        begun = time.perf_counter()
        people = [threading.Thread(target=self._client, args=(begun + seconds,)) for _ in range(connections)]
        for person in people:
            person.start()
        for person in people:
            person.join()
        return time.perf_counter() - begun

    def _client(self, until: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while time.perf_counter() < until:
            with self.lock:
                if not self.waiting:
                    break
                draft = self.waiting.pop(0)
            self._press(connection, draft)
        connection.close()

    def _press(self, connection: http.client.HTTPConnection, draft: Any) -> None:
        """Press submit, and again with the token of the queue where the house is full, until there is an answer."""
        pk, session, _user = draft
        said = {"key": key_of(int(pk[:8], 16)), "csrfmiddlewaretoken": TOKEN}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"keqiao-session={session}; keqiao-csrf={TOKEN}",
        }
        begun = time.perf_counter()
        while True:
            connection.request("POST", self.address.format(pk), urlencode(said), headers)
            answer = connection.getresponse()
            page = answer.read()
            if answer.status != FULL_HOUSE:
                break
            time.sleep(float(answer.headers["Retry-After"]))  # as the page of the queue does by itself
            said["queue"] = page.decode().partition('name="queue" value="')[2].partition('"')[0]
        self.times.append(time.perf_counter() - begun)
        if answer.status not in DONE:
            self.errors.append(answer.status)
        else:  # the page of the receipt, or the receipt itself
            self.answers[pk] = answer.headers.get("Location") or page.decode()
