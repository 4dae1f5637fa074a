"""Starts the shipped program with four web workers and looks whose handles of the database are shared."""

import ctypes
import os
import platform
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from itertools import combinations
from pathlib import Path
from typing import Any

WEB_WORKERS = 4
REQUESTS_EACH_ROUND = 120
ROUNDS_MAX = 20
KCMP = {"x86_64": 312, "aarch64": 272}
KCMP_FILE = 0

Handle = tuple[int, int]  # process, number of the open file in it


def serve_and_look(folder: Path) -> tuple[list[str], dict[str, Any]]:
    """Start ``serve``, use it, look at every process's open files, stop it; return faults and figures."""
    port = free_port()
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "keqiao.web.config.settings",
        "KEQIAO_DATA": str(folder / "var"),
        "DATABASE_URL": "",
        "KEQIAO_PORT": str(port),
        "KEQIAO_DEMONSTRATION": "0",
    }
    command = [sys.executable, "-m", "django", "serve", f"--web-workers={WEB_WORKERS}"]
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    try:
        wait_until_healthy(server, port)
        # The kernel chooses who answers: ask until every web worker and the task worker have opened the database.
        for _ in range(ROUNDS_MAX):
            for _ in range(REQUESTS_EACH_ROUND):
                status(port)
            faults, figures = look_at_handles(server.pid)
            if figures["with_database"] > WEB_WORKERS:
                break
    finally:
        server.send_signal(signal.SIGTERM)
        left = server.wait(60)
    if left:
        faults.append(f"serve ended with status {left}")
    return faults, figures


def look_at_handles(root: int) -> tuple[list[str], dict[str, Any]]:
    """Compare the database handles of all processes under ``root``, pair by pair."""
    parents = {process: parent_of(process) for process in all_processes()}
    family = [root]
    for process in family:
        family += [child for child, parent in parents.items() if parent == process]
    held = {process: database_handles(process) for process in family}
    faults = [f"process {p} has handles and children" for p in family if held[p] and p in parents.values()]
    handles = [(process, number) for process, numbers in held.items() for number in numbers]
    pairs = [(a, b) for a, b in combinations(handles, 2) if a[0] != b[0]]
    shared = sum(is_one_file(a, b) for a, b in pairs)
    if shared:
        faults.append(f"{shared} pairs of handles are shared")
    users = sum(1 for numbers in held.values() if numbers)
    if users < WEB_WORKERS + 1:
        faults.append(f"only {users} processes opened the database: too few to prove anything")
    return faults, {
        "processes": len(family),
        "with_database": users,
        "handles": len(handles),
        "shared": shared,
    }


def all_processes() -> list[int]:
    """Return the ids of all processes."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def parent_of(process: int) -> int:
    """Return the id of a process's parent; 0 if it has gone."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(stat.rsplit(")", 1)[1].split()[1])


def database_handles(process: int) -> list[int]:
    """Return the numbers of the open files of a process that belong to the database."""
    found = []
    for entry in Path(f"/proc/{process}/fd").iterdir():
        try:
            target = entry.readlink()
        except FileNotFoundError:
            continue
        if "keqiao.sqlite3" in target.name:
            found.append(int(entry.name))
    return found


def is_one_file(a: Handle, b: Handle) -> bool:
    """Do two handles of two processes stand for one opening of the file, as after a fork? Asks kcmp(2)."""
    libc = ctypes.CDLL(None, use_errno=True)
    order = libc.syscall(KCMP[platform.machine()], a[0], b[0], KCMP_FILE, a[1], b[1])
    if order < 0:
        raise OSError(ctypes.get_errno(), "kcmp")
    return bool(order == 0)


def wait_until_healthy(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait up to a minute for ``/healthz`` to say 200."""
    deadline = time.monotonic() + 60
    while status(port) != 200:
        if server.poll() is not None or time.monotonic() > deadline:
            raise TimeoutError(f"serve did not become healthy; its status is {server.poll()}")
        time.sleep(0.3)


def status(port: int) -> int:
    """Return the status of ``/healthz``; 0 while nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except urllib.error.URLError:
        return 0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
