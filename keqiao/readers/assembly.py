"""Turns what a reader found into numbered blocks, with full grids and layout tables unfolded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from keqiao.core.guides.blocks import Block, Cell, Paragraph, Place, Table

BOOKMARK_NOISE = "[bookmark: _GoBack]"  # left by converters that print Word's cursor bookmark
GRID_CELLS_MAX = 200_000  # a hostile span must not make a grid that fills the memory
LAYOUT_PARAGRAPHS = 8  # a cell with so many paragraphs and most of the text holds running text, not a value
LAYOUT_SHARE = 0.6
LAYOUT_ROWS = 3


@dataclass(slots=True)
class DraftTable:
    """A table as found in a file: cells with their spans, content not yet flattened."""

    spots: list["Spot"] = field(default_factory=list)
    page: int = 0
    line: int = 0


@dataclass(slots=True)
class Spot:
    """One cell as found: its first grid position (from 0), its spans (1 or more) and its content in order."""

    row: int
    column: int
    content: list["Draft"]
    row_span: int = 1
    column_span: int = 1


Draft = Paragraph | DraftTable


class Reading(NamedTuple):
    """What a reader gives: the blocks, and codes of what could not be read exactly."""

    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()


def assemble(drafts: Iterable[Draft]) -> tuple[Block, ...]:
    """Number the drafts as blocks; ``blocks[i].place.block`` is ``i``.

    A layout table stays as a block of its own and its content follows as body blocks.

    Raises:
        ValueError: a table's grid would have more than ``GRID_CELLS_MAX`` cells.
    """
    blocks: list[Block] = []
    for draft in drafts:
        _append(blocks, draft)
    return tuple(blocks)


def _append(blocks: list[Block], draft: Draft) -> None:
    if isinstance(draft, Paragraph):
        if draft.text.strip():
            blocks.append(replace(draft, place=replace(draft.place, block=len(blocks))))
        return
    if not any(spot.content for spot in draft.spots):
        return
    kind = "layout" if _is_layout(draft.spots) else "data"
    place = Place(len(blocks), page=draft.page, line=draft.line)
    blocks.append(Table(_full_grid(draft.spots, place), place, kind))
    if kind == "layout":
        for spot in draft.spots:
            for inner in spot.content:
                _append(blocks, inner)


def _is_layout(spots: Sequence[Spot]) -> bool:
    """Does this table only lay out running text: one column, or one cell with nearly everything in it?"""
    filled = [spot for spot in spots if _characters(spot)]
    if not filled:
        return False
    if len({spot.column for spot in spots}) == 1:
        return True
    largest = max(filled, key=_characters)
    total = sum(map(_characters, filled))
    is_page = len(largest.content) >= LAYOUT_PARAGRAPHS and _characters(largest) > LAYOUT_SHARE * total
    return is_page and len({spot.row for spot in filled}) <= LAYOUT_ROWS


def _characters(spot: Spot) -> int:
    return sum(_size(draft) for draft in spot.content)


def _size(draft: Draft) -> int:
    if isinstance(draft, Paragraph):
        return len(draft.text.strip())
    return sum(map(_characters, draft.spots))


def _full_grid(spots: Sequence[Spot], place: Place) -> tuple[tuple[Cell, ...], ...]:
    """Spread the spots over a rectangle; positions that no spot covers become empty cells."""
    height = max(spot.row + spot.row_span for spot in spots)
    width = max(spot.column + spot.column_span for spot in spots)
    if height * width > GRID_CELLS_MAX:
        raise ValueError(f"a table of {height} x {width} cells is larger than {GRID_CELLS_MAX}")
    grid: dict[tuple[int, int], Cell] = {}
    for spot in spots:
        _spread(grid, spot, place)
    return tuple(
        tuple(grid.get((row, column)) or Cell((), row, column) for column in range(width))
        for row in range(height)
    )


def _spread(grid: dict[tuple[int, int], Cell], spot: Spot, place: Place) -> None:
    flat = [p for p in flatten(spot.content) if p.text.strip()]
    paragraphs = tuple(
        replace(p, place=replace(place, row=spot.row, column=spot.column, paragraph=i, line=p.place.line,
                                 page=p.place.page or place.page))
        for i, p in enumerate(flat)
    )  # fmt: skip
    for row in range(spot.row, spot.row + spot.row_span):
        for column in range(spot.column, spot.column + spot.column_span):
            inherited = (row, column) != (spot.row, spot.column)
            cell = Cell(paragraphs, row, column, spot.row_span, spot.column_span, inherited)
            grid.setdefault((row, column), cell)


def flatten(content: Iterable[Draft]) -> list[Paragraph]:
    """Paragraphs of a cell; a row of a table inside it becomes one paragraph, its cells divided by tabs."""
    flat: list[Paragraph] = []
    for draft in content:
        if isinstance(draft, Paragraph):
            flat.append(draft)
        else:
            flat.extend(_row_lines(draft))
    return flat


def _row_lines(table: DraftTable) -> list[Paragraph]:
    lines: list[Paragraph] = []
    for row in sorted({spot.row for spot in table.spots}):
        spots = sorted((s for s in table.spots if s.row == row), key=lambda s: s.column)
        parts = ["\n".join(p.full_text for p in flatten(s.content)).strip() for s in spots]
        if any(parts):
            lines.append(Paragraph("\t".join(parts), Place(0, page=table.page)))
    return lines
