"""Writes .xlsx: templates, exports and annotated copies. Text is written as text and never as a formula."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from keqiao.writers.tables.layout import MarkedRow, SheetColumn, Written

ROWS_PREPARED: Final = 5_000  # as many as one import takes: so far reach text formats and drop-downs
DROP_DOWN_MAX: Final = (
    255  # characters of a list within a drop-down; a longer one stands on a sheet of its own
)
SHEET_NAME_MAX: Final = 31
FIRST_YEAR: Final = 1901  # table programs know no day before 1900, and that year wrongly
FONT: Final = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}


@dataclass(frozen=True, slots=True)
class Captions:
    """The words of a workbook, in the reader's language."""

    sheet: str
    help_sheet: str = ""
    help: str = ""
    example_sheet: str = ""
    required: str = ""
    problems: str = ""


def write_template(columns: Sequence[SheetColumn], captions: Captions) -> bytes:
    """Return an empty table with its headings, a sheet that explains each column and one with an example."""
    book = _Book()
    sheet = book.sheet(captions.sheet, columns)
    for place, column in enumerate(columns):
        book.drop_down(sheet, place, column)
    book.explain(columns, captions)
    if captions.example_sheet:
        example = book.sheet(captions.example_sheet, columns)
        for place, column in enumerate(columns):
            book.write(example, (1, place), column.example, column)
    return book.bytes()


def write_export(
    columns: Sequence[SheetColumn], rows: Iterable[Mapping[str, Written]], captions: Captions
) -> bytes:
    """Return a table of ``rows`` that the importer reads again to the same values."""
    book = _Book()
    sheet = book.sheet(captions.sheet, columns)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            book.write(sheet, (number, place), row.get(column.key, ""), column)
    for place, column in enumerate(columns):
        book.drop_down(sheet, place, column)
    return book.bytes()


def write_annotated(columns: Sequence[SheetColumn], rows: Iterable[MarkedRow], captions: Captions) -> bytes:
    """Return a table of ``rows`` with a first column of problems; faulty cells are coloured and say why.

    The column of problems has a heading that no import knows, so the corrected copy can be uploaded as it is.
    """
    problems = SheetColumn("", captions.problems)
    book = _Book()
    sheet = book.sheet(captions.sheet, [problems, *columns])
    sheet.set_column(0, 0, 48, book.text)
    for number, row in enumerate(rows, start=1):
        words = row.words()
        if words:
            sheet.write_string(number, 0, words, book.problem)
        for place, column in enumerate(columns, start=1):
            bad = row.faults.get(column.key)
            value = row.cells.get(column.key, "")
            book.write(sheet, (number, place), value, column, is_bad=bool(bad))
            if bad:
                sheet.write_comment(number, place, "\n".join(bad), {"x_scale": 2})
    return book.bytes()


class _Book:
    """A workbook in memory with the formats of all tables."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(self._file, options)
        self.text = self._format(num_format="@")
        self.problem = self._format(num_format="@", text_wrap=True, font_color="#9C0006")
        self._formats = {
            (is_bad, kind): self._format(num_format=number, **({"bg_color": "#FFC7CE"} if is_bad else {}))
            for is_bad in (False, True)
            for kind, number in (("text", "@"), ("day", "yyyy-mm-dd"), ("number", "General"))
        }
        self._heading = self._format(bold=True, text_wrap=True, bottom=1, bg_color="#E8EEF4")
        self._lists: Any = None
        self._list_count = 0

    def _format(self, **properties: object) -> Any:
        return self._book.add_format({**FONT, **properties})

    def sheet(self, name: str, columns: Sequence[SheetColumn]) -> Any:
        """Add a sheet with its headings: fixed while the rows move, code columns as text."""
        sheet = self._book.add_worksheet(sheet_name(name))
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 32)
        for place, column in enumerate(columns):
            star = "*" if column.is_required else ""
            sheet.write_string(0, place, f"{column.header}{star}", self._heading)
            width = max(12, min(40, 2 * len(column.header) + 4))
            sheet.set_column(place, place, width, self._cell_format(column))
            if column.note:
                sheet.write_comment(0, place, column.note, {"x_scale": 2})
        return sheet

    def write(
        self,
        sheet: Any,
        place: tuple[int, int],
        value: Written,
        column: SheetColumn,
        *,
        is_bad: bool = False,
    ) -> None:
        """Write a value by its type; text stays text whatever it looks like."""
        style = self._cell_format(column, is_bad=is_bad)
        if isinstance(value, date) and value.year < FIRST_YEAR:
            sheet.write_string(*place, value.isoformat(), style)
        elif isinstance(value, date):
            sheet.write_datetime(*place, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001  a day
        elif isinstance(value, int | Decimal):
            sheet.write_number(*place, value, style)
        elif value:
            sheet.write_string(*place, value, style)
        elif is_bad:
            sheet.write_blank(*place, None, style)

    def drop_down(self, sheet: Any, place: int, column: SheetColumn) -> None:
        """Offer the choices of a column; another word is told at once."""
        if not column.choices:
            return
        source: Any = list(column.choices)
        if len(",".join(column.choices)) > DROP_DOWN_MAX:
            source = self._listed(column.choices)
        sheet.data_validation(1, place, ROWS_PREPARED, place, {"validate": "list", "source": source})

    def explain(self, columns: Sequence[SheetColumn], captions: Captions) -> None:
        """Add the sheet that says what belongs into each column."""
        sheet = self._book.add_worksheet(sheet_name(captions.help_sheet))
        wrapped = self._format(text_wrap=True, valign="top")
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 90)
        sheet.merge_range(0, 0, 0, 1, captions.help, wrapped)
        sheet.set_row(0, 90)
        for row, column in enumerate(columns, start=2):
            needed = f"{captions.required} " if column.is_required else ""
            sheet.write_string(row, 0, column.header, wrapped)
            note = f"{needed}{column.note}".strip()
            choices = "、".join(column.choices)
            sheet.write_string(row, 1, "\n".join(part for part in (note, choices) if part), wrapped)

    def bytes(self) -> bytes:
        """Close the workbook and return it."""
        self._book.close()
        return self._file.getvalue()

    def _cell_format(self, column: SheetColumn, *, is_bad: bool = False) -> Any:
        kind = "day" if column.is_day else "text" if column.is_text else "number"
        return self._formats[is_bad, kind]

    def _listed(self, choices: Sequence[str]) -> str:
        """Put a long list of choices onto a hidden sheet and return where it stands."""
        if self._lists is None:
            self._lists = self._book.add_worksheet("_lists")
            self._lists.hide()
        column = xlsxwriter.utility.xl_col_to_name(self._list_count)
        for row, choice in enumerate(choices):
            self._lists.write_string(row, self._list_count, choice)
        self._list_count += 1
        return f"=_lists!${column}$1:${column}${len(choices)}"


def sheet_name(name: str) -> str:
    """Return a name that a sheet may have: some signs are forbidden, and it is short."""
    plain = "".join("－" if sign in "[]:*?/\\" else sign for sign in name).strip("'")
    return plain[:SHEET_NAME_MAX] or "1"
