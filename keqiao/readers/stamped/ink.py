"""Red ink on a straightened sheet, told by what paper and light do not do: a shadow darkens all colours alike, warm
light tints the paper too, red ink takes green and blue away from the paper around it.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

CELLS_PER_MM: Final = 2
"""Cells in which ink is told: half a millimetre; the ring of a seal is about one millimetre broad."""
PAPER_WINDOW_MM: Final = 32
PAPER_STEP_MM: Final = 12
PAPER_SHARE: Final = 75  # percentile: three quarters of a window may be printed, drawn or sealed over
LESS_GREEN: Final = 0.09
LESS_BLUE: Final = 0.05
LESS_OF_BOTH: Final = 0.12
"""Shares of the light of the paper that red ink takes away of green and of blue, beyond what it takes of red."""
GREY: Final = 2
"""Levels (of 255) between the colours of a dot that has none; the noise of a camera alone makes more."""
GREY_SHARE: Final = 99.9  # percentile


def has_colour(picture: Image.Image) -> bool:
    """Is there any colour in a picture? In a black-and-white copy red looks like any other ink."""
    dots = np.asarray(picture.convert("RGB"), dtype=np.int16)[::2, ::2]
    spread = dots.max(axis=2) - dots.min(axis=2)
    return float(np.percentile(spread, GREY_SHARE)) > GREY


def red_ink(sheet: Image.Image, per_mm: float) -> Bools:
    """Return where red ink is on a straightened sheet (``per_mm`` pixels a millimetre), in cells."""
    width = round(sheet.width / per_mm * CELLS_PER_MM)
    height = round(sheet.height / per_mm * CELLS_PER_MM)
    cells = np.asarray(sheet.resize((width, height), Image.Resampling.BOX), dtype=np.float32)
    share = cells / np.maximum(_paper(cells), 12.0)
    red, green, blue = np.moveaxis(share, 2, 0)
    less = np.minimum((red - green) / LESS_GREEN, (red - blue) / LESS_BLUE)
    both = red - (green + blue) / 2
    found: Bools = (less > 1) & (both > LESS_OF_BOTH)
    return found


def _paper(cells: Floats) -> Floats:
    """The colour of the paper as it is lit in each place: the bright part of a wide window around it."""
    step, reach = PAPER_STEP_MM * CELLS_PER_MM, PAPER_WINDOW_MM * CELLS_PER_MM // 2
    rows = range(step // 2, cells.shape[0], step)
    columns = range(step // 2, cells.shape[1], step)
    tiles = np.empty((len(rows), len(columns), 3), dtype=np.float32)
    for i, y in enumerate(rows):
        for j, x in enumerate(columns):
            window = cells[max(0, y - reach) : y + reach, max(0, x - reach) : x + reach]
            tiles[i, j] = np.percentile(window.reshape(-1, 3), PAPER_SHARE, axis=0)
    size = (cells.shape[1], cells.shape[0])
    planes = [
        Image.fromarray(np.ascontiguousarray(tiles[:, :, plane])).resize(size, Image.Resampling.BILINEAR)
        for plane in range(3)
    ]
    return np.stack([np.asarray(plane, dtype=np.float32) for plane in planes], axis=2)
