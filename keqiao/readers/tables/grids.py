"""A sheet as it was read: rows of cells from its first line on, with what is hidden and what is merged."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from keqiao.readers.gate.markup import SHEET_CELLS_MAX, SHEET_COLUMNS_MAX, SHEET_ROWS_MAX
from keqiao.readers.tables.cells import BLANK, Cell, CellKind
from keqiao.readers.unreadable import Unreadable

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column; all from 0."""

MERGES_MAX: Final = 20_000


@dataclass(frozen=True, slots=True)
class Grid:
    """``rows[0]`` is line 1 of the sheet. Rows may differ in length; what is missing is blank."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = field(default=frozenset())

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell at a place counted from 0; blank outside what was read."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else BLANK


def require_size(rows: int, columns: int, cells: int) -> None:
    """Refuse more than a table of people or units needs.

    Raises:
        Unreadable: too many rows, columns or cells.
    """
    if rows > SHEET_ROWS_MAX or columns > SHEET_COLUMNS_MAX or cells > SHEET_CELLS_MAX:
        raise Unreadable("unreadable.sheet_too_large", rows=SHEET_ROWS_MAX, columns=SHEET_COLUMNS_MAX)


def filled_down(grid: Grid) -> Grid:
    """Give every row of a merged cell what stands in its first one: a unit written once over its people."""
    rows = [list(row) for row in grid.rows]
    for first, column, last, _ in grid.merges:
        cell = grid.cell(first, column)
        for row in range(first + 1, min(last + 1, len(rows))):
            if cell and column < len(rows[row]):
                rows[row][column] = cell
    return Grid(grid.name, tuple(map(tuple, rows)), grid.merges, grid.hidden)


def to_values(grids: Iterable[Grid]) -> list[Any]:
    """Return grids as lists, strings and numbers, for the way out of a reading child."""
    return [
        [
            grid.name,
            [[[cell.text, cell.kind.value] if cell else 0 for cell in row] for row in grid.rows],
            grid.merges,
            sorted(grid.hidden),
        ]
        for grid in grids
    ]


def from_values(values: list[Any]) -> tuple[Grid, ...]:
    """Rebuild grids; raises ValueError, TypeError, KeyError or IndexError when ``values`` are none."""
    return tuple(
        Grid(
            str(name),
            tuple(tuple(_cell(cell) for cell in row) for row in rows),
            tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in merges),
            frozenset(int(row) for row in hidden),
        )
        for name, rows, merges, hidden in values
    )


def _cell(values: Any) -> Cell:
    return Cell(str(values[0]), CellKind(values[1])) if values else BLANK
