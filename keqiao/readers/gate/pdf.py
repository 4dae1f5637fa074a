"""The gate for PDF: looks for what acts by itself, in the open and inside compressed object streams."""

import mmap
import re
import zlib
from pathlib import Path
from typing import Final

from keqiao.readers.unreadable import Unreadable

PAGES_MAX: Final = 2_000
OBJECT_STREAM_MAX: Final = 40 << 20
OBJECT_STREAMS_TOTAL: Final = 200 << 20
DICTIONARY_MAX: Final = 4096  # bytes from the type name to the stream
END: Final = rb"(?=[\s/<>\[\]()%{}]|\Z)"
ACTIVE: Final = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm)"
    + END
    + rb"|/(EF)\s*(?:<<|\d+\s+\d+\s+R)"
)
ENCRYPTED: Final = re.compile(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)")
PAGE: Final = re.compile(rb"/Type\s*/Page" + END)
OBJECT_STREAM: Final = re.compile(rb"/ObjStm" + END)
STREAM: Final = re.compile(rb"stream\r?\n")
ESCAPED_NAME: Final = re.compile(rb"/[A-Za-z]{0,20}#[0-9A-Fa-f]{2}[A-Za-z0-9#]{0,60}")
ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
Bytes = bytes | mmap.mmap


def check_pdf(path: Path) -> None:
    """Check the PDF at ``path``; raises Unreadable (encrypted, active content, too many pages, bomb)."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if ENCRYPTED.search(data):
            raise Unreadable("unreadable.encrypted")
        pages = _check_piece(data)
        total = 0
        for match in OBJECT_STREAM.finditer(data):
            objects = _object_stream(data, match.start())
            total += len(objects)
            if total > OBJECT_STREAMS_TOTAL:
                raise Unreadable("unreadable.zip_bomb", part="ObjStm")
            pages += _check_piece(objects)
            _check_pages(pages)


def _check_piece(data: Bytes) -> int:
    """Refuse active content in ``data`` and return how many pages are defined in it."""
    if found := ACTIVE.search(data):
        raise Unreadable("unreadable.pdf_active", what=(found[1] or found[2]).decode())
    for match in ESCAPED_NAME.finditer(data):
        name = ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), match[0])
        # No program writes plain letters as escapes: whoever does hides the name.
        if ACTIVE.match(name) or name in {b"/ObjStm", b"/Encrypt", b"/EF"}:
            raise Unreadable("unreadable.pdf_active", what=name[1:].decode("ascii", "replace"))
    pages = 0
    for pages, _ in enumerate(PAGE.finditer(data), 1):
        _check_pages(pages)
    return pages


def _check_pages(pages: int) -> None:
    if pages > PAGES_MAX:
        raise Unreadable("unreadable.too_many_pages", pages=pages, limit=PAGES_MAX)


def _object_stream(data: mmap.mmap, at: int) -> bytes:
    """Inflate the object stream whose type name stands at ``at``, at most ``OBJECT_STREAM_MAX`` bytes."""
    start = STREAM.search(data, at, at + DICTIONARY_MAX)
    if start is None:
        return b""
    inflater = zlib.decompressobj()
    try:
        objects = inflater.decompress(data[start.end() :], OBJECT_STREAM_MAX)
    except zlib.error as error:
        raise Unreadable("unreadable.damaged", detail=f"object stream: {error}") from error
    if inflater.unconsumed_tail:
        raise Unreadable("unreadable.zip_bomb", part="ObjStm")
    return objects
