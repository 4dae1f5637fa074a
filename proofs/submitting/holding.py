"""Requests that are held open: the head and a part at once, the rest when it is asked for."""

import http.client
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks.rushing.clients import TOKEN

SECONDS = 30
BOUNDARY = "held"


@dataclass
class Held:
    """One request of which the last half is still to come."""

    connection: socket.socket
    rest: bytes

    def end(self) -> tuple[int, str, bytes]:
        """Send the rest; return status, where the answer leads, and its body."""
        self.connection.sendall(self.rest)
        answer = http.client.HTTPResponse(self.connection)
        answer.begin()
        said = answer.status, answer.headers.get("Location", ""), answer.read()
        self.connection.close()
        return said

    def cut(self) -> None:
        """Break the line off."""
        self.connection.close()


def begin(port: int, address: str, session: str, body: bytes, kind: str) -> Held:
    """Send the head of a POST and half of its body."""
    head = (
        f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\nCookie: keqiao-session={session}; keqiao-csrf={TOKEN}\r\n"
        "Connection: close\r\n\r\n"
    )
    connection = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
    half = len(body) // 2
    connection.sendall(head.encode() + body[:half])
    return Held(connection, body[half:])


def form(**said: Any) -> tuple[bytes, str]:
    """A form as a browser without scripts posts it."""
    given = {"csrfmiddlewaretoken": TOKEN, **said}
    return urlencode(given, doseq=True).encode(), "application/x-www-form-urlencoded"


def form_with_file(name: str, content: bytes, **said: str) -> tuple[bytes, str]:
    """A form with one file."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in {"csrfmiddlewaretoken": TOKEN, **said}.items()
    ]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="a.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = "".join(parts).encode() + head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    return body, f"multipart/form-data; boundary={BOUNDARY}"
