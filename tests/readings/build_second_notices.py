"""Builds the .docx and .pdf forms of the second set of invented notices from their .txt twins.

Run by hand after a twin was edited, then commit what it wrote (the .pdf needs LibreOffice):

    python tests/readings/build_second_notices.py

The twins are written like those of build_notices.py. This set numbers its guide by 专项, 方向 and items.
"""

import re
import subprocess
import tempfile
from pathlib import Path

import docx
from build_notices import blocks_of, write_paragraph, write_table
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NOTICES = Path(__file__).parent / "notices" / "second"
HEADING_LIST = 95
GUIDE_LIST = 96
CONTENTS_LEADER = "……"
MARKS = (
    (re.compile(r"^[一二三四五六七八九十]+、"), HEADING_LIST, 0),
    (re.compile(r"^专项[一二三四五]  "), GUIDE_LIST, 0),
    (re.compile(r"^方向\d\.\d  "), GUIDE_LIST, 1),
    (re.compile(r"^（\d+）"), GUIDE_LIST, 2),
)
LEVELS = f"""
<w:abstractNum {nsdecls("w")} w:abstractNumId="{HEADING_LIST}">
  <w:multiLevelType w:val="singleLevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
    <w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
</w:abstractNum>"""
GUIDE_LEVELS = f"""
<w:abstractNum {nsdecls("w")} w:abstractNumId="{GUIDE_LIST}">
  <w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
    <w:suff w:val="space"/><w:lvlText w:val="专项%1"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
    <w:suff w:val="space"/><w:lvlText w:val="方向%1.%2"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
    <w:suff w:val="nothing"/><w:lvlText w:val="（%3）"/></w:lvl>
</w:abstractNum>"""


def add_lists(document: Document) -> dict[int, int]:
    """Defines the lists of the set; returns the list id for each definition."""
    numbering = document.part.numbering_part.element
    first_num = numbering.find("{*}num")
    for levels in (LEVELS, GUIDE_LEVELS):
        first_num.addprevious(parse_xml(levels))
    return {each: numbering.add_num(each).numId for each in (HEADING_LIST, GUIDE_LIST)}


def write_numbered(document: Document, line: str, lists: dict[int, int]) -> bool:
    """Writes the line without its number as a list paragraph; False when it has none."""
    if CONTENTS_LEADER in line:
        return False
    for mark, definition, level in MARKS:
        if match := mark.match(line):
            paragraph = document.add_paragraph(line[match.end() :])
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = level
            properties.get_or_add_numId().val = lists[definition]
            return True
    return False


def build(name: str, centred_lines: int, *, numbered: bool = False, landscape: bool = False) -> Path:
    """Writes notices/second/NAME.docx from its twin; in tables the empty cells of column 0 are merged upwards."""
    document = docx.Document()
    if landscape:
        page = document.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    lists = add_lists(document) if numbered else {}
    text = (NOTICES / f"{name}.txt").read_text(encoding="utf-8")
    for position, block in enumerate(blocks_of(text)):
        if isinstance(block, list):
            write_table(document, block, 0)
        elif not (numbered and write_numbered(document, block, lists)):
            write_paragraph(document, block, centred=position < centred_lines)
    path = NOTICES / f"{name}.docx"
    document.save(str(path))
    return path


def build_pdf(name: str, centred_lines: int) -> None:
    """Writes notices/second/NAME.pdf by way of a .docx that is not kept."""
    source = build(name, centred_lines)
    with tempfile.TemporaryDirectory() as profile:
        home = f"-env:UserInstallation=file://{profile}"
        convert = [
            "soffice",
            home,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(NOTICES),
            str(source),
        ]
        subprocess.run(convert, check=True)
    source.unlink()


if __name__ == "__main__":
    build("anhui-2025", centred_lines=4, numbered=True)
    build_pdf("jilin-2025", centred_lines=4)
    build("nanning-2023", centred_lines=4, landscape=True)
