"""The running text of a document as lines, and pieces of lines as the carriers of facts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from keqiao.core.guides.blocks import Paragraph, Place, SourceDocument, Table
from keqiao.core.guides.normal import NormalText, normalise


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the document: as written, and normalised with the way back."""

    number: int
    written: str
    normal: NormalText
    place: Place
    centred: bool = False
    right: bool = False
    bold: bool = False

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.normal.text

    def piece(self, start: int = 0, end: int | None = None) -> "Piece":
        """Return the piece of this line from ``start`` to ``end`` of the normalised text."""
        return Piece(self, start, len(self.text) if end is None else end)


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of one line: what a fact is read from and shown with."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The normalised words."""
        return self.line.text[self.start : self.end]

    @property
    def written(self) -> str:
        """The words as they stand in the document."""
        return self.line.written[slice(*self.line.normal.written_span(self.start, self.end))]

    def part(self, start: int, end: int) -> "Piece":
        """Return the piece from ``start`` to ``end``, counted within this piece."""
        return Piece(self.line, self.start + start, min(self.start + end, self.end))

    def stripped(self) -> "Piece":
        """Return this piece without blanks and stops at its ends."""
        text = self.text
        left = len(text) - len(text.lstrip(" ,;:。、\n"))
        right = len(text.rstrip(" ,;:。、\n"))
        return self.part(left, max(left, right))


Item = Line | Table

_CONTENTS_LINE = re.compile(r"(?:[.…·]{3,}|-{4,})\s*\d{0,3}$|^目录$")
"""A line of a table of contents: nothing but a pointer to what comes later."""


def items(document: SourceDocument) -> Iterator[Item]:
    """Yield lines and data tables in reading order; a soft break starts a new line, empty lines are left out."""
    count = 0
    for block in document.blocks:
        if isinstance(block, Table):
            if block.kind != "layout":
                yield block
            continue
        for line in paragraph_lines(block, count):
            count += 1
            yield line


def paragraph_lines(paragraph: Paragraph, count: int = 0) -> list[Line]:
    """Return the lines of one paragraph, numbered from ``count``."""
    lines: list[Line] = []
    for written in paragraph.full_text.split("\n"):
        normal = normalise(written)
        if normal.text and not _CONTENTS_LINE.search(normal.text):
            line = Line(
                count + len(lines), written, normal, paragraph.place,
                paragraph.centred, paragraph.right, paragraph.bold,
            )  # fmt: skip
            lines.append(line)
    return lines
