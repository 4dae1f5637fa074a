"""Tables as people send them, made by the programs' own rules."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from keqiao.readers.tables.table import Table, read_table_safely

NAMES = {
    "name": ("单位全称", "名称"),
    "code": ("统一社会信用代码",),
    "day": ("登记日期",),
    "members": ("会员数",),
}
HEADINGS = ("单位全称", "统一社会信用代码", "登记日期", "会员数")


def workbook(path: Path, rows: Sequence[Sequence[Any]], *, hide: Sequence[int] = ()) -> Path:
    """An .xlsx with one sheet; strings that begin with ``=`` are formulas, ``hide`` counts from 0."""
    path.write_bytes(workbook_bytes(rows, hide=hide))
    return path


def workbook_bytes(rows: Sequence[Sequence[Any]], *, hide: Sequence[int] = ()) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy/m/d"})
    sheet = book.add_worksheet("名册")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value == "=1/0":
                sheet.write_formula(number, place, value, None, "#DIV/0!")
            elif value is not None:
                sheet.write(number, place, value)
        if number in hide:
            sheet.set_row(number, None, None, {"hidden": True})
    book.close()
    return file.getvalue()


def read(path: Path, names: dict[str, tuple[str, ...]] | None = None) -> Table:
    return read_table_safely(path, names or NAMES, name=path.name)


def texts(table: Table) -> list[dict[str, str]]:
    return [{key: cell.text for key, cell in row.cells.items()} for row in table.rows]
