"""The words of the resumable upload protocol tus 1.0.0 (tus.io), as this program speaks it."""

import base64
import binascii
import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from keqiao.web.files.actions import Announced

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,checksum"
ALGORITHMS = ("sha1", "sha256")
PIECE_TYPE = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460
MOST = re.compile(r"[1-9][0-9]{0,4}")
"""The limit of the place a file is meant for, in MB (``most`` in ``Upload-Metadata``)."""


class MalformedError(Exception):
    """A header is missing or makes no sense."""


def answer(status: int, **headers: str | int) -> HttpResponse:
    """Return an empty answer with the protocol's headers; ``upload_offset=5`` becomes ``Upload-Offset: 5``."""
    response = HttpResponse(status=status)
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response[name.replace("_", "-").title()] = str(value)
    return response


def whole_number(request: HttpRequest, header: str) -> int:
    """Return the number in ``header``; it is never negative."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise MalformedError(header)
    return int(text)


def announced(request: HttpRequest) -> Announced:
    """Return what the headers of a creation say about the file."""
    about = metadata(request.headers.get("Upload-Metadata", ""))
    association = about.get("association", "")
    try:
        association_id = UUID(association) if association else None
    except ValueError as wrong:
        raise MalformedError("association") from wrong
    size, most = whole_number(request, "Upload-Length"), about.get("most")
    if most is not None and not MOST.fullmatch(most):
        raise MalformedError("most")
    most_mb = int(most) if most else None
    return Announced(about.get("purpose", ""), about.get("filename", ""), size, association_id, most_mb)


def metadata(header: str) -> dict[str, str]:
    """Return the pairs of ``Upload-Metadata``: names, each with its value in Base64."""
    found = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _space, value = pair.partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as wrong:
            raise MalformedError(name) from wrong
    return found


def checksum(request: HttpRequest) -> tuple[str, str] | None:
    """Return algorithm and digest (hexadecimal) of ``Upload-Checksum``, if the sender gave one."""
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _space, value = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise MalformedError("Upload-Checksum")
    try:
        return algorithm, base64.b64decode(value, validate=True).hex()
    except binascii.Error as wrong:
        raise MalformedError("Upload-Checksum") from wrong
