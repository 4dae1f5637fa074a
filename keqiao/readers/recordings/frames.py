"""Sound that is a row of frames: MP3 (ISO/IEC 11172-3, 13818-3) and AAC in ADTS (ISO/IEC 13818-7)."""

from collections.abc import Callable
from fractions import Fraction
from typing import BinaryIO, Final

TAG: Final = b"ID3"
SEARCHED: Final = 64 * 1024  # bytes in which the first frame has to begin: padding may stand before it
LAYER_3: Final = 1
MOST_FRAMES: Final = 2_000_000
"""More than ten hours of sound."""
AAC_RATES: Final = (
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
)  # fmt: skip
BITS_1: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
BITS_2: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
RATES: Final = (44_100, 48_000, 32_000)


def frame_kind(file: BinaryIO) -> str | None:
    """Return ``mp3`` or ``aac`` of a file whose first frame has a successor, ``flac`` behind a tag; else nothing."""
    file.seek(0)
    head = file.read(10)
    place = _behind_tag(head) if head.startswith(TAG) else 0
    file.seek(place)
    data = file.read(SEARCHED)
    if place and data.startswith(b"fLaC"):
        return "flac"
    begins = range(len(data) if place else min(len(data), 1))
    return next((kind for at in begins if data[at] == 0xFF and (kind := _two_frames(data, at))), None)


def _behind_tag(head: bytes) -> int:
    """Where an ID3v2 tag ends: its length has seven bits in each of four bytes."""
    return 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=False))


def _two_frames(data: bytes, at: int) -> str | None:
    for kind, length_of in (("mp3", _mp3_frame), ("aac", _aac_frame)):
        length = length_of(data[at : at + 7])
        if length and length_of(data[at + length : at + length + 7]):
            return kind
    return None


def _mp3_frame(head: bytes) -> int:
    """Length of the frame of layer III that begins so, in bytes; 0 where none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or head[1] >> 1 & 3 != LAYER_3:
        return 0
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate == 3:
        return 0
    is_first = version == 3
    kilobits = (BITS_1 if is_first else BITS_2)[bits]
    hertz = RATES[rate] // {3: 1, 2: 2, 0: 4}[version]
    return (144 if is_first else 72) * kilobits * 1000 // hertz + (head[2] >> 1 & 1) if kilobits else 0


def _aac_frame(head: bytes) -> int:
    """The same of ADTS."""
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return length if length > 7 else 0


def frames_of(file: BinaryIO) -> Fraction:
    """How many seconds of sound the frames hold, counted one by one; 0 where there are none."""
    file.seek(0)
    head = file.read(10)
    place = _behind_tag(head) if head.startswith(TAG) else 0
    file.seek(place)
    data = file.read(SEARCHED)
    first = next((at for at in range(len(data)) if data[at] == 0xFF and _two_frames(data, at)), None)
    if first is None:
        return Fraction(0)
    is_mp3 = _two_frames(data, first) == "mp3"
    measure, lasts = (_mp3_frame, _mp3_seconds) if is_mp3 else (_aac_frame, _aac_seconds)
    return _counted(file, place + first, measure, lasts)


def _counted(
    file: BinaryIO, place: int, measure: Callable[[bytes], int], lasts: Callable[[bytes], Fraction]
) -> Fraction:
    seconds = Fraction(0)
    file.seek(place)
    for _step in range(MOST_FRAMES):
        head = file.read(7)
        length = measure(head)
        if not length:
            break
        seconds += lasts(head)
        file.seek(length - len(head), 1)
    return seconds


def _mp3_seconds(head: bytes) -> Fraction:
    version, rate = head[1] >> 3 & 3, head[2] >> 2 & 3
    is_first = version == 3
    return Fraction(1152 if is_first else 576, RATES[rate] // {3: 1, 2: 2, 0: 4}[version])


def _aac_seconds(head: bytes) -> Fraction:
    """1024 samples in each block (ISO/IEC 14496-3, 1.A.2.2.2)."""
    rate = AAC_RATES[head[2] >> 2 & 15]
    return Fraction(1024 * ((head[6] & 3) + 1), rate)
