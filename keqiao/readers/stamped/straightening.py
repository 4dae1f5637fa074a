"""Straightens a picture of a signature page by the corners of its codes: a projection from the sheet to the picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from keqiao.core.forms.signature_page import CODES, HEIGHT, WIDTH
from keqiao.readers.stamped.codes import Found

Matrix = NDArray[np.float64]
Points = NDArray[np.float64]

FAR_OFF_MM: Final = 4.0
"""A code that stands further from its place than paper bends was read wrongly, or is no part of this sheet."""


@dataclass(frozen=True, slots=True)
class Straight:
    """How a sheet lies in a picture: ``matrix`` leads from its millimetres to the pixels; ``codes`` were used."""

    matrix: Matrix
    codes: int

    def pixels(self, points: Iterable[tuple[float, float]]) -> Points:
        """Return where points of the sheet are in the picture."""
        return _projected(self.matrix, np.array(list(points), dtype=np.float64))


def lie_of(found: Sequence[Found]) -> Straight:
    """Return how the sheet lies whose codes these are: one at least.

    Raises:
        numpy.linalg.LinAlgError: they stand in one line, so that nothing lies as they say.
    """
    kept = list(found)
    matrix = _fit(kept)
    while len(kept) > 2:
        errors = [_error(matrix, each) for each in kept]
        worst = int(np.argmax(errors))
        if errors[worst] <= FAR_OFF_MM:
            break
        kept.pop(worst)
        matrix = _fit(kept)
    return Straight(matrix, len(kept))


def straightened(picture: Image.Image, lie: Straight, per_mm: float) -> Image.Image:
    """Return the sheet alone, upright, with ``per_mm`` pixels to a millimetre; white where the picture ends."""
    size = (round(WIDTH * per_mm), round(HEIGHT * per_mm))
    corners = lie.pixels([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)])
    edges = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    factor = max(1, int(edges.max() / (HEIGHT * per_mm)))  # else fine lines would be skipped, not averaged
    source = picture.reduce(factor) if factor > 1 else picture
    shrink = np.diag([1 / factor, 1 / factor, 1.0])
    grow = np.diag([1 / per_mm, 1 / per_mm, 1.0])
    whole = shrink @ lie.matrix @ grow
    whole /= whole[2, 2]
    return source.transform(
        size,
        Image.Transform.PERSPECTIVE,
        data=tuple(whole.flatten()[:8]),
        resample=Image.Resampling.BILINEAR,
        fillcolor=(255, 255, 255),
    )


def _fit(found: Sequence[Found]) -> Matrix:
    """The projection with the least squares of what is left over, in coordinates that are near one."""
    sheet = np.array([corner for each in found for corner in CODES[each.code.corner].corners])
    picture = np.concatenate([each.corners for each in found])
    to_unit, from_unit = _unit(sheet), _unit(picture)
    rows = [
        row
        for (x, y), (u, v) in zip(_projected(to_unit, sheet), _projected(from_unit, picture), strict=True)
        for row in (
            (x, y, 1, 0, 0, 0, -u * x, -u * y, -u),
            (0, 0, 0, x, y, 1, -v * x, -v * y, -v),
        )
    ]
    _, _, directions = np.linalg.svd(np.array(rows, dtype=np.float64))
    fitted: Matrix = np.linalg.inv(from_unit) @ directions[-1].reshape(3, 3) @ to_unit
    fitted /= fitted[2, 2]
    return fitted


def _unit(points: Points) -> Matrix:
    """The move and the scale that bring points around zero and near one."""
    middle = points.mean(axis=0)
    scale = 1.0 / max(float(np.abs(points - middle).mean()), 1e-9)
    return np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1.0]])


def _error(matrix: Matrix, found: Found) -> float:
    """How far a code stands from its place, in millimetres of the sheet."""
    back: Matrix = np.linalg.inv(matrix).astype(np.float64)
    seen = _projected(back, found.corners)
    place = np.array(CODES[found.code.corner].corners)
    return float(np.linalg.norm(seen - place, axis=1).mean())


def _projected(matrix: Matrix, points: Points) -> Points:
    ahead = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    flat: Points = ahead[:, :2] / ahead[:, 2:3]
    return flat
