"""Is red of a seal to be seen? Told by shape: a ring or a frame of the size of a seal, with ink inside.

Official seals are round, 38 to 58 mm, or oval; seals of names are squares of 14 to 30 mm (sizes of offices:
国发〔1999〕25号). Lines, stripes and words in red are none; what is compact and red but has no clear rim is unclear.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from keqiao.core.forms.signature_page import Place
from keqiao.readers.stamped.ink import CELLS_PER_MM, Bools
from keqiao.readers.stamped.patches import patches_of
from keqiao.readers.stamped.rings import outside_of, rings_in
from keqiao.readers.stamped.seen import Appearance

Points = NDArray[np.float64]

LEAST_MM: Final = 11.0
MOST_MM: Final = 66.0
SLIMMEST: Final = 0.42
RIM_MM: Final = 1.6
SECTORS: Final = 48
CLEAR_RIM: Final = 0.70
HALF_RIM: Final = 0.48
INSIDE: Final = 0.14
"""Least share of the ink that stands inside the rim: a ring drawn with a red pen has none."""
LEAST_INK: Final = 0.05
MOST_OF_SPILL_MM: Final = 14.0
LEAST_POINTS: Final = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """Red that belongs together: its middle in millimetres of the sheet, and whether it looks like a seal."""

    x: float
    y: float
    appearance: Appearance


def marks_on(red: Bools) -> list[Mark]:
    """Return the red marks on a sheet that are seals, or might be."""
    return [mark for points in patches_of(red, LEAST_MM / 2) for mark in _marks(points)]


def _marks(points: Points) -> Iterator[Mark]:
    """What a patch of red is: one seal, or several that touch each other, or none."""
    appearance = _judged(points)
    rings = [] if appearance is Appearance.YES else rings_in(points)
    for ring in rings:
        yield _mark(ring.middle, Appearance.YES)
    if rings:
        points = outside_of(rings, points)
        appearance = _judged(points) if len(points) >= LEAST_POINTS else Appearance.NO
    if appearance is not Appearance.NO:
        yield _mark(points.mean(axis=0), appearance)


def _mark(middle: Points, appearance: Appearance) -> Mark:
    return Mark(float(middle[0]), float(middle[1]), appearance)


def seals_in(boxes: Sequence[Place], marks: Sequence[Mark]) -> tuple[Appearance, ...]:
    """Return for each box whether a seal is seen there; a mark belongs to the box in or nearest to which it is."""
    seen = [Appearance.NO] * len(boxes)
    for mark in marks:
        distances = [_outside(box, mark) for box in boxes]
        nearest = int(np.argmin(distances))
        if distances[nearest] <= MOST_OF_SPILL_MM and seen[nearest] is not Appearance.YES:
            seen[nearest] = mark.appearance
    return tuple(seen)


def _outside(box: Place, mark: Mark) -> float:
    across = max(box.x - mark.x, 0.0, mark.x - box.x - box.width)
    down = max(box.y - mark.y, 0.0, mark.y - box.y - box.height)
    return float(np.hypot(across, down))


def _judged(points: Points) -> Appearance:
    """Does red that belongs together look like a seal?"""
    turned, (width, height) = _upright(points)
    long, short = max(width, height), min(width, height)
    if short < LEAST_MM or long > MOST_MM or short / long < SLIMMEST:
        return Appearance.NO
    inked = len(points) / CELLS_PER_MM**2 / (width * height)
    if inked < LEAST_INK:
        return Appearance.NO
    half = np.array([width, height]) / 2
    rim = max(_rim(turned, half, is_round=True), _rim(turned, half, is_round=False))
    inside = _inside(turned, half)
    if rim >= CLEAR_RIM and inside >= INSIDE:
        return Appearance.YES
    return Appearance.UNCLEAR if rim >= HALF_RIM else Appearance.NO


def _upright(points: Points) -> tuple[Points, tuple[float, float]]:
    """The points around their middle, turned so that they take the least room; and how much they take."""
    best: tuple[float, Points, tuple[float, float]] | None = None
    for angle in np.radians(np.arange(0, 90, 5)):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        turned = points @ turn
        low, high = np.percentile(turned, 0.5, axis=0), np.percentile(turned, 99.5, axis=0)
        size = high - low
        if best is None or size[0] * size[1] < best[0]:
            best = (float(size[0] * size[1]), turned - (low + high) / 2, (float(size[0]), float(size[1])))
    assert best is not None  # noqa: S101  there is more than one angle
    return best[1], best[2]


def _rim(points: Points, half: Points, *, is_round: bool) -> float:
    """The share of the directions in which there is ink on the rim of an ellipse or a rectangle of this size."""
    relative = points / half
    far = np.linalg.norm(relative, axis=1) if is_round else np.abs(relative).max(axis=1)
    on_rim = np.abs(far - 1) <= RIM_MM / float(half.min())
    angles = np.arctan2(relative[on_rim, 1], relative[on_rim, 0])
    sectors = np.floor((angles + np.pi) / (2 * np.pi) * SECTORS).astype(int) % SECTORS
    return len(np.unique(sectors)) / SECTORS


def _inside(points: Points, half: Points) -> float:
    """The share of the ink that stands well inside the rim."""
    far = np.abs(points / half).max(axis=1)
    near = np.linalg.norm(points / half, axis=1)
    return float(((far < 0.8) & (near < 0.85)).mean())
