"""One signed request to an address that was looked at: no redirect, no proxy, nothing read of what is answered.

``http.client`` and no larger library, because the socket must be ours: it is opened to the address that was looked at
while the certificate is asked for the name, and it is cut when the time is over, however slowly the other side drips.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPSConnection

from keqiao.web.api.reaching import Target
from keqiao.web.notifications.faults import NotTaken, Unsure

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 10.0
"""For the handshake, and again from the request to the end of the head of the answer, however it drips."""


class _Pinned(HTTPSConnection):
    """A connection to one address under the name of its host."""

    def __init__(self, target: Target, address: str) -> None:
        self.tls = ssl.create_default_context()  # the certificates that the system trusts
        super().__init__(target.host, target.port, timeout=CONNECT_SECONDS, context=self.tls)
        self.address = address

    def connect(self) -> None:
        """Open the socket, encrypted; the name of the host is checked against the certificate."""
        plain = socket.create_connection((self.address, self.port), timeout=CONNECT_SECONDS)
        line = self.tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = line
        with _cut_after(WHOLE_SECONDS, line):
            line.do_handshake()


def post(
    where: tuple[Target, str], headers: Mapping[str, str], body: bytes, brink: Callable[[], None]
) -> int:
    """Send ``body`` to a target at one of its addresses and return the status of the answer.

    ``brink`` is called when the connection stands, right before the request goes.

    Raises:
        NotTaken: no connection.
        Unsure: the connection broke, or the time was over, before a status came.
    """
    target, address = where
    connection = _Pinned(target, address)
    try:
        _connect(connection)
        brink()
        return _asked(connection, target, headers, body)
    finally:
        connection.close()


def _connect(connection: _Pinned) -> None:
    try:
        connection.connect()
    except ssl.SSLCertVerificationError as wrong:
        raise NotTaken("certificate") from wrong
    except OSError as wrong:
        raise NotTaken("no_connection") from wrong


def _asked(connection: _Pinned, target: Target, headers: Mapping[str, str], body: bytes) -> int:
    said = {"Host": target.authority(), "Content-Type": "application/json", "User-Agent": "keqiao"}
    try:
        with _cut_after(WHOLE_SECONDS, connection.sock):
            connection.request("POST", target.path, body, {**said, **headers})
            return int(connection.getresponse().status)
    except (OSError, HTTPException) as wrong:
        raise Unsure("no_answer") from wrong


@contextmanager
def _cut_after(seconds: float, line: socket.socket) -> Iterator[None]:
    """Shut the line when the time is over: whoever waits on it is woken and finds it closed.

    The plain call, not that of the encrypted socket, which belongs to the thread that reads.
    """

    def cut() -> None:
        try:
            socket.socket.shutdown(line, socket.SHUT_RDWR)
        except OSError:  # closed already: it was in time
            return

    clock = threading.Timer(seconds, cut)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
