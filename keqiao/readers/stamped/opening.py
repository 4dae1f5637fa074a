"""Opens a picture or a PDF as pictures in red, green and blue, bounded before anything is decoded."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from keqiao.readers.unreadable import Unreadable

FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")
SIDE_MAX: Final = 4000
"""Pixels of the longer side that are looked at: 13 to a millimetre of A4, more than any code needs."""
PIXELS_MAX: Final = 60_000_000
JPEG_PIXELS_MAX: Final = (
    250_000_000  # a JPEG is decoded at a half or a quarter at once; phones make 200 megapixels
)
SHEETS_MAX: Final = 20
DOTS_PER_INCH: Final = 200
POINTS_PER_INCH: Final = 72

Image.MAX_IMAGE_PIXELS = None  # bounded here, by format, and by the memory of the child


def sheets_of_pdf(path: Path) -> Iterator[Image.Image]:
    """Give each page of a PDF as a picture.

    Raises:
        Unreadable: it has too many pages.
    """
    with pypdfium2.PdfDocument(path) as document:
        if len(document) > SHEETS_MAX:
            raise Unreadable("unreadable.too_many_pages", pages=len(document), limit=SHEETS_MAX)
        for page in document:
            scale = min(DOTS_PER_INCH / POINTS_PER_INCH, SIDE_MAX / max(*page.get_size(), 1))
            yield page.render(scale=scale).to_pil().convert("RGB")


def sheets_of_picture(path: Path) -> Iterator[Image.Image]:
    """Give each picture of a file (a TIFF of a scanner can hold several), turned as the camera says.

    Raises:
        Unreadable: it is of another format, too large, or holds too many.
    """
    try:
        opened = Image.open(path, formats=FORMATS)
    except UnidentifiedImageError as unknown:
        raise Unreadable("unreadable.no_page_picture", kind="picture") from unknown
    with opened:
        count = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
        if count > SHEETS_MAX:
            raise Unreadable("unreadable.too_many_pages", pages=count, limit=SHEETS_MAX)
        for number in range(count):
            opened.seek(number)
            yield _decoded(opened)


def _decoded(opened: Image.Image) -> Image.Image:
    width, height = opened.size
    most = JPEG_PIXELS_MAX if opened.format == "JPEG" else PIXELS_MAX
    if width * height > most:
        raise Unreadable("unreadable.picture_too_large", width=width, height=height, limit=most // 1_000_000)
    if opened.format == "JPEG":
        opened.draft("RGB", (SIDE_MAX // 2, SIDE_MAX // 2))  # at least that size, as the format allows
    factor = -(-max(opened.size) // SIDE_MAX)
    picture = opened.reduce(factor) if factor > 1 else opened
    turned = ImageOps.exif_transpose(picture) or picture
    return _on_white(turned)


def _on_white(picture: Image.Image) -> Image.Image:
    """What is transparent is paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, seen).convert("RGB")
    return picture.convert("RGB")
