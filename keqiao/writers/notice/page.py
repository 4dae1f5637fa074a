"""The page of an official document: figures of GB/T 9704-2012 and the fonts that offices name.

The fonts are licensed: they are named and never shipped. A reader without them sees its own fallback; the table
``FALLBACKS`` says which one is meant, and the Word file carries it in its font table.
"""

import math
from types import MappingProxyType
from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from keqiao.writers.notice import layout

PAGE_WIDTH, PAGE_HEIGHT = Mm(210), Mm(297)
TOP, LEFT, TYPE_WIDTH, TYPE_HEIGHT = Mm(37), Mm(28), Mm(156), Mm(225)
RIGHT, BOTTOM = Mm(26), Mm(35)  # what the type area leaves
LINES, CHARACTERS = 22, 28
BODY_SIZE, FOOT_SIZE = Pt(layout.BODY_SIZE), Pt(layout.FOOT_SIZE)
LINE_PITCH = Pt(layout.LINE_PITCH)
RED_LINE_GAP = Mm(4)  # below the document number
RED = RGBColor(0xFF, 0, 0)

FONTS = MappingProxyType(
    {
        layout.TITLE: "方正小标宋简体",
        layout.BODY: "仿宋_GB2312",
        layout.FIRST: "黑体",
        layout.SECOND: "楷体_GB2312",
        layout.FOOT: "宋体",
    }
)
FALLBACKS = MappingProxyType(
    {
        "方正小标宋简体": "宋体",
        "仿宋_GB2312": "仿宋",
        "楷体_GB2312": "楷体",
        "黑体": "SimHei",
        "宋体": "SimSun",
    }
)
LATIN_FONT = "Times New Roman"

_TWENTIETHS = 20
CHARACTER_SPACING = math.floor(
    (TYPE_WIDTH.pt / CHARACTERS - BODY_SIZE.pt) * _TWENTIETHS
)  # twentieths of a point


def set_page(document: Document) -> None:
    """Paper, margins, grid of 22 lines by 28 characters, page numbers — 1 — outside, base font."""
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.start_type = WD_SECTION.NEW_PAGE
    _set_grid(section)
    document.settings.odd_and_even_pages_header_footer = True
    _set_number(section.footer, "right")
    _set_number(section.even_page_footer, "left")
    _set_base(document)
    _name_fallbacks(document)


def _set_grid(section: Section) -> None:
    """The lines of the grid. Its characters are set by spacing: a grid of characters narrower than the letters makes
    LibreOffice give each letter two cells.
    """
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE_PITCH.pt * _TWENTIETHS)))


def _set_number(footer: _Footer, side: str) -> None:
    """The page number between dashes, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    justify = OxmlElement("w:jc")
    justify.set(qn("w:val"), side)
    properties = paragraph._p.get_or_add_pPr()
    indent = OxmlElement("w:ind")
    indent.set(qn("w:rightChars" if side == "right" else "w:leftChars"), "100")
    properties.append(indent)
    properties.append(justify)
    add_run(paragraph, "— ", FONTS[layout.FOOT], FOOT_SIZE)
    _add_field(paragraph, "PAGE")
    add_run(paragraph, " —", FONTS[layout.FOOT], FOOT_SIZE)


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    for kind, words in (("begin", ""), ("", instruction), ("end", "")):
        run = add_run(paragraph, "", FONTS[layout.FOOT], FOOT_SIZE)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)


def add_run(paragraph: Paragraph, words: str, font: str, size: Pt) -> Run:
    """Add words in a font for Chinese characters and the Latin font beside it; returns the run."""
    run = paragraph.add_run(words)
    run.font.size = size
    run.font.name = LATIN_FONT if font != FONTS[layout.FOOT] else font
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def set_red_line(paragraph: Paragraph) -> None:
    """The red line below the document number, as wide as the text."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (
        ("val", "single"),
        ("sz", "12"),
        ("space", str(round(RED_LINE_GAP.pt))),
        ("color", str(RED)),
    ):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties: Any = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _set_base(document: Document) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN_FONT, BODY_SIZE
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONTS[layout.BODY])
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(CHARACTER_SPACING))
    style.element.get_or_add_rPr().insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz")
    style.paragraph_format.line_spacing = LINE_PITCH
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _name_fallbacks(document: Document) -> None:
    """Write the fallback of each font into the font table (``w:altName``), where the file has one."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            part = relation.target_part
            part._blob = _with_fallbacks(part.blob)


def _with_fallbacks(table: bytes) -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in FALLBACKS.items()
    )
    return table.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")
