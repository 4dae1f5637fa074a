"""Tables of a page: rows of any section, cells with row and column spans."""

from collections.abc import Callable, Iterator

from lxml import etree

from keqiao.readers.assembly import Draft, DraftTable, Spot

SPAN_MAX = 1000
CellReader = Callable[[etree._Element], Iterator[Draft]]


def grid_of(element: etree._Element, read_cell: CellReader) -> DraftTable:
    """Return the table with its spans; ``read_cell`` reads the content of one cell."""
    table = DraftTable()
    covered: set[tuple[int, int]] = set()
    for row, row_element in enumerate(_own_rows(element)):
        column = 0
        for cell in row_element:
            if cell.tag not in {"td", "th"}:
                continue
            while (row, column) in covered:
                column += 1
            spot = Spot(row, column, list(read_cell(cell)), _span(cell, "rowspan"), _span(cell, "colspan"))
            table.spots.append(spot)
            _cover(covered, spot)
            column += spot.column_span
    _cut_overhang(table)
    return table


def _own_rows(element: etree._Element) -> list[etree._Element]:
    rows: list[etree._Element] = []
    for child in element:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in {"tbody", "thead", "tfoot"}:
            rows.extend(row for row in child if row.tag == "tr")
    return rows


def _span(cell: etree._Element, name: str) -> int:
    stated = cell.get(name, "1").strip()
    return min(max(int(stated), 1), SPAN_MAX) if stated.isascii() and stated.isdigit() else 1


def _cover(covered: set[tuple[int, int]], spot: Spot) -> None:
    covered.update(
        (row, column)
        for row in range(spot.row, spot.row + spot.row_span)
        for column in range(spot.column, spot.column + spot.column_span)
    )


def _cut_overhang(table: DraftTable) -> None:
    """Spans may state more rows than there are."""
    height = max((spot.row for spot in table.spots), default=0) + 1
    for spot in table.spots:
        spot.row_span = min(spot.row_span, height - spot.row)
