"""The summary table as a Word file, A4 across: it can still be written in where the office's custom wants more."""

from pathlib import Path
from typing import Final

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from keqiao.core.forms.paper import Cell, Grid, Role, Row
from keqiao.writers.forms.controls import Marks, printable
from keqiao.writers.forms.footer import set_footer
from keqiao.writers.forms.grids import add_styles, table
from keqiao.writers.forms.word import set_properties
from keqiao.writers.notice import layout
from keqiao.writers.notice.page import FONTS, PAGE_HEIGHT, PAGE_WIDTH, add_run, set_page
from keqiao.writers.notice.titles import title_lines
from keqiao.writers.notice.watermark import set_watermark
from keqiao.writers.summary.value import Entry, Kind, Summary, SummaryColumn, in_words, shares

BESIDE, ABOVE, BELOW = Mm(18), Mm(20), Mm(22)
WIDTH: Final = (PAGE_HEIGHT - 2 * BESIDE) / Pt(1)  # points: the paper lies across
TITLE: Final = Pt(20)
SMALL: Final = Pt(10.5)
ROW, HEAD_ROW = 26.0, 30.0  # points


def write_summary(summary: Summary, path: Path) -> None:
    """Write the table to ``path`` as .docx."""
    document = docx.Document()
    set_page(document)
    _lay_across(document)
    document.core_properties.title = printable(summary.title)
    set_properties(document, "", summary.imprint)
    if summary.imprint.is_draft:
        set_watermark(document)
    if summary.imprint.digest:
        set_footer(document, summary.imprint, summary.title)
    add_styles(document)
    _title(document, summary.title)
    head = _line(document, "\t".join(summary.head))
    head.paragraph_format.tab_stops.add_tab_stop(Pt(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    head.paragraph_format.space_after = Pt(4)
    document.element.body.insert_element_before(table(grid_of(summary), Marks(), WIDTH), "w:sectPr")
    for number, words in enumerate((*summary.foot, *summary.notes)):
        _line(document, words).paragraph_format.space_before = Pt(10 if number < len(summary.foot) else 2)
    document.save(str(path))


def grid_of(summary: Summary) -> Grid:
    """The table as a grid of cells: its head, which is said again on each page, the rows, the sums."""
    columns = summary.columns
    head = Row(tuple(Cell(column.label, Role.HEAD) for column in columns), HEAD_ROW)
    rows = [Row(tuple(map(_cell, row, columns)), ROW) for row in summary.rows]
    reach = summary.label_reach()
    label, *sums = summary.totals()
    last = (Cell(in_words(label), Role.HEAD, across=reach), *map(_cell, sums[reach - 1 :], columns[reach:]))
    return Grid(shares(columns), (head, *rows, Row(last, ROW)), headed=1)


def _cell(entry: Entry, column: SummaryColumn) -> Cell:
    return Cell(in_words(entry), Role.VALUE if column.kind is Kind.TEXT else Role.LABEL)


def _lay_across(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE_HEIGHT, PAGE_WIDTH
    section.left_margin = section.right_margin = BESIDE
    section.top_margin, section.bottom_margin = ABOVE, BELOW
    section.footer_distance = Mm(8)


def _title(document: Document, words: str) -> None:
    written = document.add_paragraph()
    written.alignment = WD_ALIGN_PARAGRAPH.CENTER
    written.paragraph_format.line_spacing = Pt(TITLE.pt * 1.5)
    written.paragraph_format.space_after = Pt(6)
    lines = title_lines(printable(words), WIDTH / TITLE.pt)
    add_run(written, "\n".join(lines), FONTS[layout.TITLE], TITLE)


def _line(document: Document, words: str) -> Paragraph:
    written = document.add_paragraph()
    written.paragraph_format.line_spacing = Pt(SMALL.pt * 1.6)
    add_run(written, printable(words), FONTS[layout.BODY], SMALL)
    return written
