"""Small recordings, made byte by byte as their formats say: every container with the tracks that a test names."""

import io
import wave
from uuid import UUID

SECOND = 8000  # samples of a second of sound


def wav() -> bytes:
    """A tenth of a second of silence."""
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SECOND)
        sound.writeframes(bytes(SECOND // 5))
    return made.getvalue()


def box(name: bytes, *parts: bytes) -> bytes:
    """A box of ISO/IEC 14496-12."""
    content = b"".join(parts)
    return (len(content) + 8).to_bytes(4) + name + content


def track(handler: bytes) -> bytes:
    """A track of pictures (``vide``) or sound (``soun``), its header first as writers have it."""
    hdlr = box(b"hdlr", bytes(8), handler, bytes(13))
    return box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", box(b"mdhd", bytes(24)), hdlr))


def film(*handlers: bytes, brand: bytes = b"isom", last: bool = False) -> bytes:
    """A file of boxes with such tracks; ``last``: what describes them stands behind the content, as cameras write."""
    ftyp = box(b"ftyp", brand, bytes(4), b"isom", b"mp42")
    moov = box(b"moov", box(b"mvhd", bytes(100)), *map(track, handlers))
    mdat = box(b"mdat", bytes(5000))
    return ftyp + (mdat + moov if last else moov + mdat)


def element(number: int, content: bytes, *, is_open: bool = False) -> bytes:
    """An element of EBML; an open one says all ones for its length, as live recordings do."""
    sign = number.to_bytes((number.bit_length() + 7) // 8)
    length = (1 << 57) - 1 if is_open else len(content) | 1 << 56
    return sign + length.to_bytes(8) + content


def matroska(*types: int, document: bytes = b"webm", is_open: bool = False) -> bytes:
    """WebM or Matroska with tracks of these types: 1 pictures, 2 sound."""
    tracks = element(0x1654AE6B, b"".join(element(0xAE, element(0x83, bytes([each]))) for each in types))
    info = element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40"))
    cluster = element(0x1F43B675, bytes(500))
    return element(0x1A45DFA3, element(0x4282, document)) + element(
        0x18538067, info + tracks + cluster, is_open=is_open
    )


def mp3(*, tag: bytes = b"") -> bytes:
    """Three frames of layer III, 128 kbit/s at 44.1 kHz: 417 bytes each; behind a tag with ``tag`` in it, if any."""
    size = len(tag)
    head = b"ID3\x04\x00\x00" + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0)) + tag if tag else b""
    return head + 3 * (b"\xff\xfb\x90\x00" + bytes(413))


def aac() -> bytes:
    """Three frames in ADTS, 64 bytes each."""
    return 3 * (b"\xff\xf1\x50\x80" + (64 << 5 | 0x1F).to_bytes(2) + b"\xfc" + bytes(57))


def asf(*streams: str) -> bytes:
    """A head of Windows Media with streams of these types."""
    names = {
        "video": "bc19efc0-5b4d-11cf-a8fd-00805f5c442b",
        "audio": "f8699e40-5b4d-11cf-a8fd-00805f5c442b",
    }
    head = UUID("75b22630-668e-11cf-a6d9-00aa0062ce6c").bytes_le
    return head + bytes(14) + b"".join(UUID(names[each]).bytes_le + bytes(40) for each in streams)


def ogg(*codecs: bytes) -> bytes:
    """The first pages of Ogg, one stream each."""
    return b"".join(
        b"OggS\x00\x02" + bytes(20) + bytes([1, 30]) + codec.ljust(30, b"\x00") for codec in codecs
    )


AVI = b"RIFF\x00\x01\x00\x00AVI LIST\xc0\x00\x00\x00hdrlavih" + bytes(200)
FLAC = b"fLaC\x00\x00\x00\x22" + bytes(60)
AMR = b"#!AMR\n" + bytes(60)
FLV = b"FLV\x01\x05\x00\x00\x00\x09" + bytes(60)
PROGRAM_STREAM = b"\x00\x00\x01\xba\x44" + bytes(60)
TRANSPORT_STREAM = 5 * (b"\x47" + bytes(187))
