"""Presses invented seals on a printed signature page, as an office would: one in each box."""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw

from keqiao.core.forms.signature_page import Place, boxes

DOTS_PER_MM = 8  # about 200 to the inch
POINTS_PER_MM = 72 / 25.4
ACROSS_MM, RING_MM, STAR_MM = 40, 1.2, 7
INK = (205, 35, 45)
QUALITY = 85


def sealed(pdf: bytes, count: int) -> bytes:
    """Return the first page of a PDF as a picture (JPEG), with a round seal in each of its ``count`` boxes."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=DOTS_PER_MM / POINTS_PER_MM).to_pil().convert("RGB")
    for place in boxes(count):
        _press(picture, place)
    written = BytesIO()
    picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _press(picture: Image.Image, place: Place) -> None:
    """A ring with a disc in it, over the lower part of the box, where the page asks for the seal."""
    draw = ImageDraw.Draw(picture)
    across = min(ACROSS_MM, place.height)
    middle = place.x + place.width / 2, place.y + place.height - across / 2
    draw.ellipse(_around(middle, across), outline=INK, width=round(RING_MM * DOTS_PER_MM))
    draw.ellipse(_around(middle, STAR_MM), fill=INK)


def _around(middle: tuple[float, float], across: float) -> tuple[float, float, float, float]:
    left, top = middle[0] - across / 2, middle[1] - across / 2
    return tuple(each * DOTS_PER_MM for each in (left, top, left + across, top + across))  # type: ignore[return-value]
