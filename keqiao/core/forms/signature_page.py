"""Where things stand on a signature page (盖章页), in millimetres: what prints it and what reads a photo of it agree.

A4 upright. A code stands in each corner, so that a photo can be turned and straightened; the boxes to sign and to seal
stand below the words, two in a row.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle: its left and upper edge, measured from the upper left corner of the sheet, and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Upper left, upper right, lower right, lower left."""
        right, below = self.x + self.width, self.y + self.height
        return (self.x, self.y), (right, self.y), (right, below), (self.x, below)


WIDTH: Final = 210.0
HEIGHT: Final = 297.0

CODES: Final = (
    Place(14, 14, 26, 26),
    Place(178, 14, 18, 18),
    Place(14, 265, 18, 18),
    Place(178, 265, 18, 18),
)
"""The black and white of the codes without their white margin, by corner. The first is large: it is still read where a
photo is small or unsharp. Printers leave at most 6 mm of an edge white."""

BOXES: Final = Place(20, 134, 170, 124)
"""Where the boxes stand."""
GAP: Final = 3.0
MOST_BOXES: Final = 6
TALLEST: Final = 60.0
"""A seal of 4 to 5 cm (国发〔1999〕25号) and the words beside it need no more."""


def boxes(count: int) -> tuple[Place, ...]:
    """Return the places of so many boxes, row by row from the left.

    Raises:
        ValueError: there is none, or there are more than ``MOST_BOXES``.
    """
    if not 1 <= count <= MOST_BOXES:
        raise ValueError(f"a page has 1 to {MOST_BOXES} boxes, not {count}")
    rows = -(-count // 2)
    width = (BOXES.width - GAP) / 2
    height = min(TALLEST, (BOXES.height - GAP * (rows - 1)) / rows)
    return tuple(
        Place(BOXES.x + column * (width + GAP), BOXES.y + row * (height + GAP), width, height)
        for row, column in (divmod(number, 2) for number in range(count))
    )
