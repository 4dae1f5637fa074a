"""Finds rings in a patch of red where seals touch or overlap: ellipses through points of its outline, tried many times.

The chance is the same each time: the same picture gives the same answer.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from keqiao.readers.stamped.patches import outline_of

Points = NDArray[np.float64]

TRIES: Final = 1200
TAKEN: Final = 60
LEAST_HALF_MM: Final = 11.0
MOST_HALF_MM: Final = 32.0
SLIMMEST: Final = 0.5
SECTORS: Final = 48
RIM_MM: Final = 1.2
CLEAR_RIM: Final = 0.72
INSIDE: Final = 0.12


@dataclass(frozen=True, slots=True)
class Ring:
    """An ellipse in millimetres: its middle, its half axes and the turn to them."""

    middle: Points
    half: Points
    turn: Points

    def relative(self, points: Points) -> Points:
        """Return points as seen from the ring: at distance 1 they stand on it."""
        seen: Points = (points - self.middle) @ self.turn / self.half
        return seen


def rings_in(points: Points) -> list[Ring]:
    """Return the rings with something inside in a patch of red, the clearest first; none stands on another."""
    candidates = [(_clear(ring, points), ring) for ring in _through(outline_of(points))]
    kept: list[Ring] = []
    for clear, ring in sorted(candidates, key=lambda each: -each[0]):
        if clear < CLEAR_RIM:
            break
        is_other = all(_apart(ring, each) for each in kept)
        if is_other and _filled(ring, points):
            kept.append(ring)
    return kept


def outside_of(rings: list[Ring], points: Points) -> Points:
    """Return the points that no ring takes in."""
    free = np.ones(len(points), dtype=bool)
    for ring in rings:
        free &= np.linalg.norm(ring.relative(points), axis=1) > 1 + 2 * RIM_MM / float(ring.half.min())
    return points[free]


def _through(outline: Points) -> list[Ring]:
    """Ellipses of the size of seals through five points at a time, those that meet most of the outline."""
    if len(outline) < 40:
        return []
    chance = np.random.default_rng(len(outline))
    picks = chance.integers(0, len(outline), size=(TRIES, 5))
    middle = outline.mean(axis=0)
    scale = float(np.abs(outline - middle).max())
    x, y = np.moveaxis((outline[picks] - middle) / scale, 2, 0)
    system = np.stack([x * x, x * y, y * y, x, y, np.ones_like(x)], axis=2)
    conics = np.linalg.svd(system)[2][:, -1, :]
    found = [ring for conic in conics if (ring := _ellipse(conic, middle, scale)) is not None]
    met = [float((np.abs(_far(ring, outline) - 1) < RIM_MM / ring.half.min()).mean()) for ring in found]
    best = np.argsort(met)[::-1][:TAKEN]
    return [found[number] for number in best]


def _ellipse(conic: Points, middle: Points, scale: float) -> Ring | None:
    """The ellipse of a conic section, if it is one of the size of a seal."""
    a, b, c, d, e, f = conic
    form = np.array([[a, b / 2], [b / 2, c]])
    determinant = float(np.linalg.det(form))
    if determinant <= 1e-9:
        return None
    centre = np.linalg.solve(2 * form, [-d, -e])
    level = -(f + (d * centre[0] + e * centre[1]) / 2)
    values, turn = np.linalg.eigh(form)
    squares = level / values
    if (squares <= 0).any():
        return None
    half = np.sqrt(squares) * scale
    if half.min() < LEAST_HALF_MM or half.max() > MOST_HALF_MM or half.min() / half.max() < SLIMMEST:
        return None
    return Ring(centre * scale + middle, half, turn)


def _far(ring: Ring, points: Points) -> Points:
    far: Points = np.linalg.norm(ring.relative(points), axis=1)
    return far


def _clear(ring: Ring, points: Points) -> float:
    """The share of the directions in which there is ink on the ring."""
    relative = ring.relative(points)
    on_ring = np.abs(np.linalg.norm(relative, axis=1) - 1) <= RIM_MM / float(ring.half.min())
    angles = np.arctan2(relative[on_ring, 1], relative[on_ring, 0])
    sectors = np.floor((angles + np.pi) / (2 * np.pi) * SECTORS).astype(int) % SECTORS
    return len(np.unique(sectors)) / SECTORS


def _filled(ring: Ring, points: Points) -> bool:
    """Is some of its ink well inside? A ring drawn with a red pen is empty."""
    far = _far(ring, points)
    held = far <= 1 + RIM_MM / float(ring.half.min())
    return bool((far[held] < 0.85).mean() >= INSIDE)


def _apart(one: Ring, other: Ring) -> bool:
    return float(np.linalg.norm(one.middle - other.middle)) > 0.6 * float(
        min(one.half.min(), other.half.min())
    )
