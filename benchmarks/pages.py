"""Public list and call page against a bare Django view that answers the same bytes.

Same server (granian as ``keqiao serve`` runs it, one worker), same settings, same middleware, same process, in turns;
a fresh SQLite database with the demonstration and 120 more calls. Checked first: what the pages say, and that the
bare view gives the same bytes. Bound: at least half of the bare view's requests per second, by the clock and by the
server's processor time, which other work on the machine does not change.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.request import Request, urlopen

from benchmarks import line
from benchmarks.bare import FOLDER

RATIO_MIN = 0.5
CALLS = 120
CLIENTS = 4
ROUNDS = 3
SECONDS = 3.0
WARM = 50  # requests before measuring
READY_SECONDS = 60.0
ROWS = b'<time class="kq-day"'
PAGES = {
    "list": ("/calls/", ROWS),
    "filtered": ("/calls/?applicant=society&state=open", ROWS),
    "call": ("/calls/sanmenxia-2023/", b'<tr class="kq-tree__'),
    "category": ("/calls/sanmenxia-2023/ikepu/", b"kq-call__rules"),
}
"""Each page: its address, and what it must hold to be right."""
FILL = """
from datetime import UTC, datetime
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
from keqiao.web.portal.demonstration import load
from tests.web.make import many_published_calls
load(datetime.now(UTC))
many_published_calls({calls})
"""
COMMAND = """
import django
django.setup()
from keqiao.web.config.management.commands.serve import web_server
print(*web_server("127.0.0.1", {port}, 1))
"""


QUIET = {"KEQIAO_LOG_LEVEL": "WARNING"}


@dataclass(frozen=True)
class Speed:
    """How many answers a second, by the clock, and the server's processor seconds for each."""

    rate: float
    processor: float


def main(argv: list[str]) -> int:
    """Run; 0 the bounds hold, 1 an answer is wrong or a bound is broken."""
    assert not argv, "no arguments"
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(Path(folder))
        fill = FILL.format(calls=CALLS)
        subprocess.run([sys.executable, "-c", fill], env=environment | QUIET, check=True)
        with served(environment) as server:
            if wrong := list(check(server, Path(folder))):
                print(f"pages: wrong answers: {', '.join(wrong)}", file=sys.stderr)
                return 1
            broken = [fault for name in PAGES for fault in compare(server, name)]
    for fault in broken:
        print(f"pages: bound broken: {fault}", file=sys.stderr)
    return 1 if broken else 0


def check(server: "Server", folder: Path) -> Iterator[str]:
    """Ask each page, lay its bytes down for the bare view, and name what is wrong."""
    for name, (address, holds) in PAGES.items():
        content, headers = server.get(address)
        if holds not in content or "Set-Cookie" in headers:
            yield address
        (folder / name).write_bytes(content)
        if server.get(f"/bare/{name}")[0] != content:
            yield f"/bare/{name}"


def compare(server: "Server", name: str) -> Iterator[str]:
    """Measure a page and its bare peer in turns; keep the best round of each."""
    rounds = [(server.measure(PAGES[name][0]), server.measure(f"/bare/{name}")) for _ in range(ROUNDS)]
    ours, peer = (list(side) for side in zip(*rounds, strict=True))
    size = len(server.get(PAGES[name][0])[0]) // 1024
    about = f"{size} kB, bare view under Django {version('django')}, granian {version('granian')}"
    by_clock = max(s.rate for s in ours), max(s.rate for s in peer)
    by_processor = min(s.processor for s in ours), min(s.processor for s in peer)
    rate = by_clock[0] / by_clock[1]
    cost = by_processor[1] / by_processor[0]
    print(line(f"pages-{name}", ours=f"{by_clock[0]:.0f}/s", peer=f"{by_clock[1]:.0f}/s", ratio=rate,
               about=f"{about}; requests per second"))  # fmt: skip
    print(line(f"pages-{name}-processor", ours=f"{by_processor[0] * 1000:.2f}ms",
               peer=f"{by_processor[1] * 1000:.2f}ms", ratio=cost,
               about=f"{about}; processor time of the server per request"))  # fmt: skip
    if min(rate, cost) < RATIO_MIN:
        yield f"{name} reaches {min(rate, cost):.2f} of the bare view, not {RATIO_MIN}"


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and the processes it consists of."""

    port: int
    pid: int

    def get(self, address: str) -> tuple[bytes, dict[str, str]]:
        """Ask once; the content and the headers of the answer."""
        request = Request(f"http://127.0.0.1:{self.port}{address}")
        with urlopen(request, timeout=READY_SECONDS) as answer:
            return answer.read(), dict(answer.headers)

    def measure(self, address: str) -> Speed:
        """Ask for some seconds over several connections."""
        for _ in range(WARM):
            self.get(address)
        before, begun = self.processor_seconds(), time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as clients:
            done = sum(clients.map(self._ask, [address] * CLIENTS))
        taken, used = time.perf_counter() - begun, self.processor_seconds() - before
        return Speed(done / taken, used / done)

    def processor_seconds(self) -> float:
        """What the server and its worker have used so far, by the kernel's account."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended meanwhile
            if self.pid in (int(stat.parent.name), int(fields[1])):  # itself, or its child
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def _ask(self, address: str) -> int:
        """Ask again and again on one connection until the time is over; how many answers came."""
        words = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        until, done = time.perf_counter() + SECONDS, 0
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            while time.perf_counter() < until:
                connection.sendall(words)
                _read_answer(connection)
                done += 1
        return done


def _read_answer(connection: socket.socket) -> None:
    """Read one answer to its end. Raises RuntimeError where it is not 200."""
    received = connection.recv(1 << 18)
    while b"\r\n\r\n" not in received:
        received += connection.recv(1 << 18)
    head, _, body = received.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.splitlines()[0].decode())
    lines = (line.partition(b":") for line in head.lower().splitlines())
    left = next(int(value) for name, _, value in lines if name == b"content-length") - len(body)
    while left > 0:
        left -= len(connection.recv(1 << 18))


@contextmanager
def served(environment: dict[str, str]) -> Iterator[Server]:
    """Run the web server of ``keqiao serve`` with one worker on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    asked = subprocess.run(
        [sys.executable, "-c", COMMAND.format(port=port)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(asked.stdout.split(), env=environment, **silent)
    try:
        yield _when_ready(Server(port, process.pid))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _when_ready(server: Server) -> Server:
    until = time.perf_counter() + READY_SECONDS
    while True:
        try:
            server.get("/bare-is-not-there-yet")
        except OSError as answer:  # a refused connection, or 404 from the right server
            if getattr(answer, "code", 0) == 404:
                return server
            if time.perf_counter() > until:
                raise
            time.sleep(0.2)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEQIAO_")}
    kept.pop("DATABASE_URL", None)
    return kept | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.bare.settings",
        "KEQIAO_DATA": str(folder / "data"),
        FOLDER: str(folder),
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
    }
