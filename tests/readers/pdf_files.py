"""Makes small PDF files by hand: every glyph and every rule at a known place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

WIDTH, HEIGHT, SIZE = 595, 842, 16
LEFT, RIGHT, TOP, PITCH = 79, 527, 105, 28  # 28 characters of 16 points, as offices set their pages


@dataclass
class PdfPage:
    """One page: texts at (x, distance from the top), rules as (x0, top, x1, bottom)."""

    texts: list[tuple[float, float, str]] = field(default_factory=list)
    large: list[tuple[float, float, str, float]] = field(default_factory=list)  # the last is the size
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)

    def line(self, text: str, row: float, indent: float = 0) -> "PdfPage":
        """Print a line in the text column: ``row`` counts pitches, ``indent`` characters."""
        self.texts.append((LEFT + indent * SIZE, TOP + row * PITCH, text))
        return self

    def title(self, text: str, row: float, size: float = 22) -> "PdfPage":
        """Print a centred line in larger letters."""
        middle = (LEFT + RIGHT) / 2
        self.large.append((middle - len(text) * size / 2, TOP + row * PITCH, text, size))
        return self

    def box(self, x0: float, top: float, x1: float, bottom: float, text: str = "") -> "PdfPage":
        """Print a ruled cell with a text at its top."""
        self.rules += [
            (x0, top, x1, top),
            (x0, bottom, x1, bottom),
            (x0, top, x0, bottom),
            (x1, top, x1, bottom),
        ]
        for number, line in enumerate(text.split("\n") if text else []):
            self.texts.append((x0 + 5, top + 4 + number * (SIZE + 4), line))
        return self

    def stream(self) -> bytes:
        """The page as drawing operators."""
        drawn = [f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S" for x0, y0, x1, y1 in self.rules]
        for x, top, text, size in [*((*each, SIZE) for each in self.texts), *self.large]:
            encoded = text.encode("utf-16-be").hex()
            drawn.append(f"BT /F1 {size} Tf {x} {HEIGHT - top - size} Td <{encoded}> Tj ET")
        return "\n".join(drawn).encode()


FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ << "
    "/Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo << /Registry (Adobe) "
    "/Ordering (GB1) /Supplement 4 >> /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 "
    "/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >> ] >>"
)


def pdf(
    path: Path, pages: Sequence[PdfPage], *, catalog: str = "", objects: Sequence[str] = (), trailer: str = ""
) -> Path:
    """Write the pages; ``catalog``, ``objects`` and ``trailer`` add entries to the file."""
    return pdf_of_streams(path, [page.stream() for page in pages], catalog, objects, trailer)


def pdf_of_streams(
    path: Path, streams: Sequence[bytes], catalog: str = "", objects: Sequence[str] = (), trailer: str = ""
) -> Path:
    """Write one page for each content stream; object 1 is the catalogue, 3 the font, 4 and up the rest."""
    kids = [4 + 2 * number for number in range(len(streams))]
    bodies: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode(),
        3: FONT.encode(),
    }
    for kid, stream in zip(kids, streams, strict=True):
        bodies[kid] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {kid + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        bodies[kid + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    for extra in objects:
        bodies[len(bodies) + 1] = extra.encode("latin-1")
    return path_with(path, bodies, trailer)


def path_with(path: Path, bodies: dict[int, bytes], trailer: str) -> Path:
    """Write objects with their cross-reference table."""
    data, offsets = b"%PDF-1.7\n", {}
    for number, body in bodies.items():
        offsets[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    data += b"".join(b"%010d 00000 n \n" % offsets[number] for number in sorted(bodies))
    data += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(bodies) + 1, trailer.encode())
    path.write_bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)
    return path
