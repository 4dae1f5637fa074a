"""Finds the line of headings in a sheet: below titles, over one line or two, with merged cells."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from keqiao.readers.tables.grids import Grid

LINES_SEARCHED: Final = 30
_MARKS: Final = re.compile(r"[*＊]|[（(](必填|选填|可选|required|optional)[）)]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the columns stand: ``columns`` by key, from 0; rows from ``first_row`` on hold data.

    ``unknown`` are headings of no column, ``twice`` those of one column that stand there again.
    """

    columns: Mapping[str, int]
    first_row: int
    unknown: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


def find_headings(grid: Grid, names: Mapping[str, Sequence[str]]) -> Headings:
    """Return the headings that fit best; ``names`` gives each column's key its possible headings.

    A sheet without any of them has no columns.
    """
    keys = {heading_key(name): key for key, each in names.items() for name in each}
    best = Headings({}, 0)
    for row in range(min(LINES_SEARCHED, len(grid.rows))):
        for labels, depth in ((_single(grid, row), 1), (_double(grid, row), 2)):
            found = _headings(labels, keys, row + depth)
            if len(found.columns) > len(best.columns):
                best = found
    return best


def heading_key(text: str) -> str:
    """Return a heading without what does not tell it from others: spaces, width, stars, 必填."""
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", text))
    return re.sub(r"\s", "", plain).casefold()


def _headings(labels: list[str], keys: Mapping[str, str], first_row: int) -> Headings:
    columns: dict[str, int] = {}
    unknown, twice = [], []
    for place, label in enumerate(labels):
        key = keys.get(heading_key(label))
        if key is None:
            unknown += [label] if label else []
        elif key in columns:
            twice.append(label)
        else:
            columns[key] = place
    return Headings(columns, first_row, tuple(unknown), tuple(twice))


def _single(grid: Grid, row: int) -> list[str]:
    return [cell.text for cell in grid.rows[row]]


def _double(grid: Grid, row: int) -> list[str]:
    """Two lines as one: what stands in the lower line, and in the upper one over cells merged downwards."""
    if row + 1 >= len(grid.rows):
        return []
    upper, lower = grid.rows[row], grid.rows[row + 1]
    over = {
        column
        for first, column, last, _ in grid.merges
        if first <= row < last <= row + 1 and column < len(upper)
    }
    width = max(len(upper), len(lower))
    return [grid.cell(row if place in over else row + 1, place).text for place in range(width)]
