"""A form as a Word file in the layout of offices: blank, partly filled, or as it was handed in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from keqiao.core.forms.paper import Cover, Grid, Line, LineRole, Paper
from keqiao.core.forms.paper.blocks import NOTES
from keqiao.writers.forms.base import new_document
from keqiao.writers.forms.controls import HINT_COLOUR, TWENTIETHS, Look, Marks, paragraph, printable, run
from keqiao.writers.forms.footer import set_footer
from keqiao.writers.forms.grids import COVER_SIZE, SIZE, add_styles, font, table
from keqiao.writers.forms.imprint import BLANK, MARK_DIGITS, Imprint
from keqiao.writers.notice import layout
from keqiao.writers.notice.page import FONTS, add_run, set_page
from keqiao.writers.notice.titles import title_lines
from keqiao.writers.notice.watermark import set_watermark

_TITLE_ON_COVER, _ABOVE_TITLE, _BELOW_TITLE = Pt(layout.TITLE_SIZE + 4), Pt(120), Pt(90)
_TITLE = Pt(18)
_MARGIN = Mm(28)  # above and below: a form has no red head and is full of rows
_COVER_ROW = 42.0  # points
_COVER_LABEL, _COVER_WIDTH = 0.3, 0.84  # of the width of the text


def write_word(paper: Paper, path: Path, imprint: Imprint = BLANK) -> None:
    """Write the form to ``path`` as .docx; ``imprint`` says what stands at the foot, and whether it is a draft."""
    document = new_document()
    set_page(document)
    document.sections[0].top_margin = document.sections[0].bottom_margin = _MARGIN
    document.core_properties.title = printable(paper.title)
    set_properties(document, paper.identity, imprint)
    if imprint.is_draft:
        set_watermark(document)
    set_footer(document, imprint, f"{paper.form} {paper.specification[:MARK_DIGITS]}")
    add_styles(document)
    marks = Marks()
    if paper.cover is not None:
        _cover(document, paper, paper.cover, marks)
    else:
        _title(document, paper.title)
        _notes(document, paper)
    append_blocks(document, paper.blocks, marks)
    document.save(str(path))


def append_blocks(
    document: Document, blocks: Sequence[Line | Grid], marks: Marks, width: float = layout.TYPE_WIDTH
) -> None:
    """Set lines and grids, so many points wide, at the end of the document; it has the styles of cells already."""
    for block in blocks:
        if isinstance(block, Grid):
            _append(document, table(block, marks, width))
            _append(document, _thin_line())
        else:
            _line(document, block)


def set_properties(document: Document, identity: str, imprint: Imprint) -> None:
    """What the document says of itself; whoever wrote it before is no longer named in it.

    Some programs drop the identifier and keep the keywords.
    """
    properties = document.core_properties
    properties.identifier = identity
    properties.keywords = ", ".join(filter(None, (identity, imprint.keywords)))
    properties.author = "；".join(imprint.issuers)
    properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = imprint.at.replace(tzinfo=None)


def _append(document: Document, element: Any) -> None:
    """Before the section properties, which end the body."""
    document.element.body.insert_element_before(element, "w:sectPr")


def _thin_line() -> Any:
    """Two tables that touch would be one."""
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="120" w:lineRule="exact"/>'
        "</w:pPr></w:p>"
    )


def _title(document: Document, words: str, size: Pt = _TITLE) -> Paragraph:
    """One paragraph, broken where its words end, so that it is read back as one."""
    written = document.add_paragraph()
    written.alignment = WD_ALIGN_PARAGRAPH.CENTER
    written.paragraph_format.line_spacing = Pt(size.pt * 1.5)
    written.paragraph_format.space_after = Pt(8)
    lines = title_lines(printable(words), layout.TYPE_WIDTH / size.pt)
    add_run(written, "\n".join(lines), FONTS[layout.TITLE], size)
    return written


def _notes(document: Document, paper: Paper) -> None:
    for words in paper.numbered_notes:
        _line(document, Line(LineRole.NOTE, words))


def _cover(document: Document, paper: Paper, cover: Cover, marks: Marks) -> None:
    title = _title(document, paper.title, _TITLE_ON_COVER)
    title.paragraph_format.space_before, title.paragraph_format.space_after = _ABOVE_TITLE, _BELOW_TITLE
    _append(document, _cover_table(cover, marks))
    for words in cover.foot:
        _line(document, Line(LineRole.SIGNED, words))
    if paper.notes:
        heading = document.add_paragraph()
        heading.paragraph_format.page_break_before = True
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_run(heading, NOTES, FONTS[layout.FIRST], Pt(layout.BODY_SIZE))
        _notes(document, paper)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _cover_table(cover: Cover, marks: Marks) -> Any:
    """Labels at the left, blanks on a line at the right."""
    whole = round(layout.TYPE_WIDTH * TWENTIETHS * _COVER_WIDTH)
    left = round(whole * _COVER_LABEL)
    look = Look(font(layout.BODY, COVER_SIZE), COVER_SIZE)
    middle = replace(look, align="center")
    rows = ""
    for label, value in cover.rows:
        properties = (
            f'<w:tcW w:w="{whole - left}" w:type="dxa"/><w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0"'
            ' w:color="auto"/></w:tcBorders><w:vAlign w:val="bottom"/>'
        )
        fixed = paragraph(run(value.words, look.font), middle)
        filled = fixed if value.blank is None else marks.blank(value.blank, value.words, middle)
        rows += (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{round(_COVER_ROW * TWENTIETHS)}" w:hRule="atLeast"/>'
            f'</w:trPr><w:tc><w:tcPr><w:tcW w:w="{left}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>'
            f"{paragraph(run(label.words, look.font), look)}</w:tc>"
            f"<w:tc><w:tcPr>{properties}</w:tcPr>{filled}</w:tc></w:tr>"
        )
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{left}"/>'
        f'<w:gridCol w:w="{whole - left}"/></w:tblGrid>{rows}</w:tbl>'
    )


def _line(document: Document, line: Line) -> None:
    written = document.add_paragraph()
    form = written.paragraph_format
    is_head = line.role in (LineRole.HEADING, LineRole.CAPTION)
    form.line_spacing = Pt((layout.BODY_SIZE if line.role is LineRole.HEADING else SIZE) * 1.6)
    form.space_before = Pt(10) if line.role is LineRole.HEADING else None
    form.keep_with_next = is_head or line.role is LineRole.HINT or None
    if line.role is LineRole.PLEDGE:
        form.first_line_indent = Pt(2 * SIZE)
    if line.role is LineRole.SIGNED:
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    size = Pt(14 if line.role is LineRole.HEADING else SIZE)
    made = add_run(written, printable(line.words), FONTS[layout.FIRST if is_head else layout.BODY], size)
    if line.role is LineRole.HINT:
        made.font.color.rgb = RGBColor.from_string(HINT_COLOUR)
