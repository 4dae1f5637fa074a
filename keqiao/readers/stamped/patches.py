"""Red that belongs together on a sheet: parted into patches, each with its outline."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from keqiao.readers.stamped.ink import CELLS_PER_MM, Bools

Points = NDArray[np.float64]

JOINED_MM: Final = 2.5
"""Red that is no further apart belongs together: worn seals have gaps."""
REACH: Final = round(JOINED_MM * CELLS_PER_MM / 2)


def patches_of(red: Bools, least_mm: float) -> Iterator[Points]:
    """Give the red that belongs together, each as points in millimetres, but none narrower than ``least_mm``."""
    labels = _labels(_grown(red, REACH))
    ys, xs = np.nonzero(red)
    of_points = labels[ys, xs]
    points = np.column_stack([xs + 0.5, ys + 0.5]) / CELLS_PER_MM
    order = np.argsort(of_points, kind="stable")
    edges = np.flatnonzero(np.diff(of_points[order])) + 1
    for part in np.split(points[order], edges):
        if len(part) and min(np.ptp(part, axis=0)) >= least_mm:
            yield part


def _grown(red: Bools, reach: int) -> Bools:
    grown = red.copy()
    for axis in (0, 1):
        once = grown.copy()
        for step in range(1, reach + 1):
            once |= _moved(grown, step, axis) | _moved(grown, -step, axis)
        grown = once
    return grown


def _moved(cells: Bools, step: int, axis: int) -> Bools:
    moved = np.roll(cells, step, axis=axis)
    edge: list[slice] = [slice(None), slice(None)]
    edge[axis] = slice(0, step) if step > 0 else slice(step, None)
    moved[tuple(edge)] = False
    return moved


def _labels(cells: Bools) -> NDArray[np.int64]:
    """A number for each cell, the same for cells that touch along a path: the least spreads until all is still."""
    numbers = np.arange(1, cells.size + 1, dtype=np.int64).reshape(cells.shape)
    far = np.int64(cells.size + 1)
    labels = np.where(cells, numbers, far)
    while True:
        before = labels
        for axis in (0, 1):
            for flip in (False, True):
                labels = _spread(labels, cells, far, axis, flip=flip)
        if np.array_equal(before, labels):
            return labels


def _spread(
    labels: NDArray[np.int64], cells: Bools, far: np.int64, axis: int, *, flip: bool
) -> NDArray[np.int64]:
    """The least label along each run of cells, in one direction."""
    turned = np.flip(labels, axis) if flip else labels
    inside = np.flip(cells, axis) if flip else cells
    runs = np.cumsum(~inside, axis=axis)  # constant along a run
    # Within a run the least so far: labels of later runs are made smaller than all of earlier ones, then put back.
    lifted = np.where(inside, turned, far) - runs * (far + 1)
    least = np.minimum.accumulate(lifted, axis=axis) + runs * (far + 1)
    found = np.where(inside, least, far)
    return np.flip(found, axis) if flip else found


def outline_of(points: Points) -> Points:
    """Return those of the points of one patch that look outwards: its rings and frames, not what stands in them."""
    pad = 2 * REACH + 2
    origin = np.floor(points.min(axis=0) * CELLS_PER_MM).astype(int) - pad
    places = np.floor(points * CELLS_PER_MM).astype(int) - origin
    cells = np.zeros(tuple(places.max(axis=0)[::-1] + pad + 1), dtype=bool)
    cells[places[:, 1], places[:, 0]] = True
    around = ~_grown(cells, REACH)
    labels = _labels(around)
    near = _grown(around & (labels == labels[0, 0]), REACH + 1)
    outward: Points = points[near[places[:, 1], places[:, 0]]]
    return outward
