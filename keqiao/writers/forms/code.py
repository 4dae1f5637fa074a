"""The code on each page of a submitted form (QR, error correction M): an address as black and white modules."""

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4
"""Modules left white on each side (ISO/IEC 18004)."""

Matrix = tuple[tuple[bool, ...], ...]


def matrix(text: str) -> Matrix:
    """The modules row by row, black ones true, without the quiet zone.

    Raises:
        ValueError: the text is longer than such a code holds (2331 bytes).
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


def as_svg(text: str) -> str:
    """The code with its quiet zone as an SVG picture of one path; modules of one row that touch are one stroke."""
    rows = matrix(text)
    side = len(rows) + 2 * QUIET
    strokes = "".join(
        f"M{begins + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for begins, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path d="{strokes}" fill="#000"/></svg>'
    )


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where black modules begin in a row, and how many of them stand together."""
    found: list[tuple[int, int]] = []
    for x, is_black in enumerate(row):
        if is_black and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif is_black:
            found.append((x, 1))
    return found
