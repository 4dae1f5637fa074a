"""The document as written, for the desk: its paragraphs and tables in runs, each run with the marks on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from keqiao.core.guides.blocks import Cell, Paragraph, SourceDocument, Table
from keqiao.web.programmes.proofreading.marks import Mark, ParagraphAt, marks_by_paragraph, paragraph_at
from keqiao.web.programmes.proofreading.selections import paragraphs_of

INDENTS_MAX = 4


@dataclass(frozen=True, slots=True)
class Run:
    """Characters under the same marks, the narrowest mark first; ``begins``: the marks whose first run this is."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()

    @property
    def top(self) -> Mark | None:
        """The mark that the run shows and leads to."""
        return self.marks[0] if self.marks else None

    @property
    def is_faulty(self) -> bool:
        """Do the words belong to a sum that does not come out?"""
        return any(mark.kind == "sum" for mark in self.marks)


@dataclass(frozen=True, slots=True)
class ParagraphShown:
    """A paragraph as it stands. ``id`` is its anchor, ``at`` begins addresses of its words, ``whole`` is of all."""

    id: str
    at: str
    whole: str
    runs: tuple[Run, ...]
    level: int = 0
    centred: bool = False
    right: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class CellShown:
    """One cell of a table, drawn once over all positions that it covers."""

    id: str
    paragraphs: tuple[ParagraphShown, ...]
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class BlockShown:
    """A paragraph or a table; ``page`` is the number of the page that begins before it, 0 where none does."""

    paragraph: ParagraphShown | None = None
    rows: tuple[tuple[CellShown, ...], ...] = ()
    id: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Original:
    """The whole document.

    ``places`` leads from the key of words to the anchor of the paragraph that holds them, ``addresses`` to their
    own address as a selection.
    """

    blocks: tuple[BlockShown, ...]
    places: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)


def original_shown(document: SourceDocument, tied: Iterator[Any]) -> Original:
    """Return ``document`` with the words of ``tied`` (``marks.Tied``) marked; not a character is lost or added."""
    paragraphs = {_at(paragraph): paragraph for paragraph in paragraphs_of(document)}
    marks = marks_by_paragraph(tied, paragraphs)
    places = {mark.key: _id(at) for at, found in marks.items() for mark in found}
    addresses = {m.key: f"{_address(at)}.{m.start}.{m.end}" for at, found in marks.items() for m in found}
    return Original(tuple(_blocks(document, marks)), places, addresses)


def runs_of(text: str, marks: list[Mark]) -> tuple[Run, ...]:
    """Cut ``text`` where marks begin and end; the pieces together are the text."""
    cuts = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    begun: set[int] = set()
    found = []
    for start, end in pairwise(cuts):
        over = sorted(
            (m for m in marks if m.start <= start and end <= m.end),
            key=lambda m: (m.end - m.start, m.kind == "name"),
        )
        begins = tuple(m for m in over if id(m) not in begun)
        begun.update(map(id, begins))
        found.append(Run(text[start:end], tuple(over), begins))
    return tuple(found)


def _blocks(document: SourceDocument, marks: Mapping[ParagraphAt, list[Mark]]) -> Iterator[BlockShown]:
    page = 0
    for block in document.blocks:
        begins = block.place.page if page and block.place.page > page else 0
        page = max(page, block.place.page)
        if isinstance(block, Table):
            rows = tuple(tuple(_cells(row, marks)) for row in block.rows)
            yield BlockShown(rows=rows, id=f"p{block.place.block}", page=begins)
        else:
            yield BlockShown(paragraph=_paragraph(block, marks), page=begins)


def _cells(row: tuple[Cell, ...], marks: Mapping[ParagraphAt, list[Mark]]) -> Iterator[CellShown]:
    for cell in row:
        if not cell.inherited and cell.paragraphs:
            block = cell.paragraphs[0].place.block
            shown = tuple(_paragraph(paragraph, marks) for paragraph in cell.paragraphs)
            identifier = f"p{block}-{cell.row}-{cell.column}"
            yield CellShown(identifier, shown, cell.row_span, cell.column_span)
        elif not cell.inherited:
            yield CellShown("", (), cell.row_span, cell.column_span)


def _paragraph(paragraph: Paragraph, marks: Mapping[ParagraphAt, list[Mark]]) -> ParagraphShown:
    at, text = _at(paragraph), paragraph.full_text
    address = _address(at)
    return ParagraphShown(
        id=_id(at),
        at=address,
        whole=f"{address}.0.{len(text)}" if text.strip() else "",
        runs=runs_of(text, marks.get(at, [])) if text else (),
        level=min(paragraph.level, INDENTS_MAX),
        centred=paragraph.centred,
        right=paragraph.right,
        bold=paragraph.bold,
    )


def _at(paragraph: Paragraph) -> ParagraphAt:
    place = paragraph.place
    return paragraph_at(
        {"block": place.block, "row": place.row, "column": place.column, "paragraph": place.paragraph}
    )


def _address(at: ParagraphAt) -> str:
    return ".".join(map(str, at))


def _id(at: ParagraphAt) -> str:
    """The anchor of a paragraph: that of its block, of its cell, and of the paragraph behind the first one."""
    block, row, column, paragraph = at
    if row < 0:
        return f"p{block}"
    return f"p{block}-{row}-{column}-{paragraph}"
