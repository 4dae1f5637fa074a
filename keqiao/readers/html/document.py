"""Walks a page: blocks become paragraphs, tables grids; scripts, menus and hidden parts are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree, html

from keqiao.core.guides.blocks import Paragraph, Place
from keqiao.readers.assembly import Draft, Reading, assemble
from keqiao.readers.html.encoding import page_text
from keqiao.readers.html.grid import grid_of
from keqiao.readers.unreadable import Unreadable
from keqiao.readers.word.counting import write_count

DROPPED = frozenset(
    ("script", "style", "noscript", "template", "head", "nav", "header", "footer", "aside", "form", "button",
     "select", "option", "input", "textarea", "iframe", "object", "embed", "svg", "math", "canvas", "audio",
     "video", "map", "link", "meta")
)  # fmt: skip
BLOCKS = frozenset(
    ("p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl",
     "dt", "dd", "blockquote", "pre", "center", "address", "fieldset", "figure", "figcaption", "hr", "body",
     "html", "tr", "td", "th", "tbody", "thead", "tfoot", "caption")
)  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
MENU = re.compile(
    r"(^|[-_\s])(nav|menu|breadcrumb|crumbs?|sidebar|share|footer|copyright|pagination|pager|toolbar|crumb)([-_\s]|$)",
    re.IGNORECASE,
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
ALIGNED = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n]+")
ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
SOFT_LINES_MAX = 3
LIST_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
PARTS = re.compile(r"\n[ \n]*\n|\n(?=[ ]*[\u3000\u00a0]{2})")
BREAK = "\n"


def read_html(path: Path) -> Reading:
    """Read the page at ``path``; raises Unreadable when nothing can be parsed."""
    # lxml refuses text that states an encoding of its own, so it gets bytes in one known encoding.
    data = page_text(path.read_bytes()).encode("utf-8", "replace")
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("unreadable.damaged", detail=str(error)[:200]) from error
    return Reading(assemble(Page().drafts(root)))


@dataclass(slots=True)
class Look:
    """What the surrounding elements say about a paragraph."""

    style: str = ""
    align: str = ""
    bold: bool = False
    keeps_spaces: bool = False


@dataclass(slots=True)
class Page:
    """Collects inline text until a block begins or ends."""

    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    number: str = ""  # of the list item whose text comes next

    def drafts(self, element: etree._Element, look: Look | None = None) -> Iterator[Draft]:
        """Yield the paragraphs and tables of ``element`` in order."""
        look = _inherit(look or Look(), element)
        self._add(element.text, look)
        items = 0
        for child in element:
            items += child.tag == "li"
            yield from self._child(child, look, items)
            self._add(child.tail, look)
        if element.tag in BLOCKS:
            yield from self._flush(look)

    def _child(self, child: etree._Element, look: Look, items: int) -> Iterator[Draft]:
        if not isinstance(child.tag, str) or is_dropped(child):
            return
        if child.tag == "br":
            self.pieces.append(BREAK)
        elif child.tag == "table":
            yield from self._flush(look)
            yield grid_of(child, lambda cell: Page().drafts(cell))
        elif child.tag in BLOCKS:
            yield from self._flush(look)
            self.number = _list_number(child, items) or self.number
            yield from self.drafts(child, look)
        else:
            yield from self.drafts(child, look)

    def _add(self, text: str | None, look: Look) -> None:
        if text:
            self.pieces.append(text if look.keeps_spaces else SPACES.sub(" ", text))
            if text.strip():
                self.bold.append(look.bold)

    def _flush(self, look: Look) -> Iterator[Paragraph]:
        """End the paragraph. Two breaks in a row, or a break before an indent, begin a new one."""
        text = "".join(self.pieces).translate(ZERO_WIDTH)
        is_bold = bool(self.bold) and all(self.bold)
        self.pieces, self.bold = [], []
        for part in PARTS.split(text):
            for joined in _joined(part):
                centred, right = look.align == "center", look.align == "right"
                level = HEADINGS.get(look.style, 0)
                number, self.number = self.number, ""
                yield Paragraph(joined, Place(0), number, look.style, centred, right, is_bold, level)


def _joined(part: str) -> list[str]:
    """Lines of a title or an address stay together; many lines are paragraphs divided by breaks only."""
    lines = [line.strip(" ") for line in part.split(BREAK) if line.strip()]
    return lines if len(lines) > SOFT_LINES_MAX else [BREAK.join(lines)] if lines else []


def _list_number(item: etree._Element, place: int) -> str:
    """Return the number that a browser would show before the item at ``place`` (from 1) of an ordered list."""
    parent = item.getparent()
    if item.tag != "li" or parent is None or parent.tag != "ol" or "none" in parent.get("style", ""):
        return ""
    start = parent.get("start", "1")
    count = (int(start) if start.isascii() and start.isdigit() else 1) + place - 1
    return write_count(count, LIST_FORMATS.get(parent.get("type", "1"), "decimal")) + ". "


def is_dropped(element: etree._Element) -> bool:
    """Is this no part of the text: a script, a menu, a hidden element?"""
    if element.tag in DROPPED and not (element.tag == "form" and element.find(".//p") is not None):
        return True
    if "hidden" in element.attrib or HIDDEN.search(element.get("style", "")):
        return True
    names = f"{element.get('id', '')} {element.get('class', '')}"
    return element.tag in {"div", "ul", "section", "td"} and bool(MENU.search(names))


def _inherit(look: Look, element: etree._Element) -> Look:
    tag = str(element.tag)
    stated = "center" if tag == "center" else element.get("align", "").lower()
    if found := ALIGNED.search(element.get("style", "")):
        stated = found[1].lower()
    return Look(
        style=tag if tag in HEADINGS else look.style,
        align=stated or look.align,
        bold=look.bold or tag in {"b", "strong", "th"} or tag in HEADINGS,
        keeps_spaces=look.keeps_spaces or tag == "pre",
    )
