"""Reaches a mailbox over IMAP, and says exactly what is wrong where it cannot.

The server is named by an officer: it is resolved once, addresses inside the own network are refused unless the
installation allows them (``settings.MAILBOX_INSIDE``), and the connection goes to the address that was looked at.
"""

import imaplib
import ipaddress
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from imap_tools import BaseMailBox, ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from keqiao.web.filing.models import Security

SECONDS = 20
"""How long one step of the conversation may take."""
IDENTITY = '("name" "Keqiao" "vendor" "Keqiao")'
INTERNALDATE = re.compile(rb'INTERNALDATE "([^"]{20,30})"')
SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
imaplib.Commands.setdefault("ID", ("NONAUTH", "AUTH", "SELECTED"))  # RFC 2971


class NotReached(Exception):
    """The mailbox cannot be read. ``code`` says why, ``said`` what the other side said of it, if anything."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(code, said)
        self.code, self.said = code, said[:200]


@dataclass(frozen=True, slots=True)
class Access:
    """Where a mailbox is and how to get in."""

    host: str
    port: int
    security: str
    user_name: str
    password: str
    folder: str
    done_folder: str

    def __repr__(self) -> str:
        return f"<access to {self.host}>"


@dataclass(frozen=True, slots=True)
class Lying:
    """A mail on the server: its number there, when the server took it, how many bytes it has."""

    uid: int
    arrived_at: datetime
    size: int


class _Connection(imaplib.IMAP4):
    """To the address that was looked at, whatever the name says a moment later."""

    def __init__(self, host: str, port: int, address: str, *, is_encrypted: bool) -> None:
        self._address, self._is_encrypted = address, is_encrypted
        super().__init__(host, port, timeout=SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self._address, self.port), timeout)
        if not self._is_encrypted:
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


class _Box(BaseMailBox):
    def __init__(self, access: Access, address: str) -> None:
        self._access, self._address = access, address
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        access = self._access
        is_encrypted = access.security == Security.TLS
        client = _Connection(access.host, access.port, self._address, is_encrypted=is_encrypted)
        if access.security == Security.STARTTLS:
            _encrypt(client)
        return client


class Postbox:
    """A mailbox that lies open, in its folder."""

    def __init__(self, box: _Box, access: Access) -> None:
        self._box, self._access = box, access
        self.uid_validity = int(box.folder.status(access.folder, ["UIDVALIDITY"])["UIDVALIDITY"])

    def lying(self, after: int, since: datetime) -> Iterator[Lying]:
        """Give the mails with a number above ``after`` that came on the day of ``since`` or later, in order."""
        wanted = f"UID {after + 1}:* SINCE {since:%d-%b-%Y}"
        numbers = sorted(int(uid) for uid in self._box.uids(wanted))
        for uid in (
            each for each in numbers if each > after
        ):  # "*" is the last one, however small its number
            if (found := self._about(uid)) is not None:
                yield found

    def _about(self, uid: int) -> Lying | None:
        said = b" ".join(_flat(self._fetch(uid, "(INTERNALDATE RFC822.SIZE)")))
        when, size = INTERNALDATE.search(said), SIZE.search(said)
        if not when or not size:
            return None  # it was deleted meanwhile
        arrived = datetime.strptime(when[1].decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
        return Lying(uid, arrived, int(size[1]))

    def content(self, uid: int, *, only_head: bool = False) -> bytes:
        """Return a mail as it stands on the server; it stays unread there. Nothing: it was deleted meanwhile."""
        part = "(BODY.PEEK[HEADER])" if only_head else "(BODY.PEEK[])"
        pieces = [each[1] for each in self._fetch(uid, part) if isinstance(each, tuple)]
        return pieces[0] if pieces else b""

    def _fetch(self, uid: int, part: str) -> list[Any]:
        status, data = self._box.client.uid("FETCH", str(uid), part)
        if status != "OK":
            raise NotReached("broken", str(status))
        return data

    def move(self, uid: int) -> None:
        """Move a mail to the done folder; what is not there any more stays as it is."""
        self._box.move(str(uid), self._access.done_folder)


def _flat(data: list[Any]) -> Iterator[bytes]:
    for each in data:
        yield from (
            (piece for piece in each if isinstance(piece, bytes))
            if isinstance(each, tuple)
            else [each or b""]
        )


def _encrypt(client: imaplib.IMAP4) -> None:
    if "STARTTLS" not in client.capabilities:
        client.shutdown()
        raise NotReached("no_starttls")
    client.starttls(ssl.create_default_context())


@contextmanager
def open_postbox(access: Access) -> Iterator[Postbox]:
    """Open a mailbox: connect, log in, find both folders (the done folder is made where it is missing).

    Raises:
        NotReached: with what exactly is wrong, also where the connection breaks later.
    """
    address = _address_of(access)
    try:
        box = _Box(access, address)
    except (OSError, imaplib.IMAP4.error, UnicodeError) as fault:
        raise _connecting(fault) from fault
    try:
        _log_in(box, access)
        _enter(box, access)
        yield Postbox(box, access)
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as fault:
        raise NotReached("broken", str(fault)) from fault
    finally:
        with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
            box.logout()


def _address_of(access: Access) -> str:
    """Return the address to connect to.

    Raises:
        NotReached: there is no such server, or it lies inside.
    """
    try:
        found = socket.getaddrinfo(access.host, access.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise NotReached("host_unknown", str(fault)) from fault
    addresses = [str(each[4][0]) for each in found]
    is_inside = any(not ipaddress.ip_address(each.split("%")[0]).is_global for each in addresses)
    if is_inside and not settings.MAILBOX_INSIDE:
        raise NotReached("host_inside")
    if access.security == Security.PLAIN and not all(ipaddress.ip_address(a).is_loopback for a in addresses):
        raise NotReached("not_encrypted")
    return addresses[0]


def _connecting(fault: Exception) -> NotReached:
    """What a fault while connecting means."""
    if isinstance(fault, ssl.SSLCertVerificationError):
        return NotReached("certificate", fault.verify_message)
    if isinstance(fault, ssl.SSLError):
        return NotReached("no_tls", str(fault.reason or fault))
    if isinstance(fault, TimeoutError):
        return NotReached("timeout")
    if isinstance(fault, ConnectionRefusedError):
        return NotReached("refused")
    return NotReached("no_imap", str(fault))


def _log_in(box: _Box, access: Access) -> None:
    try:
        box.login(access.user_name, access.password, initial_folder=None)
    except (MailboxLoginError, UnicodeError) as fault:
        raise NotReached("login", str(fault)) from fault
    if "ID" in box.client.capabilities:  # some providers (163, 126) show no folder to programs without a name
        box.client._simple_command("ID", IDENTITY)


def _enter(box: _Box, access: Access) -> None:
    try:
        box.folder.set(access.folder)
    except MailboxFolderSelectError as fault:
        there = "、".join(each.name for each in box.folder.list())
        raise NotReached("no_folder", there) from fault
    if not box.folder.exists(access.done_folder):
        try:
            box.folder.create(access.done_folder)
        except ImapToolsError as fault:
            raise NotReached("no_done_folder", str(fault)) from fault
