"""JPEG and PNG without EXIF, comments and texts: by their own structure, the picture itself untouched."""

from collections.abc import Iterator

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
START_OF_SCAN, END, COMMENT = 0xDA, 0xD9, 0xFE
APPLICATIONS = frozenset(range(0xE0, 0xF0))
KEPT_APPLICATIONS = frozenset({0xE0, 0xEE})  # JFIF, and Adobe's, without which colours turn
STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
IN_SCANS = frozenset({0x00, *range(0xD0, 0xD8)})
HEAD, BOX = 4, 8
"""Bytes of marker and length before what a segment holds; of length and kind before what a box holds."""
TELLING_BOXES = frozenset({b"xml ", b"uuid", b"uinf"})
TELLING = frozenset({b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"})


def clean_picture(content: bytes) -> bytes:
    """Return a picture without what it tells of its maker.

    Raises:
        ValueError: it is neither JPEG nor PNG, or broken.
    """
    if content.startswith(JPEG):
        return b"".join(_jpeg(content))
    if content.startswith(PNG):
        return b"".join(_png(content))
    raise ValueError("neither JPEG nor PNG")


def telling_segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield where a JPEG tells something before it begins to draw, from after the length of a segment to its end.

    Raises:
        ValueError: it is broken before that.
    """
    for place, end, tells in _segments(content, to_its_end=False):
        if tells and end - place > HEAD:
            yield place + HEAD, end


def telling_boxes(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield where a JPEG 2000 tells something: what its boxes of XML and of other programs hold."""
    place = 0
    while place + BOX <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        if length < BOX:
            return  # the rest of the file, or a long one: the picture itself
        if content[place + 4 : place + BOX] in TELLING_BOXES:
            yield place + BOX, min(place + length, len(content))
        place += length


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Segment by segment to the end mark; pictures and texts that some cameras append stay behind."""
    yield JPEG
    for place, end, tells in _segments(content):
        if not tells:
            yield content[place:end]


def _segments(content: bytes, *, to_its_end: bool = True) -> Iterator[tuple[int, int, bool]]:
    """Yield where each segment of a JPEG begins and ends, the end mark as well; does it tell of whoever made it?"""
    place = len(JPEG)
    while place + 2 <= len(content):
        if content[place] != 0xFF:
            raise ValueError("no marker where one has to be")
        marker = content[place + 1]
        if marker == END:
            yield place, place + 2, False
            return
        if marker == 0xFF or marker in STANDALONE:
            place += 1 if marker == 0xFF else 2
            continue
        if marker == START_OF_SCAN and not to_its_end:
            return
        end = _end_of_segment(content, place)
        if marker == START_OF_SCAN:
            end = _end_of_scan(content, end)
        yield place, end, marker == COMMENT or marker in APPLICATIONS - KEPT_APPLICATIONS
        place = end
    raise ValueError("the picture does not end")


def _end_of_segment(content: bytes, place: int) -> int:
    length = int.from_bytes(content[place + 2 : place + 4], "big")
    if length < 2 or place + 2 + length > len(content):
        raise ValueError("a segment without a length")
    return place + 2 + length


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the drawn lines end: at the next marker that is no restart and no 0xFF of the picture itself."""
    while (place := content.find(b"\xff", place)) >= 0 and place + 1 < len(content):
        if content[place + 1] not in IN_SCANS:
            return place
        place += 2
    raise ValueError("the picture does not end")


def _png(content: bytes) -> Iterator[bytes]:
    yield PNG
    place = len(PNG)
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        kind = content[place + 4 : place + 8]
        end = place + 12 + length
        if end > len(content):
            break
        if kind not in TELLING:
            yield content[place:end]
        if kind == b"IEND":
            return
        place = end
    raise ValueError("the picture does not end")
