"""A notice as a Word file in the layout of offices."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from keqiao.writers.notice.blocks import Grid, Line, NoticeBlock, Role, Said, Sentence, words_of
from keqiao.writers.notice.lists import Lists
from keqiao.writers.notice.page import (
    BODY_FONT,
    BODY_SIZE,
    FIRST_FONT,
    FOOT_SIZE,
    LINE_PITCH,
    RED,
    SECOND_FONT,
    TITLE_FONT,
    TITLE_SIZE,
    add_run,
    set_page,
    set_red_line,
)
from keqiao.writers.notice.plan import Numbering

_HEADING_FONTS: Mapping[int, str] = MappingProxyType({1: FIRST_FONT, 2: SECOND_FONT})
_CENTRED = frozenset({Role.ISSUER, Role.NUMBER, Role.TITLE})
_SIGNED = frozenset({Role.SIGNATURE, Role.DATE})
_KEPT_WITH_NEXT = frozenset({Role.SIGNATURE, Role.TITLE, Role.ATTACHMENT_MARK})
_FLUSH = frozenset({Role.ADDRESSEES, Role.ATTACHMENT_MARK})
_INDENT, _DATE_INDENT = 2, 4  # characters
_CELL_LINE = Pt(20)


def write_word(blocks: Iterable[NoticeBlock], numbering: Numbering, path: Path) -> None:
    """Write the blocks of a notice to ``path`` as .docx."""
    document = docx.Document()
    set_page(document)
    writer = _Writer(document, Lists(document, numbering) if numbering.automatic else None)
    for block in blocks:
        writer.block(block)
    document.save(str(path))


class _Writer:
    """Writes blocks one after the other."""

    def __init__(self, document: Document, lists: Lists | None) -> None:
        self.document = document
        self.lists = lists

    def block(self, block: NoticeBlock) -> None:
        """Write one paragraph or table."""
        if isinstance(block, Grid):
            self._grid(block)
        else:
            self._line(block)

    def _line(self, line: Line) -> None:
        paragraph = self.document.add_paragraph()
        _place(paragraph, line)
        automatic = line.automatic and self.lists is not None
        if automatic and self.lists is not None:
            self.lists.count(paragraph, line)
        elif line.mark:
            add_run(paragraph, line.mark, _head_font(line), _size(line))
        for number, part in enumerate(line.said):
            font = _head_font(line) if number < max(line.head, _whole_head(line)) else BODY_FONT
            run = add_run(paragraph, part.words, font, _size(line))
            if line.role is Role.ISSUER:
                run.font.color.rgb = RED

    def _grid(self, grid: Grid) -> None:
        table = self.document.add_table(rows=len(grid.rows), cols=len(grid.rows[0]), style="Table Grid")
        for row, cells in enumerate(grid.rows):
            for column, cell in enumerate(cells):
                _fill(table.cell(row, column), cell.paragraphs, header=row == 0)
        _repeat_header(table.rows[0]._tr)


def _place(paragraph: Paragraph, line: Line) -> None:
    """Alignment, indents, page breaks and keeping together by role."""
    form = paragraph.paragraph_format
    if line.role in _CENTRED:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif line.role in _SIGNED:
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _indent(paragraph, "rightChars", _DATE_INDENT)
    elif line.role not in _FLUSH:
        _indent(paragraph, "firstLineChars", _INDENT)
    form.page_break_before = line.role is Role.ATTACHMENT_MARK or None
    form.keep_with_next = line.role in _KEPT_WITH_NEXT or None
    form.space_after = LINE_PITCH if line.role in _CENTRED else None
    if line.role is Role.NUMBER:
        set_red_line(paragraph)
    opens_list = line.role is Role.ATTACHMENT_LIST and line.text.startswith("附件")
    form.space_before = LINE_PITCH if opens_list or line.role is Role.SIGNATURE else None


def _indent(paragraph: Paragraph, side: str, characters: int) -> None:
    """Indents are counted in characters, so that they hold in every font size (in hundredths)."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{side}"), str(characters * 100))


def _head_font(line: Line) -> str:
    if line.role in (Role.TITLE, Role.ISSUER):
        return TITLE_FONT
    if line.role is Role.ATTACHMENT_MARK:
        return FIRST_FONT
    return _HEADING_FONTS.get(line.level, BODY_FONT) if line.head else BODY_FONT


def _whole_head(line: Line) -> int:
    return len(line.said) if line.role in (Role.TITLE, Role.ISSUER, Role.ATTACHMENT_MARK) else 0


def _size(line: Line) -> Pt:
    return TITLE_SIZE if line.role in (Role.TITLE, Role.ISSUER) else BODY_SIZE


def _fill(cell: _Cell, paragraphs: tuple[Sentence, ...], *, header: bool) -> None:
    for number, sentence in enumerate(paragraphs or ((Said(""),),)):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.line_spacing = _CELL_LINE
        add_run(paragraph, words_of(sentence), FIRST_FONT if header else BODY_FONT, FOOT_SIZE)


def _repeat_header(row) -> None:  # type: ignore[no-untyped-def]
    """The header of a table is said again on each page."""
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
