"""A throw-away PostgreSQL for tests: ``python3 -m scripts.postgres`` prints its DATABASE_URL and waits.

It never runs as root: there, the programs run as the first unprivileged account that exists.
Durability is off unless asked for: the data are thrown away.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts import debian
from scripts.guardian import guarded
from scripts.workshop import Stopped, empty_databases, say, script

OLDEST = 15
ACCOUNTS = ("postgres", "nobody")
CLUSTER = "postgres"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
}
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Server:
    """A running server: the folder of its programs, its data, its port and the password of its superuser."""

    programs: Path
    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        """What DATABASE_URL has to be."""
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgres://keqiao:{self.password}@127.0.0.1:{self.port}/{database}"


@contextmanager
def throw_away_server(*, durable: bool = False) -> Iterator[Server]:
    """Start a server on a free port in a temporary folder; stop it and remove the folder, also when killed.

    ``durable``: it commits to the disk, as one that keeps its data; for what measures that.

    Raises:
        Stopped: PostgreSQL could not be had or did not start.
    """
    programs = get_programs()
    folder = Path(tempfile.mkdtemp(prefix="keqiao-postgres-"))
    kept = empty_databases()
    password = (kept / CLUSTER / "password").read_text() if kept else secrets.token_hex(16)
    server = Server(programs, folder, _free_port(), password)
    with guarded(folder) as guardian:
        guardian.end_named_in(
            folder / "data" / "postmaster.pid", signal.SIGQUIT
        )  # at once, without a last word
        if kept:
            _lay(server, kept / CLUSTER)
        else:
            _create(server)
        _start(server, {} if durable else HASTY)
        yield server


@contextmanager
def keep_cluster(folder: Path, template: str) -> Iterator[Server]:
    """Start a server to be filled; keep a copy of its data, in which ``template`` is a copy of its first database.

    Raises:
        Stopped: PostgreSQL could not be had or did not start, or the copy could not be made.
    """
    with throw_away_server() as server:
        yield server
        create = ["--dbname", server.url_of("template1"), "--command"]
        made = f'CREATE DATABASE "{template}" TEMPLATE postgres'
        if _run_as_account(server, [server.programs / "psql", *create, made]).returncode:
            raise Stopped(f"PostgreSQL made no copy of its database: {_last_words(server)}")
        if _pg_ctl(server, "stop", "--mode=fast"):
            raise Stopped(f"PostgreSQL did not stop: {_last_words(server)}")
        shutil.copytree(server.folder / "data", folder / CLUSTER / "data")
        (folder / CLUSTER / "password").write_text(server.password)


def get_programs() -> Path:
    """Find the newest installed server's programs, or install them.

    Raises:
        Stopped: they could not be had.
    """
    found = _installed()
    if not found:
        debian.install(f"PostgreSQL {OLDEST} or newer", "postgresql")
        found = _installed()
    if not found:
        raise Stopped(f"PostgreSQL {OLDEST} or newer is missing; install its server")
    return found


def _installed() -> Path | None:
    kept = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").is_file()]
    newest = sorted(kept, key=lambda folder: int(folder.parent.name), reverse=True)
    if newest and int(newest[0].parent.name) >= OLDEST:
        return newest[0]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _account() -> pwd.struct_passwd | None:
    """Whom to run as, or None to stay who we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ACCOUNTS:
        if name in known:
            return known[name]
    raise Stopped(f"PostgreSQL does not run as root; add an account named {ACCOUNTS[0]}")


def _run_as_account(server: Server, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    account = _account()
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    words = [str(part) for part in command]
    log = server.folder / "output.log"
    with log.open("a") as output:  # not a pipe: the server that pg_ctl leaves behind would keep it open
        return subprocess.run(
            words, cwd=server.folder, stdout=output, stderr=output, check=False, text=True, **who
        )


def _create(server: Server) -> None:
    secret = server.folder / "password"
    secret.write_text(server.password)
    if account := _account():
        for path in (server.folder, secret):
            os.chown(path, account.pw_uid, account.pw_gid)
    ways = ["--username=keqiao", f"--pwfile={secret}", "--auth=scram-sha-256"]
    shape = ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [server.programs / "initdb", "--pgdata", server.folder / "data", *ways, *shape]
    if _run_as_account(server, command).returncode:
        raise Stopped(f"PostgreSQL's initdb failed: {_last_words(server)}")


def _lay(server: Server, kept: Path) -> None:
    shutil.copytree(kept / "data", server.folder / "data")
    if account := _account():
        for path in (server.folder, *server.folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)


def _start(server: Server, more: Mapping[str, str]) -> None:
    settings = SETTINGS | more | {"port": str(server.port), "unix_socket_directories": str(server.folder)}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    if _pg_ctl(server, "start", "--wait", "--timeout=60", "-o", options):
        raise Stopped(f"PostgreSQL did not start: {_last_words(server)}")


def _pg_ctl(server: Server, act: str, *more: str) -> int:
    command = [server.programs / "pg_ctl", act, "--pgdata", server.folder / "data", "--silent", *more]
    return _run_as_account(server, command).returncode


def _last_words(server: Server) -> str:
    lines = (server.folder / "output.log").read_text(errors="replace").strip().splitlines()
    return " / ".join(lines[-3:]) or "no message"


def main() -> int:
    """Start a server, print where it is, and stop it on Ctrl-C or SIGTERM."""
    with throw_away_server() as server:
        say(server.url)
        print("Ctrl-C stops it", file=sys.stderr)
        signal.pause()
    return 0


if __name__ == "__main__":
    script(main)
