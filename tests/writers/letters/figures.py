"""The figures of official papers, measured in files: Word as XML, PDF as boxes on its pages.

They are those of GB/T 9704-2012 (requirements/domain.md C7), written down here anew and not taken from the writers:
paper A4, 37 mm free above, 28 at the binding, 156 by 225 mm of text; 22 lines of 28 characters; body 仿宋 of size 3,
title 小标宋 of size 2; the number of the page outside, one character in; the date four characters in from the right,
with room for the seal above, which never stands on a page alone.
"""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pdfplumber
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM, POINT = 1440 / 25.4, 72 / 25.4  # twentieths of a point, and points, in a millimetre
PAPER = {"w": 210, "h": 297}
MARGINS = {"top": 37, "right": 26, "bottom": 35, "left": 28}
TEXT_WIDTH, TEXT_HEIGHT, LINES, CHARACTERS = 156, 225, 22, 28
BODY, TITLE, HEADING, FOOT = ("仿宋_GB2312", 32), ("方正小标宋简体", 44), ("黑体", 32), ("宋体", 28)
"""Fonts and sizes in half points: 3号, 2号, 3号, 4号."""
DATE_FREE = 400  # hundredths of a character at the right of the date
SEAL_MM = 20  # between the words and the name over which the seal of 42 mm stands
HAIR = 1.0  # millimetres: what the standard allows above and at the binding; boxes are larger than their ink
HANGING = "，。、；：”）》"
"""Marks whose ink stands in the left half of their box, which may hang over the end of a line."""
OPENING = "（《“〔"
"""Marks whose ink stands in the right half, which may hang before its beginning."""
FOOT_SIZE, BODY_SIZE, TITLE_SIZE = 14, 16, 22  # points


def word_faults(path: Path, *, is_signed: bool = True) -> Iterator[str]:
    """What in a Word file is not as the standard wants it; an agreement is signed in a table of its parties."""
    with ZipFile(path) as archive:
        parts = {
            Path(name).stem: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        }
    document, styles = parts["document"], parts["styles"]
    yield from _section_faults(document)
    yield from _style_faults(styles)
    yield from _foot_faults(parts)
    yield from _title_faults(document)
    if is_signed:
        yield from _signature_faults(document)
    if any(name.startswith("header") for name in parts):
        yield "something stands above the text, as on a draft"


def _section_faults(document: etree._Element) -> Iterator[str]:
    section = document.find(f"{W}body/{W}sectPr")
    for name, wanted, values in (
        ("paper", PAPER, _numbers(section.find(f"{W}pgSz"))),
        ("margin", MARGINS, _numbers(section.find(f"{W}pgMar"))),
    ):
        for side, millimetres in wanted.items():
            if round(values[side] / MM) != millimetres:
                yield f"{name} {side}: {values[side] / MM:.1f} mm, not {millimetres}"
    pitch = _numbers(section.find(f"{W}docGrid"))["linePitch"]
    if round(LINES * pitch / MM) != TEXT_HEIGHT:
        yield f"{LINES} lines are {LINES * pitch / MM:.1f} mm high"


def _style_faults(styles: etree._Element) -> Iterator[str]:
    normal = next(each for each in styles.iter(f"{W}style") if each.get(f"{W}styleId") == "Normal")
    if _font(normal.find(f"{W}rPr")) != BODY:
        yield f"body in {_font(normal.find(f'{W}rPr'))}"
    closer = int(normal.find(f"{W}rPr/{W}spacing").get(f"{W}val"))
    wide = (BODY_SIZE * 20 + closer) / MM
    if not CHARACTERS * wide <= TEXT_WIDTH < (CHARACTERS + 1) * wide:
        yield f"{TEXT_WIDTH / wide:.2f} characters on a line"


def _foot_faults(parts: dict[str, etree._Element]) -> Iterator[str]:
    feet = [part.find(f"{W}p") for name, part in sorted(parts.items()) if name.startswith("footer")]
    said = {
        (_set(foot, "jc", "val"), "".join(t.text or "" for t in foot.iter(f"{W}t", f"{W}instrText")))
        for foot in feet
    }
    if said != {("left", "— PAGE —"), ("right", "— PAGE —")}:
        yield f"numbers of pages: {sorted(map(str, said))}"
    fonts = {_font(run) for foot in feet for run in foot.iter(f"{W}rPr") if run.find(f"{W}sz") is not None}
    if fonts != {FOOT}:
        yield f"numbers of pages in {fonts}"
    inset = {_set(foot, "ind", f"{_set(foot, 'jc', 'val')}Chars") for foot in feet}
    if inset != {"100"}:
        yield "numbers of pages do not stand one character in"


def _title_faults(document: etree._Element) -> Iterator[str]:
    titles = [each for each in _paragraphs(document) if _fonts(each) == {TITLE}]
    if not titles:
        yield "no title in 小标宋 of size 2"
    yield from ("a title is not centred" for each in titles if _set(each, "jc", "val") != "center")
    for each in _paragraphs(document):
        words = _words(each)
        if words.startswith(("一、", "二、", "三、")) and HEADING not in _fonts(each):
            yield f"heading in {_fonts(each)}: {words[:12]}"
        if (
            words.startswith("附件")
            and _set(each, "pageBreakBefore") is not None
            and _fonts(each) != {HEADING}
        ):
            yield f"mark of an attachment in {_fonts(each)}"


def _signature_faults(document: etree._Element) -> Iterator[str]:
    signed = [each for each in _paragraphs(document) if _set(each, "jc", "val") == "right"]
    if not signed:
        yield "nobody has signed"
        return
    day = signed[-1]
    free = int(_set(day, "ind", "rightChars") or 0)
    if free < DATE_FREE or "年" not in _words(day):
        yield f"the day leaves {free / 100} characters: {_words(day)}"
    room = int(_set(signed[0], "spacing", "before") or 0) / MM
    if room < SEAL_MM:
        yield f"{room:.1f} mm for the seal"
    if any(_set(each, "keepNext") is None for each in signed[:-1]):
        yield "the seal may stand on a page alone"


def pdf_faults(path: Path) -> Iterator[str]:
    """What on the pages of a PDF is not as the standard wants it."""
    with pdfplumber.open(path) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            size = round(page.width / POINT), round(page.height / POINT)
            if size != (PAPER["w"], PAPER["h"]):
                yield f"page {number}: {size} mm"
            yield from (f"page {number}: {fault}" for fault in _page_faults(page, number))
        sizes = {round(each["size"]) for page in pdf.pages for each in page.chars}
    if missing := {TITLE_SIZE, FOOT_SIZE} - sizes:
        yield f"nothing of {missing} points"


def _page_faults(page: pdfplumber.page.Page, number: int) -> Iterator[str]:
    ends = (PAPER["h"] - MARGINS["bottom"]) * POINT
    foot = [each for each in page.chars if each["top"] > ends]
    said = "".join(each["text"] for each in foot).replace(" ", "")
    if said != f"—{number}—":
        yield f"below the text stands {said!r}"
    elif (number % 2 and foot[0]["x0"] < page.width / 2) or (
        not number % 2 and foot[0]["x0"] > page.width / 2
    ):
        yield "its number stands inside"
    left, right = MARGINS["left"] * POINT, (PAPER["w"] - MARGINS["right"]) * POINT
    for each in page.chars:
        if each in foot or not each["text"].strip():
            continue
        end = (each["x0"] + each["x1"]) / 2 if each["text"] in HANGING else each["x1"]
        begin = (each["x0"] + each["x1"]) / 2 if each["text"] in OPENING else each["x0"]
        if begin < left - HAIR * POINT or end > right + HAIR * POINT:
            yield f"{each['text']!r} stands {each['x0'] / POINT:.1f} to {each['x1'] / POINT:.1f} mm from the left"
        if each["top"] < (MARGINS["top"] - HAIR) * POINT:
            yield f"{each['text']!r} stands {each['top'] / POINT:.1f} mm from the top"
    rows = {
        round(each["bottom"]) for each in page.chars if each not in foot and round(each["size"]) == BODY_SIZE
    }
    if len(rows) > LINES:
        yield f"{len(rows)} lines"


def _paragraphs(document: etree._Element) -> list[etree._Element]:
    """Those of the text itself, none of a table."""
    return list(document.find(f"{W}body").findall(f"{W}p"))


def _words(paragraph: etree._Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(f"{W}t"))


def _fonts(paragraph: etree._Element) -> set[tuple[str, int]]:
    return {_font(run.find(f"{W}rPr")) for run in paragraph.iter(f"{W}r") if run.find(f"{W}rPr") is not None}


def _font(properties: etree._Element) -> tuple[str, int]:
    size = properties.find(f"{W}sz")
    fonts = properties.find(f"{W}rFonts")
    name = fonts.get(f"{W}eastAsia") if fonts is not None else ""
    return name or "", int(size.get(f"{W}val")) if size is not None else 0


def _set(paragraph: etree._Element, name: str, value: str = "") -> str | None:
    """A property of a paragraph, or one of its values; None where it is not set."""
    found = paragraph.find(f"{W}pPr/{W}{name}")
    if found is None:
        return None
    return found.get(f"{W}{value}") if value else ""


def _numbers(element: etree._Element) -> dict[str, int]:
    return {
        etree.QName(name).localname: int(value) for name, value in element.attrib.items() if value.isdigit()
    }
