"""Presses invented seals on a printed signature page, as an office would: one in each box."""

import math
from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw

from keqiao.core.forms.signature_page import Place, boxes

DOTS_PER_MM = 8  # about 200 to the inch
POINTS_PER_MM = 72 / 25.4
ACROSS_MM, RING_MM, STAR_MM = 40, 1.2, 18
SIGNS, SIGN_MM, SIGNS_AT_MM = 14, 3.2, 15
"""The words of a seal stand between its ring and its star: so many signs, this large, so far from the middle."""
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
    """A ring with signs and a disc in it, over the lower part of the box, where the page asks for the seal."""
    draw = ImageDraw.Draw(picture)
    across = min(ACROSS_MM, place.height)
    middle = place.x + place.width / 2, place.y + place.height - across / 2
    smaller = across / ACROSS_MM
    draw.ellipse(_around(middle, across), outline=INK, width=round(RING_MM * DOTS_PER_MM))
    draw.ellipse(_around(middle, STAR_MM * smaller), fill=INK)
    for number in range(SIGNS):
        angle = 2 * math.pi * number / SIGNS
        aside = SIGNS_AT_MM * smaller * math.cos(angle), SIGNS_AT_MM * smaller * math.sin(angle)
        at = middle[0] + aside[0], middle[1] + aside[1]
        draw.rectangle(_around(at, SIGN_MM * smaller), fill=INK)


def _around(middle: tuple[float, float], across: float) -> tuple[float, float, float, float]:
    """The corners of a square, in dots."""
    left, top = middle[0] - across / 2, middle[1] - across / 2
    return left * DOTS_PER_MM, top * DOTS_PER_MM, (left + across) * DOTS_PER_MM, (top + across) * DOTS_PER_MM
