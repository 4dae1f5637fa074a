"""WebM and Matroska: elements of EBML (RFC 8794), down to the type of each track (RFC 9559)."""

import os
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

SIGN: Final = b"\x1a\x45\xdf\xa3"
HEADER, DOCUMENT_TYPE = 0x1A45DFA3, 0x4282
SEGMENT, TRACKS, TRACK, TRACK_TYPE = 0x18538067, 0x1654AE6B, 0xAE, 0x83
MOST: Final = 1000  # elements looked at on each level
VIDEO, AUDIO = 1, 2
KINDS: Final = {
    (b"webm", True): "webm",
    (b"webm", False): "weba",
    (b"matroska", True): "mkv",
    (b"matroska", False): "mka",
}


class Element(NamedTuple):
    """One element: its number, and where its content begins and ends."""

    number: int
    start: int
    end: int


def element_kind(file: BinaryIO) -> str | None:
    """Return ``webm`` or ``mkv`` of a file with a track of pictures, ``weba`` or ``mka`` with sound only."""
    whole = inside_of(file)
    header = next(_elements(file, whole), whole)
    document = next((content_of(file, each) for each in named_in(file, header, DOCUMENT_TYPE)), b"")
    types = set(_track_types(file, whole))
    if not types & {VIDEO, AUDIO}:
        return None
    return KINDS.get((document.rstrip(b"\x00"), VIDEO in types))


def _track_types(file: BinaryIO, whole: Element) -> Iterator[int]:
    for segment in named_in(file, whole, SEGMENT):
        for tracks in named_in(file, segment, TRACKS):
            for track in islice(named_in(file, tracks, TRACK), 100):
                yield from (
                    int.from_bytes(content_of(file, each)) for each in named_in(file, track, TRACK_TYPE)
                )
            return


def inside_of(file: BinaryIO) -> Element:
    """Return the whole file as if it were one element."""
    return Element(0, 0, file.seek(0, os.SEEK_END))


def named_in(file: BinaryIO, inside: Element, number: int) -> Iterator[Element]:
    """Yield the elements of this number right inside another one, among the first thousand."""
    for each in islice(_elements(file, inside), MOST):
        if each.number == number:
            yield each


def content_of(file: BinaryIO, element: Element) -> bytes:
    """Return what an element holds: a short value, never more than sixteen bytes."""
    file.seek(element.start)
    return file.read(min(element.end - element.start, 16))


def _elements(file: BinaryIO, inside: Element) -> Iterator[Element]:
    place = inside.start
    while place < inside.end:
        file.seek(place)
        head = file.read(12)
        number, used = _number(head, 4)
        size, more = _number(head[used:], 8)
        if not used or not more:
            return
        start = place + used + more
        is_open = size == (1 << (7 * more + 1)) - 1  # all ones: as long as what it stands in
        length = inside.end - start if is_open else size ^ (1 << (7 * more))
        if length < 0 or start + length > inside.end:
            return
        yield Element(number, start, start + length)
        place = start + length


def _number(head: bytes, longest: int) -> tuple[int, int]:
    """A number with its length mark, and how many bytes it takes; (0, 0) where there is none."""
    if not head or not head[0]:
        return 0, 0
    length = 9 - head[0].bit_length()
    if length > longest or len(head) < length:
        return 0, 0
    return int.from_bytes(head[:length]), length
