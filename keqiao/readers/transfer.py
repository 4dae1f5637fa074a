"""Documents as plain lists and back: what a reading child sends to its parent as JSON.

JSON, not pickle: a child that a hostile file has taken over must not be able to run anything in the parent.
"""

from collections.abc import Iterable
from typing import Any

from keqiao.core.guides.blocks import Block, Cell, Paragraph, Place, SourceDocument, Table


def to_values(document: SourceDocument) -> list[Any]:
    """Return the document as lists, strings and numbers; texts of merged cells are written once."""
    blocks = [_write_block(block) for block in document.blocks]
    return [document.name, document.format, blocks, document.digest, document.remarks]


def from_values(values: list[Any]) -> SourceDocument:
    """Rebuild the document; raises ValueError, TypeError, KeyError or IndexError when ``values`` are not
    one."""
    name, kind, blocks, digest, remarks = values
    return SourceDocument(
        str(name),
        str(kind),
        tuple(_read_block(b) for b in blocks),
        str(digest),
        tuple(str(r) for r in remarks),
    )


def _write_block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"p": _write_paragraph(block)}
    contents: dict[int, int] = {}
    written: list[list[Any]] = []
    rows = [[_write_cell(cell, contents, written) for cell in row] for row in block.rows]
    return {"t": rows, "contents": written, "place": _write_place(block.place), "kind": block.kind}


def _write_cell(cell: Cell, contents: dict[int, int], written: list[list[Any]]) -> list[Any]:
    key = id(cell.paragraphs)
    if key not in contents:
        contents[key] = len(written)
        written.append([_write_paragraph(p) for p in cell.paragraphs])
    return [contents[key], cell.row, cell.column, cell.row_span, cell.column_span, cell.inherited]


def _write_paragraph(p: Paragraph) -> list[Any]:
    return [p.text, _write_place(p.place), p.number, p.style, p.centred, p.right, p.bold, p.level]


def _write_place(place: Place) -> list[Any]:
    return [place.block, place.row, place.column, place.paragraph, place.line, place.page, place.part]


def _read_block(values: dict[str, Any]) -> Block:
    if "p" in values:
        return _read_paragraph(values["p"])
    contents = [_read_paragraphs(content) for content in values["contents"]]
    rows = tuple(tuple(_read_cell(cell, contents) for cell in row) for row in values["t"])
    return Table(rows, Place(*values["place"]), str(values["kind"]))


def _read_cell(values: list[Any], contents: list[tuple[Paragraph, ...]]) -> Cell:
    index, row, column, row_span, column_span, inherited = values
    return Cell(contents[index], row, column, row_span, column_span, bool(inherited))


def _read_paragraphs(values: Iterable[list[Any]]) -> tuple[Paragraph, ...]:
    return tuple(_read_paragraph(paragraph) for paragraph in values)


def _read_paragraph(values: list[Any]) -> Paragraph:
    text, place, number, style, centred, right, bold, level = values
    return Paragraph(str(text), Place(*place), str(number), str(style), centred, right, bold, level)
