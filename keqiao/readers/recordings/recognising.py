"""The kinds of recording, each with how it begins and how it is looked into."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from keqiao.readers.recordings.boxes import box_kind
from keqiao.readers.recordings.elements import SIGN as EBML
from keqiao.readers.recordings.elements import element_kind
from keqiao.readers.recordings.frames import frame_kind

HEAD: Final = 64 * 1024
ASF: Final = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
ASF_VIDEO: Final = bytes.fromhex(
    "c0ef19bc4d5bcf11a8fd00805f5c442b"
)  # as they stand in the file: little-endian
ASF_AUDIO: Final = bytes.fromhex("409e69f84d5bcf11a8fd00805f5c442b")
OGG_SOUND: Final = re.compile(rb"\x01vorbis|OpusHead|\x7fFLAC|Speex   ")
PROGRAM_STREAM: Final = re.compile(rb"\x00\x00\x01\xba[\x20-\x2f\x40-\x7f]")
PACKET: Final = 188  # bytes of one in an MPEG transport stream
FLV_PICTURES: Final = 1


def recording_kind(path: Path) -> str | None:
    """Return the kind of the recording at ``path``, or nothing where it is none.

    One of ``mp4 mov 3gp webm mkv avi wmv flv mpg ogv`` (with pictures) or ``mp3 m4a wav flac aac wma oga weba mka
    amr`` (sound alone).
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
        found = (look(file, head) for look in LOOKS)
        return next((kind for kind in found if kind), None)


def _ebml(file: BinaryIO, head: bytes) -> str | None:
    return element_kind(file) if head.startswith(EBML) else None


def _frames(file: BinaryIO, head: bytes) -> str | None:
    return frame_kind(file) if head.startswith((b"ID3", b"\xff")) else None


def _riff(_file: BinaryIO, head: bytes) -> str | None:
    if not head.startswith(b"RIFF"):
        return None
    if head[8:12] == b"WAVE":
        return "wav" if b"fmt " in head else None
    return "avi" if head[8:16] == b"AVI LIST" and head[20:24] == b"hdrl" else None


def _ogg(_file: BinaryIO, head: bytes) -> str | None:
    if not head.startswith(b"OggS\x00"):
        return None
    if b"\x80theora" in head:
        return "ogv"
    return "oga" if OGG_SOUND.search(head) else None


def _asf(_file: BinaryIO, head: bytes) -> str | None:
    if not head.startswith(ASF):
        return None
    if ASF_VIDEO in head:
        return "wmv"
    return "wma" if ASF_AUDIO in head else None


def _mpeg(_file: BinaryIO, head: bytes) -> str | None:
    is_transport = len(head) >= 4 * PACKET and all(head[at] == 0x47 for at in range(0, 4 * PACKET, PACKET))
    return "mpg" if is_transport or PROGRAM_STREAM.match(head) else None


def _other(_file: BinaryIO, head: bytes) -> str | None:
    if head.startswith(b"FLV\x01") and len(head) > 13 and head[4] & FLV_PICTURES:
        return "flv"
    if head.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "amr"
    is_flac = head.startswith(b"fLaC\x00\x00\x00\x22")  # its first block says how the sound is kept: 34 bytes
    return "flac" if is_flac else None


LOOKS: Final[tuple[Callable[[BinaryIO, bytes], str | None], ...]] = (
    box_kind, _ebml, _riff, _ogg, _asf, _mpeg, _frames, _other,
)  # fmt: skip
