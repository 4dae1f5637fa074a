"""The store on disk. Objects lie under their SHA-256 and are never changed; what arrives grows beside them.

Order that survives a kill at any step: bytes are on the disk before the row counts them; the object has its final name
before the row says it is stored; the arrived copy goes last. What a kill leaves over is an object without row or
an arrival without one, which ``keqiao files collect`` removes.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

PIECE = 1 << 20  # bytes read at once
ARRIVALS = "incoming"
LOCK = "lock"


class BusyError(Exception):
    """Another request is writing the same arrival."""


def root() -> Path:
    """Return the folder of the store; it exists afterwards and is closed to others."""
    folder = Path(settings.MEDIA_ROOT)
    (folder / ARRIVALS).mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def arrival(file_id: UUID) -> Path:
    """Return where the bytes of an upload arrive. Ids are ours; no name of a sender stands in a path."""
    return root() / ARRIVALS / file_id.hex


def object_path(sha256: str) -> Path:
    """Return where the object with this digest lies."""
    return root() / sha256[:2] / sha256


@contextmanager
def appending(file_id: UUID) -> Iterator[BinaryIO]:
    """Open an arrival for writing, for this request alone.

    Raises:
        BusyError: somebody else is writing it.
    """
    descriptor = os.open(arrival(file_id), os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise BusyError from busy
        yield file


@dataclass(frozen=True)
class Written:
    """How many bytes were written, and their digests."""

    count: int
    sha1: str
    sha256: str


def write_pieces(file: BinaryIO, offset: int, pieces: Iterable[bytes], limit: int) -> Written:
    """Write ``pieces`` at ``offset`` to the disk for good. What lay behind was never acknowledged and is cut off.

    Raises:
        ValueError: there are more than ``limit`` bytes; the surplus is not written.
    """
    file.truncate(offset)
    file.seek(offset)
    count, sha1, sha256 = 0, hashlib.sha1(usedforsecurity=False), hashlib.sha256()
    for piece in pieces:
        count += len(piece)
        if count > limit:
            raise ValueError(f"more than the announced {limit} bytes")
        file.write(piece)
        sha1.update(piece)
        sha256.update(piece)
    file.flush()
    os.fsync(file.fileno())
    return Written(count, sha1.hexdigest(), sha256.hexdigest())


def pieces_of(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """Return what ``read`` gives, piece by piece, to its end."""
    while piece := read(PIECE):
        yield piece


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in constant memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def changing_objects() -> Iterator[None]:
    """Name or remove objects: nobody else does meanwhile."""
    with (root() / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def keep(file_id: UUID, sha256: str) -> None:
    """Give an arrival its final name as well. Its first name stays until :func:`forget_arrival`.

    An object that is there already counts as new from now on: it is not removed before the row says that it is stored.
    """
    final = object_path(sha256)
    with changing_objects():
        if final.exists():
            os.utime(final)
        else:
            final.parent.mkdir(mode=0o700, exist_ok=True)
            os.link(arrival(file_id), final)
            final.chmod(0o400)
    _sync(final.parent)


def forget_arrival(file_id: UUID) -> None:
    """Remove what arrived of an upload: it is stored, or it was refused."""
    arrival(file_id).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
