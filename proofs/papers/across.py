"""Tables across the page, measured in the files that rooms hand out: workbooks and Word as XML, PDF as its pages.

Summary and performance tables are filed on A4 across (requirements/inventory.md D6, D12; domain.md D6), stapled at
a side: room at every edge, the title over the middle, the head of the table again on each page. The figures are
written down here anew and not taken from the writers.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pdfplumber
from lxml import etree

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM, POINT, INCH = (
    1440 / 25.4,
    72 / 25.4,
    25.4,
)  # twentieths of a point and points in a millimetre; millimetres
WIDE, HIGH = 297, 210
FREE = 15  # millimetres at each edge: what a printer and a staple need
SMALLEST, TITLE = 18, 36  # half points: nobody reads less; the title is of size 2 or a little less
A4 = "9"  # the number of the paper in table programs
Cell = str | float


def cells_of(path: Path) -> dict[str, Cell]:
    """What stands in the first sheet of a workbook, by place (``B3``); empty cells are left out."""
    with ZipFile(path) as archive:
        shared = [_said(each) for each in _shared(archive)]
        sheet = _part(archive, "xl/worksheets/sheet1.xml")
    found = ((each.get("r"), _value(each, shared)) for each in sheet.iter(f"{S}c"))
    return {place: value for place, value in found if value != ""}


def across_in_workbook(path: Path) -> Iterator[str]:
    """How the first sheet is printed, where that is not as an office files it."""
    with ZipFile(path) as archive:
        sheet = _part(archive, "xl/worksheets/sheet1.xml")
        book = _part(archive, "xl/workbook.xml")
    setup, edges = sheet.find(f"{S}pageSetup"), sheet.find(f"{S}pageMargins")
    if setup is None or (setup.get("paperSize"), setup.get("orientation")) != (A4, "landscape"):
        yield "not on A4 across"
    elif setup.get("fitToHeight") != "0" or sheet.find(f"{S}sheetPr/{S}pageSetUpPr") is None:
        yield "columns fall off the page"
    for side in ("left", "right", "top", "bottom"):
        room = float(edges.get(side)) * INCH
        if room < FREE:
            yield f"{side}: {room:.1f} mm free"
    merged = {each.get("ref").partition(":")[0] for each in sheet.iter(f"{S}mergeCell")}
    if "A1" not in merged:
        yield "the title does not stand over the table"
    titles = [each.text for each in book.iter(f"{S}definedName") if each.get("name") == "_xlnm.Print_Titles"]
    row = re.search(r"\$(\d+):\$(\d+)$", titles[0] or "") if titles else None
    if row is None:
        yield "the head of the table stands on the first page only"
        return
    head = [place for place in cells_of(path) if re.fullmatch(rf"[A-Z]+{row.group(1)}", place)]
    columns = {re.sub(r"\d", "", place) for place in cells_of(path)}
    if len(head) < len(columns):
        yield f"what is said again on each page has {len(head)} of {len(columns)} headings"


def across_in_word(path: Path) -> Iterator[str]:
    """What in a Word file of a table is not as an office files it."""
    with ZipFile(path) as archive:
        body = _part(archive, "word/document.xml").find(f"{W}body")
    page = {name: _number(body, "pgSz", name) for name in ("w", "h")}
    if (round(page["w"] / MM), round(page["h"] / MM)) != (WIDE, HIGH):
        yield f"{page['w'] / MM:.0f} by {page['h'] / MM:.0f} mm"
    if body.find(f"{W}sectPr/{W}pgSz").get(f"{W}orient") != "landscape":
        yield "a printer takes it for upright"
    edges = {side: _number(body, "pgMar", side) for side in ("top", "right", "bottom", "left")}
    yield from (f"{side}: {room / MM:.1f} mm free" for side, room in edges.items() if round(room / MM) < FREE)
    title = body.find(f"{W}p")
    sizes = {int(each.get(f"{W}val")) for each in title.iter(f"{W}sz")}
    if title.find(f"{W}pPr/{W}jc").get(f"{W}val") != "center" or min(sizes) < TITLE:
        yield f"the title is not centred, or small: {sizes}"
    table = body.find(f"{W}tbl")
    if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is None:
        yield "the head of the table stands on the first page only"
    wide = sum(int(each.get(f"{W}w")) for each in table.find(f"{W}tblGrid"))
    if wide > page["w"] - edges["left"] - edges["right"] + MM:
        yield f"the table is {wide / MM:.0f} mm wide"
    written = {int(each.get(f"{W}val")) for each in body.iter(f"{W}sz")}
    if min(written) < SMALLEST:
        yield f"too small to read: {min(written) / 2} points"


def across_in_pdf(path: Path) -> Iterator[str]:
    """What on the pages of a PDF of a table is not as an office files it."""
    with pdfplumber.open(path) as pdf:
        heads = []
        for number, page in enumerate(pdf.pages, start=1):
            if (round(page.width / POINT), round(page.height / POINT)) != (WIDE, HIGH):
                yield f"page {number}: {page.width / POINT:.0f} by {page.height / POINT:.0f} mm"
            free = {
                "left": min(each["x0"] for each in page.chars),
                "right": page.width - max(each["x1"] for each in page.chars),
                "top": min(each["top"] for each in page.chars),
            }
            yield from (
                f"page {number}, {side}: {room / POINT:.1f} mm free"
                for side, room in free.items()
                if room < (FREE - 1) * POINT
            )
            tables = page.extract_tables()
            if tables:
                heads.append(tuple(_letters(each or "") for each in tables[0][0]))
    if not heads:
        yield "no table"
    elif len(set(heads)) > 1:
        yield f"another head on another page: {Counter(heads).most_common()}"


def _part(archive: ZipFile, name: str) -> Any:
    return etree.fromstring(archive.read(name))


def _shared(archive: ZipFile) -> Iterator[Any]:
    if "xl/sharedStrings.xml" in archive.namelist():
        yield from _part(archive, "xl/sharedStrings.xml").findall(f"{S}si")


def _said(entry: Any) -> str:
    return "".join(each.text or "" for each in entry.iter(f"{S}t"))


def _value(cell: Any, shared: list[str]) -> Cell:
    value = cell.find(f"{S}v")
    if cell.find(f"{S}f") is not None:
        return f"formula {_said(cell)}"
    if cell.get("t") == "inlineStr":
        return _said(cell)
    if value is None or not value.text:
        return ""
    return shared[int(value.text)] if cell.get("t") == "s" else float(value.text)


def _number(body: Any, name: str, value: str) -> int:
    return int(body.find(f"{W}sectPr/{W}{name}").get(f"{W}{value}"))


def _letters(words: str) -> str:
    return "".join(words.split())
