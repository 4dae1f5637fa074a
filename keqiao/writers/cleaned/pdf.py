"""A PDF without what it tells of whoever made it: properties, XMP packets, EXIF and comments of the pictures in it."""

import io
import re
import zlib
from collections.abc import Iterator

import pypdfium2

from keqiao.writers.cleaned.pictures import telling_boxes, telling_segments

JPEG, JPEG_2000 = b"\xff\xd8\xff", b"\x00\x00\x00\x0cjP  "
STREAM = re.compile(rb"\bstream\r?\n")
END = b"endstream"
METADATA = re.compile(rb"/Type\s*/Metadata\b")
TO_METADATA = re.compile(rb"/Metadata\s+\d+\s+\d+\s+R\b")
TWICE = re.compile(rb"/Filter\s*\[[^\]]*/FlateDecode\s*/DCTDecode")
SPACE, NOUGHT = b" ", b"\x00"


def clean_pdf(content: bytes) -> bytes:
    """Return the pages in a new document: its title, author, programs and XMP packet stay behind.

    What the pictures on the pages tell goes with them into the new document; it is overwritten there, byte for byte, so
    that nothing moves and no picture is drawn anew.

    Raises:
        ValueError: a picture tells something and is packed in such a way that it cannot be overwritten.
    """
    source = pypdfium2.PdfDocument(content)
    fresh = pypdfium2.PdfDocument.new()
    fresh.import_pages(source)
    output = io.BytesIO()
    fresh.save(output)
    return _overwritten(output.getvalue())


def _overwritten(content: bytes) -> bytes:
    made = bytearray(content)
    for begin, end, fill in _telling(content):
        made[begin:end] = fill * (end - begin)
    return bytes(made)


def _telling(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield where something is told, and by what it is overwritten."""
    for found in TO_METADATA.finditer(content):
        yield found.start(), found.end(), SPACE
    for said, begin, end in _streams(content):
        body = content[begin:end]
        if METADATA.search(said):
            yield begin, end, NOUGHT
        elif TWICE.search(said):
            _require_silent(body)
        elif body.startswith(JPEG):
            yield from ((begin + first, begin + last, NOUGHT) for first, last in telling_segments(body))
        elif body.startswith(JPEG_2000):
            yield from ((begin + first, begin + last, NOUGHT) for first, last in telling_boxes(body))


def _streams(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield what each stream says of itself, and where its bytes begin and end. pdfium packs no objects together."""
    place = 0
    while (found := STREAM.search(content, place)) is not None:
        end = content.find(END, found.end())
        if end < 0:
            return
        said = content[content.rfind(b" obj", place, found.start()) : found.start()]
        yield said, found.end(), end
        place = end + len(END)


def _require_silent(body: bytes) -> None:
    """A picture that is packed once more: what it tells cannot be overwritten where it lies."""
    if any(telling_segments(zlib.decompressobj().decompress(body))):
        raise ValueError("a picture tells of its maker and is packed twice")
