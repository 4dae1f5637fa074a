"""Reads an uploaded table: gate, confined child, headings, rows with their place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from keqiao.readers.gate import pass_gate
from keqiao.readers.sandbox import MEMORY_MB, SECONDS, answer_of_child
from keqiao.readers.tables.cells import Cell
from keqiao.readers.tables.grids import Grid, filled_down, from_values
from keqiao.readers.tables.headings import Headings, find_headings, heading_key
from keqiao.readers.unreadable import Unreadable

KINDS: Final = frozenset({"xlsx", "xls", "txt"})
ROWS_MAX: Final = 5_000  # rows of one import; a larger roll is parted


@dataclass(frozen=True, slots=True)
class TableRow:
    """``number`` is the line of the sheet, from 1; ``cells`` hold what is not blank, by column key."""

    number: int
    cells: Mapping[str, Cell]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a file: its sheet (empty for text tables), its columns, its rows.

    ``columns`` are the places (from 0) of the columns found; ``unknown`` headings are left unread.
    """

    kind: str
    sheet: str
    columns: Mapping[str, int]
    unknown: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read_table_safely(
    path: Path, names: Mapping[str, Sequence[str]], *, name: str, seconds: int = SECONDS
) -> Table:
    """Read the uploaded table at ``path``; ``names`` gives each column's key its possible headings.

    Of several sheets the one with the most columns is read, the first of those with as many.

    Raises:
        Unreadable: for every failure of any kind; its ``values`` always hold ``name``.
    """
    try:
        kind = pass_gate(path)
        if kind not in KINDS:
            raise Unreadable("unreadable.no_table", kind=kind)
        return table_of(read_grids_safely(path, kind, seconds=seconds), names, kind)
    except Unreadable as refusal:
        refusal.values = {"name": name, **refusal.values}
        raise
    except OSError as error:
        raise Unreadable("unreadable.damaged", name=name, detail=str(error)[:200]) from error


def read_grids_safely(path: Path, kind: str, *, seconds: int = SECONDS) -> tuple[Grid, ...]:
    """Read a table that has passed the gate, in a child with limits; raises Unreadable."""
    arguments = [str(path.resolve()), kind, str(seconds), str(MEMORY_MB)]
    return answer_of_child(
        "keqiao.readers.tables.child", arguments, lambda answer: from_values(answer["grids"]), seconds=seconds
    )


def table_of(grids: Iterable[Grid], names: Mapping[str, Sequence[str]], kind: str) -> Table:
    """Return the table among ``grids`` whose headings fit best; raises Unreadable when there is none."""
    found = [(grid, find_headings(grid, names)) for grid in grids]
    grid, headings = max(
        found, key=lambda each: len(each[1].columns), default=(Grid("", ()), Headings({}, 0))
    )
    if not headings.columns:
        raise Unreadable("unreadable.no_headings", wanted="、".join(each[0] for each in names.values()))
    if headings.twice:
        raise Unreadable("unreadable.heading_twice", headings="、".join(headings.twice), sheet=grid.name)
    rows = tuple(_rows(filled_down(grid), headings, names))
    if not rows:
        raise Unreadable("unreadable.no_rows", line=headings.first_row)
    if len(rows) > ROWS_MAX:
        raise Unreadable("unreadable.too_many_rows", rows=len(rows), limit=ROWS_MAX)
    return Table(kind, grid.name, headings.columns, headings.unknown, rows)


def _rows(grid: Grid, headings: Headings, names: Mapping[str, Sequence[str]]) -> Iterable[TableRow]:
    """Yield the rows that say something; headings repeated for each printed page are no rows."""
    for row in range(headings.first_row, len(grid.rows)):
        cells = {key: grid.cell(row, column) for key, column in headings.columns.items()}
        filled = {key: cell for key, cell in cells.items() if cell}
        if filled and not _is_headings(filled, names):
            yield TableRow(row + 1, filled, row in grid.hidden)


def _is_headings(cells: Mapping[str, Cell], names: Mapping[str, Sequence[str]]) -> bool:
    return len(cells) > 1 and all(
        heading_key(cell.text) in map(heading_key, names[key]) for key, cell in cells.items()
    )
