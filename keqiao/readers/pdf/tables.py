"""Ruled tables: a grid from the geometry of their cells, and tables that run on over pages joined."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from keqiao.readers.assembly import DraftTable, Spot
from keqiao.readers.pdf.lines import GLUE, NO_END, Glyph, Line, lines_of
from keqiao.readers.pdf.paragraphs import SPACED_OUT, Column, fits, join_lines

NEAR = 3.0  # points: edges that are nearer are one edge
OPENING = NO_END | GLUE  # half of such a mark is blank, and may reach out of the text
PADDING = 5.4  # points between rule and text where nothing tells it (Word's default, 0.19 cm)
Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points


@dataclass(slots=True)
class BoxCell:
    """A cell as printed: its edges, the rows it covers, its lines (of all pages it runs over)."""

    x0: float
    x1: float
    row: int
    row_span: int
    lines: list[Line] = field(default_factory=list)

    @property
    def last_row(self) -> int:
        """The lowest row it covers."""
        return self.row + self.row_span - 1

    @property
    def text(self) -> str:
        """Its lines as one string."""
        return "".join(line.text for line in self.lines)


@dataclass(slots=True)
class BoxTable:
    """A ruled table, or the portion of one on a page."""

    page: int
    box: Box
    cells: list[BoxCell]
    rows: int
    last_page: int = 0

    def row_cells(self, row: int) -> list[BoxCell]:
        """The cells that cover ``row``, left to right."""
        return sorted((c for c in self.cells if c.row <= row <= c.last_row), key=lambda c: c.x0)


def tables_of(page: Any, number: int) -> list[BoxTable]:
    """Find the ruled tables of a pdfplumber page with their text."""
    return [_table(found.cells, found.bbox, page.chars, number) for found in page.find_tables()]


def _table(boxes: Sequence[Box], box: Box, glyphs: Iterable[Glyph], number: int) -> BoxTable:
    tops = clusters([b[1] for b in boxes] + [b[3] for b in boxes])
    cells = []
    inside = [g for g in glyphs if contains(box, g)]
    for cell in [*boxes, *_open_boxes(boxes, tops)]:
        row, end = _index(tops, cell[1]), _index(tops, cell[3])
        lines = lines_of([g for g in inside if contains(cell, g)], number)
        cells.append(BoxCell(cell[0], cell[2], row, max(1, end - row), lines))
    return BoxTable(number, box, cells, len(tops) - 1, last_page=number)


def _open_boxes(boxes: Sequence[Box], tops: Sequence[float]) -> list[Box]:
    """Close the cells that a page break left without a rule: what no cell covers, column by column."""
    edges = clusters([b[0] for b in boxes] + [b[2] for b in boxes])
    covered = {
        (row, column)
        for b in boxes
        for row in range(_index(tops, b[1]), _index(tops, b[3]))
        for column in range(_index(edges, b[0]), _index(edges, b[2]))
    }
    found: list[Box] = []
    for column in range(len(edges) - 1):
        free = [row for row in range(len(tops) - 1) if (row, column) not in covered]
        for _, run in groupby(enumerate(free), key=lambda item: item[1] - item[0]):
            rows = [row for _, row in run]
            found.append((edges[column], tops[rows[0]], edges[column + 1], tops[rows[-1] + 1]))
    return found


def contains(box: Box, glyph: Glyph) -> bool:
    """Does the middle of the glyph lie in the box?"""
    x, y = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
    return bool(box[0] <= x < box[2] and box[1] <= y < box[3])


def clusters(values: Iterable[float]) -> list[float]:
    """Merge values that are nearer than ``NEAR``; ascending."""
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > NEAR:
            merged.append(value)
    return merged


def _index(edges: Sequence[float], value: float) -> int:
    return min(max(bisect_left(edges, value - NEAR), 0), len(edges) - 1)


def runs_on(above: BoxTable, below: BoxTable) -> bool:
    """May ``below``, first on its page, carry on ``above``, last on the page before?"""
    same_sides = abs(above.box[0] - below.box[0]) < 2 * NEAR and abs(above.box[2] - below.box[2]) < 2 * NEAR
    return below.page - above.last_page == 1 and same_sides


def join(above: BoxTable, below: BoxTable) -> None:
    """Add the portion ``below`` to ``above``: a repeated header is dropped, a divided row is put together."""
    if _row_texts(above, 0) == _row_texts(below, 0) and any(_row_texts(below, 0)) and above.rows > 1:
        below.cells = [c for c in below.cells if c.row > 0]
        for cell in below.cells:
            cell.row -= 1
        below.rows -= 1
    if not below.rows:
        return
    is_divided = _row_is_divided(above, below)
    shift = above.rows - (1 if is_divided else 0)
    for cell in below.cells:
        upper = _cell_above(above, cell) if cell.row == 0 else None
        if upper is not None and (is_divided or _is_group(upper, cell, below)):
            upper.lines += cell.lines
            upper.row_span = shift + cell.row_span - upper.row
        else:
            cell.row += shift
            above.cells.append(cell)
    above.rows = shift + below.rows
    above.last_page = below.page


def _row_texts(table: BoxTable, row: int) -> list[str]:
    return [cell.text for cell in table.row_cells(row)]


def _cell_above(above: BoxTable, cell: BoxCell) -> BoxCell | None:
    for upper in above.row_cells(above.rows - 1):
        if abs(upper.x0 - cell.x0) < NEAR and abs(upper.x1 - cell.x1) < NEAR:
            return upper
    return None


def _row_is_divided(above: BoxTable, below: BoxTable) -> bool:
    """Is the first row below the rest of the last row above?

    In a divided row each cell with text below breaks off in the middle of a line above. A cell that begins
    below speaks against it, unless the first cell, which names the row, is empty below and filled above.
    """
    pairs = [(_cell_above(above, cell), cell) for cell in below.row_cells(0)]
    filled = [(upper, cell) for upper, cell in pairs if cell.lines]
    if not filled or any(upper is None for upper, _ in pairs):
        return False
    if all(upper and upper.lines and _breaks_off(upper, cell) for upper, cell in filled):
        return True
    first_above, first_below = pairs[0]
    is_nameless = bool(first_above and first_above.lines and not first_below.lines)
    return is_nameless and all(upper and upper.lines for upper, _ in filled)


def _breaks_off(upper: BoxCell, lower: BoxCell) -> bool:
    return not fits(upper.lines[-1], lower.lines[0], _right(upper))


def _is_group(upper: BoxCell, cell: BoxCell, below: BoxTable) -> bool:
    """Does an empty cell at the top of a page belong to the merged cell that began on the page before?"""
    row = below.row_cells(0)
    filled = sum(1 for other in row if other.lines)
    return not cell.lines and bool(upper.lines) and cell is not row[-1] and 2 * filled > len(row)


def _right(cell: BoxCell) -> float:
    """Where the words of a cell have to end. A bracket that opens a line reaches into the room at the left."""
    starts = [line.x0 for line in cell.lines if line.text[0] not in OPENING] or [cell.x0 + PADDING]
    return cell.x1 - min(max(min(starts) - cell.x0, 0.0), PADDING)


def _column(cell: BoxCell) -> Column:
    """The cell as a column: where the steps between its lines are of two kinds, the larger ones divide paragraphs."""
    pairs = pairwise(cell.lines)
    steps = [below.top - above.top for above, below in pairs if above.page == below.page]
    pitch = min(steps, default=0.0)
    is_spaced = max(steps, default=0.0) > SPACED_OUT * pitch > 0
    starts = Counter(round(line.x0) for line in cell.lines)
    is_flush = 2 * max(starts.values(), default=0) > len(cell.lines) > 1
    return Column(cell.x0, _right(cell), pitch, spaced=is_spaced, flush=is_flush)


def draft(table: BoxTable) -> DraftTable:
    """Turn the joined table into cells of a grid whose columns are all edges that occur on any page."""
    edges = clusters([c.x0 for c in table.cells] + [c.x1 for c in table.cells])
    result = DraftTable(page=table.page)
    for cell in sorted(table.cells, key=lambda c: (c.row, c.x0)):
        column, end = _index(edges, cell.x0), _index(edges, cell.x1)
        paragraphs = join_lines(cell.lines, _column(cell))
        span = max(1, end - column)
        result.spots.append(Spot(cell.row, column, list(paragraphs), cell.row_span, span))
    return result
