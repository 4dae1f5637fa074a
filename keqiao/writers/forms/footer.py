"""The foot of each page of a form in Word: its fingerprint, and where the paper can be checked, as words and as QR."""

import io
import struct
import zlib
from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from keqiao.writers.forms.code import QUIET, matrix
from keqiao.writers.forms.imprint import Imprint
from keqiao.writers.notice import layout
from keqiao.writers.notice.page import FONTS, add_run

_DOTS = 4  # to a module
_WIDTH = Mm(16)
_SIZE = Pt(7.5)


def set_footer(document: Document, imprint: Imprint, form: str) -> None:
    """Add the line to the footers of odd and even pages, below the page number."""
    mark = imprint.mark(form) or form
    section = document.sections[0]
    section.footer_distance = Mm(8)
    code = png(matrix(imprint.address)) if imprint.address else None
    for footer in (section.footer, section.even_page_footer):
        written = footer.add_paragraph()
        written.alignment = WD_ALIGN_PARAGRAPH.CENTER
        written.paragraph_format.line_spacing = 1.0
        add_run(written, mark, FONTS[layout.FOOT], _SIZE)
        if code is not None:
            add_run(written, "　", FONTS[layout.FOOT], _SIZE).add_picture(io.BytesIO(code), width=_WIDTH)


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
