"""MP4, QuickTime and 3GP: boxes in boxes (ISO/IEC 14496-12, 4.2), down to what each track holds."""

import os
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

PATH: Final = ((b"moov", 10_000), (b"trak", 100), (b"mdia", 20), (b"hdlr", 20))
"""The way to a track's kind, and among how many boxes each step is looked for."""
FIRST: Final = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
QUICKTIME: Final = b"qt  "
MOBILE: Final = b"3g"


class Box(NamedTuple):
    """One box: its name, and where its content begins and ends."""

    name: bytes
    start: int
    end: int


def box_kind(file: BinaryIO, head: bytes) -> str | None:
    """Return ``mp4``, ``mov`` or ``3gp`` of a file with a track of pictures, ``m4a`` with sound only, else nothing."""
    if head[4:8] not in FIRST:
        return None
    handlers = set(_handlers(file, whole_of(file), PATH))
    if b"vide" not in handlers:
        return "m4a" if b"soun" in handlers else None
    brand = head[8:12] if head[4:8] == b"ftyp" else QUICKTIME
    if brand.startswith(MOBILE):
        return "3gp"
    return "mov" if brand == QUICKTIME else "mp4"


def _handlers(file: BinaryIO, inside: Box, path: tuple[tuple[bytes, int], ...]) -> Iterator[bytes]:
    if not path:
        file.seek(inside.start + 8)  # behind version, flags and a field that is not used
        yield file.read(4)
        return
    (name, most), *rest = path
    for box in islice(boxes_at(file, inside.start, inside.end), most):
        if box.name == name:
            yield from _handlers(file, box, tuple(rest))


def whole_of(file: BinaryIO) -> Box:
    """Return the whole file as if it were one box."""
    return Box(b"", 0, file.seek(0, os.SEEK_END))


def boxes_at(file: BinaryIO, place: int, end: int) -> Iterator[Box]:
    """Yield the boxes between two places, as far as they fit into each other."""
    while place + 8 <= end:
        file.seek(place)
        head = file.read(16)
        size, start = int.from_bytes(head[:4]), place + 8
        if size == 1:  # the length stands behind the name, in eight bytes
            size, start = int.from_bytes(head[8:16]), place + 16
        beyond = end if size == 0 else place + size
        if beyond < start or beyond > end:
            return
        yield Box(head[4:8], start, beyond)
        place = beyond
