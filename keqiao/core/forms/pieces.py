"""Three-way joining of sequences: paragraphs of a text, rows of a list. What both sides left alone aligns the rest."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_PIECES = 200
"""Longer sequences are not aligned: the work grows with their cube, and nobody reads such a comparison."""

Pieces = Sequence[Hashable]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the base with what either side made of it, as positions: (start, end) in base, mine and theirs."""

    base: tuple[int, int]
    mine: tuple[int, int]
    theirs: tuple[int, int]


def aligned(base: Pieces, mine: Pieces, theirs: Pieces) -> tuple[Piece, ...] | None:
    """The stretches, changed and unchanged, that make up the three sequences in order; None where they are too long."""
    if max(len(base), len(mine), len(theirs)) > MOST_PIECES:
        return None
    return tuple(_stretches(base, mine, theirs))


def _stretches(base: Pieces, mine: Pieces, theirs: Pieces) -> Iterator[Piece]:
    here = (0, 0, 0)
    for kept in (*_kept_by_both(base, mine, theirs), (len(base), len(mine), len(theirs), 0)):
        *starts, length = kept
        if tuple(starts) != here:
            yield Piece((here[0], starts[0]), (here[1], starts[1]), (here[2], starts[2]))
        ends = tuple(start + length for start in starts)
        if length:
            yield Piece((starts[0], ends[0]), (starts[1], ends[1]), (starts[2], ends[2]))
        here = (ends[0], ends[1], ends[2])


def _kept_by_both(base: Pieces, mine: Pieces, theirs: Pieces) -> Iterator[tuple[int, int, int, int]]:
    """Where all three agree: (start in base, in mine, in theirs, length), in order."""
    ours = SequenceMatcher(None, base, mine, autojunk=False).get_matching_blocks()
    others = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    one = other = 0
    while one < len(ours) and other < len(others):
        left, right = ours[one], others[other]
        start, end = max(left.a, right.a), min(left.a + left.size, right.a + right.size)
        if start < end:
            yield start, left.b + start - left.a, right.b + start - right.a, end - start
        if left.a + left.size < right.a + right.size:
            one += 1
        else:
            other += 1
