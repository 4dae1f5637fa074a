"""Automatic numbering: the levels of a plan as a list of numbering.xml, a new list for each part."""

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from keqiao.writers.notice.blocks import Line
from keqiao.writers.notice.plan import Numbering

_FORMATS = {
    "一、": ("chineseCountingThousand", "%{}、"), "（一）": ("chineseCountingThousand", "（%{}）"),
    "1.": ("decimal", "%{}."), "1、": ("decimal", "%{}、"), "（1）": ("decimal", "（%{}）"),
    "①": ("decimalEnclosedCircleChinese", "%{}"), "第一类": ("chineseCountingThousand", "第%{}类、"),
    "A.": ("upperLetter", "%{}."), "1)": ("decimal", "%{})"),
    "A类": ("upperLetter", "%{}类："),
}  # fmt: skip
_LIST = 90  # above the ids of the lists in the empty document


class Lists:
    """Gives paragraphs their automatic numbers."""

    def __init__(self, document: Document, numbering: Numbering) -> None:
        self._numbering = document.part.numbering_part.element
        first = self._numbering.find(qn("w:num"))
        first.addprevious(parse_xml(_levels(numbering)))
        self._lists: dict[int, int] = {}

    def count(self, paragraph: Paragraph, line: Line) -> None:
        """Let Word count this paragraph at its level."""
        of_paragraph: Any = paragraph._p.get_or_add_pPr()
        properties = of_paragraph.get_or_add_numPr()
        properties.get_or_add_ilvl().val = line.level - 1
        properties.get_or_add_numId().val = self._list(line.list_id)

    def _list(self, part: int) -> int:
        """The list of a part of the notice; every part counts from 1."""
        if part not in self._lists:
            made = self._numbering.add_num(_LIST)
            made.add_lvlOverride(ilvl=0).add_startOverride(1)
            self._lists[part] = made.numId
        return self._lists[part]


def _levels(numbering: Numbering) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{_FORMATS[kind][0]}"/><w:suff w:val="nothing"/>'
        f"<w:lvlText w:val={quoteattr(_FORMATS[kind][1].format(n + 1))}/></w:lvl>"
        for n, kind in enumerate(numbering.kinds)
    )
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LIST}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
