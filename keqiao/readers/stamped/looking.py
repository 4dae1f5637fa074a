"""Looks at each page of a file: its codes, how it lies, the sheet alone, and whether red of seals is in its boxes."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from keqiao.core.forms.signature_page import CODES, HEIGHT, MOST_BOXES, WIDTH, Place, boxes
from keqiao.core.identifiers.page_code import CORNERS
from keqiao.readers.stamped.codes import Found, codes_in, read_codes
from keqiao.readers.stamped.ink import has_colour, red_ink
from keqiao.readers.stamped.opening import sheets_of_pdf, sheets_of_picture
from keqiao.readers.stamped.seals import marks_on, seals_in
from keqiao.readers.stamped.seen import Appearance, PageSeen
from keqiao.readers.stamped.straightening import Straight, lie_of, straightened

OPENERS: Final[Mapping[str, Callable[[Path], Iterator[Image.Image]]]] = {
    "pdf": sheets_of_pdf,
    "picture": sheets_of_picture,
}
SHOWN_PER_MM: Final = 5.0
SHOWN_SIDE: Final = 1500
QUALITY: Final = 78
CLOSE_PER_MM: Final = 14.0
AROUND_MM: Final = 9.0
LEAST_CODES: Final = 2
"""With one code alone, the far end of the sheet is not known well enough to say what stands in which box."""


def pages_in(path: Path, kind: str) -> list[PageSeen]:
    """Return what is seen on each page of the file, in its order. ``kind`` is ``pdf`` or ``picture``.

    Raises:
        Unreadable: it is too large, or has too many pages.
    """
    sheets = enumerate(OPENERS[kind](path), start=1)
    return [page for number, sheet in sheets for page in pages_on(sheet, number)]


def pages_on(picture: Image.Image, number: int = 1) -> list[PageSeen]:
    """Return the signature pages in one picture; what has no code of ours is one page without a code."""
    found = codes_in(picture)
    by_page = groupby(sorted(found, key=_of_page), key=_of_page)
    pages = [_page(picture, number, list(codes)) for _, codes in by_page]
    return pages or [PageSeen(number, _jpeg(_shown(picture)))]


def _of_page(found: Found) -> tuple[str, str]:
    return found.code.page.hex, found.code.fingerprint


def _page(picture: Image.Image, number: int, found: list[Found]) -> PageSeen:
    lie = lie_of(found)
    if len(found) < CORNERS:
        found = [*found, *_looked_closer(picture, lie, found)]
        lie = lie_of(found)
    sheet = straightened(picture, lie, SHOWN_PER_MM)
    seals = _seals(picture, sheet, lie)
    return PageSeen(number, _jpeg(sheet), found[0].code, lie.codes, seals)


def _looked_closer(picture: Image.Image, lie: Straight, found: Sequence[Found]) -> Iterator[Found]:
    """The codes that were missed, looked for where they must be, large and straight."""
    page, corners = _of_page(found[0]), {each.code.corner for each in found}
    whole = straightened(picture, lie, CLOSE_PER_MM)
    for corner, place in enumerate(CODES):
        if corner in corners:
            continue
        left, top = max(0.0, place.x - AROUND_MM), max(0.0, place.y - AROUND_MM)
        right, below = place.x + place.width + AROUND_MM, place.y + place.height + AROUND_MM
        edges = (left, top, min(right, WIDTH), min(below, HEIGHT))
        x, y, end_x, end_y = (round(edge * CLOSE_PER_MM) for edge in edges)
        part = whole.crop((x, y, end_x, end_y)).convert("L")
        for each in read_codes(np.ascontiguousarray(part)):
            if _of_page(each) == page and each.code.corner == corner:
                on_sheet = each.corners / CLOSE_PER_MM + np.array([left, top])
                yield Found(each.code, lie.pixels(on_sheet.tolist()))


def _seals(picture: Image.Image, sheet: Image.Image, lie: Straight) -> dict[int, tuple[Appearance, ...]]:
    """What is seen in the boxes, for each number of boxes that a page can have."""
    places = {count: boxes(count) for count in range(1, MOST_BOXES + 1)}
    if lie.codes < LEAST_CODES or not has_colour(picture):
        return {count: (Appearance.UNCLEAR,) * count for count in places}
    marks = marks_on(red_ink(sheet, SHOWN_PER_MM))
    return {
        count: tuple(
            seen if seen is Appearance.YES or _is_inside(box, lie, picture) else Appearance.UNCLEAR
            for seen, box in zip(seals_in(stand, marks), stand, strict=True)
        )
        for count, stand in places.items()
    }


def _is_inside(box: Place, lie: Straight, picture: Image.Image) -> bool:
    """Does the picture show all of a box?"""
    corners = lie.pixels(box.corners)
    return bool((corners >= 0).all() and (corners <= np.array(picture.size)).all())


def _shown(picture: Image.Image) -> Image.Image:
    smaller = picture.copy()
    smaller.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    return smaller


def _jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
