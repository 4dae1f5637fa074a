"""Takes a Word document apart into pieces. Nothing that stands in it is left out: what is no text is said in flags."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from keqiao.readers.forms.pieces import (
    BODY,
    BOX,
    COMMENT,
    DELETED,
    EDGE,
    HIDDEN,
    INSERTED,
    NESTED,
    NOTE,
    PICTURE,
    REMARK,
    REMOVED,
    Piece,
    Pieces,
)
from keqiao.readers.forms.plain import (
    BOOKMARKS,
    COMMENTS,
    GONE,
    NEW,
    Elements,
    break_of,
    contents_of,
    gather,
    odd_cells,
)
from keqiao.readers.forms.words import Words
from keqiao.readers.word.numbering import Numbering
from keqiao.readers.word.package import Package, W
from keqiao.readers.word.paragraphs import BOXES, MC, PLAIN, TICK_BOXES, ParagraphReader, outermost_boxes
from keqiao.readers.word.styles import Styles, switched_on, value

SPAN_MAX: Final = 1000
_SILENT: Final = frozenset(
    W + name for name in ("pPr", "rPr", "instrText", "sdtPr", "tcPr", "trPr", "tblPr", "rt")
)
_EDGES: Final = ("header", "footer")
_PROPERTIES: Final = "docProps/core.xml"


@dataclass
class _Taker:
    """Goes through a document once."""

    paragraphs: ParagraphReader
    tables: int = 0
    counting: dict[str, bool] = field(
        default_factory=dict
    )  # styles, and whether their paragraphs are numbered
    has_numbers: bool = True
    odd: frozenset[etree._Element] = frozenset()
    contents: Mapping[etree._Element, Elements] = field(default_factory=dict)

    def look_over(self, root: etree._Element) -> None:
        """See in one go what would else be asked at each cell: which are odd, and whether anything is numbered."""
        self.odd = odd_cells(root)
        styles = {"", *(each.get(W + "val", "") for each in root.iterdescendants(W + "pStyle"))}
        own = next(root.iterdescendants(W + "numPr"), None)
        self.has_numbers = own is not None or any(map(self._style_counts, styles))

    def blocks(self, parent: etree._Element, place: str, outer: tuple[str, ...] = ()) -> Iterator[Piece]:
        """The pieces of what stands in ``parent``; ``outer`` are tags of content controls around it."""
        for element in parent:
            if element.tag == W + "p":
                words = Words(marks=list(outer))
                self.paragraph(element, words)
                yield from self._with_rest(words, place=place)
            elif element.tag == W + "tbl":
                yield from self.table(element, place)
            elif element.tag in GONE:
                yield Piece(_all_text(element), REMOVED)
            elif element.tag not in _SILENT:
                yield from self.blocks(element, place, (*outer, *_tag_of(element)))

    def _with_rest(self, words: Words, **place: int | str) -> Iterator[Piece]:
        """A piece, then what hangs on it: text boxes, nested tables, deleted words."""
        yield words.piece(**place)
        for box in words.boxes:
            yield from self.blocks(box, BOX)
        for table in words.tables:
            yield from self.table(table, str(place.get("place", BODY)))
        if "".join(words.gone).strip():
            yield Piece("".join(words.gone), REMOVED)

    def paragraph(self, element: etree._Element, words: Words) -> None:
        """Gather one paragraph, its automatic number before it."""
        self._count(element, words)
        self._gather(element, words)
        words.parts.append("\n")

    def _count(self, element: etree._Element, words: Words) -> None:
        if self._is_counted(element):
            words.parts.append(f"{self.paragraphs.read(element).number} ".lstrip())
            self.paragraphs.boxes.clear()

    def _is_counted(self, element: etree._Element) -> bool:
        """Has it an automatic number, of its own or by its style? Few paragraphs of a form have one."""
        if not self.has_numbers:
            return False
        properties = element.find(W + "pPr")
        if properties is None:
            return self._style_counts("")
        return properties.find(W + "numPr") is not None or self._style_counts(
            value(properties, "pStyle") or ""
        )

    def _style_counts(self, style: str) -> bool:
        if style not in self.counting:
            styles = self.paragraphs.styles
            self.counting[style] = styles.numbering(style or styles.default) is not None
        return self.counting[style]

    def _gather(self, parent: etree._Element, words: Words) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "t":
                words.parts.append(child.text or "")
            elif tag in PLAIN:
                words.parts.append(PLAIN[tag])
            elif tag in GONE:
                words.flags.append(DELETED)
                words.gone.append(_all_text(child))
            elif tag in BOOKMARKS:
                words.bookmark(child)
            elif tag not in _SILENT:
                self._gather_block(child, words)

    def _gather_block(self, child: etree._Element, words: Words) -> None:
        if child.tag in COMMENTS:
            words.flags.append(COMMENT)
        elif child.tag == W + "tbl":
            words.flags.append(NESTED)
            words.tables.append(child)
        elif child.tag == W + "p":
            self.paragraph(child, words)
        else:
            self._gather_special(child, words)

    def _gather_special(self, child: etree._Element, words: Words) -> None:
        if child.tag == W + "br":
            words.parts.append(break_of(child))
        elif child.tag == W + "sym":
            words.parts.append(TICK_BOXES.get(child.get(W + "char", "").upper(), "�"))
        elif child.tag in BOXES:
            found = outermost_boxes(child)
            words.boxes += found
            words.flags += [] if found else [PICTURE]
        elif child.tag == MC + "AlternateContent":
            branch = child.find(MC + "Choice")
            self._gather(child if branch is None else branch, words)
        elif child.tag == W + "sdt":
            inner = Words()
            self._gather(child, inner)
            words.control(child, inner)
        elif child.tag == W + "r" and switched_on(child.find(W + "rPr"), "vanish"):
            words.flags.append(HIDDEN)
            words.gone.append(_all_text(child))
        else:
            words.flags += [INSERTED] if child.tag in NEW else []
            self._gather(child, words)

    def table(self, element: etree._Element, place: str) -> Iterator[Piece]:
        """The cells of a table, those that go on below another joined to it; then what hangs on them."""
        number, self.tables = self.tables, self.tables + 1
        cells: list[tuple[Words, dict[str, int]]] = []
        above: dict[int, int] = {}  # column: the cell that may go on below
        self.contents = contents_of(element)
        for row, row_element in enumerate(_rows(element)):
            waiting = Words()
            if row_element.find(f"{W}trPr/{W}ins") is not None:
                waiting.flags.append(INSERTED)
            column = _number(value(row_element.find(W + "trPr"), "gridBefore"), 0)
            for cell in _cells(row_element, waiting):
                column = self._cell(
                    cell, waiting, cells, above, {"table": number, "row": row, "column": column}
                )
        for words, at in cells:
            yield from self._with_rest(words, place=place, **at)
        for gone in _gone_rows(element):
            yield Piece(_all_text(gone), REMOVED)

    def _cell(
        self,
        cell: etree._Element,
        waiting: Words,
        cells: list[tuple[Words, dict[str, int]]],
        above: dict[int, int],
        at: dict[str, int],
    ) -> int:
        """Gather a cell; returns the column behind it."""
        properties = cell.find(W + "tcPr")
        across = _number(value(properties, "gridSpan"), 1)
        merge = None if properties is None else properties.find(W + "vMerge")
        column = at["column"]
        if merge is not None and merge.get(W + "val", "continue") == "continue" and column in above:
            words, place = cells[above[column]]
            place["down"] = at["row"] - place["row"] + 1
        else:
            words, place = Words(), {**at, "across": across, "down": 1}
            cells.append((words, place))
            above.pop(column, None)
            if merge is not None:
                above[column] = len(cells) - 1
        words.marks += waiting.marks
        words.flags += waiting.flags
        waiting.marks.clear()
        if cell in self.odd:
            self._gather(cell, words)
        else:
            gather(self.contents.get(cell, ()), words, self._count)
        return column + across


def take(path: Path) -> Pieces:
    """Take the .docx file at ``path`` apart.

    Raises:
        Unreadable: a needed part is missing or damaged.
    """
    package = Package.open(path)
    with package.archive:
        styles = Styles.read_when_asked(package.related_bytes("styles"))
        taker = _Taker(ParagraphReader(styles, Numbering.read(package.related("numbering"), styles)))
        root = package.part(package.main_part)
        taker.look_over(root)
        body = root.find(W + "body")
        found = list(taker.blocks(root if body is None else body, BODY))
        found += _beside(taker, package)
        return Pieces(tuple(found), tuple(_says(package)))


def _beside(taker: _Taker, package: Package) -> Iterator[Piece]:
    """Notes, comments, headers and footers."""
    for kind, place in (("footnotes", NOTE), ("endnotes", NOTE), ("comments", REMARK)):
        root = package.related(kind)
        if root is not None:
            taker.look_over(root)
        for note in () if root is None else root:
            if note.get(W + "type", "normal") == "normal":
                yield from (piece for piece in taker.blocks(note, place) if piece.text.strip())
    folder = package.main_part.rpartition("/")[0]
    for name in sorted(package.names):
        if name.startswith(tuple(f"{folder}/{kind}" for kind in _EDGES)) and name.endswith(".xml"):
            edge = package.part(name)
            taker.look_over(edge)
            yield from (piece for piece in taker.blocks(edge, EDGE) if piece.text.strip())


def _says(package: Package) -> Iterator[str]:
    """Identifier and keywords among the properties of the document."""
    if _PROPERTIES in package.names:
        for element in package.part(_PROPERTIES):
            if etree.QName(element).localname in ("identifier", "keywords") and element.text:
                yield element.text


def _tag_of(element: etree._Element) -> tuple[str, ...]:
    tag = value(element.find(W + "sdtPr"), "tag") if element.tag == W + "sdt" else None
    return (tag,) if tag else ()


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == W + "tr":
            if element.find(f"{W}trPr/{W}del") is None:
                yield element
        elif element.tag not in _SILENT and element.tag not in GONE:
            yield from _rows(element)


def _gone_rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in table.iterfind(W + "tr") if row.find(f"{W}trPr/{W}del") is not None)


def _cells(row: etree._Element, waiting: Words) -> Iterator[etree._Element]:
    """The cells of a row; marks that stand between cells are left for the next one."""
    for element in row:
        if element.tag == W + "tc":
            yield element
        elif element.tag == W + "bookmarkStart":
            waiting.marks.append(element.get(W + "name", ""))
        elif element.tag not in _SILENT:
            waiting.marks += _tag_of(element)
            yield from _cells(element, waiting)


def _all_text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(W + "t", W + "delText"))


def _number(stated: str | None, default: int) -> int:
    return min(int(stated), SPAN_MAX) if stated and stated.isdigit() and int(stated) else default
