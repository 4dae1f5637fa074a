"""The code on a signature page: which page, of which content, at which corner; short, versioned, with a check.

Twenty-five bytes: version and corner (4 bits each), the page's id (16), the first five of the fingerprint, and the
first three of the SHA-256 of all these. They are written as one number in the 45 signs that a QR code packs closest
(ISO/IEC 18004, alphanumeric mode), so that a code has 25 modules a side and survives a photo. It names nobody.
"""

import hashlib
from dataclasses import dataclass
from typing import Final
from uuid import UUID

VERSION: Final = 1
CORNERS: Final = 4
FINGERPRINT_BYTES: Final = 5
CHECK_BYTES: Final = 3
SIGNS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
BYTES: Final = 1 + 16 + FINGERPRINT_BYTES + CHECK_BYTES
LENGTH: Final = 37
"""Signs in a code: 45 to the power of 37 is more than 256 to the power of 25."""

_MOST: Final = 256**BYTES


@dataclass(frozen=True, slots=True)
class PageCode:
    """What one code says. ``corner`` counts from 0: top left, top right, bottom left, bottom right.

    ``fingerprint`` is the beginning of the content's SHA-256, ten hexadecimal digits.
    """

    page: UUID
    fingerprint: str
    corner: int


def page_code(page: UUID, fingerprint: str, corner: int) -> str:
    """Return the signs of the code at ``corner`` of a page. ``fingerprint`` is the SHA-256 in hexadecimal digits.

    Raises:
        ValueError: there is no such corner, or the fingerprint is none.
    """
    if corner not in range(CORNERS):
        raise ValueError(f"no corner {corner}: there are {CORNERS}")
    beginning = bytes.fromhex(fingerprint[: 2 * FINGERPRINT_BYTES])
    if len(beginning) < FINGERPRINT_BYTES:
        raise ValueError(f"too short for a fingerprint: {fingerprint!r}")
    said = bytes([VERSION << 4 | corner]) + page.bytes + beginning
    return _signs(int.from_bytes(said + _check(said)))


def read_page_code(signs: str) -> PageCode | None:
    """Return what a code says; None where it is no code of ours, of a later version, or damaged."""
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        return None
    number = _number(signs)
    if number >= _MOST:
        return None
    whole = number.to_bytes(BYTES)
    said, check = whole[:-CHECK_BYTES], whole[-CHECK_BYTES:]
    version, corner = said[0] >> 4, said[0] & 0xF
    if check != _check(said) or version != VERSION or corner >= CORNERS:
        return None
    return PageCode(UUID(bytes=said[1:17]), said[17:].hex(), corner)


def _check(said: bytes) -> bytes:
    return hashlib.sha256(said).digest()[:CHECK_BYTES]


def _signs(number: int) -> str:
    found = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(SIGNS))
        found.append(SIGNS[place])
    return "".join(reversed(found))


def _number(signs: str) -> int:
    number = 0
    for sign in signs:
        number = number * len(SIGNS) + SIGNS.index(sign)
    return number
