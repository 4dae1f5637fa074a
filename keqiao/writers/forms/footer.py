"""The foot of each page of a form in Word: its fingerprint, and where the paper can be checked, as words and as QR."""

import io
import struct
import zlib
from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import _Footer
from docx.shared import Mm, Pt

from keqiao.writers.forms.code import QUIET, matrix
from keqiao.writers.forms.imprint import Imprint
from keqiao.writers.notice import layout
from keqiao.writers.notice.page import FONTS, add_run

_DOTS = 4  # to a module
_WIDTH = Mm(16)
_SIZE = Pt(7.5)


def set_footer(document: Document, imprint: Imprint, form: str) -> None:
    """Add the line to the footers of all pages, below the page number: odd, even and first ones, of each section."""
    mark = imprint.mark(form) or form
    code = png(matrix(imprint.address)) if imprint.address else None
    for section in document.sections:
        section.footer_distance = Mm(8)
    for footer in _footers(document):
        written = footer.add_paragraph()
        written.alignment = WD_ALIGN_PARAGRAPH.CENTER
        written.paragraph_format.line_spacing = 1.0
        add_run(written, mark, FONTS[layout.FOOT], _SIZE)
        if code is not None:
            add_run(written, "　", FONTS[layout.FOOT], _SIZE).add_picture(io.BytesIO(code), width=_WIDTH)


def _footers(document: Document) -> Iterator[_Footer]:
    """Those of the first section, and of later ones the footers of their own."""
    for number, section in enumerate(document.sections):
        first = [section.first_page_footer] if section.different_first_page_header_footer else []
        for footer in (section.footer, section.even_page_footer, *first):
            if number == 0 or not footer.is_linked_to_previous:
                yield footer


def png(modules: Sequence[Sequence[bool]]) -> bytes:
    """A picture of the code, black on white, one bit for each dot."""
    wide = (len(modules) + 2 * QUIET) * _DOTS
    light = [False] * QUIET
    blank: list[list[bool]] = [[False] * (len(modules) + 2 * QUIET)] * QUIET
    lines = [*blank, *([*light, *row, *light] for row in modules), *blank]
    data = b"".join((b"\0" + _bits(line)) * _DOTS for line in lines)
    head = struct.pack(">IIBBBBB", wide, wide, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(data))
        + _chunk(b"IEND", b"")
    )


def _bits(line: Sequence[bool]) -> bytes:
    dots = "".join(("0" if dark else "1") * _DOTS for dark in line)
    dots = dots.ljust(-(-len(dots) // 8) * 8, "1")
    return int(dots, 2).to_bytes(len(dots) // 8, "big")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
