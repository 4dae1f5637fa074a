"""What a filled form is expected to hold: its blanks with the labels beside them, and the words it says by itself."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from keqiao.core.forms.paper import Blank, Cell, Grid, Line, Paper, Role
from keqiao.core.forms.paper.row_numbers import is_row_number

_SPACE: Final = re.compile(r"[\s　 :：*＊]+")
ROWS_MAX: Final = 200
"""Rows of one list that are known by their marks; further ones are found like rows that were added."""
_ROLES_OF_LABELS: Final = frozenset({Role.LABEL, Role.HEAD})


def fold(words: str) -> str:
    """Words for comparing: without blanks, colons and stars."""
    return _SPACE.sub("", words)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A blank, with the label that stands left of it or above it, and the fixed words of its row.

    A gap inside words has the ``frame`` of all gaps there (``paper.gaps``) and its number among them.
    """

    blank: Blank
    left: str = ""
    above: str = ""
    row_words: tuple[str, ...] = ()
    frame: tuple[str, ...] = ()
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """The blanks in order, and everything that stands on the blank form, folded, line by line.

    ``by_mark`` finds a blank by its mark or tag, also in rows of lists that the blank form does not have. ``rows``: how
    many rows a list has on the office's own document, by field.
    """

    identity: str
    wanted: tuple[Wanted, ...]
    words: frozenset[str]
    by_mark: Mapping[str, Wanted]
    rows: Mapping[str, int] = field(default_factory=dict)


def expected_of(paper: Paper) -> Expected:
    """What a filled copy of this paper should hold."""
    found = [*_of_cover(paper), *wanted_in(paper.blocks)]
    return Expected(paper.identity, tuple(found), folded(paper.said()), marked(found))


def wanted_in(blocks: Iterable[Line | Grid]) -> Iterator[Wanted]:
    """The blanks of these grids with their labels."""
    for block in blocks:
        if isinstance(block, Grid):
            yield from _of_grid(block)


def marked(wanted: Sequence[Wanted]) -> dict[str, Wanted]:
    """The blanks by mark and tag; of a list with as many rows as anybody may fill."""
    last = {(each.blank.field, each.blank.part): each for each in wanted if each.blank.row is not None}
    more = (
        replace(each, blank=replace(each.blank, row=row), row_words=())
        for each in last.values()
        for row in range(each.blank.row or 0, ROWS_MAX)
    )
    return {mark: each for each in (*more, *wanted) for mark in (each.blank.mark, each.blank.tag)}


def folded(texts: Iterable[str]) -> frozenset[str]:
    """The texts and each of their lines, folded."""
    lines = (line for text in texts for line in (text, *text.split("\n")))
    return frozenset(filter(None, map(fold, lines)))


def _of_cover(paper: Paper) -> Iterator[Wanted]:
    for label, value in paper.cover.rows if paper.cover else ():
        if value.blank is not None:
            yield Wanted(value.blank, left=fold(label.words))


def _of_grid(grid: Grid) -> Iterator[Wanted]:
    places = placed(grid)
    heads = {at: cell for at, cell in places.items() if cell.role in _ROLES_OF_LABELS}
    for row_number, row in enumerate(grid.rows):
        fixed = (
            tuple(filter(_tells, (fold(c.words) for c in row.cells if c.blank is None)))
            if grid.headed
            else ()
        )
        column = -1
        for cell in row.cells:
            column = _column_of(cell, row_number, places, column + 1)
            if cell.blank is None:
                continue
            above = heads.get((0 if grid.headed else row_number - 1, column))
            if above is not None and above.role is Role.HEAD:
                yield Wanted(cell.blank, above=fold(above.words), row_words=fixed)
            else:
                beside = heads.get((row_number, column - 1))
                yield Wanted(cell.blank, left=fold(beside.words) if beside else "", row_words=fixed)


def _tells(words: str) -> bool:
    """Do the fixed words of a row tell it from others? Numbers of rows do not."""
    return bool(words) and not is_row_number(words)


def _column_of(cell: Cell, row: int, places: Mapping[tuple[int, int], Cell], begin: int) -> int:
    column = begin
    while places[(row, column)] is not cell:
        column += 1
    return column


def placed(grid: Grid) -> dict[tuple[int, int], Cell]:
    """The cell at each place of the grid, reaching cells at all of theirs."""
    found: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(grid.rows):
        column = 0
        for cell in row.cells:
            while (number, column) in found:
                column += 1
            for down in range(cell.down):
                found |= {(number + down, column + across): cell for across in range(cell.across)}
            column += cell.across
    return found


def without_hint(text: str, hint: str) -> str:
    """What was typed into a blank: the hint is not, wherever it was left standing."""
    said = text.strip()
    if hint and fold(said) == fold(hint):
        return ""
    return said.removeprefix(hint).removesuffix(hint).strip() if hint else said


def lines_beside(text: str, words: Sequence[str] | frozenset[str]) -> list[str]:
    """The lines of a text that are not among the folded ``words``."""
    if fold(text) in words:
        return []
    return [line.strip() for line in text.split("\n") if fold(line) and fold(line) not in words]
