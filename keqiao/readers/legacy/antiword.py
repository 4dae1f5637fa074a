"""Reads through antiword's DocBook output: plain paragraphs, tables with the widths of their columns."""

import itertools
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from keqiao.core.guides.blocks import Block, Paragraph, Place
from keqiao.readers.assembly import Draft, DraftTable, Spot, assemble
from keqiao.readers.legacy.converter import installed, run
from keqiao.readers.word.package import parse_xml

NEAR = 1.0  # points
DEFINITION = re.compile(rb"<!DOCTYPE[^>]*>")
OPTIONS = ("-x", "db")


def convert_by_antiword(path: Path) -> tuple[Block, ...] | None:
    """Return the blocks of ``path``; None without antiword, empty when it cannot read the file."""
    program = installed(["antiword"])
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        printed = run([program, *OPTIONS, str(path.resolve())], Path(folder))
    # The parser is not to look for the definition that the output names.
    return assemble(_drafts(parse_xml(DEFINITION.sub(b"", printed, count=1)))) if printed else ()


def _drafts(parent: etree._Element) -> Iterator[Draft]:
    for element in parent:
        if element.tag == "informaltable":
            yield _table(element)
        elif element.tag in {"para", "title"}:
            yield from _paragraphs(element)
            yield from _drafts(element)
        elif element.tag != "bookinfo":
            yield from _drafts(element)


def _paragraphs(element: etree._Element) -> Iterator[Paragraph]:
    """The own text of a ``para``, without the tables inside it; line breaks are soft ones."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag not in {"informaltable", "para", "itemizedlist", "orderedlist"}:
            pieces.extend(str(text) for text in child.itertext())
        pieces.append(child.tail or "")
    text = "".join(pieces).strip("\n")
    if text.strip():
        yield Paragraph(text, Place(0))


def _table(element: etree._Element) -> DraftTable:
    """Rows of different widths stand in groups of their own: the edges of all groups give the columns."""
    groups = [(_edges(group), list(group.iter("row"))) for group in element.iter("tgroup")]
    edges = _merged(edge for group_edges, _ in groups for edge in group_edges)
    table = DraftTable()
    row = 0
    for group_edges, rows in groups:
        columns = [_nearest(edges, edge) for edge in group_edges]
        for row_element in rows:
            for index, entry in enumerate(list(row_element.iter("entry"))[: len(columns) - 1]):
                span = max(1, columns[index + 1] - columns[index])
                table.spots.append(Spot(row, columns[index], list(_paragraphs(entry)), column_span=span))
            row += 1
    return table


def _edges(group: etree._Element) -> list[float]:
    widths = [float(column.get("colwidth", "0pt").removesuffix("pt")) for column in group.iter("colspec")]
    return [0.0, *itertools.accumulate(widths)]


def _merged(edges: Iterator[float]) -> list[float]:
    merged: list[float] = []
    for edge in sorted(edges):
        if not merged or edge - merged[-1] > NEAR:
            merged.append(edge)
    return merged


def _nearest(edges: list[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))
