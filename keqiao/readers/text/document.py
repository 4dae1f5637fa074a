"""Reads a text file: each line is a paragraph, blank lines divide, tab layouts become tables."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from keqiao.core.guides.blocks import Paragraph, Place
from keqiao.readers.assembly import BOOKMARK_NOISE, Draft, Reading, assemble
from keqiao.readers.text.encoding import decode
from keqiao.readers.text.rows import Line, row_table, tab_table


def read_text_file(path: Path) -> Reading:
    """Read the text file at ``path``; raises Unreadable when it is no text."""
    return read_text(path.read_bytes())


def read_text(data: bytes) -> Reading:
    """Read the bytes of a text file; raises Unreadable when they are no text."""
    return Reading(assemble(text_drafts(decode(data))))


def text_drafts(text: str) -> Iterator[Draft]:
    """Yield paragraphs and tables of ``text`` with their 1-based lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = text.replace(BOOKMARK_NOISE, "")
    lines = [Line(number, line.replace("\v", "\n")) for number, line in enumerate(text.split("\n"), 1)]
    chunks = [list(group) for filled, group in groupby(lines, key=_is_filled) if filled]
    index = 0
    while index < len(chunks):
        found = row_table(chunks, index) if chunks[index][0].starts_cell else None
        if found:
            yield found[0]
            index += found[1]
        else:
            yield from _plain(chunks[index])
            index += 1


def _is_filled(line: Line) -> bool:
    """A line of a single tab is an empty cell, not a blank line."""
    return bool(line.text.strip()) or line.starts_cell


def _plain(chunk: list[Line]) -> Iterator[Draft]:
    index = 0
    while index < len(chunk):
        found = tab_table(chunk, index)
        if found:
            yield found[0]
            index += found[1]
        else:
            line = chunk[index]
            yield Paragraph(line.text, Place(0, line=line.number))
            index += 1
