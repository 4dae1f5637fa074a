"""Asks a virus scanner about a file: clamd, as ``KEQIAO_VIRUS_SCANNER`` names it. Without one, nothing is asked.

The words of the protocol are those of clamd's manual (docs.clamav.net, INSTREAM): pieces with their length before them,
an empty one at the end, and one line as the answer.
"""

import socket
import struct
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

PIECE = 1 << 16
LENGTH = struct.Struct("!I")
PATIENCE = 120.0  # seconds that the scanner may be silent
LONGEST_ANSWER = 4096


class NotScanned(Exception):
    """The scanner could not be asked, or did not look at the whole file; the text says why."""


def virus_in(path: Path) -> str:
    """Return what the scanner calls the virus in a file; nothing where it found none, or no scanner is named.

    Raises:
        NotScanned: nobody knows whether there is one.
    """
    if not settings.VIRUS_SCANNER:
        return ""
    try:
        with _connected(settings.VIRUS_SCANNER) as scanner, path.open("rb") as file:
            answer = _asked(scanner, file)
    except OSError as failed:
        raise NotScanned(f"{settings.VIRUS_SCANNER}: {failed}") from failed
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise NotScanned(f"{settings.VIRUS_SCANNER}: {said or 'no answer'}")


def _connected(address: str) -> socket.socket:
    """Open the scanner's socket: ``unix:/path`` or ``host:port``."""
    if address.startswith("unix:"):
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(PATIENCE)
        scanner.connect(address.removeprefix("unix:"))
        return scanner
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)


def _asked(scanner: socket.socket, file: BinaryIO) -> str:
    try:
        scanner.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            scanner.sendall(LENGTH.pack(len(piece)) + piece)
        scanner.sendall(LENGTH.pack(0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it stops listening where a file is too large for it, and has said so before
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER and (more := scanner.recv(LONGEST_ANSWER)):
        answer += more
    return answer.partition(b"\0")[0].decode(errors="replace").strip()
