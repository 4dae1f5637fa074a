"""Rows of lists on paper, as somebody counts them."""

from collections.abc import Iterable, Mapping

Line = tuple[int, int]  # table and row


def counted(lines: Iterable[Line]) -> Mapping[Line, int]:
    """Return the number of each row, from 0, as it is counted on the paper.

    Rows between them that hold nothing count; a list that goes on in another table goes on counting.
    """
    tables: dict[int, set[int]] = {}
    for table, row in lines:
        tables.setdefault(table, set()).add(row)
    found: dict[Line, int] = {}
    before = 0
    for table, rows in sorted(tables.items()):
        first = min(rows)
        found |= {(table, row): before + row - first for row in rows}
        before += max(rows) - first + 1
    return found
