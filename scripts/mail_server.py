"""A throw-away mail server for tests: ``python3 -m scripts.mail_server`` prints where it is and waits.

Debian's Exim takes mail over SMTP and puts it into mail folders, Debian's Dovecot gives it out over IMAP, with TLS and
without. Both listen on the loopback only, run as an unprivileged account, and lie in a folder that is removed.
"""

import grp
import os
import pwd
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from scripts import debian
from scripts.guardian import guarded
from scripts.workshop import Stopped, say, script

PROGRAMS = ("/usr/sbin/exim4", "/usr/sbin/dovecot")
ACCOUNTS = ("nobody", "mail")
DOMAIN = "mail.example.org"
BOXES = ("office", "unit", "stranger")
PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class MailServer:
    """A running server: ports on 127.0.0.1, one password for every mailbox, and the certificate that TLS shows.

    Each of ``BOXES`` is a mailbox ``NAME@mail.example.org``; its login is the whole address.
    """

    folder: Path
    smtp_port: int
    imap_port: int
    imaps_port: int
    password: str

    @property
    def certificate(self) -> Path:
        """What a client has to trust; it is for ``localhost``."""
        return self.folder / "certificate.pem"


@contextmanager
def throw_away_mail_server() -> Iterator[MailServer]:
    """Start both programs on free ports in a temporary folder; stop them and remove the folder, also when killed.

    Raises:
        Stopped: they could not be had or did not start.
    """
    get_programs()
    folder = Path(tempfile.mkdtemp(prefix="keqiao-mail-"))
    folder.chmod(0o755)
    server = MailServer(folder, *_free_ports(3), secrets.token_hex(8))
    exim = ["/usr/sbin/exim4", "-C", str(folder / "exim.conf"), "-bdf", "-q1m"]
    dovecot = ["/usr/sbin/dovecot", "-F", "-c", str(folder / "dovecot.conf")]
    running: list[subprocess.Popen[bytes]] = []
    try:
        with guarded(folder) as guardian:
            _lay_out(server)
            for command in (exim, dovecot):
                running.append(_started(server, command))
                guardian.end_group(running[-1].pid, signal.SIGTERM)
            for port in (server.smtp_port, server.imap_port, server.imaps_port):
                _wait_for(server, port)
            yield server
    finally:
        for program in running:
            program.wait()


def get_programs() -> None:
    """Install both programs where they are missing.

    Raises:
        Stopped: they could not be had.
    """
    if not all(Path(program).is_file() for program in PROGRAMS):
        debian.install("a mail server", "dovecot-imapd", "exim4-daemon-light")


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _account() -> pwd.struct_passwd:
    """Whom to run as: who we are, or an unprivileged account instead of root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ACCOUNTS:
        if name in known:
            return known[name]
    raise Stopped(f"a mail server does not run as root; add an account named {ACCOUNTS[0]}")


def _lay_out(server: MailServer) -> None:
    account, folder = _account(), server.folder
    group = grp.getgrgid(account.pw_gid).gr_name
    for name in ("spool", "boxes", "run", "state"):
        (folder / name).mkdir()
    names = {"folder": folder, "user": account.pw_name, "group": group, "password": server.password}
    ports = {"smtp": server.smtp_port, "imap": server.imap_port, "imaps": server.imaps_port, "domain": DOMAIN}
    (folder / "exim.conf").write_text(EXIM.format(**names, **ports))
    (folder / "dovecot.conf").write_text(DOVECOT.format(**names, **ports))
    (folder / "names").write_text("".join(f"{name}: {name}\n" for name in BOXES))
    _certify(folder)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)
        (folder / "exim.conf").chmod(0o644)


def _certify(folder: Path) -> None:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "30",
        "-subj",
        "/CN=localhost",
    ]
    command += ["-addext", "subjectAltName=DNS:localhost", "-out", "certificate.pem", "-keyout", "key.pem"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stopped(f"no certificate: {done.stderr.strip()[-200:]}")


def _started(server: MailServer, command: Sequence[str]) -> subprocess.Popen[bytes]:
    account = _account()
    is_root = os.geteuid() == 0
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if is_root else {}
    with (server.folder / "output.log").open("ab") as output:
        return subprocess.Popen(
            command, cwd=server.folder, stdout=output, stderr=output, start_new_session=True, **who
        )


def _wait_for(server: MailServer, port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    said = (server.folder / "output.log").read_text(errors="replace").strip().splitlines()
    raise Stopped(f"the mail server did not start: {' / '.join(said[-4:]) or 'no message'}")


EXIM = """\
exim_user = {user}
exim_group = {group}
spool_directory = {folder}/spool
log_file_path = {folder}/state/%slog
pid_file_path = {folder}/run/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {smtp}
primary_hostname = {domain}
deliver_drop_privilege
never_users = root
smtp_accept_max = 100
message_size_limit = 60M
rfc1413_query_timeout = 0s
dns_dnssec_ok = 0
acl_smtp_rcpt = accept_all
acl_smtp_data = accept_all
begin acl
accept_all:
  accept
begin routers
boxes:
  driver = accept
  domains = {domain}
  local_parts = lsearch;{folder}/names
  transport = box
nowhere:
  driver = redirect
  allow_fail
  data = :fail: no such mailbox here
begin transports
box:
  driver = appendfile
  directory = {folder}/boxes/$local_part_data
  maildir_format
  create_directory
  delivery_date_add
  envelope_to_add
  return_path_add
  user = {user}
  group = {group}
begin retry
* * F,1h,1m
"""

DOVECOT = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/state/dovecot.log
listen = 127.0.0.1
protocols = imap
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
last_valid_uid = 0
last_valid_gid = 0
mail_uid = {user}
mail_gid = {group}
mail_location = maildir:{folder}/boxes/%Ln:LAYOUT=fs
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/boxes/%Ln
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
"""


def main() -> int:
    """Start a server, print where it is, and stop it on Ctrl-C or SIGTERM."""
    with throw_away_mail_server() as server:
        ports = f"SMTP {server.smtp_port}  IMAP {server.imap_port}  IMAPS {server.imaps_port}"
        say(f"on localhost: {ports}")
        say(f"{', '.join(BOXES)} @{DOMAIN}, password {server.password}; certificate {server.certificate}")
        print("Ctrl-C stops it", file=sys.stderr)
        signal.pause()
    return 0


if __name__ == "__main__":
    script(main)
