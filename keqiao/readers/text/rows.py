"""Tables in plain text.

One cell a line, each led by a tab, rows divided by blank lines; or cells divided by tabs.
The first layout is what Word leaves when a table is pasted as text. A cell may run over several lines; the
lines after its first have no tab, and a blank line may stand among them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from keqiao.core.guides.blocks import Paragraph, Place
from keqiao.readers.assembly import DraftTable, Spot

HEADER_CELL_MAX = 20  # characters; longer first rows are indented prose
CELL_REST_MAX = 60  # characters that may follow a blank line inside a cell
NEW_PART = re.compile(
    r"附\s*[件表录]|表\s*\d|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]"
)


@dataclass(slots=True)
class Line:
    """One line of a text file with its 1-based number."""

    number: int
    text: str

    @property
    def starts_cell(self) -> bool:
        """Is the line led by a tab?"""
        return self.text.startswith("\t")


@dataclass(slots=True)
class Row:
    """The cells of one row, each with its lines."""

    cells: list[list[Line]] = field(default_factory=list)

    def add(self, lines: Sequence[Line]) -> None:
        """Add lines: a tab begins a cell, other lines carry the last cell on."""
        for line in lines:
            if line.starts_cell or not self.cells:
                self.cells.append([])
            self.cells[-1].append(line)

    def texts(self) -> list[str]:
        """The text of each cell without the leading tab."""
        return ["\n".join(line.text.strip() for line in cell).strip() for cell in self.cells]


def row_table(chunks: Sequence[Sequence[Line]], start: int) -> tuple[DraftTable, int] | None:
    """Read a table from the chunks (runs of lines without a blank one) from ``start`` on.

    Returns the table and how many chunks it took, or None when they are no table.
    """
    rows, taken = _take_rows(chunks, start)
    if sum(len(row.cells) > 1 for row in rows) < 2 or not _may_be_header(rows[0]):
        return None
    return _table(rows), taken


def _take_rows(chunks: Sequence[Sequence[Line]], start: int) -> tuple[list[Row], int]:
    rows: list[Row] = []
    for index in range(start, len(chunks)):
        chunk = chunks[index]
        if chunk[0].starts_cell:
            if len(rows) == 1 and not _may_be_header(rows[0]):
                return rows, index - start  # no table, and no need to look further
            rows.append(Row())
        elif not rows or not _carries_on(chunk, chunks[index + 1 : index + 2]):
            return rows, index - start
        rows[-1].add(chunk)
    return rows, len(chunks) - start


def _may_be_header(row: Row) -> bool:
    return len(row.cells) > 1 and max(map(len, row.texts())) <= HEADER_CELL_MAX


def _carries_on(chunk: Sequence[Line], following: Sequence[Sequence[Line]]) -> bool:
    """Does a chunk that begins without a tab still belong to the open row?"""
    if NEW_PART.match(chunk[0].text.strip()):
        return False
    if any(line.starts_cell for line in chunk):
        return True
    is_short = sum(len(line.text.strip()) for line in chunk) <= CELL_REST_MAX
    return is_short and bool(following) and following[0][0].starts_cell


def _table(rows: Sequence[Row]) -> DraftTable:
    width = max(len(row.cells) for row in rows)
    table = DraftTable(line=rows[0].cells[0][0].number)
    grouped = _grouping_columns(rows, width)
    above: dict[int, Spot] = {}
    for index, row in enumerate(rows):
        texts = row.texts()
        for column, cell in enumerate(row.cells):
            if column in grouped and not texts[column] and column in above:
                above[column].row_span += 1
                continue
            is_last = column == len(row.cells) - 1
            spot = Spot(index, column, list(_paragraphs(cell)), column_span=width - column if is_last else 1)
            table.spots.append(spot)
            above[column] = spot
    return table


def _paragraphs(cell: Sequence[Line]) -> list[Paragraph]:
    return [
        Paragraph(line.text.removeprefix("\t"), Place(0, line=line.number))
        for line in cell
        if line.text.strip()
    ]


def _grouping_columns(rows: Sequence[Row], width: int) -> set[int]:
    """Return the columns at the left whose empty cells repeat the one above (merged in Word).

    Only in a rectangular list: in a form an empty cell is a blank to fill. The search goes from the left
    over running numbers and grouping columns and stops at the first column that is full: what stands right
    of it (备注) is not a group.
    """
    texts = [row.texts() for row in rows]
    if width < 3 or len(rows) < 3 or any(len(row) != width for row in texts):
        return set()
    found: set[int] = set()
    for column in range(width - 1):
        cells = [row[column] for row in texts[1:]]
        if cells[0] and not all(cells) and all(_mostly_filled(row, column) for row in texts[1:]):
            found.add(column)
        elif not all(cell.isdigit() for cell in cells):
            break
    return found


def _mostly_filled(row: Sequence[str], column: int) -> bool:
    others = [bool(text) for index, text in enumerate(row) if index != column]
    return 2 * sum(others) > len(others)


def tab_table(lines: Sequence[Line], start: int) -> tuple[DraftTable, int] | None:
    """Read a table whose lines hold the same number of cells divided by tabs, if there is one at ``start``."""
    width = _cells_across(lines[start])
    taken = 0
    while start + taken < len(lines) and width > 1 and _cells_across(lines[start + taken]) == width:
        taken += 1
    if taken < (2 if width > 2 else 3):
        return None
    table = DraftTable(line=lines[start].number)
    for row, line in enumerate(lines[start : start + taken]):
        for column, text in enumerate(line.text.strip("\n").split("\t")):
            table.spots.append(Spot(row, column, [Paragraph(text, Place(0, line=line.number))]))
    return table, taken


def _cells_across(line: Line) -> int:
    return 0 if line.starts_cell else line.text.count("\t") + 1
