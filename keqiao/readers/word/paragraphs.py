"""The text of one Word paragraph: without deletions, hidden runs and field codes."""

from dataclasses import dataclass, field

from lxml import etree

from keqiao.core.guides.blocks import Paragraph, Place
from keqiao.readers.assembly import BOOKMARK_NOISE
from keqiao.readers.word.numbering import Numbering
from keqiao.readers.word.package import W
from keqiao.readers.word.styles import Styles, switched_on, value

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
SKIPPED = frozenset(
    W + name for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "sdtPr")
)
BOXES = frozenset(W + name for name in ("drawing", "pict", "object"))
PLAIN = {W + "tab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
TICK_BOXES = {"F0A8": "□", "F06F": "□", "F0A3": "□", "F0FE": "☑", "F052": "☑", "F0FC": "√", "F050": "√"}


CENTRED = frozenset({"center", "distribute"})
"""The names of several offices in a red head are spread to one width (分散对齐) between equal margins."""


@dataclass
class ParagraphReader:
    """Reads paragraphs in document order; the numbers depend on that order."""

    styles: Styles
    numbering: Numbering
    boxes: list[etree._Element] = field(default_factory=list)  # text boxes met since last asked

    def read(self, element: etree._Element, part: str = "body") -> Paragraph:
        """Read one ``w:p``; text boxes inside it are put aside in ``boxes``."""
        properties = element.find(W + "pPr")
        style_id = value(properties, "pStyle") or self.styles.default
        pieces: list[str] = []
        self._collect(element, pieces)
        alignment = value(properties, "jc") or self.styles.paragraph_value(style_id, "jc")
        return Paragraph(
            text="".join(pieces).replace(BOOKMARK_NOISE, ""),
            place=Place(0, part=part),
            number=self._number(properties, style_id),
            style=self.styles.name(style_id),
            centred=alignment in CENTRED,
            right=alignment in {"right", "end"},
            bold=self._is_bold(element, style_id),
            level=self._outline_level(properties, style_id),
        )

    def _collect(self, element: etree._Element, pieces: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag in {W + "t", MATH_TEXT}:
                pieces.append(child.text or "")
            elif tag in PLAIN:
                pieces.append(PLAIN[tag])
            elif tag in BOXES:
                self.boxes.extend(outermost_boxes(child))
            elif tag == W + "r" and self._is_hidden(child):
                continue
            elif tag not in SKIPPED:
                self._collect_special(child, pieces)

    def _collect_special(self, child: etree._Element, pieces: list[str]) -> None:
        if child.tag == W + "br":
            pieces.append("\n" if child.get(W + "type", "textWrapping") == "textWrapping" else "")
        elif child.tag == W + "sym":
            pieces.append(TICK_BOXES.get(child.get(W + "char", "").upper(), ""))
        elif child.tag == MC + "AlternateContent":
            branch = child.find(MC + "Choice")
            self._collect(
                child[-1] if branch is None and len(child) else branch if branch is not None else child,
                pieces,
            )
        else:
            self._collect(child, pieces)

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(W + "rPr")
        stated = switched_on(properties, "vanish")
        if stated is None and (style_id := value(properties, "rStyle")):
            return self.styles.run_switch(style_id, "vanish")
        return bool(stated)

    def _is_bold(self, element: etree._Element, style_id: str) -> bool:
        stated = [
            switched_on(run.find(W + "rPr"), "b")
            for run in element.iterfind(W + "r")
            if any((text.text or "").strip() for text in run.iterfind(W + "t"))
        ]
        if not stated or None in stated:
            return self.styles.run_switch(style_id, "b") and False not in stated
        return all(stated)

    def _outline_level(self, properties: etree._Element | None, style_id: str) -> int:
        stated = value(properties, "outlineLvl") or self.styles.paragraph_value(style_id, "outlineLvl") or ""
        return int(stated) + 1 if stated.isdigit() and int(stated) < 9 else 0

    def _number(self, properties: etree._Element | None, style_id: str) -> str:
        own = None if properties is None else properties.find(W + "numPr")
        number_id, stated = value(own, "numId"), value(own, "ilvl")
        from_style = self.styles.numbering(style_id)
        level = int(stated) if stated and stated.isdigit() else None
        if number_id is None and from_style is not None:
            number_id, style_level, owner = from_style
            tied = self.numbering.level_of_style(number_id, owner)
            level = next((known for known in (level, tied, style_level) if known is not None), 0)
        if number_id in {None, "0"} or (own is not None and own.find(W + "del") is not None):
            return ""
        return self.numbering.next_number(str(number_id), level or 0)


def outermost_boxes(element: etree._Element) -> list[etree._Element]:
    """Return the text box contents, taking the first of alternatives that say the same."""
    found: list[etree._Element] = []
    for child in element:
        if child.tag == W + "txbxContent":
            found.append(child)
        elif child.tag != MC + "Fallback":
            found.extend(outermost_boxes(child))
    return found
