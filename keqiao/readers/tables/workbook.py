"""Reads the sheets of a workbook (.xlsx, .xls) into grids."""

import datetime
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from keqiao.readers.tables.cells import BLANK, Cell, CellKind, number_cell, text_cell
from keqiao.readers.tables.grids import MERGES_MAX, Grid, require_size
from keqiao.readers.tables.sheet_marks import NO_MARKS, SheetMarks, marks_of
from keqiao.readers.unreadable import Unreadable

SHEETS_MAX: Final = 20
MIDNIGHT: Final = datetime.time()


def read_workbook(path: Path, kind: str) -> tuple[Grid, ...]:
    """Read the visible sheets of the workbook at ``path``; hidden rows are read and marked (.xlsx only).

    Raises:
        Unreadable: it has a password, or a sheet is too large.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise Unreadable("unreadable.encrypted") from error
    marks = marks_of(path) if kind == "xlsx" else {}
    shown = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    grids, cells = [], 0
    for name in shown[:SHEETS_MAX]:
        sheet = workbook.get_sheet_by_name(name)
        # Both count from the first filled cell; a table that begins far down takes room from line 1 on.
        rows, columns = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
        cells += rows * columns
        require_size(rows, columns, cells)
        grids.append(_grid(sheet, marks.get(name, NO_MARKS)))
    return tuple(grids)


def _grid(sheet: Any, marks: SheetMarks) -> Grid:
    values = sheet.to_python(skip_empty_area=False) if sheet.end else []
    rows = [[_cell(value) for value in row] for row in values]
    for (row, column), text in marks.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = Cell(text, CellKind.ERROR)
    merges = [(*first, *last) for first, last in (sheet.merged_cell_ranges or [])[:MERGES_MAX]]
    return Grid(sheet.name, tuple(map(tuple, rows)), tuple(merges), marks.hidden)


def _cell(value: Any) -> Cell:
    """A time of day that is midnight is left out: the cell holds a day. Truth is written as programs show it."""
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, int | float):
        return number_cell(float(value))
    if isinstance(value, datetime.datetime) and value.time() == MIDNIGHT:
        return Cell(value.date().isoformat())
    text = str(value)
    return text_cell(text) if text else BLANK
