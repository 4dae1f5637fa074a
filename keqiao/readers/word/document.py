"""Walks a Word document: paragraphs, tables, text boxes and footnotes in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from keqiao.readers.assembly import Draft, DraftTable, Reading, Spot, assemble
from keqiao.readers.word.numbering import Numbering
from keqiao.readers.word.package import Package, W
from keqiao.readers.word.paragraphs import MC, ParagraphReader
from keqiao.readers.word.styles import Styles, value

WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)  # content controls and accepted changes: transparent
SPAN_MAX = 1000


def read_word(path: Path) -> Reading:
    """Read a .docx file; raises Unreadable when a needed part is missing or damaged."""
    package = Package.open(path)
    with package.archive:
        styles = Styles.read(package.related("styles"))
        numbering = Numbering.read(package.related("numbering"), styles)
        walker = Walker(ParagraphReader(styles, numbering))
        root = package.part(package.main_part)
        body = root.find(W + "body")
        drafts = list(walker.drafts(root if body is None else body))
        drafts += walker.notes(package)
    return Reading(assemble(drafts))


@dataclass
class Walker:
    """Goes through block-level content once, in order."""

    paragraphs: ParagraphReader

    def drafts(self, parent: etree._Element, part: str = "body") -> Iterator[Draft]:
        """Yield what ``parent`` holds; a text box follows the paragraph it hangs on."""
        for element in parent:
            if element.tag == W + "p":
                yield self.paragraphs.read(element, part)
                yield from self._boxes()
            elif element.tag == W + "tbl":
                yield self._table(element, part)
            elif element.tag in WRAPPERS:
                yield from self.drafts(element, part)
            elif element.tag == MC + "AlternateContent" and len(element):
                yield from self.drafts(element[0], part)

    def _boxes(self) -> Iterator[Draft]:
        boxes, self.paragraphs.boxes = self.paragraphs.boxes, []
        for box in boxes:
            yield from self.drafts(box, "textbox")

    def notes(self, package: Package) -> list[Draft]:
        """Return footnotes and endnotes, after the body; separators are left out."""
        found: list[Draft] = []
        for kind in ("footnotes", "endnotes"):
            root = package.related(kind)
            for note in () if root is None else root:
                if note.get(W + "type", "normal") == "normal":
                    found.extend(self.drafts(note, "footnote"))
        return found

    def _table(self, element: etree._Element, part: str) -> DraftTable:
        table = DraftTable()
        open_merges: dict[int, Spot] = {}
        for row, row_element in enumerate(_rows(element)):
            properties = row_element.find(W + "trPr")
            column = _span(value(properties, "gridBefore"), 0)
            previous: Spot | None = None
            for cell in _cells(row_element):
                spot = Spot(row, column, [], column_span=_span(value(cell.find(W + "tcPr"), "gridSpan"), 1))
                previous = self._place(cell, spot, open_merges, previous)
                spot.content[:0] = list(self.drafts(cell, part))
                column += spot.column_span
                if previous is spot:
                    table.spots.append(spot)
        return table

    def _place(
        self, cell: etree._Element, spot: Spot, open_merges: dict[int, Spot], previous: Spot | None
    ) -> Spot | None:
        """Return the spot that this cell belongs to: itself, the one above or the one to its left."""
        properties = cell.find(W + "tcPr")
        if _merge(properties, "hMerge") == "continue" and previous is not None:
            previous.column_span += spot.column_span
            return previous
        above = open_merges.get(spot.column)
        merge = _merge(properties, "vMerge")
        if merge == "continue" and above is not None and above.row + above.row_span == spot.row:
            above.row_span += 1
            return above
        open_merges.pop(spot.column, None)
        if merge:
            open_merges[spot.column] = spot
        return spot


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == W + "tr":
            if element.find(f"{W}trPr/{W}del") is None:
                yield element
        elif element.tag in WRAPPERS:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if element.tag == W + "tc":
            yield element
        elif element.tag in WRAPPERS:
            yield from _cells(element)


def _merge(properties: etree._Element | None, name: str) -> str:
    """Return ``restart``, ``continue`` or "" (not merged)."""
    stated = value(properties, name)
    return "" if stated is None else stated or "continue"


def _span(stated: str | None, default: int) -> int:
    return min(int(stated), SPAN_MAX) if stated and stated.isdigit() and int(stated) else default
