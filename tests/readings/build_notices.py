"""Builds the .docx form of the invented notices from their .txt twins.

Run by hand after a twin was edited, then commit what it wrote:

    python tests/readings/build_notices.py

A twin is plain text: one paragraph per line; a table is a run of rows with blank lines between them, each
cell on a line of its own behind a tab. An empty cell of the merged column belongs to the filled one above.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table

NOTICES = Path(__file__).parent / "notices"
HEADING_LIST = 90
ITEM_LIST = 91
CHINESE_MARK = re.compile(r"^[一二三四五六七八九十]+、")
DECIMAL_MARK = re.compile(r"^\d+\.\d+ ")
ITEM_MARK = re.compile(r"^（\d+）")

HEADING_LEVELS = f"""
<w:abstractNum {nsdecls("w")} w:abstractNumId="{HEADING_LIST}">
  <w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
    <w:pStyle w:val="Heading1"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
    <w:suff w:val="space"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>"""
ITEM_LEVELS = f"""
<w:abstractNum {nsdecls("w")} w:abstractNumId="{ITEM_LIST}">
  <w:multiLevelType w:val="singleLevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
    <w:suff w:val="nothing"/><w:lvlText w:val="（%1）"/></w:lvl>
</w:abstractNum>"""


@dataclass(frozen=True)
class Layout:
    """How one notice is set: lines centred at the top, a column whose empty cells are merged, a wide page."""

    centred_lines: int
    merged_column: int | None = None
    landscape: bool = False
    automatic_numbers: bool = False


LAYOUTS = {
    "guizhou-2024": Layout(centred_lines=4),
    "linyi-2025": Layout(centred_lines=3, merged_column=1, landscape=True),
    "foshan-2023": Layout(centred_lines=2, automatic_numbers=True),
    "baoji-2024": Layout(centred_lines=4),
}


def blocks_of(text: str) -> Iterator[str | list[list[str]]]:
    """The paragraphs of a twin as strings and its tables as rows of cells, in their order."""
    rows: list[list[str]] = []
    for chunk in re.split(r"\n{2,}", text):
        if chunk.startswith("\t"):
            rows.append([cell.strip() for cell in chunk.split("\n")])
            continue
        if rows:
            yield rows
            rows = []
        yield from (line for line in chunk.split("\n") if line.strip())
    if rows:
        yield rows


def write_paragraph(document: Document, line: str, *, centred: bool) -> None:
    """One paragraph; a line set far from the left margin is the signature and stands right."""
    paragraph = document.add_paragraph(line.strip())
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif line.startswith(" " * 20):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def write_table(document: Document, rows: list[list[str]], merged_column: int | None) -> None:
    """A table with a grid; where a column is named, its empty cells join the filled one above."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    if merged_column is not None:
        merge_down(table, rows, merged_column)


def merge_down(table: Table, rows: list[list[str]], column: int) -> None:
    """Merges the runs of empty cells of one column upwards; a row of sums is merged along itself instead."""
    top = 0
    for r, row in enumerate(rows):
        if row[0] == "合计":
            table.cell(r, 0).merge(table.cell(r, 5)).text = "合计"
        elif row[column]:
            top = r
        else:
            merged = table.cell(top, column).merge(table.cell(r, column))
            merged.text = rows[top][column]


class AutomaticNumbers:
    """Writes the leading numbers of a guide as lists of numbering.xml: no paragraph holds them as text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbering = document.part.numbering_part.element
        first_num = self.numbering.find("{*}num")
        for levels in (HEADING_LEVELS, ITEM_LEVELS):
            first_num.addprevious(parse_xml(levels))
        self.headings = self.new_list(HEADING_LIST)
        self.items = 0
        style = document.styles["Heading 1"].element.get_or_add_pPr()
        style.get_or_add_numPr().get_or_add_numId().val = self.headings

    def new_list(self, levels: int) -> int:
        """The id of a list of the given levels that starts again at 1."""
        num = self.numbering.add_num(levels)
        num.add_lvlOverride(ilvl=0).add_startOverride(1)
        return num.numId

    def write(self, line: str) -> bool:
        """Writes the line without its number as a list paragraph; False when the line has none."""
        if match := CHINESE_MARK.match(line):
            self.document.add_paragraph(line[match.end() :], style="Heading 1")
        elif match := DECIMAL_MARK.match(line):
            self.listed(line[match.end() :], level=1, list_id=self.headings)
            self.items = 0
        elif match := ITEM_MARK.match(line):
            self.items = self.items or self.new_list(ITEM_LIST)
            self.listed(line[match.end() :], level=0, list_id=self.items)
        else:
            return False
        return True

    def listed(self, text: str, *, level: int, list_id: int) -> None:
        """A paragraph numbered by the given level of the given list."""
        properties = self.document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = list_id


def build(name: str, layout: Layout) -> None:
    """Writes notices/NAME.docx from notices/NAME.txt."""
    document = docx.Document()
    if layout.landscape:
        page = document.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    numbers = AutomaticNumbers(document) if layout.automatic_numbers else None
    text = (NOTICES / f"{name}.txt").read_text(encoding="utf-8")
    for position, block in enumerate(blocks_of(text)):
        if isinstance(block, list):
            write_table(document, block, layout.merged_column)
        elif numbers is None or not numbers.write(block):
            write_paragraph(document, block, centred=position < layout.centred_lines)
    document.save(str(NOTICES / f"{name}.docx"))


if __name__ == "__main__":
    for each, layout in LAYOUTS.items():
        build(each, layout)
