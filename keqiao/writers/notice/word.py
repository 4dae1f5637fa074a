"""A notice as a Word file in the layout of offices."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from keqiao.writers.notice import layout
from keqiao.writers.notice.blocks import Grid, GridCell, Line, NoticeBlock, Role, Said, words_of
from keqiao.writers.notice.imprint import BLANK, Imprint
from keqiao.writers.notice.lists import Lists
from keqiao.writers.notice.page import FONTS, LINE_PITCH, RED, add_run, set_page, set_red_line
from keqiao.writers.notice.plan import Numbering
from keqiao.writers.notice.titles import title_lines, width
from keqiao.writers.notice.watermark import set_watermark

_CELL_LEADING = 1.45
_HEAD_EASE = 0.6  # characters: no name is to break
_TITLE_EASE = 0.4  # characters: fonts differ in the width of figures
_FORM_ROW = Mm(14)  # at least: room to write


def write_word(
    blocks: Iterable[NoticeBlock], numbering: Numbering, path: Path, imprint: Imprint = BLANK
) -> None:
    """Write the blocks of a notice to ``path`` as .docx."""
    document = docx.Document()
    set_page(document)
    _set_properties(document, imprint)
    if imprint.is_draft:
        set_watermark(document)
    listed = tuple(blocks)
    writer = _Writer(document, Lists(document, numbering) if numbering.automatic else None, listed)
    for block in listed:
        writer.block(block)
    document.save(str(path))


def _set_properties(document: Document, imprint: Imprint) -> None:
    properties = document.core_properties
    properties.title, properties.author = imprint.title, "；".join(imprint.issuers)
    properties.keywords = imprint.keywords
    properties.created = properties.modified = imprint.at.replace(tzinfo=None)
    properties.last_modified_by, properties.comments = "", ""


class _Writer:
    """Writes blocks one after the other."""

    def __init__(self, document: Document, lists: Lists | None, blocks: Sequence[NoticeBlock]) -> None:
        self.document = document
        self.lists = lists
        self.issuer_size = layout.issuer_size(blocks)
        lines = [block for block in blocks if isinstance(block, Line)]
        self.issuers = [line for line in lines if line.role is Role.ISSUER]
        numbers = [line for line in lines if line.role is Role.NUMBER]
        self.end_of_head = (numbers or self.issuers)[-1:]
        self.signatures = [line for line in lines if line.role is Role.SIGNATURE]

    def block(self, block: NoticeBlock) -> None:
        """Write one paragraph or table."""
        if isinstance(block, Grid):
            self._grid(block)
        else:
            self._line(block)

    def _line(self, line: Line) -> None:
        paragraph = self.document.add_paragraph()
        _place(paragraph, line)
        if line in self.issuers:
            self._spread(paragraph, line)
        if line in self.end_of_head:
            set_red_line(paragraph)
            paragraph.paragraph_format.space_after = 2 * LINE_PITCH
        if self.signatures and line is self.signatures[0]:
            paragraph.paragraph_format.space_before = Pt(layout.SEAL_LINES * layout.LINE_PITCH)
        if line.automatic and self.lists is not None:
            self.lists.count(paragraph, line)
        for words, part in layout.runs(line):
            run = add_run(paragraph, words, FONTS[part], self._size(line))
            if line.role is Role.ISSUER:
                run.font.color.rgb = RED

    def _size(self, line: Line) -> Pt:
        if line.role is Role.ISSUER:
            return Pt(self.issuer_size)
        return Pt(layout.TITLE_SIZE if line.role is Role.TITLE else layout.BODY_SIZE)

    def _spread(self, paragraph: Paragraph, line: Line) -> None:
        """The red head begins 35 mm down; several names are spread to the width of the longest."""
        _leave_grid(paragraph)
        form = paragraph.paragraph_format
        form.line_spacing = Pt(self.issuer_size * 1.3)
        form.space_before = Pt(layout.HEAD_ROOM - layout.LINE_PITCH) if line is self.issuers[0] else None
        form.space_after = 2 * LINE_PITCH if line is self.issuers[-1] else None
        if len({len(issuer.text) for issuer in self.issuers}) > 1:
            form.alignment = WD_ALIGN_PARAGRAPH.DISTRIBUTE
            widest = (max(len(issuer.text) for issuer in self.issuers) + _HEAD_EASE) * self.issuer_size
            form.left_indent = form.right_indent = Pt(max(0.0, (layout.TYPE_WIDTH - widest) / 2))

    def _grid(self, grid: Grid) -> None:
        table = self.document.add_table(rows=len(grid.rows), cols=len(grid.rows[0]), style="Table Grid")
        table.autofit = False
        widths = [Pt(width) for width in layout.column_widths(grid)]
        for column, points in zip(table.columns, widths, strict=True):
            column.width = points
        for row, cells in enumerate(grid.rows):
            for column, cell in enumerate(cells):
                made = table.cell(row, column)
                made.width = widths[column]
                _fill(made, cell, Pt(layout.cell_size(grid)), header=grid.headed and row == 0)
        for row, whole in zip(table.rows, layout.whole_rows(grid), strict=True):
            if whole:
                _mark_row(row._tr, "cantSplit")
        if grid.headed:
            _mark_row(table.rows[0]._tr, "tblHeader")
        else:
            for row_of_form in table.rows:
                row_of_form.height = _FORM_ROW


def _place(paragraph: Paragraph, line: Line) -> None:
    """Alignment, indents, page breaks and keeping together by role."""
    form = paragraph.paragraph_format
    if line.role in layout.CENTRED:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif line.role in layout.SIGNED:
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _indent(paragraph, right=line.free)
    elif line.role is Role.ATTACHMENT_LIST:
        opens = line.text.startswith("附件：")
        hang = layout.LIST_MARK + (layout.LIST_LEAD if opens else 0)
        _indent(paragraph, left=layout.INDENT + layout.LIST_LEAD + layout.LIST_MARK, hanging=hang)
        form.space_before = LINE_PITCH if opens else None
    elif line.role not in layout.FLUSH:
        _indent(paragraph, first_line=layout.INDENT)
    form.page_break_before = line.role is Role.ATTACHMENT_MARK or None
    form.keep_with_next = line.role in layout.KEPT_WITH_NEXT or None
    if line.role is Role.ATTACHMENT_MARK:
        form.space_after = LINE_PITCH
    if line.role is Role.TITLE:
        _leave_grid(paragraph)
        form.line_spacing = Pt(layout.TITLE_SIZE * 1.6)
        form.space_after = LINE_PITCH
        form.left_indent = form.right_indent = _beside_title(line.text)


def _beside_title(title: str) -> Pt | None:
    """What to keep free at both sides so that Word breaks a long title where its words end."""
    lines = title_lines(title, layout.TITLE_ROOM)
    if len(lines) == 1:
        return None
    widest = (max(map(width, lines)) + _TITLE_EASE) * layout.TITLE_SIZE
    return Pt(max(0.0, (layout.TYPE_WIDTH - widest) / 2))


def _indent(paragraph: Paragraph, **characters: float) -> None:
    """Indents are counted in characters (in hundredths), so that they hold in every font size; programs that do not
    count in characters take the same in twentieths of a point.
    """
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for side, count in characters.items():
        name = "firstLine" if side == "first_line" else side
        indent.set(qn(f"w:{name}Chars"), str(round(count * 100)))
        indent.set(qn(f"w:{name}"), str(round(count * layout.BODY_SIZE * 20)))


def _leave_grid(paragraph: Paragraph) -> None:
    """Large letters do not keep to the lines of the grid."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    properties: Any = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _fill(cell: _Cell, content: GridCell, size: Pt, *, header: bool) -> None:
    part = layout.FIRST if header else layout.BODY
    for number, sentence in enumerate(content.paragraphs or ((Said(""),),)):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(size.pt * _CELL_LEADING)
        if header:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_run(paragraph, words_of(sentence), FONTS[part], size)


def _mark_row(row, name: str) -> None:  # type: ignore[no-untyped-def]
    """``tblHeader``: the row is said again on each page. ``cantSplit``: no page ends within it."""
    row.get_or_add_trPr().append(OxmlElement(f"w:{name}"))
