"""Where the lines of a long title break: between words, evenly, no line longer than the one above it.

GB/T 9704-2012, 7.3.1 asks for whole words on each line and a shape like a trapezium or a rhombus.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import rjieba

MOST_LINES = 4
_NOT_FIRST = frozenset("的和与及等了之、，。：；！？）》”’』」〉%—年月日号度类")
_NOT_LAST = frozenset("（《“‘『「〈第在于和与及对")


def title_lines(title: str, room: float) -> tuple[str, ...]:
    """The lines of ``title`` where each has room for so many characters; one if it fits or breaks badly."""
    least = math.ceil(width(title) / room)
    for count in range(max(least, 2), min(least + 1, MOST_LINES) + 1) if least > 1 else ():
        choices = [lines for lines in _broken(title, count) if max(map(width, lines)) <= room]
        if choices:
            return min(choices, key=_unevenness)
    return (title,)


def width(words: str) -> float:
    """Width in characters: figures and Latin letters take about half of one, a quarter parts them from Chinese."""
    parted = sum(left.isalnum() and right.isalnum() and left.isascii() != right.isascii()
                 for left, right in pairwise(words))  # fmt: skip
    return sum(0.5 if sign.isascii() else 1.0 for sign in words) + parted / 4


def _broken(title: str, count: int) -> Iterator[tuple[str, ...]]:
    for breaks in combinations(_between_words(title), count - 1):
        edges = (0, *breaks, len(title))
        yield tuple(title[start:end] for start, end in pairwise(edges))


def _between_words(title: str) -> list[int]:
    places, at = [], 0
    for word in rjieba.cut(title):
        if at and title[at] not in _NOT_FIRST and title[at - 1] not in _NOT_LAST:
            places.append(at)
        at += len(word)
    return places


def _unevenness(lines: Sequence[str]) -> tuple[float, float]:
    """How much lower lines stick out, then how far the lines are from equal."""
    widths = [width(line) for line in lines]
    sticks_out = sum(max(0.0, below - above) for above, below in pairwise(widths))
    mean = sum(widths) / len(widths)
    return sticks_out, sum((one - mean) ** 2 for one in widths)
