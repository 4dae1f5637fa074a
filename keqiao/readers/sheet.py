"""Reads spreadsheets (.xlsx, .xls): one table a sheet, each after a paragraph with the sheet's name."""

import datetime
from pathlib import Path

from python_calamine import CalamineWorkbook, PasswordError

from keqiao.core.guides.blocks import Paragraph, Place
from keqiao.readers.assembly import GRID_CELLS_MAX, Draft, DraftTable, Reading, Spot, assemble
from keqiao.readers.gate.markup import SHEET_COLUMNS_MAX, SHEET_ROWS_MAX
from keqiao.readers.unreadable import Unreadable

SHEETS_MAX = 50
Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def read_sheets(path: Path) -> Reading:
    """Read the workbook at ``path``; raises Unreadable when a sheet is too large. Hidden sheets are read
    too."""
    try:
        workbook = CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise Unreadable("unreadable.encrypted") from error
    drafts: list[Draft] = []
    cells = 0
    for name in workbook.sheet_names[:SHEETS_MAX]:
        sheet = workbook.get_sheet_by_name(name)
        cells += sheet.height * sheet.width
        if sheet.height > SHEET_ROWS_MAX or sheet.width > SHEET_COLUMNS_MAX or cells > GRID_CELLS_MAX:
            raise Unreadable("unreadable.sheet_too_large", rows=SHEET_ROWS_MAX, columns=SHEET_COLUMNS_MAX)
        table = _table(sheet.to_python(), sheet.merged_cell_ranges or [])
        if table.spots:
            drafts += [Paragraph(name, Place(0), level=1), table]
    return Reading(assemble(drafts))


def _table(rows: list[list[Value]], merges: list[tuple[tuple[int, int], tuple[int, int]]]) -> DraftTable:
    """``merges`` are ((first row, first column), (last row, last column)), from 0."""
    spans = {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in merges}
    covered = {
        (row, column)
        for first, last in merges
        for row in range(first[0], min(last[0], SHEET_ROWS_MAX) + 1)
        for column in range(first[1], min(last[1], SHEET_COLUMNS_MAX) + 1)
        if (row, column) != first
    }
    table = DraftTable()
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            text = _text(value)
            if (row, column) in covered or not text.strip():
                continue
            height, width = spans.get((row, column), (1, 1))
            height, width = min(height, len(rows) - row), min(width, len(values) - column)
            table.spots.append(Spot(row, column, [Paragraph(text, Place(0))], height, width))
    return table


def _text(value: Value) -> str:
    """Write a value as the sheet shows it: whole numbers without a point, dates without midnight."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
