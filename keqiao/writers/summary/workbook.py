"""The summary table as .xlsx: A4 across, the head of the table on each page. Text is text and never a formula."""

import io
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from keqiao.writers.notice.watermark import DRAFT
from keqiao.writers.summary.value import Entry, Kind, Summary, in_words, shares
from keqiao.writers.tables.workbook import sheet_name

TITLE_ROW, HEAD_ROW, COLUMNS_ROW = 0, 1, 2
WIDTH: Final = 132  # characters of all columns together: what A4 across has room for at this size
LINE: Final = 15.0  # points from line to line
A4: Final = 9  # number of the paper in table programs
NARROWEST: Final = 5
_NONE: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def summary_workbook(summary: Summary) -> bytes:
    """Return the table as a workbook of one sheet. The same summary gives the same bytes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _NONE)
    book.set_properties(
        {
            "title": summary.title,
            "author": "；".join(summary.imprint.issuers),
            "keywords": summary.imprint.keywords,
            "created": summary.imprint.at.replace(tzinfo=None),
        }
    )
    _Sheet(book, summary).write()
    book.close()
    return file.getvalue()


class _Sheet:
    """The one sheet, from the top down."""

    def __init__(self, book: Any, summary: Summary) -> None:
        self.summary = summary
        self.last = len(summary.columns) - 1
        self.widths = [max(NARROWEST, round(share * WIDTH, 1)) for share in shares(summary.columns)]
        self.sheet = book.add_worksheet(sheet_name(summary.title))
        ruled = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "text_wrap": True, "border": 1}
        plain = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "num_format": "@"}
        self.title = book.add_format(
            {"font_name": "宋体", "font_size": 18, "bold": True, "align": "center", "num_format": "@"}
        )
        self.left, self.right = book.add_format(plain), book.add_format({**plain, "align": "right"})
        self.wrapped = book.add_format({**plain, "text_wrap": True, "valign": "top"})
        self.heading = book.add_format(
            {**ruled, "bold": True, "align": "center", "bg_color": "#F2F2F2", "num_format": "@"}
        )
        self.cells = {
            kind: book.add_format(
                {
                    **ruled,
                    "align": "left" if kind is Kind.TEXT else "center",
                    "num_format": {Kind.COUNT: "0", Kind.MONEY: "0.######"}.get(kind, "@"),
                }
            )
            for kind in Kind
        }

    def write(self) -> None:
        """Write everything, then how it is printed."""
        self._above()
        row = COLUMNS_ROW
        for entries in self.summary.rows:
            row += 1
            self._row(row, entries)
        row = self._total(row + 1)
        for words in self.summary.foot:
            row += 1
            self.sheet.merge_range(row, 0, row, self.last, "", self.left)
            self.sheet.write_string(row, 0, words, self.left)
            self.sheet.set_row(row, 30)
        for words in self.summary.notes:
            row += 1
            self.sheet.merge_range(row, 0, row, self.last, "", self.wrapped)
            self.sheet.write_string(row, 0, words, self.wrapped)
        self._printed(row)

    def _above(self) -> None:
        summary, sheet = self.summary, self.sheet
        title = f"{summary.title}（{DRAFT}）" if summary.imprint.is_draft else summary.title
        sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, self.last, "", self.title)
        sheet.write_string(TITLE_ROW, 0, title, self.title)
        sheet.set_row(TITLE_ROW, 36)
        # The right one stands in a cell of its own and runs out to the left: two merged ranges would cut a long name.
        sheet.write_string(HEAD_ROW, 0, summary.head[0], self.left)
        sheet.write_string(HEAD_ROW, self.last, summary.head[1], self.right)
        sheet.set_row(HEAD_ROW, 24)
        for place, column in enumerate(summary.columns):
            sheet.write_string(COLUMNS_ROW, place, column.label, self.heading)
            sheet.set_column(place, place, self.widths[place])
        sheet.set_row(COLUMNS_ROW, 32)

    def _row(self, row: int, entries: tuple[Entry, ...]) -> None:
        lines = 1
        for place, (entry, column) in enumerate(zip(entries, self.summary.columns, strict=True)):
            self._entry((row, place), entry, column.kind)
            lines = max(lines, *_lines(in_words(entry), self.widths[place]))
        self.sheet.set_row(row, max(24.0, lines * LINE + 6))

    def _entry(self, place: tuple[int, int], entry: Entry, kind: Kind) -> None:
        style = self.cells[kind]
        if isinstance(entry, int | Decimal):
            self.sheet.write_number(*place, entry, style)
        elif entry:
            self.sheet.write_string(*place, entry, style)
        else:
            self.sheet.write_blank(*place, None, style)

    def _total(self, row: int) -> int:
        """The sums as numbers, not as formulas: what was filed stays what it is when rows are taken out."""
        reach = self.summary.label_reach()
        label, *sums = self.summary.totals()
        if reach > 1:
            self.sheet.merge_range(row, 0, row, reach - 1, "", self.heading)
        self.sheet.write_string(row, 0, in_words(label), self.heading)
        for place, entry in list(enumerate(sums, start=1))[reach - 1 :]:
            self._entry((row, place), entry, self.summary.columns[place].kind)
        self.sheet.set_row(row, 26)
        return row

    def _printed(self, last_row: int) -> None:
        sheet, imprint = self.sheet, self.summary.imprint
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.75)
        sheet.repeat_rows(COLUMNS_ROW)
        sheet.freeze_panes(COLUMNS_ROW + 1, 0)
        sheet.print_area(0, 0, last_row, self.last)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer(f"&L&8{self.summary.fingerprint}&C&9— &P / &N —")
        if imprint.is_draft:
            sheet.set_header(f'&C&"黑体"&22{DRAFT}')


def _lines(words: str, width: float) -> list[int]:
    """How many lines the words take in a column: a Chinese character is as wide as two letters."""
    wide = sum(1 if sign.isascii() else 2 for sign in words)
    return [1, -(-round(wide * 1.08) // max(1, int(width) - 1))]
