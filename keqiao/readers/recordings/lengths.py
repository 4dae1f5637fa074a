"""How long a recording is, and how wide and high its picture: read from what the container says of itself.

Read are MP4 and QuickTime, WebM and Matroska, WAV, FLAC, MP3 and AAC. Of other kinds the length is not known.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from struct import error as too_short
from struct import unpack, unpack_from
from typing import BinaryIO, Final

from keqiao.readers.recordings.boxes import Box, boxes_at, whole_of
from keqiao.readers.recordings.elements import (
    SIGN,
    Element,
    content_of,
    inside_of,
    named_in,
)
from keqiao.readers.recordings.frames import frames_of

MOST_BOXES: Final = 10_000
TIMESCALE, DURATION, INFO, TRACKS, TRACK, VIDEO = 0x2AD7B1, 0x4489, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0
WIDTH, HEIGHT = 0xB0, 0xBA
SEGMENT = 0x18538067
NANOSECONDS: Final = 1_000_000_000
USUAL_SCALE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Length:
    """How long a recording is in seconds; width and height of its picture as it is shown, 0 without one."""

    seconds: Fraction
    width: int = 0
    height: int = 0


def recording_length(path: Path) -> Length | None:
    """Return the length of the recording at ``path``; None where it does not say so, or cannot be read."""
    with path.open("rb") as file:
        head = file.read(64)
        try:
            found = (look(file, head) for look in LOOKS)
            length = next((each for each in found if each is not None), None)
        except (too_short, ValueError, ZeroDivisionError, OverflowError):
            return None  # a file that breaks off, or says nonsense of itself: not known
    return length if length is not None and length.seconds > 0 else None


def _of_boxes(file: BinaryIO, head: bytes) -> Length | None:
    if head[4:8] not in (b"ftyp", b"moov", b"wide", b"free", b"skip", b"mdat", b"pnot"):
        return None
    movie = next(_boxes_named(file, whole_of(file), b"moov"), None)
    header = next(_boxes_named(file, movie, b"mvhd"), None) if movie else None
    if movie is None or header is None:
        return None
    tracks = (next(_boxes_named(file, each, b"tkhd"), None) for each in _boxes_named(file, movie, b"trak"))
    pictures = (_picture(_content(file, each)) for each in islice(tracks, 100) if each is not None)
    width, height = max(pictures, default=(0, 0))
    return Length(_movie_seconds(_content(file, header)), width, height)


def _boxes_named(file: BinaryIO, inside: Box, name: bytes) -> Iterator[Box]:
    return (box for box in islice(boxes_at(file, inside.start, inside.end), MOST_BOXES) if box.name == name)


def _content(file: BinaryIO, box: Box) -> bytes:
    file.seek(box.start)
    return file.read(min(box.end - box.start, 128))


def _movie_seconds(header: bytes) -> Fraction:
    """Of ``mvhd`` (ISO/IEC 14496-12, 8.2.2): in version 1 the times have eight bytes."""
    scale, duration = unpack_from(">IQ", header, 20) if header[0] else unpack_from(">II", header, 12)
    return Fraction(duration, scale)


def _picture(header: bytes) -> tuple[int, int]:
    """Of ``tkhd`` (8.3.2): width and height as they are shown, turned where the matrix turns them."""
    matrix = 52 if header[0] else 40
    width, height = (side >> 16 for side in unpack_from(">II", header, matrix + 36))
    is_turned = unpack_from(">i", header, matrix)[0] == 0 and unpack_from(">i", header, matrix + 4)[0] != 0
    return (height, width) if is_turned else (width, height)


def _of_elements(file: BinaryIO, head: bytes) -> Length | None:
    if not head.startswith(SIGN):
        return None
    segment = next(named_in(file, inside_of(file), SEGMENT), None)
    info = next(named_in(file, segment, INFO), None) if segment else None
    lasts = next((content_of(file, each) for each in named_in(file, info, DURATION)), b"") if info else b""
    if segment is None or info is None or len(lasts) not in (4, 8):
        return None
    scale = next((_number(file, each) for each in named_in(file, info, TIMESCALE)), USUAL_SCALE)
    ticks = Fraction(unpack(">f" if len(lasts) == 4 else ">d", lasts)[0])
    return Length(ticks * scale / NANOSECONDS, *_matroska_picture(file, segment))


def _matroska_picture(file: BinaryIO, segment: Element) -> tuple[int, int]:
    for tracks in named_in(file, segment, TRACKS):
        for track in islice(named_in(file, tracks, TRACK), 100):
            for video in named_in(file, track, VIDEO):
                sides = (next(named_in(file, video, name), None) for name in (WIDTH, HEIGHT))
                width, height = (_number(file, each) if each else 0 for each in sides)
                return width, height
    return 0, 0


def _number(file: BinaryIO, element: Element) -> int:
    return int.from_bytes(content_of(file, element))


def _of_wave(file: BinaryIO, head: bytes) -> Length | None:
    """RIFF: bytes of sound over bytes a second."""
    if not (head.startswith(b"RIFF") and head[8:12] == b"WAVE"):
        return None
    rate, place, end = 0, 12, file.seek(0, 2)
    for _step in range(1000):
        file.seek(place)
        name, size = unpack("<4sI", file.read(8))
        if name == b"fmt ":
            rate = unpack_from("<I", file.read(16), 8)[0]
        if name == b"data":
            return Length(Fraction(min(size, end - place - 8), rate))
        place += 8 + size + size % 2
    return None


def _of_flac(_file: BinaryIO, head: bytes) -> Length | None:
    """STREAMINFO: 20 bits of samples a second, 36 bits of samples."""
    if not head.startswith(b"fLaC"):
        return None
    bits = int.from_bytes(head[18:26])
    return Length(Fraction(bits & (1 << 36) - 1, bits >> 44))


def _of_frames(file: BinaryIO, head: bytes) -> Length | None:
    if not head.startswith((b"ID3", b"\xff")):
        return None
    return Length(frames_of(file))


LOOKS: Final[tuple[Callable[[BinaryIO, bytes], Length | None], ...]] = (
    _of_boxes, _of_elements, _of_wave, _of_flac, _of_frames,
)  # fmt: skip
