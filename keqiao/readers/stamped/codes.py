"""Finds the codes of signature pages in a picture, as it is, and smaller, sharper, without shadows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from keqiao.core.identifiers.page_code import CORNERS, PageCode, read_page_code

Grey = NDArray[np.uint8]
Points = NDArray[np.float64]

SMALLER_BY: Final = 2
SHADOW_SHARE: Final = 12
"""A shadow changes over more than a twelfth of the picture; a code does not."""


@dataclass(frozen=True, slots=True)
class Found:
    """A code and where it stands: the corners of its black and white in pixels, upper left first, clockwise."""

    code: PageCode
    corners: Points


def codes_in(picture: Image.Image) -> list[Found]:
    """Return the codes in a picture, each corner of each page once."""
    found: dict[PageCode, Found] = {}
    for scale, grey in _variants(picture.convert("L")):
        for each in read_codes(grey):
            found.setdefault(each.code, Found(each.code, each.corners * scale))
        if found and not _misses_corners(found):
            break
    return list(found.values())


def read_codes(grey: Grey) -> Iterator[Found]:
    """Give the codes of ours that stand in a grey picture."""
    read = zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        text_mode=zxingcpp.TextMode.Plain,
        try_invert=False,
    )
    for barcode in read:
        code = read_page_code(barcode.text)
        if code is not None:
            yield Found(code, _corners(barcode.position))


def _corners(position: zxingcpp.Position) -> Points:
    points = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return np.array([(point.x, point.y) for point in points], dtype=np.float64)


def _misses_corners(found: dict[PageCode, Found]) -> bool:
    """Is there a page of which not all codes were read?"""
    pages = {code.page for code in found}
    return len(found) < CORNERS * len(pages)


def _variants(grey: Image.Image) -> Iterator[tuple[float, Grey]]:
    """The picture in the ways in which it is tried, the cheapest first, each with its scale."""
    yield 1.0, _array(grey)
    even = without_shadow(grey)
    yield 1.0, _array(even)
    yield float(SMALLER_BY), _array(even.reduce(SMALLER_BY))
    yield 1.0, _array(even.filter(ImageFilter.UnsharpMask(radius=4, percent=250, threshold=2)))
    larger = even.resize((even.width * 2, even.height * 2), Image.Resampling.BICUBIC)
    if max(larger.size) <= 2 * 2400:
        yield 0.5, _array(larger.filter(ImageFilter.UnsharpMask(radius=6, percent=200, threshold=2)))


def without_shadow(grey: Image.Image) -> Image.Image:
    """The picture as if all of its paper were equally bright."""
    small = grey.resize((max(1, grey.width // 8), max(1, grey.height // 8)), Image.Resampling.BOX)
    size = max(3, max(small.size) // SHADOW_SHARE | 1)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.BoxBlur(size / 2))
    light = np.asarray(paper.resize(grey.size, Image.Resampling.BILINEAR), dtype=np.float32)
    even = np.asarray(grey, dtype=np.float32) * (235.0 / np.maximum(light, 8.0))
    return Image.fromarray(np.clip(even, 0, 255).astype(np.uint8))


def _array(picture: Image.Image) -> Grey:
    return np.ascontiguousarray(picture, dtype=np.uint8)
